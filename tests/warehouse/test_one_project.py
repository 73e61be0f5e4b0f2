"""Who is one project is said in SQL (P18) and in dbt (int_claim_settled), for two engines: on one example set both say the same."""

from __future__ import annotations

import duckdb

from etl.transform.build import build_marts
from etl.validate.context import gather
from etl.validate.queries import ARCHIVE, queries
from etl.validate.rulebook import RuleSet, load_parameters, load_rulebook
from tests.fixtures.places import ROOT
from tests.fixtures.submissions import FORMS
from tests.fixtures.warehouse import issue, land_all, submission

KP, INV = "key_project_monthly", "investment_monthly"
CODES = [f"2301-530330-04-01-55717{n}" for n in range(8)]


def project(name, code=None, firm="甲", **more):
    return {"project_name": name, "project_code": code, "builder_name": f"{firm}公司", "builder_uscc": f"firm{firm}", "completed_ytd": 1,
            "annual_plan": 2, "total_investment": 3, "level": "县重点", "stage": "在建"} | more


def deal(name, unit, share=None, code=None, firm="甲", **more):
    return {"project_name": name, "project_code": code, "investor_name": f"{firm}公司", "investor_uscc": f"firm{firm}", "introducing_unit": unit,
            "split_ratio": share, "stage": "签约", "contracted_amount": 3, "arrived_ytd": 1} | more


def example(folder):
    """Two units each: one code, one firm and name, neither; and of deals, shares that are missing, too much, and agreed on.

    A third unit's return was refused and claims a project all the same; one that may be another unit's claims nothing.
    """
    misplaced = submission(KP, "t02", "2024-03", [project("剧院", CODES[7])], order=7, verdict="rejected")
    return land_all(folder, [
        submission(KP, "t01", "2024-01", [project("大桥", CODES[0]), project("码头"), project("水库", firm="乙"), project("学校", CODES[1]),
                                          project("体育馆", CODES[6])], order=1),
        submission(KP, "t01", "2024-03", [project("剧院", CODES[7])], order=8),
        submission(KP, "t02", "2024-01", [project("大桥改建", CODES[0], "丙"), project("码头"), project("水库", firm="丁")], order=2),
        submission(KP, "t02", "2024-02", [project("学校", CODES[1])], order=3),
        submission(KP, "zsj", "2024-01", [project("体育馆", CODES[6])], order=6, verdict="rejected"),
        misplaced,
        submission(INV, "t01", "2024-01", [deal("茶厂", "白石镇", 60, CODES[2]), deal("酒厂", "白石镇", None, CODES[3]), deal("糖厂", "白石镇", 70, CODES[4]),
                                           deal("药厂", "白石镇", 50, CODES[5]), deal("纸厂", "白石镇")], order=4),
        submission(INV, "t02", "2024-01", [deal("茶厂", "清河镇", 40, CODES[2]), deal("酒厂", "清河镇", 40, CODES[3]), deal("糖厂", "清河镇", 40, CODES[4]),
                                           deal("纸厂", "清河镇")], order=5),
    ], issues=[issue(misplaced, "F24", level="submission", row=None)])


def test_the_rule_and_the_model_know_the_same_projects_claimed_twice(work, tmp_path):
    landed, build = example(tmp_path), tmp_path / "build.duckdb"
    build_marts(landed, build, work, select=["+int_claim_settled"])
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{landed}' AS house (READ_ONLY)")
        con.execute(f"ATTACH '{build}' AS built (READ_ONLY)")
        rules = RuleSet(FORMS, {"P18": load_rulebook(ROOT / "expectations")["P18"]}, load_parameters(ROOT / "expectations"))
        gather(con, rules, "house.landed")
        rule = queries(rules, over=ARCHIVE)
        by_rule = {line for sql in rule.values() for (line,) in con.execute(f"SELECT line_id FROM ({sql})").fetchall()}
        by_model = {line for (line,) in con.execute("SELECT line_id FROM built.intermediate.int_claim_settled WHERE state = 'unsettled' AND NOT is_refused").fetchall()}
        names = {name for form in (KP, INV) for name, line in con.execute(f"SELECT project_name, line_id FROM house.landed.{form}").fetchall() if line in by_rule}
    assert by_rule == by_model
    assert names == {"大桥", "大桥改建", "码头", "酒厂", "糖厂", "纸厂", "体育馆"}
