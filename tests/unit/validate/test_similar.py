"""Which names are compared, and that nothing is missed that a rule could ask for."""

from __future__ import annotations

import itertools
import random

import duckdb
import pytest
from rapidfuzz.distance import JaroWinkler

from etl.validate import similar
from etl.validate.similar import WANTED, alike_claims, scored

ALIKE = 0.85


def claims(*lines):
    """A query of lines, each given by what is not the usual."""
    usual = {"period": "2024-01", "claimant": "t01", "code": None, "name": "城东保障房项目", "owner": "甲公司", "owner_code": None, "place": None, "amount": None}
    rows = [[str(v).replace("'", "''") if (v := (usual | line)[c]) is not None else None for c in WANTED] for line in lines]
    values = ", ".join("(" + ", ".join("CAST(NULL AS VARCHAR)" if v is None else f"'{v}'" for v in row) + ")" for row in rows)
    return f"SELECT * FROM (VALUES {values}) AS given({', '.join(WANTED)})"


def found(*lines, kind="name"):
    return {(one, other) for one, other, _ in alike_claims(duckdb.connect(), [claims(*lines)], ALIKE)[kind]}


HERE = {"name": "城东保障性住房项目", "owner_code": "A"}
THERE = {"name": "城东保障性住房工程", "owner_code": "A", "claimant": "t02"}
PAIR = {("城东保障性住房工程", "城东保障性住房项目")}


def test_two_lines_of_two_claimants_and_one_firm_are_compared():
    assert found(HERE, THERE) == PAIR


@pytest.mark.parametrize("there", [
    {"claimant": "t01"},                                  # nobody claims it twice alone
    {"period": "2024-02"},                                # a later month of the same is no second claim
    {"name": "码头"},                                      # nothing alike
], ids=["one claimant", "another period", "another name"])
def test_what_can_be_no_second_claim_is_not_compared(there):
    assert found(HERE, THERE | there) == set()


def test_two_codes_tell_two_projects_apart_but_one_code_is_compared_for_its_evidence():
    assert found(HERE | {"code": "1"}, THERE | {"code": "2"}) == set()
    assert found(HERE | {"code": "1"}, THERE | {"code": "1"}) == PAIR


@pytest.mark.parametrize("clue", [{"place": "白石镇"}, {"amount": "500"}, {"owner": "乙公司"}, {}], ids=["place", "amount", "owner", "characters"])
def test_one_clue_is_enough_and_rare_characters_are_one(clue):
    bare = {"owner_code": None, "owner": "丙"}
    assert found(HERE | bare | clue, THERE | bare | {"owner": "丁"} | clue) == PAIR


def test_equal_names_are_a_pair_too_and_owners_are_told_apart_from_projects():
    assert found(HERE, THERE | {"name": HERE["name"]}) == {(HERE["name"], HERE["name"])}
    assert found(HERE | {"owner": "兴旺建设有限公司"}, THERE | {"owner": "兴旺建设公司"}, kind="owner") == {("兴旺建设公司", "兴旺建设有限公司")}


def test_all_that_the_full_comparison_finds_is_found():
    """Of a county without codes, what P18F asks: names alike, and one firm, like firms, or one place."""
    chance = random.Random(7)
    works, places = ("道路", "学校", "厂房", "水库", "停车场"), ("白石", "清河", "龙潭")
    lines = [
        {"claimant": f"t{chance.randrange(4)}", "place": (place := chance.choice(places)), "owner": f"{chance.choice(places)}城投公司",
         "name": f"{place}{chance.choice(works)}{chance.choice(('改造', '扩建', '新建'))}项目{chance.choice(('', '一期', '二期'))}"}
        for _ in range(120)
    ]
    wanted = {
        tuple(sorted((a["name"], b["name"])))
        for a, b in itertools.combinations(lines, 2)
        if a["claimant"] != b["claimant"] and JaroWinkler.similarity(a["name"], b["name"]) >= ALIKE
        and (a["place"] == b["place"] or JaroWinkler.similarity(a["owner"], b["owner"]) >= ALIKE)
    }
    assert wanted and wanted <= found(*lines)


def test_many_pairs_are_scored_as_few_are(monkeypatch):
    con = duckdb.connect()
    con.execute("CREATE TABLE text AS SELECT '白石镇道路建设项目' || i || '期' AS said FROM range(60) AS r(i)")
    con.execute("CREATE TABLE pair AS SELECT a.said AS one, b.said AS other FROM text AS a, text AS b")
    many = list(scored(con, "pair", ALIKE))
    monkeypatch.setattr(similar, "FEW", 10**9)
    few = list(scored(con, "pair", ALIKE))
    assert [pair[:2] for pair in many] == [pair[:2] for pair in few] and len(many) == 3600
    monkeypatch.setattr(similar, "AT_ONCE", 7)
    assert list(scored(con, "pair", ALIKE)) == few


def test_lines_of_many_periods_are_sought_some_periods_at_a_time(monkeypatch):
    lines = [{"period": f"2024-{m:02}", "claimant": f"t{n}", "owner": "兴农公司", "name": f"白石镇供水工程{n}期"}
             for m in range(1, 5) for n in range(3)]
    names = found(*lines)
    assert len(names) == 3
    monkeypatch.setattr(similar, "TOGETHER", 5)
    assert [*alike_claims(duckdb.connect(), [claims(*lines)], ALIKE)["owner"]] == [("兴农公司", "兴农公司", 1.0)]
    assert found(*lines) == names


def test_names_that_all_resemble_one_another_do_not_multiply():
    """What everybody writes tells nothing: the pairs stay in proportion to the lines."""
    lines = [{"claimant": f"t{n % 20}", "owner": f"公司{n}", "name": f"云岭县工业园区标准厂房建设项目{n // 26}期{chr(65 + n % 26)}"} for n in range(2000)]
    assert len(found(*lines)) < 60 * len(lines)
