"""Columns of text reach their table as they were: every kind of text, exact figures, blanks, the order of rows."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from etl.validate import columns
from etl.validate.columns import compact, fill_table


@pytest.fixture
def con():
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA staged")
        yield con


def test_texts_figures_days_and_blanks_come_as_they_were(con):
    odd = ["", None, "null", '引号"\'、换行\n、反斜杠\\、制表\t', "\0", "\u2028", "𠮷", '{"a": [1]}']
    figures, days = ["12345678901234.123456", None] * 4, ["2024-02-29", None] * 4
    fill_table(con, "t", {"said": "VARCHAR", "figure": "DECIMAL(20,6)", "day": "DATE"}, [compact([odd, figures, days])])
    rows = con.execute("FROM staged.t").fetchall()
    assert [said for said, _, _ in rows] == odd
    assert [rest for _, *rest in rows] == [[Decimal("12345678901234.123456"), date(2024, 2, 29)], [None, None]] * 4


@pytest.mark.parametrize("at_once", [1, 200, 10**9])
def test_rows_keep_their_order_however_many_a_statement_brings_in(con, monkeypatch, at_once):
    monkeypatch.setattr(columns, "AT_ONCE", at_once)
    many = 30 if at_once == 1 else 5_000  # more than DuckDB takes in at a time
    fill_table(con, "t", {"n": "INTEGER", "twin": "VARCHAR"}, (compact([[str(2 * n), str(2 * n + 1)], ["a", None]]) for n in range(many)))
    assert con.execute("FROM staged.t").fetchall() == [(n, None if n % 2 else "a") for n in range(2 * many)]


def test_a_table_of_nothing_is_there(con):
    fill_table(con, "t", {"n": "INTEGER"}, [])
    assert con.execute("SELECT count(*) FROM staged.t").fetchone() == (0,)
