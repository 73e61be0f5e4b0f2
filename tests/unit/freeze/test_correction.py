"""What a later version says otherwise: value, score and rank, both cells, and what counts once approved."""

from dataclasses import replace

import pytest

from etl.freeze import chain
from etl.freeze.approval import Signature, approvals, approve_causes, lapsed, tables_corrected
from etl.freeze.causes import ChangeCause
from etl.freeze.correction import compare_versions
from etl.freeze.grouping import CausedChanges
from etl.freeze.tables import MartTable, load_keys
from etl.mistakes import Mistake
from etl.publish.csv_file import csv_text
from tests.fixtures.frozen import AMOUNTS, COLUMNS, lines, totals
from tests.fixtures.places import ROOT

NAME = "0001-2024-Q1-季评"
CORRECTED = AMOUNTS | {("p3", "t02"): "170"}


@pytest.fixture
def keys(place):
    return load_keys(place / "home")


def version(amounts=AMOUNTS, file="白石镇.xlsx", more=()):
    rows = {"fct_investment": [*lines(amounts, file=file), *more], "fct_measure": totals(amounts)}
    return {m: MartTable(COLUMNS[m], tuple(tuple(map(csv_text, row)) for row in rows[m])) for m in rows}


def said(changes):
    return [(c.mart, *c.key.values(), c.column, c.old, c.new) for c in changes]


def test_a_resubmission_shows_the_figures_that_differ_and_not_the_file(keys):
    found = compare_versions(version(), version(CORRECTED, file="白石镇（更正）.xlsx"), keys, "2024-Q1")
    assert said(found.changes) == [
        ("fct_investment", "2024-03", "t02", "p3", "arrived_ytd", "99", "170"),
        ("fct_investment", "2024-03", "t02", "p3", "arrival_rate", "49.5", "85.0"),
        ("fct_measure", "investment_monthly", "2024-03", "*", "arrived_ytd", "value", "249.5", "320.5"),
        ("fct_measure", "investment_monthly", "2024-03", "t02", "arrived_ytd", "value", "99.0", "170.0"),
    ]
    assert (str(found.changes[0].old_origin), str(found.changes[0].new_origin)) == (
        "白石镇.xlsx Sheet1!F6", "白石镇（更正）.xlsx Sheet1!F6")


def test_ranks_move_also_for_those_who_changed_nothing(keys):
    found = compare_versions(version(), version(CORRECTED), keys, "2024-Q1")
    assert (found.changes[-1].old_rank, found.changes[-1].new_rank) == ("2", "1")
    assert [(m.key["unit"], m.old_rank, m.new_rank) for m in found.moved] == [("t01", "1", "2")]


def test_scores_and_ranks_that_a_mart_holds_go_along(keys):
    def scores(score, rank):
        return {"fct_score": MartTable(("unit", "period", "score", "rank_no"), (("t01", "2024-Q1", score, rank),))}

    known = replace(keys, of={"fct_score": ("unit", "period")})
    found = compare_versions(scores("91.2", "1"), scores("88.75", "3"), known, "2024-Q1")
    assert {c.column: (c.old_score, c.new_score, c.old_rank, c.new_rank) for c in found.changes} == {
        "score": ("91.2", "88.75", "1", "3"), "rank_no": ("91.2", "88.75", "1", "3")}


def test_later_periods_are_no_correction(keys):
    april = lines({("p9", "t01"): "5"}, period="2024-04")
    assert compare_versions(version(), version(more=april), keys, "2024-Q1").changes == ()
    assert [c.kind for c in compare_versions(version(), version(more=april), keys, "2024").changes] == ["added"]


def test_rows_that_came_and_went_are_changes_as_a_whole(keys):
    fewer = {k: v for k, v in AMOUNTS.items() if k[0] != "p2"}
    found = compare_versions(version(), version(fewer), keys, "2024-Q1")
    assert [(c.kind, c.row["project_key"]) for c in found.changes if not c.column] == [("removed", "p2")]
    found = compare_versions(version(fewer), version(), keys, "2024-Q1")
    assert [(c.kind, c.row["arrived_ytd"], str(c.new_origin)) for c in found.changes if not c.column] == [
        ("added", "30", "白石镇.xlsx Sheet1!5:5")]


def test_marts_without_figures_are_only_counted(keys):
    def slots(verdict):
        return {"fct_submission": MartTable(("slot_id", "period", "verdict"), (("t01|x", "2024-03", verdict),))}

    known = replace(keys, of={"fct_submission": ("slot_id",)})
    found = compare_versions(slots("accepted"), slots("rejected"), known, "2024-Q1")
    assert (found.changes, found.evidence) == ((), {"fct_submission": 1})


def test_what_only_one_version_has_is_told(keys):
    later = version()
    later["fct_light"] = MartTable(("unit",), (("t01",),))
    later["fct_measure"] = MartTable((*COLUMNS["fct_measure"], "uom"), tuple((*r, "万元") for r in later["fct_measure"].rows))
    found = compare_versions(version(), later, keys, "2024-Q1")
    assert (found.changes, found.apart) == ((), ("fct_light", "fct_measure.uom"))


def test_ids_say_what_was_seen_so_another_value_is_another_change(keys):
    one = compare_versions(version(), version(CORRECTED), keys, "2024-Q1").changes[0]
    again = compare_versions(version(), version(CORRECTED, file="again.xlsx"), keys, "2024-Q1").changes[0]
    other = compare_versions(version(), version(AMOUNTS | {("p3", "t02"): "171"}), keys, "2024-Q1").changes[0]
    assert one.id == again.id != other.id


def under(changes, name="c1", together=()):
    """A cause with the changes that it made alone, and those that it made with others."""
    return CausedChanges(ChangeCause(name, "ruling", name, {}), tuple(changes), tuple(together), ())


@pytest.fixture
def sign(frozen):
    """Approve causes of the frozen set by name; answer what is approved then."""
    def run(groups, wanted="all", by="王某", reason="审计认定"):
        approve_causes(frozen, NAME, groups, wanted, Signature(by, "2024-05-01T09:00:00", reason), "n2")
        return approvals(chain.whole(frozen), NAME)
    return run


def test_only_what_an_approved_cause_changed_counts(keys, sign):
    later = version(CORRECTED | {("p1", "t01"): "1"})
    changes = compare_versions(version(), later, keys, "2024-Q1").changes
    wanted = [c for c in changes if c.new == "170"]
    tables = tables_corrected(version(), sign([under(wanted), under([c for c in changes if c not in wanted], "c2")], "c1"))
    assert [row["arrived_ytd"] for row in tables["fct_investment"].records()] == ["120.5", "30", "170"]


def test_what_two_causes_changed_together_waits_for_both(keys, sign):
    first, second, *_, total = compare_versions(version(), version(CORRECTED | {("p1", "t01"): "1"}), keys, "2024-Q1").changes
    both = [(total, ("c1", "c2"))]
    groups = [under([first], "c1", both), under([second], "c2", both)]
    assert set(sign(groups, "c1")) == {first.id}
    assert set(sign(groups, "c2")) == {first.id, second.id, total.id}


def test_the_chain_keeps_the_cause_of_an_approval_and_reads_those_of_before(keys, sign, frozen):
    change = compare_versions(version(), version(CORRECTED), keys, "2024-Q1").changes[0]
    entries = chain.whole(frozen)
    old = {"by": "李某", "at": "2024-04-20T09:00:00", "reason": "更正", "night_id": "n1", "changes": [change.record() | {"because": []}]}
    chain.append(frozen, entries, chain.linked(entries, "approval", seal=NAME, **old))     # as it was written before there were causes
    assert approvals(chain.whole(frozen), NAME)[change.id]["by"] == "李某"
    others = compare_versions(version(), version(CORRECTED), keys, "2024-Q1").changes
    sign([under(others)])
    last = chain.whole(frozen)[-1]
    assert (last["format"], [c["id"] for c in last["causes"]], len(last["changes"])) == (2, ["c1"], len(others) - 1)


def test_added_and_removed_rows_count_when_approved(keys, sign):
    other = {("p1", "t01"): "120.5", ("p3", "t02"): "99", ("p7", "t02"): "4"}
    approved = sign([under(compare_versions(version(), version(other), keys, "2024-Q1").changes)])
    rows = tables_corrected(version(), approved)["fct_investment"].records()
    assert sorted((r["project_key"], r["arrived_ytd"]) for r in rows) == [("p1", "120.5"), ("p3", "99"), ("p7", "4")]


def test_an_approval_says_who_when_why_and_does_not_touch_the_set(keys, sign, frozen):
    before = {p: p.read_bytes() for p in (frozen / NAME).rglob("*") if p.is_file()}
    approved = sign([under(compare_versions(version(), version(CORRECTED), keys, "2024-Q1").changes)])
    assert {(a["by"], a["at"], a["reason"], a["night_id"]) for a in approved.values()} == {
        ("王某", "2024-05-01T09:00:00", "审计认定", "n2")}
    assert before == {p: p.read_bytes() for p in (frozen / NAME).rglob("*") if p.is_file()}


def test_a_later_approval_of_the_same_figure_wins_and_nothing_has_lapsed(keys, sign):
    sign([under(compare_versions(version(), version(CORRECTED), keys, "2024-Q1").changes)])
    changes = compare_versions(version(), version(AMOUNTS | {("p3", "t02"): "171"}), keys, "2024-Q1").changes
    approved = sign([under(changes, "c2")])
    assert tables_corrected(version(), approved)["fct_investment"].records()[2]["arrived_ytd"] == "171"
    assert lapsed(changes, approved) == []


def test_an_approved_change_that_today_denies_is_told(keys, sign):
    approved = sign([under(compare_versions(version(), version(CORRECTED), keys, "2024-Q1").changes)])
    assert len(lapsed((), approved)) == len(approved)


@pytest.mark.parametrize("other", [{"by": ""}, {"reason": " "}, {"wanted": "ffffffffff"}])
def test_no_approval_without_name_reason_and_a_known_cause(keys, sign, other):
    with pytest.raises(Mistake):
        sign([under(compare_versions(version(), version(CORRECTED), keys, "2024-Q1").changes)], **other)


def test_every_mart_of_the_project_has_a_key_and_every_key_is_its_column():
    import yaml

    keys = load_keys(ROOT)
    for path in (ROOT / "dbt_project/models/marts").rglob("*.yml"):
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", ()):
            columns = {column["name"] for column in model["columns"]}
            assert model["name"] in keys.of
            assert set(keys.of[model["name"]]) <= columns
