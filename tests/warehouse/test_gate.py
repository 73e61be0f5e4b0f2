"""What the gate finds in a build that somebody, or a model, got wrong: none of it is a rule's business."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from etl.gate.checkpoint import GateError, Unexpected, hold_against
from etl.gate.suites import suites_of
from tests.fixtures.places import ROOT

PROJECTS, LINES = "fct_project_progress", "lines_key_project_monthly"
ONE = f"line_id = (SELECT min(line_id) FROM marts.{PROJECTS})"


def free(mart):
    """The mart without its key, so that what the database would refuse can be planted."""
    return f"CREATE TABLE marts.copy AS FROM marts.{mart}; DROP TABLE marts.{mart}; ALTER TABLE marts.copy RENAME TO {mart};"


PLANTED = {
    "a line is lost": (LINES, f"DELETE FROM marts.{PROJECTS} WHERE {ONE}", "计入的行数与收件、审核的记录一致"),
    "a line comes twice": (PROJECTS, free(PROJECTS) + f"INSERT INTO marts.{PROJECTS} FROM marts.{PROJECTS} WHERE {ONE}", "line_id 不为空，也不重复"),
    "a required value is gone": (LINES, f"UPDATE marts.{PROJECTS} SET project_name = NULL WHERE {ONE}", "必填的“项目名称”都有值"),
    "a word that no list has": (LINES, f"UPDATE marts.{PROJECTS} SET stage = '在飞' WHERE {ONE}", "stage 只有规定的取值"),
    "less than nothing": (LINES, f"UPDATE marts.{PROJECTS} SET completed_ytd = -1 WHERE {ONE}", "completed_ytd 不小于 0"),
    "a rate that nobody divided": (PROJECTS, f"UPDATE marts.{PROJECTS} SET completion_rate = 12 WHERE {ONE}", "每一行都满足：completion_rate"),
    "more than all of the time": (PROJECTS, f"UPDATE marts.{PROJECTS} SET time_progress = 140 WHERE {ONE}", "time_progress 在 0 与 100 之间"),
    "a unit that is none": (PROJECTS, f"UPDATE marts.{PROJECTS} SET unit = 'nobody' WHERE {ONE}", "每个引用都找得到对应的行"),
    "a figure that is not its parts": ("sums", "UPDATE marts.fct_measure SET value = value + 1 WHERE measure = 'completed_ytd'",
                                       "每个合计类指标值等于"),
    "one record counts twice": ("records", "UPDATE marts.dim_line SET business_key = 'one', disposition = 'published'", "一份报送中，同一条记录只计入一行"),
    "a slot in no known state": ("fct_submission", "UPDATE marts.fct_submission SET status = 'maybe' WHERE is_owed", "status 只有规定的取值"),
}


@pytest.fixture(scope="module")
def suites():
    return suites_of(ROOT)


@pytest.fixture
def build(built, tmp_path):
    return shutil.copy(built[0], tmp_path / "build.duckdb")


def failed(build, county, suites, name):
    return [one.description for one in hold_against(build, county, {name: suites[name]}) if not one.success]


@pytest.mark.parametrize("name, sql, told", PLANTED.values(), ids=list(PLANTED))
def test_what_was_built_wrong_is_held(build, county, suites, name, sql, told):
    before = failed(build, county, suites, name)
    with duckdb.connect(str(build)) as con:
        con.execute(sql)
    after = [description for description in failed(build, county, suites, name) if description not in before]
    assert len(after) == 1 and after[0].startswith(told), after


def test_rows_that_fail_are_shown_and_told_in_one_sentence(build, county, suites):
    with duckdb.connect(str(build)) as con:
        con.execute(f"UPDATE marts.{PROJECTS} SET unit = 'nobody' WHERE {ONE}")
    [orphans] = [one for one in hold_against(build, county, {PROJECTS: suites[PROJECTS]}) if not one.success]
    assert (orphans.failed, orphans.rows, orphans.blocks) == (1, ("column_name=unit value=nobody",), True)
    assert str(Unexpected([orphans])).startswith("建成的数据没有通过出库校验，不予发布：fct_project_progress：每个引用都找得到对应的行：")


def test_a_warning_holds_nothing_back(build, county, suites):
    loose = suites[PROJECTS] | {"expectations": [one | {"severity": "warning"} for one in suites[PROJECTS]["expectations"]]}
    with duckdb.connect(str(build)) as con:
        con.execute(f"UPDATE marts.{PROJECTS} SET time_progress = 140 WHERE {ONE}")
    [late] = [one for one in hold_against(build, county, {PROJECTS: loose}) if not one.success]
    assert (late.severity, late.blocks) == ("warning", False)


def test_a_suite_that_cannot_be_asked_lets_nothing_pass(build, county, suites):
    broken = suites[PROJECTS] | {"expectations": [{"type": "expect_column_values_to_be_unique", "kwargs": {"column": "nothing"}, "severity": "critical"}]}
    with pytest.raises(GateError, match=PROJECTS):
        hold_against(build, county, {PROJECTS: broken})


def test_a_line_that_a_decision_let_through_is_neither_asked_nor_missed(build, county, suites, tmp_path):
    landed = shutil.copy(county, tmp_path / "kept.duckdb")
    before = failed(build, landed, suites, LINES)
    with duckdb.connect(str(build)) as con:
        [(line,)] = con.execute(f"SELECT line_id FROM marts.{PROJECTS} WHERE {ONE}").fetchall()
        con.execute(f"UPDATE marts.{PROJECTS} SET project_name = NULL WHERE {ONE}")
    assert failed(build, landed, suites, LINES) != before
    with duckdb.connect(str(landed)) as con:
        con.execute("INSERT INTO landed.issue FROM (SELECT * REPLACE ('error' AS severity, 'waived' AS state, ? AS line_id)"
                    " FROM landed.issue LIMIT 1)", [line])
    assert failed(build, landed, suites, LINES) == before
