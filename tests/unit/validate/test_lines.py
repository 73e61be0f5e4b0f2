# ruff: noqa: C408  (cells read better as dict(column=text))
"""What stands in place of lines once they are ready to be staged: little, all of it, and the same for lines taken in parts."""

import pickle
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from etl.normalise.names import UnitRegister
from etl.validate import lines
from etl.validate.lines import with_staged_lines
from etl.validate.stage import fill_staged
from tests.fixtures.sheets import plain, read
from tests.fixtures.submissions import FORMS, SITE, finding, reading, sheet

KP, BUDGET = "key_project_monthly", "budget_execution_monthly"
REGISTER = UnitRegister(SITE.units)


def ready(one):
    return with_staged_lines(one, FORMS, REGISTER)


def tables(*readings):
    with duckdb.connect() as con:
        fill_staged(con, readings, FORMS, SITE)
        return {name: con.execute(f"FROM staged.{name}").fetchall() for name in (KP, BUDGET, "submission", "finding", "unit_written")}


def test_lines_that_come_ready_are_staged_as_those_that_do_not():
    huge = reading(KP, sheet(dict(), dict(annual_plan="1234567890123"), findings=(finding("F03", "level", 6), finding("F14", "note", 3))), 1)
    named = reading(BUDGET, sheet(dict(unit_name="县财政局"), dict(unit_name="某局")), 2)
    silent = replace(reading(KP, sheet(), 3), lines=None)
    given = [huge, named, silent]
    assert tables(*map(ready, given)) == tables(*given)
    assert [(rule, line) for _, line, rule, *_ in tables(*given)["finding"]] == [
        ("F03", f"{huge.submission.submission_id}:6"), ("F14", None), ("F35", f"{huge.submission.submission_id}:6")]
    assert [written for written, *_ in tables(*given)["unit_written"]] == ["县住建局", "县财政局", "某局", "白石镇"]


@pytest.mark.parametrize("marks, sheets", [((), ()), (("5", "6", "续表!5", "续表!6", "续表!7"), ("Sheet1",) * 2 + ("续表",) * 3)])
def test_a_long_submission_is_taken_in_parts_and_staged_whole(monkeypatch, marks, sheets):
    one = reading(KP, sheet(*(dict(project_code=None, project_name=f"项目{n}", annual_plan=str(1000 + n)) for n in range(5))))
    one = replace(one, lines=replace(one.lines, marks=marks, sheets=sheets), findings=(finding("F12", "project_code", 6, value="2E+19"),))
    whole = tables(one)
    monkeypatch.setattr(lines, "TOGETHER", 2)
    assert [len(ready(r).staged.columns) for r in (one, reading(KP, sheet(dict(), dict())))] == [3, 1]
    assert tables(one) == whole
    assert len({line for line, *_ in whole[KP]}) == 5


def test_what_stands_in_place_of_lines_is_small_and_is_not_made_twice():
    one = reading(KP, sheet(*(dict(total_investment=str(5000 + n)) for n in range(300))))
    made = ready(one)
    assert made.lines is None and made.staged.count == 300
    assert len(pickle.dumps(made)) * 4 < len(pickle.dumps(one))
    assert ready(made) is made


def test_lines_of_a_form_without_contract_are_counted():
    one = reading(KP, sheet(dict(), dict()))
    made = with_staged_lines(one, {}, REGISTER)
    assert (made.staged.count, made.staged.columns) == (2, ())


def test_an_open_end_is_kept_from_a_figure_that_is_none():
    one = reading(KP, sheet(dict()))
    column = replace(one.lines.columns["annual_plan"], value=[None], low=[Decimal(1)], high=[Decimal(2)])
    one = replace(one, lines=replace(one.lines, columns=one.lines.columns | {"annual_plan": column}))
    with duckdb.connect() as con:
        fill_staged(con, [ready(one)], {KP: FORMS[KP]}, SITE)
        assert con.execute(f"SELECT annual_plan, annual_plan_low, annual_plan_high FROM staged.{KP}").fetchall() == [(None, None, None)]


def test_a_year_as_the_reader_understood_it_is_a_whole_number():
    (one,) = read(plain("annual_target"))
    with duckdb.connect() as con:
        fill_staged(con, [ready(one)], {"annual_target": FORMS["annual_target"]}, SITE)
        assert con.execute("SELECT year FROM staged.annual_target").fetchall() == [(year,) for year in one.lines.columns["year"].value]
        assert con.execute("SELECT count(*) FROM staged.finding WHERE rule = 'F35'").fetchone() == (0,)
