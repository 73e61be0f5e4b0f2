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


@pytest.fixture
def earlier(con, tmp_path):
    """What was published: the rows in order, as a Parquet file."""
    created(con, "earlier")
    con.execute(f"COPY earlier TO '{tmp_path / 'earlier.parquet'}' (FORMAT parquet)")
    return tmp_path / "earlier.parquet"


CHANGED = f"SELECT form, period, CASE WHEN form = 'f1' AND period = '2024-02' THEN line + 1 ELSE line END AS line FROM ({ROWS}) WHERE line <> 77"


def test_parts_that_are_as_they_were_are_taken_as_they_stand(con, monkeypatch, earlier):
    whole = created(con, "whole", CHANGED)
    monkeypatch.setattr(ordered, "LARGE", 100)
    sorted_anew = []

    class Listening:
        def execute(self, sql, values=()):
            if sql.startswith("INSERT") and "ORDER BY" in sql:
                sorted_anew.append(values)
            return con.execute(sql, values)

        def executemany(self, sql, values):
            return con.executemany(sql, values)

    assert create_ordered(Listening(), "parted", CHANGED, ORDER, earlier) == 999
    assert con.execute("FROM parted").fetchall() == whole[1]
    other = con.execute(f"SELECT DISTINCT form, period FROM ({ROWS}) WHERE line = 77").fetchall()
    assert sorted(sorted_anew) == sorted({("f1", "2024-02"), *other})
    assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE temporary").fetchone() == (0,)


def test_what_is_no_such_file_or_has_other_columns_gives_no_part(con, monkeypatch, tmp_path):
    whole = created(con, "whole")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    con.execute(f"COPY (SELECT form, period, line::VARCHAR AS line FROM whole) TO '{tmp_path / 'other.parquet'}' (FORMAT parquet)")
    monkeypatch.setattr(ordered, "LARGE", 100)
    for name in ("broken", "other", "missing"):
        assert create_ordered(con, name, ROWS, ORDER, tmp_path / f"{name}.parquet") == whole[0]
        assert con.execute(f"FROM {name}").fetchall() == whole[1]
