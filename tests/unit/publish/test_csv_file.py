"""A published CSV: what DuckDB writes is what `csv_text` says of each value, and no text in it acts."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from etl.publish.csv_file import csv_text, write_csv

ROWS = [
    ("白石镇", Decimal("0.500000"), date(2024, 1, 31), datetime(2024, 4, 15, 23, 59, 59), True),
    ('说“是”,"yes"\n两行', Decimal("-12.000000"), None, datetime(2024, 4, 15, 8, 0, 0, 120000), False),
    ("=1+1", Decimal("1200.000000"), None, None, None),
    ("＝HYPERLINK(1)", None, None, None, None),
    ("-8.2633 pp [-8.27, -8.26]", Decimal("0.000001"), None, None, None),
    ("\x1b[31m红", Decimal("0.000000"), None, None, None),
    ("甲\x85乙", None, None, None, None),
    ("-不是数", None, None, None, None),
    ("", None, None, None, None),
]


@pytest.fixture
def con():
    con = duckdb.connect(config={"threads": 1})
    con.execute("CREATE TABLE mart (text VARCHAR, amount DECIMAL(20, 6), day DATE, told TIMESTAMP, sure BOOLEAN)")
    con.executemany("INSERT INTO mart VALUES (?, ?, ?, ?, ?)", ROWS)
    return con


def test_a_value_stands_in_the_file_as_csv_text_writes_it(con, tmp_path):
    write_csv(con, "FROM mart", tmp_path / "mart.csv")
    with (tmp_path / "mart.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["text", "amount", "day", "told", "sure"]
    assert rows == [[csv_text(value) for value in row] for row in ROWS]
    assert [rows[i][0] for i in (2, 3, 4, 7)] == ["'=1+1", "'＝HYPERLINK(1)", "-8.2633 pp [-8.27, -8.26]", "'-不是数"]
    assert [rows[i][0] for i in (5, 6)] == ["\\x1b[31m红", "甲\\x85乙"]


def test_spreadsheets_are_told_the_encoding_and_get_their_line_ends(con, tmp_path):
    write_csv(con, "SELECT day FROM mart LIMIT 1", tmp_path / "it's.csv")
    assert (tmp_path / "it's.csv").read_bytes() == "\ufeffday\r\n2024-01-31\r\n".encode()
    write_csv(con, "SELECT text FROM mart WHERE false", tmp_path / "empty.csv")
    assert (tmp_path / "empty.csv").read_bytes() == "\ufefftext\r\n".encode()
