"""Whatever the dress, the reading equals the table: hundreds of composed workbooks, and every option by itself.

And it is the one that was written down (written.csv), with its evidence, its doubts and its places: after a change of reading
`python -m tests.layouts.written` shows which workbooks are read in another way.

A failure names the seed; `python -m tests.layouts --seed N` shows the sheet, and `--save folder` keeps it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.site.load import load_site
from tests.fixtures.places import EXPECTATIONS
from tests.layouts.__main__ import each_option
from tests.layouts.compose import compose
from tests.layouts.features import FEATURES, plain_option
from tests.layouts.judge import ASKED, REFUSED, RIGHT, SILENT, TOLD, judge, read
from tests.layouts.tables import FORMS, table
from tests.layouts.written import MANY, option_alone, told, written

pytestmark = pytest.mark.slow

AT_ONCE, WRITTEN = 20, written()


def account(name, workbook) -> str | None:
    """What went wrong with a workbook, for people; None where it was read as it is, be it with a question, and as is written down."""
    readings = read(workbook)
    verdict = judge(workbook, readings)
    if verdict.outcome in (RIGHT, ASKED):
        return None if (now := told(name, readings)) == WRITTEN[name] else f"{WRITTEN[name]} is written, {now} was read"
    odd = "; ".join(f"{f}={o}" for f, o in workbook.dress.items() if o != plain_option(f))
    return f"seed {workbook.seed} {verdict.outcome} {workbook.name}\n  {odd}\n  " + "\n  ".join(verdict.differences[:4])


@pytest.mark.parametrize("first", range(1, MANY, AT_ONCE))
def test_reading_equals_the_table_whatever_the_dress(first):
    failures = [text for seed in range(first, first + AT_ONCE) if (text := account(str(seed), compose(seed)))]
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("form", FORMS)
def test_plain_dress_of_every_form(form):
    assert judge(compose(7, form, alone=True)).outcome == RIGHT


OPTIONS = [pytest.param(feature, option, n, id=f"{feature}={option}") for feature, option, n in each_option()]


@pytest.mark.parametrize("feature, option, n", OPTIONS)
def test_option_by_itself(feature, option, n):
    assert (text := account(f"{feature}={option}", option_alone(feature, option, n))) is None, text


# --- the composer and the judge themselves ---------------------------------------------------------------------------

def test_one_seed_is_one_workbook():
    one, again, other = compose(11), compose(11), compose(12)
    assert (one.name, one.data, one.wants) == (again.name, again.data, again.wants)
    assert one.data != other.data


def test_plain_options_are_the_most_frequent_and_all_others_are_drawn():
    drawn = {feature: Counter() for feature in FEATURES}
    for seed in range(600):
        for feature, option in compose(seed, forced={"kind": "csv"} if seed % 2 else None).dress.items():
            drawn[feature][option] += 1
    for feature, options in FEATURES.items():
        if feature != "kind":
            assert drawn[feature].most_common(1)[0][0] == plain_option(feature)
        assert len(drawn[feature]) >= len(options) * 3 // 4, feature


def test_dress_contradicts_itself_nowhere():
    for seed in range(600):
        dress = compose(seed, forced={"kind": "csv"}).dress
        if "亿元" in dress["money unit"] and dress["money unit"] != "亿元":          # each column must say its own unit
            assert dress["money unit stands"] in ("header brackets", "line of units", "second line of the header", "header without brackets")


def test_figures_of_a_known_table_are_consistent():
    before, now = (table("key_project_monthly", "t01", 2024, month, "x") for month in (3, 4))
    for old, new in zip(before.lines, now.lines):
        assert old["completed_ytd"] + new["completed_month"] == new["completed_ytd"]
        assert old["project_name"] == new["project_name"]
        assert new["completed_since_start"] <= new["total_investment"]


def _tampered(reading, column, value):
    """The same reading with the first line's value of a column changed."""
    data = reading.lines.columns[column]
    columns = {**reading.lines.columns, column: replace(data, value=[value, *data.value[1:]])}
    return replace(reading, lines=replace(reading.lines, columns=columns))


def plain():
    workbook = compose(7, "key_project_monthly", alone=True)
    return workbook, read(workbook)


def test_judge_sees_a_wrong_value():
    workbook, (reading,) = plain()
    assert judge(workbook, [reading]).outcome == RIGHT
    assert judge(workbook, [_tampered(reading, "total_investment", Decimal(1))]).outcome == SILENT
    assert judge(workbook, [_tampered(reading, "total_investment", None)]).outcome == SILENT
    assert judge(workbook, [_tampered(reading, "note", "杜撰")]).outcome == SILENT


def test_judge_sees_lost_and_invented_lines():
    workbook, (reading,) = plain()
    rows = reading.lines.rows
    moved = replace(reading, lines=replace(reading.lines, rows=[rows[0] + 100, *rows[1:]]))
    verdict = judge(workbook, [moved])
    assert verdict.outcome == SILENT
    assert [text.split(":")[0] for text in verdict.differences] == ["lost", "invented"]


def test_judge_sees_refusals_questions_and_strangers():
    from etl.model import Finding

    workbook, (reading,) = plain()
    cell = reading.lines.columns["total_investment"].cells[0]
    said = [Finding("F04", "", reading.lines.rows[0], "total_investment", cell)]
    assert judge(workbook, [replace(reading, findings=(Finding("F24"),))]).outcome == REFUSED
    assert judge(workbook, [replace(reading, findings=tuple(said))]).outcome == ASKED
    assert judge(workbook, [replace(_tampered(reading, "total_investment", None), findings=tuple(said))]).outcome == TOLD
    assert judge(workbook, []).outcome == REFUSED
    assert judge(workbook, [replace(reading, submission=replace(reading.submission, period="2020-01"))]).outcome == SILENT
    assert judge(workbook, [reading, replace(reading, submission=replace(reading.submission, unit="tjj"))]).outcome == SILENT


def test_county_has_a_file_for_every_duty_and_its_truth(tmp_path):
    from tests.layouts.county import OWED, compose_county, write

    made = compose_county("t", 2)
    assert len({w.name for w in made}) == len(made) == 2 * sum(map(len, OWED.values()))
    write(tmp_path, made, 2, EXPECTATIONS.parent / "data" / "sample" / "site" / "holidays.csv")
    assert len(list((tmp_path / "inbox").rglob("*.*"))) == len(made)
    assert len(load_site(tmp_path / "site").roster) == len(made)
    assert (tmp_path / "truth" / "rows_rectification.csv").read_text(encoding="utf-8").count("\n") > 2
