"""Whether a table is sorted at once or part by part, its rows and their order are the same."""

import duckdb
import pytest

from etl.publish import ordered
from etl.publish.ordered import create_ordered

ROWS = """SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE 'f' || i % 3 END AS form, '2024-0' || i % 5 AS period, i * 7919 % 1000 AS line
          FROM range(1000) t(i)"""
ORDER = ("form", "period", "line")


@pytest.fixture
def con():
    with duckdb.connect() as con:
        yield con


def created(con, name, rows=ROWS, order=ORDER):
    return create_ordered(con, name, rows, order), con.execute(f"SELECT * FROM {name}").fetchall()


@pytest.mark.parametrize("parts", [200, 10, 1], ids=["by two columns", "by one", "at once"])
def test_the_rows_and_their_order_are_those_of_one_sort(con, monkeypatch, parts):
    whole = created(con, "whole")
    monkeypatch.setattr(ordered, "LARGE", 100)
    monkeypatch.setattr(ordered, "PARTS", parts)
    assert created(con, "parted") == whole
    assert whole[0] == 1000


def test_a_large_table_is_sorted_part_by_part(con, monkeypatch):
    monkeypatch.setattr(ordered, "LARGE", 100)
    said = []

    class Listening:
        def execute(self, sql, values=()):
            said.append(sql)
            return con.execute(sql, values)

    create_ordered(Listening(), "parted", ROWS, ORDER)
    assert sum(sql.startswith("INSERT") for sql in said) == 4 * 5


def test_an_order_of_one_column_is_sorted_at_once(con, monkeypatch):
    monkeypatch.setattr(ordered, "LARGE", 100)
    assert created(con, "lines", order=("line",))[1] == sorted(con.execute(ROWS).fetchall(), key=lambda row: row[2])


def test_texts_that_no_row_has_or_that_all_rows_have_alike_stand_as_before(con, monkeypatch):
    rows = "SELECT *, NULL::VARCHAR AS nobody, '中' || line % 13 AS told, 1.5::DECIMAL(20,6) AS amount FROM (" + ROWS + ")"
    order = ("form", "nobody", "told", "period", "line")
    whole = created(con, "whole", rows, order)
    monkeypatch.setattr(ordered, "LARGE", 100)
    assert created(con, "coded_ones", rows, order) == whole
    assert con.execute("DESCRIBE coded_ones").fetchall() == con.execute("DESCRIBE whole").fetchall()


def test_nothing_is_left_of_what_one_table_was_sorted_by(con, monkeypatch):
    monkeypatch.setattr(ordered, "LARGE", 100)
    assert created(con, "one") == created(con, "other")
    assert con.execute("SELECT count(*) FROM duckdb_types() WHERE type_name LIKE 'code%'").fetchone() == (0,)
