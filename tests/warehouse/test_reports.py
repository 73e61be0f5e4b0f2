"""Wide reports: every figure is the published one to the digit, and what is named a sum may be summed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

MONTHLY = ("rpt_investment", "rpt_key_project", "rpt_budget")
REPORTS = (*MONTHLY, "rpt_quality", "rpt_assessment")
SUMS, OF_ONE_MONTH = "sum_", "month_sum_"


@pytest.fixture(scope="module")
def contracts(parsed):
    """Report -> its columns as its contract tells them."""
    nodes = json.loads((parsed / "target" / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    return {report: nodes[f"model.luodi.{report}"]["columns"].values() for report in REPORTS}


def figures(columns):
    """(column, form or *, measure, part) of each column that is a published figure."""
    for column in columns:
        if figure := column["meta"].get("figure"):
            yield column["name"], *figure.split("."), column["meta"].get("part", "value")


@pytest.mark.parametrize("report", [report for report in REPORTS if report != "rpt_assessment"])
def test_every_figure_is_the_published_one_to_the_digit(contracts, ask, report):
    for column, form, measure, part in figures(contracts[report]):
        of = "rpt.form" if form == "*" else f"'{form}'"
        assert ask(f"""SELECT rpt.period, rpt.unit, rpt.{column}, figure.{part} FROM {report} rpt LEFT JOIN fct_indicator figure
            ON (figure.form, figure.measure, figure.grain, figure.member, figure.period) = ({of}, '{measure}', 'unit', rpt.unit, rpt.period)
            WHERE rpt.{column} IS DISTINCT FROM figure.{part}""") == [], column


@pytest.mark.parametrize("report", MONTHLY)
def test_no_unit_and_month_is_left_out_and_none_is_the_county(contracts, ask, report):
    named = ", ".join(f"('{form}', '{measure}')" for _, form, measure, _ in figures(contracts[report]))
    months = set(ask(f"SELECT period, member FROM fct_indicator f JOIN dim_period p USING (period)"
                     f" WHERE f.grain = 'unit' AND p.grain = 'month' AND (form, measure) IN ({named})"))
    assert months and months == set(ask(f"SELECT period, unit FROM {report}"))
    assert ask(f"SELECT count(*) FROM {report} WHERE unit = '*' OR unit_name IS NULL OR unit_kind_name = unit_kind") == [(0,)]


@pytest.mark.parametrize("report", REPORTS)
def test_a_column_is_called_a_sum_if_and_only_if_it_may_be_summed(contracts, ask, report):
    """By the measure that it is: where units have their shares nothing counts twice; what stands for a moment or since January adds
    over no months. A rate never adds, its parts do as their measure counts."""
    natures = {(form, measure): told for form, measure, *told in ask("SELECT form, measure, kind, nature, counts_at FROM dim_measure")}
    for column, form, measure, part in figures(contracts[report]):
        kind, nature, counts_at = natures["key_project_monthly" if form == "*" else form, measure]
        adds = counts_at in ("both", "both_shared") and (kind == "sum" or part != "value")
        expected = (SUMS if nature == "flow" else OF_ONE_MONTH) if adds else ""
        begins = next((one for one in (SUMS, OF_ONE_MONTH) if column.startswith(one)), "")
        assert begins == expected, column
    for column in contracts[report]:
        said = {SUMS: "可加·", OF_ONE_MONTH: "同月可加·"}
        begins = next((one for one in said if column["name"].startswith(one)), "")
        assert next((one for one in said if column["description"].startswith(said[one])), "") == begins, column["name"]
        assert not begins or column["data_type"] in ("integer", "decimal(20,6)")


def test_a_shared_project_counts_once_in_a_sum_of_units(ask):
    """Of 100 that arrived 白石镇 has 60 % and 招商局 40 %; 清河镇 declared that it had nothing."""
    rows = ask("SELECT unit, unit_name, unit_kind_name, sum_arrived_month_wan_yuan, month_sum_arrived_ytd_wan_yuan, projects_signed_in_year"
               " FROM rpt_investment WHERE period = '2024-01' ORDER BY unit")
    assert [(unit, ytd) for unit, *_, ytd, _ in rows] == [("t01", 60), ("t02", 0), ("zsj", 40)]
    assert rows[0][1:3] == ("白石镇", "乡镇")
    assert sum(row[4] for row in rows) == ask("SELECT value FROM fct_indicator WHERE measure = 'arrived_ytd_credited' AND period = '2024-01'"
                                              " AND grain = 'county'")[0][0] == 100


def test_a_rate_is_its_numerator_over_its_denominator(ask):
    """停车场 20 of 100, 幼儿园 7 of 50; 卫生院 has no plan."""
    assert ask("SELECT completion_rate, month_sum_completion_rate_numerator_wan_yuan, month_sum_completion_rate_denominator_wan_yuan"
               " FROM rpt_key_project WHERE period = '2024-01' AND unit = 't01'") == [(Decimal("21.333333"), 32, 150)]


def test_slots_lines_and_findings_are_those_of_what_was_taken(ask):
    """清河镇's key projects were refused, 白石镇's of February never came; of January one of four lines is held back."""
    assert ask("SELECT form, period, unit, sum_slots_owed, sum_slots_received, sum_slots_late, sum_lines_received, sum_lines_quarantined,"
               " quarantined_rate, sum_errors, sum_warnings FROM rpt_quality WHERE form = 'key_project_monthly' ORDER BY period, unit") == [
        ("key_project_monthly", "2024-01", "t01", 1, 1, 0, 4, 1, 25, 1, 1),
        ("key_project_monthly", "2024-01", "t02", 1, 1, 0, None, None, None, 1, 0),
        ("key_project_monthly", "2024-02", "t01", 1, 0, 0, None, None, None, 1, 0),
        ("key_project_monthly", "2024-04", "t01", None, None, None, None, None, None, 0, 0),       # not due yet
    ]
    assert ask("SELECT sum(sum_slots_owed), count(*) FROM rpt_quality") == ask(
        "SELECT count(*) FILTER (status IN ('on_time', 'late', 'missing')), count(*) FROM fct_submission JOIN dim_period USING (period)"
        " WHERE unit IS NOT NULL")


def test_a_total_is_the_score_and_the_place_that_were_published(ask):
    assert ask("SELECT count(*) > 0 FROM rpt_assessment WHERE score IS NOT NULL AND rank_no IS NOT NULL") == [(True,)]
    assert ask("""SELECT * FROM rpt_assessment rpt FULL JOIN (FROM fct_score WHERE parent_node IS NULL AND source IS NULL) total
        USING (scheme, version, period, unit) WHERE rpt.score IS DISTINCT FROM round(total.score, 2)""") == []
    assert ask("""SELECT * FROM rpt_assessment rpt FULL JOIN (FROM fct_ranking WHERE node = '总分') place
        USING (scheme, version, period, unit) WHERE rpt.rank_no IS DISTINCT FROM place.rank_no OR rpt.score_low IS DISTINCT FROM place.score_low""") == []
    assert ask("SELECT count(*) FROM rpt_assessment WHERE standing_name = standing OR fitness_name = fitness OR scheme_name IS NULL") == [(0,)]
