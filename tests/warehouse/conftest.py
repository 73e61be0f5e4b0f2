"""One small county, landed and built once for all tests of the warehouse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.publish.export import export
from etl.transform.build import build_marts, copy_parsed
from tests.fixtures.warehouse import FORMS, issue, land_all, submission

# Towns and bureaus in one group, so that in this small county two are ranked and one is missing.
JOINT = """
scheme: joint
name: 合并排名
version: "1"
effective_from: 2024-01-01
groups: {all: {name: 全部单位, kinds: [town, bureau]}}
grades: {优: 90, 差: 0}
indicators:
  - {node: B, name: 认定率, weight: 100, measure: investment_monthly.recognition_rate, formula: ratio}
"""

# A city over a county, which has the town and the bureau that share a project; the other town is the city's own.
UNDER = [("t01", "白石镇", "town", True, "jia"), ("t02", "清河镇", "town", True, "shi"), ("zsj", "县招商局", "bureau", True, "jia"),
         ("jia", "甲县", "county", False, "shi"), ("shi", "云岭市", "city", False, "")]


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """Landed: two towns and the bureau over two months, with a correction, a held line, a nil return and a missing form."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "schemes").mkdir()
    (folder / "schemes" / "joint.yaml").write_text(JOINT, encoding="utf-8")

    def project(name, plan, ytd, **more):
        return {"project_name": name, "builder_name": "县城投公司", "annual_plan": plan, "completed_ytd": ytd,
                "total_investment": 1000, "completed_since_start": ytd, "started": "是", "level": "县重点", "stage": "在建",
                "completion_rate_reported": 99} | more

    def shared(unit, ratio, **more):
        return {"project_code": "2301-530330-04-01-557174", "project_name": "茶叶加工项目", "investor_name": "甲公司",
                "introducing_unit": unit, "split_ratio": ratio, "stage": "开工", "signed_date": date(2023, 5, 1),
                "contracted_amount": 500, "arrived_ytd": 100, "arrived_since_signing": 250, "arrived_recognised": 80} | more

    wrong = submission("key_project_monthly", "t01", "2024-01", [project("停车场", 100, 99)], order=1)
    right = submission("key_project_monthly", "t01", "2024-01", [
        project("停车场", 100, 20), project("卫生院", 0, 5, started="否"), project("幼儿园", 50, 7, level="储备"),
        project("=看不清", 60, 9),
    ], order=2, verdict="partly_accepted")
    held = f"{right['submission_id']}:7"
    submissions = [
        wrong, right,
        submission("key_project_monthly", "t02", "2024-01", [project("码头", 10, 1)], order=3, verdict="rejected"),
        submission("investment_monthly", "t01", "2024-01", [shared("白石镇", 60)], order=4),
        submission("investment_monthly", "zsj", "2024-01", [shared("招商局", 40)], order=5),
        submission("investment_monthly", "t02", "2024-01", [], order=6, nil_declared=True),
        submission("annual_target", "zsj", "2024", [
            {"department": "白石镇", "indicator": "到位资金", "year": 2024, "target_value": "0.03", "target_unit": "亿元",
             "issued_date": date(2024, 1, 10), "document_no": "1号"},
            {"department": "白石镇", "indicator": "到位资金", "year": 2024, "target_value": 240, "target_unit": "万元",
             "issued_date": date(2024, 3, 10), "document_no": "2号", "supersedes": "1号"},
        ], order=7),
        submission("performance_self_evaluation", "t01", "2023", [
            {"programme_name": "厕所改造", "implementing_unit": "白石镇", "indicator_level3": "座数", "comparator": "≥",
             "target_value": "60座", "actual_value": "45座", "target_number": 60, "actual_number": 45, "weight": 90, "self_score": 90,
             "budget_adjusted": 200, "budget_executed": 150, "execution_weight": 10, "execution_score": 10},
        ], order=8),
        submission("budget_execution_monthly", "t01", "2024-01", [
            {"unit_name": "白石镇", "budget_item": "办公", "budget_adjusted": 300, "budget_initial": 0, "spent_ytd": 100}], order=9),
        submission("approval_case", "zsj", "2024-01", [
            {"project_name": "停车场", "matter": "用地", "approving_unit": "招商局", "accepted_date": date(2024, 1, 2),
             "decided_date": date(2024, 1, 12), "promised_days": 5}], order=10),
        submission("rectification", "zsj", "2024-01", [
            {"problem_no": "W1", "amount": 7, "responsible_unit": "清河镇", "closed_date": date(2024, 1, 20), "evidence": "照片"},
            {"problem_no": "W2", "amount": 3, "responsible_unit": "清河镇", "closed_date": date(2024, 1, 20)}], order=11),
        submission("key_project_monthly", None, "2024-01", [project("无主", 1, 1)], order=12, verdict="rejected"),
    ]
    roster = [(unit, "key_project_monthly", "2024-01", date(2024, 2, 5)) for unit in ("t01", "t02")]
    roster += [("t01", "investment_monthly", "2024-01", date(2024, 1, 31)), ("t02", "investment_monthly", "2024-01", date(2024, 2, 5)),
               ("t01", "key_project_monthly", "2024-02", date(2024, 3, 5)), ("t01", "key_project_monthly", "2024-04", date(2024, 5, 6))]
    issues = [
        issue(right, row=7, column="project_name", value="=看不清"),
        issue(right, "F04", "warning", row=4, column="completed_ytd"),
        issue(submissions[2], "F17", level="submission", row=None),
        issue(right, "F37", level="submission", row=None, submission_id="missing:t01:key_project_monthly:2024-02", file="", sheet=""),
    ]
    return land_all(folder, submissions, issues=issues, quarantined=[held], roster=roster, aliases=[("招商局", "zsj")], units=UNDER)


@pytest.fixture(scope="session")
def work(parsed, tmp_path_factory):
    """Where dbt works."""
    work = tmp_path_factory.mktemp("dbt")
    copy_parsed(parsed, work)
    return work


@pytest.fixture(scope="session")
def built(county, work) -> tuple[Path, tuple]:
    """The marts of the county, its models' own examples run on the way; path of the build, and the marts."""
    build = county.with_name("build.duckdb")
    return build, build_marts(county, build, work, thorough=True)


@pytest.fixture(scope="session")
def folder(built, tmp_path_factory):
    """The county's marts, published."""
    folder = tmp_path_factory.mktemp("published")
    export(built[0], built[1], folder)
    return folder


@pytest.fixture(scope="session")
def ask(built):
    """Ask the marts one question in SQL."""
    con = duckdb.connect(str(built[0]), read_only=True)
    con.execute("USE marts")
    yield lambda sql: con.execute(sql).fetchall()
    con.close()


@pytest.fixture(scope="session")
def forms():
    return FORMS
