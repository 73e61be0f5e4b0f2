"""The calendar of the warehouse, written once in Python, so that no query takes a period apart."""

import duckdb

from etl.assess.land import _periods
from etl.assess.periods import TABLE, period_rows


def calendar(*codes, january_exempt=False):
    return {row[0]: dict(zip(TABLE, row, strict=True)) for row in period_rows(codes, january_exempt)}


def test_what_is_owed_brings_the_longer_periods_that_it_lies_in():
    assert list(calendar("2024-02", "2024-03")) == ["2024-02", "2024-03", "2024-Q1", "2024-H1", "2024"]
    assert list(calendar("2024-W09")) == ["2024-02", "2024-W09", "2024-Q1", "2024-H1", "2024"]
    assert calendar("20xx", "2024-13") == {}


def test_what_nobody_sent_opens_no_period():
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA landed")
        con.execute("CREATE TABLE landed.submission AS FROM (VALUES ('2024-01', 't01'), ('2022-06', NULL), (NULL, 't02')) AS t (period, unit)")
        con.execute("CREATE TABLE landed.roster AS SELECT '2024-02' AS period")
        con.execute("CREATE TABLE landed.setting (key VARCHAR, value VARCHAR)")
        assert [row[0] for row in _periods(con)] == ["2024-01", "2024-02", "2024-Q1", "2024-H1", "2024"]


def test_a_month_knows_its_neighbours_and_what_it_is_a_part_of():
    march = calendar("2024-03")["2024-03"]
    assert (march["previous_period"], march["year_before"], march["two_years_before"]) == ("2024-02", "2023-03", "2022-03")
    assert (march["month_period"], march["quarter_period"], march["half_period"], march["year_period"]) == ("2024-03", "2024-Q1", "2024-H1", "2024")


def test_a_period_is_written_as_its_year_and_what_it_is_within_it():
    assert {(row["period_year"], row["within_year"]) for row in calendar("2024-03-X1", "2025-W01").values()} == {
        (2024, ""), (2024, "H1"), (2024, "Q1"), (2024, "03"), (2024, "03-X1"), (2025, ""), (2025, "H1"), (2025, "Q1"), (2025, "01"), (2025, "W01")}


def test_where_january_is_exempt_february_follows_december():
    assert calendar("2024-02", january_exempt=True)["2024-02"]["previous_period"] == "2023-12"


def test_the_share_of_the_year_goes_by_months_and_within_a_month_by_days():
    found = calendar("2024-Q1", "2024-04-X1", "2024-W09")
    assert {code: (found[code]["passed"], found[code]["passed_of"]) for code in ("2024-Q1", "2024-04-X1", "2024-W09")} == {
        "2024-Q1": (3, 12), "2024-04-X1": (3 * 30 + 10, 12 * 30), "2024-W09": (29 + 29, 12 * 29)}
