"""Which cell is probably wrong: by kind of slip, over many lines, and in the words that a clerk reads."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from benchmarks.culprit import figures, measure
from etl.forms.contract import load_forms
from etl.validate.rulebook import load_parameters
from etl.validate.systems import line_system
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.submissions import GOOD, PERIOD, judged, reading, sheet

pytestmark = pytest.mark.slow

FORMS, CFG = load_forms(EXPECTATIONS), load_parameters(EXPECTATIONS)
KP, INV, SELF, TARGET, BUDGET = ("key_project_monthly", "investment_monthly", "performance_self_evaluation", "annual_target",
                                 "budget_execution_monthly")
NOW = {"total_investment": "6000", "annual_plan": "3000", "completed_month": "137.5", "completed_ytd": "512.5",
       "completed_since_start": "1912.5", "completion_rate_reported": "17.08"}
BEFORE = {"total_investment": "6000", "annual_plan": "3000", "completed_month": "94", "completed_ytd": "375",
          "completed_since_start": "1775", "completion_rate_reported": "12.5"}


def amounts(texts):
    return {column: Decimal(text) for column, text in texts.items() if text is not None}


def problems(now, before=BEFORE, form=KP, month=6, near=({}, {}), fired=()):
    return line_system(FORMS[form], CFG, figures(amounts(now), month, near), before and figures(amounts(before), month - 1)).problems(fired)


def told(*args, **more):
    """What is said of the one problem there is: column, kind of slip and fitting value of each change, by explanation."""
    (problem,) = problems(*args, **more)
    return [[(c.key[1], c.slip.kind, c.fitting) for c in s.changes] for s in problem.told()]


def test_the_planted_cell_is_found_first_and_among_three_on_lines_that_fail():
    scores, _ = measure(400, seed=5)
    lines = sum(s.lines for s in scores.values())
    assert lines == 400 and len(scores) == 15
    assert sum(s.first for s in scores.values()) / lines >= 0.93
    assert sum(s.three for s in scores.values()) / lines >= 0.97
    told, right = sum(s.told for s in scores.values()), sum(s.told_right for s in scores.values())
    assert told / lines >= 0.9 and right / told >= 0.98


def test_a_line_in_which_all_holds_has_no_problem():
    assert problems(NOW) == []


@pytest.mark.parametrize("column, sent, kind, fits", [
    ("completed_month", "1375", "zero_more", "137.5"),
    ("completed_month", "13.75", "zero_less", "137.5"),
    ("completed_ytd", "5125000", "ten_thousand_more", "512.5"),
    ("completed_since_start", "0.19125", "ten_thousand_less", "1912.5"),
    ("completion_rate_reported", "0.1708", "hundred_less", "17.08"),
    ("completion_rate_reported", "1708", "hundred_more", "17.08"),
    ("completed_ytd", "51.25", "zero_less", "512.5"),
    ("completed_since_start", "19912.5", "digit_more", "1912.5"),
    ("completed_since_start", "192.5", "digit_less", "1912.5"),
    ("completed_month", "187.5", "digit_wrong", "137.5"),
    ("completed_ytd", "152.5", "swapped", "512.5"),
    ("completed_month", "-137.5", "sign", "137.5"),
    ("completed_ytd", "137.5", "column", "512.5"),           # the month instead of the year to date
    ("completed_month", "512.5", "column", "137.5"),         # and the other way
    ("completed_ytd", "375", "earlier", "512.5"),
    ("annual_plan", "30000", "zero_more", "3000"),
])
def test_each_slip_is_told_with_its_cell_and_what_would_fit(column, sent, kind, fits):
    assert told({**NOW, column: sent}) == [[(column, kind, fits)]]


def test_the_figure_of_the_row_above_is_known_for_what_it_is():
    above = {"completed_ytd": Decimal(777)}
    assert told({**NOW, "completed_ytd": "777"}, near=(above, {})) == [[("completed_ytd", "neighbour", "512.5")]]


def test_a_cell_that_all_others_agree_on_is_told_without_a_slip():
    assert told({**NOW, "completed_month": "98"}) == [[("completed_month", "other", "137.5")]]


def test_two_cells_exchanged_are_told_together():
    (both,) = told({**NOW, "completed_month": "1912.5", "completed_since_start": "137.5"})
    assert sorted(both) == [("completed_month", "exchanged", "137.5"), ("completed_since_start", "exchanged", "1912.5")]


def test_what_a_year_so_far_was_last_month_may_be_the_wrong_one():
    """Yesterday's error is no yardstick for today's right figure."""
    (((column, kind, fits),),) = told(NOW, {**BEFORE, "completed_ytd": "3750", "completion_rate_reported": None})
    assert (column, kind, fits) == ("completed_ytd", "zero_more", "375")
    (problem,) = problems(NOW, {**BEFORE, "completed_ytd": "3750", "completion_rate_reported": None})
    assert problem.told()[0].changes[0].key[0] == "prev"


def test_two_that_are_equally_good_are_told_both_and_nothing_is_told_of_many():
    """Month and year to date of a first month, ten times apart: either may have the digit too many or too few."""
    budget = {"spent_month": "1250", "spent_ytd": "125"}
    assert told(budget, None, BUDGET, month=1) == [[("spent_ytd", "zero_less", "1250")], [("spent_month", "zero_more", "125")]]


def test_where_no_slip_is_plausible_nothing_is_told():
    """More was completed than planned, by a seventh: nobody slipped."""
    over = {**NOW, "completed_since_start": "6850"}
    assert told(over, None) == []
    (problem,) = problems({"spent_month": "1250", "spent_ytd": "3317"}, None, BUDGET, month=1)
    assert problem.told() == ()


def test_a_change_never_breaks_what_held():
    """The total would fit ten times larger, but a plan of last month says how large it is."""
    (problem,) = problems({**NOW, "annual_plan": "30000"})
    for suggestion in problem.suggestions:
        system = line_system(FORMS[KP], CFG, figures(amounts({**NOW, "annual_plan": "30000"}), 6), figures(amounts(BEFORE), 5))
        now = system.cells | {c.key: c.cell.with_number(c.slip.number) for c in suggestion.changes}
        assert not [i for i in system.identities if i.broken(now) and not i.usually and i not in problem.broken
                    and not (hasattr(i, "rate") and i.rate not in {c.key for c in suggestion.changes})]


def test_two_problems_of_a_line_have_a_culprit_each():
    found = problems({**NOW, "completed_month": "1375", "annual_plan": "300000", "completion_rate_reported": None})
    assert [[c.key[1] for c in p.told()[0].changes] for p in found] == [["completed_month"], ["annual_plan"]]


def test_what_only_usually_holds_is_asked_about_where_its_rule_was_found():
    slipped = {**NOW, "total_investment": "60000000"}
    assert problems(slipped) == []
    assert told(slipped, fired={"P25"}) == [[("total_investment", "ten_thousand_more", "6000")]]
    assert told({**NOW, "total_investment": "6700"}, fired={"P25"}) == []               # raised, as plans are


def test_the_value_is_told_as_the_cell_prints_it():
    cell = line_system(FORMS[KP], CFG, figures(amounts(NOW), 6), figures(amounts(BEFORE), 5)).cells["", "completed_month"]
    shown = type(cell)(Decimal(1375), Decimal(1370), Decimal(1380), " 0.1375亿元 ").printed
    assert (shown.scale, shown.text(Decimal("0.01375"))) == (Decimal(10000), "0.01375亿元")
    percent = type(cell)(Decimal("17.08"), Decimal(17), Decimal(18), "0.1708").printed
    assert percent.text(Decimal("0.2")) == "0.2"
    unclear = type(cell)(Decimal(1375), Decimal(1370), Decimal(1380), "1-3月1375").printed
    assert unclear.text(Decimal("137.5")) == "137.5"


# --- the identities of the contracts are those that the rules judge ------------------------------------------------

CODES = {"P01", "P02", "P03", "P07", "P09", "P10", "P26", "P27", "P31", "P42"}
SPOILT = 60


def spoil(form, draw):
    """Good lines of a form in which one or two figures were changed, each a record of its own."""
    columns = [c.name for c in FORMS[form].columns if c.type in ("amount", "percent", "number") and GOOD[form].get(c.name)
               and c.block == "table" and c.name in {r.column for i in FORMS[form].identities for r in i.refs}]
    key = FORMS[form].business_key[0][-1]
    lines = []
    for n in range(SPOILT):
        changed = {}
        for column in draw.sample(columns, draw.choice((1, 1, 2)) if len(columns) > 1 else 1):
            was = Decimal(GOOD[form][column])
            changed[column] = format((was * draw.choice([Decimal(x) for x in ("0.01", "0.5", "1.001", "1.2", "7", "100")])).normalize(), "f")
        lines.append(changed | {key: f"{GOOD[form][key]}{n}"})
    return lines


@pytest.mark.parametrize("form, period", [(KP, "2024-03"), (KP, "2024-01"), (INV, "2024-03"), (INV, "2024-01"),
                                              (BUDGET, "2024-03"), (BUDGET, "2024-01"), (TARGET, "2024")])
def test_identities_are_broken_exactly_where_their_rules_find_something(form, period):
    lines = spoil(form, random.Random(3))
    keys = [{k: line[k] for k in line if k == FORMS[form].business_key[0][-1]} for line in lines]
    month = {KP: "completed", INV: "arrived", BUDGET: "spent"}.get(form)
    past = {f"{month}_ytd": GOOD[form][f"{month}_ytd"]} if month else {}
    earlier = f"{2024 if period == '2024-03' else 2023}-{'02' if period == '2024-03' else '12'}"
    before = [sheet(*(k | past for k in keys), period=earlier, received="2024-03-02 09:00:00")] if month else []
    now = sheet(*lines, period=period)
    raised = {(i.line_id, "P27" if i.rule == "P26" else i.rule, i.column)
              for i in judged(form, *before, now, rules=CODES, night=True).issues if f"-{period}" in i.submission_id}
    asked = broken(form, [reading(form, s, n) for n, s in enumerate([*before, now], start=1)], period)
    silenced = {(line, column) for line, code, column in raised if code in ("P01", "P02")}
    asked = {(line, code, column) for line, code, column in asked if code != "P03" or (line, column) not in silenced}
    told = {_once_a_line(r) for r in raised if r[1] != "P01" or form != BUDGET}
    assert {_once_a_line(a) for a in asked} == told and len(asked) > 10


def _once_a_line(finding):
    """P03 is told once a line, at the month's figure where both cumulative ones are off alike."""
    line, code, column = finding
    return line, code, column if code != "P03" else ""


def broken(form, readings, period):
    """Line, rule and column of every identity that a system of `systems` finds broken."""
    def lines(one):
        sid = one.submission.submission_id
        for i, row in enumerate(one.lines.rows):
            numbers = {c: (d.value[i], d.low[i], d.high[i]) for c, d in one.lines.columns.items()
                       if FORMS[form].by_name[c].type in ("amount", "percent", "number") and d.value[i] is not None}
            month = int(one.submission.period[5:]) if FORMS[form].cadence == "monthly" else None
            sent = {c: d.raw[i] for c, d in one.lines.columns.items() if d.raw[i] is not None}
            yield type(figures({}, 1))(f"{sid}:{row}", month, numbers, sent)

    *earlier, current = (list(lines(one)) for one in readings)
    for i, line in enumerate(current):
        system = line_system(FORMS[form], CFG, line, earlier[0][i] if earlier else None)
        for one in system.identities:
            if not one.usually and one.broken(system.cells) and next(iter(one.keys))[0] == "":
                code = "P27" if "P27" in one.rules else one.rules[0]
                yield line.line_id, code, next(iter(one.keys))[1]


def test_every_form_with_sums_says_so_and_the_rest_have_none():
    assert {name for name, form in FORMS.items() if form.identities} == {KP, INV, SELF, TARGET, BUDGET, "project_funding", "landed_result"}
    assert PERIOD[SELF] == "2023"
