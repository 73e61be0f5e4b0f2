# ruff: noqa: C408  (cells read better as dict(column=text))
"""What staging keeps: exact figures, intervals, precision, addresses, keys; and what it never drops silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import duckdb
import pytest

from etl.forms.schema import line_columns
from etl.model import ColumnData
from etl.site.decision import Decisions
from etl.validate.rules import run_rules
from etl.validate.stage import fill_staged
from tests.fixtures.submissions import ABSENT, FORMS, SITE, finding, reading, rule_set, sheet

KP = "key_project_monthly"


def staged(*readings, forms=(KP,)):
    con = duckdb.connect()
    fill_staged(con, readings, {f: FORMS[f] for f in forms}, SITE)
    return con


def with_column(one, name, **parts):
    """The reading with one column's parts replaced."""
    column = replace(one.lines.columns[name], **parts)
    return replace(one, lines=replace(one.lines, columns=one.lines.columns | {name: column}))


def test_figures_are_exact_and_stand_for_an_interval():
    con = staged(reading(KP, sheet(dict(completed_month="100.123456"))))
    row = con.execute(f"SELECT completed_month, completed_month_low, total_investment_low, total_investment_high FROM staged.{KP}").fetchone()
    assert row == (Decimal("100.123456"), Decimal("100.118456"), Decimal("5999.5"), Decimal("6000.5"))


def test_an_open_end_is_null_and_a_missing_interval_is_the_value():
    one = with_column(reading(KP, sheet(dict())), "annual_plan", low=[Decimal(3000)], high=[None])
    one = with_column(one, "total_investment", low=None, high=None)
    assert staged(one).execute(
        f"SELECT annual_plan_low, annual_plan_high, total_investment_low, total_investment_high FROM staged.{KP}"
    ).fetchone() == (3000, None, 6000, 6000)


def test_dates_keep_first_day_last_day_and_precision():
    con = staged(reading(KP, sheet(dict(planned_start_date="2024-02"))))
    assert con.execute(
        f"SELECT planned_start_date_low, planned_start_date, planned_start_date_precision FROM staged.{KP}"
    ).fetchone() == (date(2024, 2, 1), date(2024, 2, 29), "month")


def test_every_value_keeps_what_was_sent_and_its_cell():
    con = staged(reading(KP, sheet(dict(level=None))))
    assert con.execute(
        f"SELECT raw ->> 'total_investment', cells ->> 'total_investment', raw ->> 'level', cells ->> 'level' FROM staged.{KP}"
    ).fetchone() == ("6000", "J5", None, "G5")


def test_every_column_of_the_contract_is_there_although_the_sheet_lacks_it():
    con = staged(reading(KP, sheet(dict(note=ABSENT, annual_plan=ABSENT))))
    described = [name for name, *_ in con.execute(f"DESCRIBE staged.{KP}").fetchall()]
    assert described == list(line_columns(FORMS[KP]))
    assert con.execute(f"SELECT annual_plan, cells ->> 'annual_plan' FROM staged.{KP}").fetchone() == (None, None)


@pytest.mark.parametrize("monster", ["1e12", "-1e40", "Infinity", "NaN"])
def test_a_figure_beyond_the_tables_is_null_and_says_so(monster):
    one = with_column(reading(KP, sheet(dict())), "annual_plan", raw=[monster], value=[Decimal(monster)], low=None, high=None)
    con = staged(one)
    assert con.execute(f"SELECT annual_plan, annual_plan_low FROM staged.{KP}").fetchone() == (None, None)
    assert con.execute("SELECT rule, row_no, column_name, value FROM staged.finding").fetchall() == [("F35", 5, "annual_plan", monster)]


def test_the_largest_figures_can_be_multiplied():
    huge = "899999999999.999999"
    con = staged(reading(KP, sheet(dict(total_investment=huge, annual_plan=huge, completed_ytd=huge, completed_month=huge,
                                        completed_since_start=huge, completion_rate_reported=huge))))
    assert [i.rule for i in run_rules(con, rule_set(KP)).issues] == ["P27"]


def test_findings_stand_on_their_line_or_on_the_submission():
    one = replace(reading(KP, sheet(dict())), findings=(finding("F03", "annual_plan", 5), finding("F14", "note", 3)))
    assert staged(one).execute("SELECT rule, line_id IS NOT NULL FROM staged.finding ORDER BY rule").fetchall() == [
        ("F03", True), ("F14", False)]


def test_the_key_is_the_code_else_the_names():
    con = staged(reading(KP, sheet(dict(), dict(project_code=None), dict(project_code=None, builder_name=None))))
    assert [k for (k,) in con.execute(f"SELECT business_key FROM staged.{KP} ORDER BY row_no").fetchall()] == [
        "24111302028901637015", "东湖水厂扩建工程|东湖水务有限公司", None]


def test_a_destroyed_code_is_not_a_missing_one():
    one = replace(reading(KP, sheet(dict(project_code=None))), findings=(finding("F12", "project_code", value="2.4E+19"),))
    assert staged(one).execute(f"SELECT business_key FROM staged.{KP}").fetchone() == ("东湖水厂扩建工程|东湖水务有限公司",)
    rect = reading("rectification", sheet(dict(problem_no=None)))
    assert staged(rect, forms=("rectification",)).execute("SELECT business_key FROM staged.rectification").fetchone() == (None,)


def test_units_in_a_key_are_one_under_every_alias():
    con = staged(reading("budget_execution_monthly", sheet(dict(unit_name="财政局"), dict(unit_name="县财政局"))),
                 forms=("budget_execution_monthly",))
    assert len(con.execute("SELECT DISTINCT business_key FROM staged.budget_execution_monthly").fetchall()) == 1


def test_working_days_follow_the_calendar_and_an_unknown_year_is_not_guessed():
    con = staged()
    counted = "SELECT b.counted - a.counted FROM staged.workday a, staged.workday b WHERE a.day = ? AND b.day = ?"
    assert con.execute(counted, [date(2024, 2, 2), date(2024, 2, 4)]).fetchone() == (1,)        # a make-up Sunday
    assert con.execute(counted, [date(2024, 2, 9), date(2024, 2, 12)]).fetchone() == (0,)       # a Monday off
    assert con.execute(counted, [date(2023, 12, 29), date(2024, 1, 2)]).fetchone() is None


def test_staging_twice_replaces():
    con = duckdb.connect()
    for _ in range(2):
        fill_staged(con, [reading(KP, sheet(dict(), dict(project_code=None)))], {KP: FORMS[KP]}, SITE)
    assert con.execute(f"SELECT count(*) FROM staged.{KP}").fetchone() == (2,)


def test_an_unreadable_file_and_an_empty_site_are_staged():
    empty = SimpleNamespace(units=(), roster=(), settings={}, holidays=(), names={}, fx_rates=(), decisions=Decisions())
    one = reading(KP, sheet())
    nobody = replace(one.submission, unit=None, form=None, period=None, readable=False, received_at=datetime(2024, 4, 1, 8))
    con = duckdb.connect()
    fill_staged(con, [replace(one, submission=nobody)], {KP: FORMS[KP]}, empty)
    assert con.execute("SELECT form, period_end, readable, line_count FROM staged.submission").fetchone() == (None, None, False, 0)


def test_text_of_any_kind_survives():
    odd = "引号\"'、换行\n、反斜杠\\、逗号,、制表\t"
    one = with_column(reading(KP, sheet(dict())), "note", raw=[odd], value=[odd])
    assert staged(one).execute(f"SELECT note, raw ->> 'note' FROM staged.{KP}").fetchone() == (odd, odd)


def test_a_date_without_interval_or_precision_is_a_day():
    one = reading(KP, sheet(dict()))
    bare = ColumnData(["2024"], [date(2024, 12, 31)], ["P5"])
    one = replace(one, lines=replace(one.lines, columns=one.lines.columns | {"planned_start_date": bare}))
    assert staged(one).execute(f"SELECT planned_start_date_low FROM staged.{KP}").fetchone() == (date(2024, 12, 31),)
