"""What moved the figures since a seal: each ruling, resubmission, scheme or setting is one cause with all that followed from it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest

from etl.freeze.causes import UNKNOWN, Side, find_causes
from etl.freeze.correction import compare_versions
from etl.freeze.grouping import group_changes, same_print
from etl.freeze.provenance import Provenance
from etl.freeze.tables import MartTable, load_keys
from tests.fixtures.places import ROOT

FORM, MONTH = "investment_monthly", "2024-03"
AMOUNTS = {("t01", "p1"): 100, ("t02", "p1"): 100, ("t01", "p2"): 30, ("t03", "p3"): 50, ("t03", "p4"): 7}
SCHEME = b"scheme: county\nversion: '%d'\n"
HEAD = "project,form,from,until,unit,decision,share,by,why,at\n"


def county(amounts=AMOUNTS, shares=(), site=None, weight=1, again=(), rules=None, as_of="2024-04-15", lost=(), withdrawn=()):
    """One side of a comparison, every table worked out from a few amounts.

    `shares` are lines of claims.csv as (project, unit, share); `again` are units that sent a second version, `withdrawn`
    those whose second version was taken back.
    """
    sent = {unit: f"s-{unit}-{2 if unit in again else 1}" for unit, _ in amounts}
    ruled = {(project, unit): (share, f"claims.csv:{n}") for n, (project, unit, share) in enumerate(shares, start=2)}
    lines, claims, bridge, facts, totals = [], [], [], [], {}
    for (unit, project), amount in amounts.items():
        line = f"{sent[unit]}:{project}"
        share, ruling = ruled.get((project, unit), (100, ""))
        credited = amount * share / 100
        lines.append((line, FORM, unit, MONTH, project))
        claims.append((FORM, MONTH, project, unit, project, str(share), ruling, line, sent[unit]))
        facts.append((project, unit, MONTH, str(amount), str(share), line, sent[unit], f"{unit}.xlsx"))
        bridge.append((FORM, MONTH, unit, "arrived", "numerator", str(credited), line, sent[unit]))
        for who in (unit, "*"):
            totals[who] = totals.get(who, 0) + credited
    scores = {unit: total * weight for unit, total in totals.items() if unit != "*"}
    places = {unit: 1 + sum(other > mine for other in scores.values()) for unit, mine in scores.items()}
    common = ("scheme", "version", "period", "unit_group", "unit", "node")
    tables = {
        "dim_line": (("line_id", "form", "unit", "period", "business_key"), lines),
        "fct_claim": (("form", "period", "claim_key", "unit", "project_key", "share_pct", "ruling", "line_id", "submission_id"), claims),
        "fct_investment": (("project_key", "unit", "period", "arrived", "share_pct", "line_id", "submission_id", "file"), facts),
        "bridge_measure_line": (("form", "period", "unit", "measure", "role", "contribution", "line_id", "submission_id"), bridge),
        "fct_measure": (("form", "period", "unit", "measure", "value"), [(FORM, MONTH, u, "arrived", str(v)) for u, v in sorted(totals.items())]),
        "fct_score": ((*common, "is_leaf", "form", "measure", "source_period", "score"),
                      [("county", "1", MONTH, "town", u, "A", "true", FORM, "arrived", MONTH, str(v)) for u, v in sorted(scores.items()) if u not in lost]),
        "fct_ranking": ((*common, "rank_no", "score", "grade"),
                        [("county", "1", MONTH, "town", u, "A", str(places[u]), str(scores[u]), "") for u in sorted(scores)]),
        "fct_submission_version": (("submission_id", "file", "unit", "sub_unit", "form", "period", "version", "received_at", "verdict", "counts"),
                                   [(f"s-{u}-{v}", f"{u}.xlsx", u, "", FORM, MONTH, str(v), f"2024-04-0{v}", "accepted", "true" if s[-1] == str(v) else "false")
                                    for u, s in sorted(sent.items()) for v in range(1, 3 if u in (*again, *withdrawn) else 2)]),
    }
    written = HEAD + "".join(f"{p},{FORM},,,{u},split,{s},王某,会议,2024-04-16\n" for p, u, s in shares)
    files = {"claims.csv": written.encode(), "schemes/county.yaml": SCHEME % weight, "settings.csv": b"key,value\ncounty,A\n"} | (site or {})
    return Side({m: MartTable(c, tuple(map(tuple, r))) for m, (c, r) in tables.items()}, files, rules or {}, {}, as_of, "0.1.0",
                hashlib.sha256(repr(rules).encode()).hexdigest())


@pytest.fixture(scope="module")
def keys():
    return load_keys(ROOT)


@pytest.fixture
def causes(keys):
    """The causes of what differs between the county as it was sealed and as it is."""
    def run(later, sealed=None):
        sealed = sealed or county()
        found = compare_versions(sealed.tables, later.tables, keys, "2024-Q1")
        return group_changes(found, Provenance(found.rows, find_causes(sealed, later, keys), sealed, later), keys)
    return run


def moved(group, kind):
    return [(e.row.get("unit"), e.old, e.new) for e in group.effects if e.kind == kind]


def test_three_rulings_are_three_causes_with_their_figures_scores_and_places(causes):
    found = causes(county(shares=[("p1", "t01", 60), ("p1", "t02", 40), ("p2", "t01", 50), ("p4", "t03", 0)]))
    assert sorted((g.cause.kind, g.cause.name) for g in found) == [
        ("ruling", "claims.csv:2、3"), ("ruling", "claims.csv:4"), ("ruling", "claims.csv:5")]
    by_name = {g.cause.name: g for g in found}
    last = by_name["claims.csv:5"]
    assert (last.cause.by, last.cause.why) == ("王某", "会议")
    assert ("t03", "57.0", "50.0") in moved(last, "figure") and ("t03", "57.0", "50.0") in moved(last, "score")
    assert moved(by_name["claims.csv:2、3"], "rank") == [("t02", "2", "3"), ("t03", "3", "2")]     # t03 passed whom the ruling cost


def test_what_two_causes_moved_names_both_and_is_one_change(causes):
    first, second = (g for g in causes(county(shares=[("p1", "t01", 60), ("p1", "t02", 40), ("p2", "t01", 50)])))
    both = {first.cause.id, second.cause.id}
    total = [e for g in (first, second) for e in g.effects if e.kind == "figure" and e.row["unit"] == "*"]
    assert [set(e.causes) for e in total] == [both, both]
    assert {c.id for c, _ in first.together} == {c.id for c, _ in second.together}
    assert not {c.id for c in first.alone} & {c.id for c, _ in first.together}


def test_a_resubmission_is_one_cause_and_lines_sent_again_unchanged_are_none(causes):
    [only] = causes(county(AMOUNTS | {("t03", "p3"): 80}, again=("t03",)))
    assert (only.cause.kind, only.cause.said["old"], only.cause.said["new"], only.cause.said["file"]) == ("submission", "1", "2", "t03.xlsx")
    assert sorted(moved(only, "figure")) == [("*", "287.0", "317.0"), ("t03", "57.0", "87.0")]
    assert moved(only, "line") == [("t03", "50", "80")]
    assert causes(county(again=("t03",))) == []


def test_a_version_that_was_taken_back_is_the_decision_and_no_resubmission(causes):
    line = "file,unit,form,period,version,reason,by,at\n,t03,investment_monthly,2024-03,2,报错了表,李某,2024-04-16\n"
    sealed = county(AMOUNTS | {("t03", "p3"): 80}, again=("t03",))
    [only] = causes(county(site={"withdrawals.csv": line.encode()}, withdrawn=("t03",)), sealed)
    assert (only.cause.kind, only.cause.name, only.cause.by, only.cause.why) == ("decision", "withdrawals.csv:2", "李某", "报错了表")
    assert ("t03", "87.0", "57.0") in moved(only, "figure")


def test_a_new_scheme_is_one_cause_that_moves_scores_and_no_figure(causes):
    [only] = causes(county(weight=2))
    assert (only.cause.kind, only.cause.name) == ("scheme", "county")
    assert {e.kind for e in only.effects} == {"score", "other"}         # rows of the ranking whose place is the same show no place


def test_a_setting_explains_what_nothing_nearer_does(causes):
    later = county(site={"settings.csv": b"key,value\ncounty,B\n"}, lost=("t02",))
    [only] = causes(later)
    assert (only.cause.kind, only.cause.said["gone"], only.cause.said["come"]) == ("setting", "A", "B")


def test_a_changed_rule_is_a_cause_with_its_code(causes, keys):
    before, after = ({"expectations/rules/P15.sql": sha} for sha in ("1", "2"))
    found = find_causes(county(rules=before), county(rules=after), keys)
    assert [(c.kind, c.name) for c in found] == [("rule", "P15")]


def test_the_day_is_named_last_and_what_has_no_cause_is_not_hidden(causes):
    assert [g.cause.kind for g in causes(county(lost=("t02",), as_of="2024-04-20"))] == ["day"]
    assert [g.cause.kind for g in causes(county(lost=("t02",)))] == [UNKNOWN]


def test_the_id_of_a_ruling_stays_when_a_line_is_written_above_it(causes):
    alone = causes(county(shares=[("p4", "t03", 0)]))[0].cause
    below = {g.cause.id for g in causes(county(shares=[("p2", "t01", 50), ("p4", "t03", 0)]))}
    assert alone.id in below


def test_a_line_that_only_moved_is_no_change(causes):
    sealed = county(shares=[("p4", "t03", 0)])
    [only] = causes(county(shares=[("p2", "t01", 50), ("p4", "t03", 0)]), sealed)
    assert only.cause.name == "claims.csv:2"


def with_quarter(side):
    """The same county with its quarter: figures since January, scores and places of it, and a target that another form's amounts meet."""
    months = side.records("fct_measure")
    sums = {r["unit"]: r["value"] for r in months if r["unit"] != "*"}
    tied = {unit: str(sum(other == mine for other in sums.values())) for unit, mine in sums.items()}
    place = {unit: str(1 + sum(float(other) > float(mine) for other in sums.values())) for unit, mine in sums.items()}
    scores, ranking = side.tables["fct_score"], side.tables["fct_ranking"]
    common = ("county_quarter", "1", "2024-Q1", "town")
    extra = {
        "fct_measure": MartTable(side.tables["fct_measure"].columns, side.tables["fct_measure"].rows
                                 + tuple((FORM, "2024-Q1", r["unit"], "arrived", r["value"]) for r in months)
                                 + tuple(("annual_target", MONTH, u, "target_rate", v) for u, v in sums.items())),
        "fct_score": MartTable(scores.columns, scores.rows + tuple((*common, u, "A", "true", FORM, "arrived", "2024-Q1", v) for u, v in sums.items())),
        "fct_ranking": MartTable((*ranking.columns, "tied_units"), tuple((*row, "1") for row in ranking.rows)
                                 + tuple((*common, u, "A", place[u], v, "", tied[u]) for u, v in sums.items())),
        "bridge_period_part": MartTable(("period", "part", "is_last"), (("2024-Q1", "2024-02", "false"), ("2024-Q1", MONTH, "true"))),
        "dim_measure": MartTable(("form", "measure", "nature"), ((FORM, "arrived", "year_to_date"),)),
    }
    return replace(side, tables={**side.tables, **extra})


def test_a_quarter_and_the_places_and_ties_of_those_beside_it_have_the_cause_of_its_months(causes):
    sealed, later = (with_quarter(county(shares=[("p1", "t02", share)])) for share in (57, 50))       # t02 had what t03 has
    [only] = causes(later, sealed)
    assert only.cause.name == "claims.csv:2"
    assert ("t02", "57.0", "50.0") in [(e.row["unit"], e.old, e.new) for e in only.effects if e.kind == "score" and e.row["period"] == "2024-Q1"]
    assert [(e.row["unit"], e.old, e.new) for e in only.effects if e.column == "tied_units"] == [("t03", "2", "1")]
    assert ("t02", "57.0", "50.0") in [(e.row["unit"], e.old, e.new) for e in only.effects if e.kind == "figure" and e.row["form"] == "annual_target"]


def with_february(side, value, ruling):
    """The same county with one amount of the month before."""
    rows = {"fct_measure": (FORM, "2024-02", "t02", "arrived", value), "fct_claim": (FORM, "2024-02", "p9", "t02", "p9", "100", ruling, "feb:p9", "feb"),
            "bridge_measure_line": (FORM, "2024-02", "t02", "arrived", "numerator", value, "feb:p9", "feb")}
    return replace(side, tables={**side.tables, **{m: MartTable(side.tables[m].columns, (*side.tables[m].rows, row)) for m, row in rows.items()}})


def test_what_counts_since_january_has_in_a_quarter_no_cause_of_its_earlier_months(causes):
    sealed = with_february(with_quarter(county()), "5", "")
    later = with_february(with_quarter(county(shares=[("p1", "t02", 57), ("p9", "t02", 60)])), "3", "claims.csv:3")
    figures = {g.cause.name: {e.row["period"] for e in g.effects if e.kind == "figure" and e.row["form"] == FORM} for g in causes(later, sealed)}
    assert figures == {"claims.csv:2": {MONTH, "2024-Q1"}, "claims.csv:3": {"2024-02"}}


def test_a_figure_entered_for_last_year_is_the_cause_of_growth(causes):
    """It adds to a sum without a line of its own: `entry` names the line of the site's file."""
    def side(value, by):
        county_ = county(site={"base_figures.csv": f"unit,form,measure,period,value,uom,document,by,at\nt01,{FORM},arrived,2023-03,{value},万元,旧表,{by},2024-02-01\n".encode()})
        tables = {
            "fct_measure": ("form,period,unit,measure,value", [(FORM, MONTH, "t01", "growth", value)]),
            "bridge_measure_line": ("form,period,unit,measure,role,contribution,line_id,submission_id,entry",
                                    [(FORM, MONTH, "t01", "growth", "denominator", value, "", "", "base_figures.csv:2")]),
            "fct_base_figure": ("unit,form,measure,period,value,entry", [("t01", FORM, "arrived", "2023-03", value, "base_figures.csv:2")]),
        }
        return replace(county_, tables={**county_.tables, **{m: MartTable(tuple(c.split(",")), tuple(rows)) for m, (c, rows) in tables.items()}})
    [only] = causes(side("90", "张某"), side("80", "张某"))
    assert only.cause.kind == "ruling" and only.cause.name.startswith("base_figures.csv") and ("t01", "80", "90") in moved(only, "figure")


def test_an_objection_is_the_cause_of_its_mark_and_a_refused_reason_of_the_warning_that_opens_again(causes):
    objected = "scheme,unit,period,node,shown,objection,evidence,by,at,decision,decided_by,why,decided_at\ncounty,t01,2024-03,,57,漏计,函,张某,2024-04-14,,,,\n"
    refused = "explanation,unit,rule,decision,by,why,at\nexplanations.csv:2,t02,P05,refused,王某,没有依据,2024-04-16\n"
    def side(mark, state, **site):
        tables = {
            "fct_ranking": MartTable(("scheme", "version", "period", "unit_group", "unit", "node", "rank_no", "is_disputed"),
                                     (("county", "1", MONTH, "town", "t01", "总分", "1", mark),)),
            "fct_objection": MartTable(("scheme", "version", "period", "unit", "node", "raised_at", "objection_id"),
                                       (("county", "1", MONTH, "t01", "总分", "2024-04-14", "objections.csv:2"),) if mark == "true" else ()),
            "fct_data_quality_issue": MartTable(("rule", "unit", "form", "period", "state", "decision", "line_id", "submission_id"),
                                                (("P05", "t02", FORM, MONTH, state, "explanations.csv:2", "s-t02-1:p1", "s-t02-1"),)),
            "fct_fitness_figure": MartTable(("period", "unit", "form", "dimension", "value"), ((MONTH, "t02", FORM, "open_warnings", "0" if state == "explained" else "1"),)),
        }
        return Side(tables, site, {}, {}, "2024-04-15", "0.1.0", "")
    later = side("true", "open", **{"objections.csv": objected.encode(), "explanation_reviews.csv": refused.encode()})
    found = {g.cause.name: {(e.mart, e.column) for e in g.effects} for g in causes(later, side("false", "explained"))}
    assert found == {"objections.csv:2": {("fct_objection", ""), ("fct_ranking", "is_disputed")},
                     "explanation_reviews.csv:2": {("fct_fitness_figure", "value")}}


def test_every_file_that_people_of_a_county_decide_in_may_be_a_cause(keys):
    read = {name for path in (ROOT / "src/etl/site").glob("*.py") for name in re.findall(r'"([a-z_]+\.csv)"', path.read_text(encoding="utf-8"))}
    assert read - set(keys.causes) == {"contacts.csv", "releases.csv"}


@pytest.mark.parametrize("old, new, decimals, same", [
    ("81.201", "81.204", 2, True), ("81.20", "81.21", 2, False), ("6", "6", 0, True), ("99", "99.0", None, True), ("", None, None, True),
    ("proposed", "released", None, False), ("", "6", 0, False),
])
def test_what_prints_the_same_has_not_changed(old, new, decimals, same):
    assert same_print(old, new, decimals) is same


def scored(*nodes, site):
    """A side that holds the score tree of one unit: (node, parent, source, points, score) of every row."""
    columns = ("scheme", "version", "period", "unit_group", "unit", "node", "parent_node", "is_leaf", "source", "points", "score")
    rows = [("county", "1", MONTH, "town", "t01", node, parent, "false", *rest) for node, parent, *rest in nodes]
    tables = {"fct_score": MartTable(columns, tuple(rows))}
    return Side(tables, {file: text.encode() for file, text in site.items()}, {}, {}, "2024-04-15", "0.1.0", "")


def test_a_bonus_and_an_assessor_s_score_are_causes_of_the_total_and_not_of_the_rest(causes):
    given = "scheme,unit,period,programme,indicator,assessor,score,by,why,at\ncounty,t01,2024-03,,D,上级,{},考核办,测评,2024-04-01\n"
    bonus = "scheme,unit,period,item,kind,points,document,by,why,at\ncounty,t01,2024-03,表彰,bonus,2,3号文,考核办,会议,2024-04-20\n"
    sealed = scored(("总分", "", "", "80", "80"), ("D", "总分", "manual", "8", "8"), ("D/上级", "D", "assessor", "8", ""), ("A", "总分", "measure", "72", "72"),
                    site={"verified_scores.csv": given.format(8)})
    later = scored(("总分", "", "", "81", "83"), ("D", "总分", "manual", "9", "9"), ("D/上级", "D", "assessor", "9", ""), ("A", "总分", "measure", "72", "72"),
                   ("加分/1", "总分", "bonus", "2", ""), site={"verified_scores.csv": given.format(9), "adjustments.csv": bonus})
    found = {g.cause.name: [(e.row["node"], e.old, e.new) for e in g.effects if e.kind == "score"] for g in causes(later, sealed)}
    assert {name.partition(":")[0] for name in found} == {"adjustments.csv", "verified_scores.csv"}
    assert [node for node, *_ in found["adjustments.csv:2"] if node != "加分/1"] == ["总分"]


@pytest.mark.parametrize("old, new, decimals, same", [
    ("1.005", "1.00", 2, False), ("1.004", "1", 2, True), ("1.0", "1", None, True), ("1.0", "1.001", None, False), (None, "", None, True), ("", "0", 2, False),
    ("NaN", "Infinity", 2, False), ("Infinity", "1", 0, False), ("优", "良", 2, False), ("-0.4", "0.4", 0, True), ("0.5", "0.4", 0, False),
])
def test_two_prints_are_the_same_where_people_see_the_same_number(old, new, decimals, same):
    assert same_print(old, new, decimals) is same and same_print(new, old, decimals) is same
