"""`luodi plan`: which submissions a changed site would judge again, and how what moves is told."""

import shutil
from dataclasses import replace
from datetime import datetime

import pytest

from etl.desk.freezing import compare_sides
from etl.desk.planning import EVER, Plan, Setup, judged_again
from etl.freeze.causes import ISSUES, VERSIONS, Side
from etl.freeze.names import VersionNames
from etl.freeze.tables import MartTable, load_keys
from etl.judge.criteria import load_criteria
from etl.mistakes import Mistake
from etl.settings import given
from etl.show.plan import page, plan_json, show_plan
from etl.site.load import load_site
from etl.texts.catalogue import speaker
from etl.transform.build import TransformError
from tests.fixtures.places import ROOT, SAMPLE

pytestmark = pytest.mark.slow

KP, BUDGET = "key_project_monthly", "budget_execution_monthly"


def setup(folder):
    settings = replace(given(site=folder, data=folder.parent), as_of=datetime(2024, 4, 15))
    return Setup(settings, load_criteria(settings.expectations, load_site(folder), settings.as_of))


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return setup(shutil.copytree(SAMPLE / "site", tmp_path_factory.mktemp("before") / "site"))


@pytest.fixture
def again(before, tmp_path):
    """Which forms are judged again, and whether all is read again, once some files of the site are other ones."""
    def ask(written):
        site = shutil.copytree(SAMPLE / "site", tmp_path / "site")
        for name, (was, now) in written.items():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
            assert was in text
            path.write_text(text.replace(was, now, 1) if was else text + now, encoding="utf-8")
        return judged_again(before, setup(site))
    return ask


@pytest.mark.parametrize("written, forms", [
    ({"settings.csv": ("", "over_plan,1.1,试行\n")}, [KP, "project_funding"]),       # the rule asks of a plan and of a year to date
    ({"expectations/rules/P08.yaml": ("", "severity: error\n")}, [KP, "project_funding"]),
    ({"settings.csv": ("", "over_contract,1.1,试行\n")}, ["investment_monthly"]),
    ({"settings.csv": ("", "largest_project,20000,试行\n")}, []),                    # a rule that every night runs over all that there is
    ({"settings.csv": ("", "letter_phone,123,电话\n")}, []),
    ({"roster.csv": ("2024-02-05", "2024-02-18")}, []),
    ({"suspensions.csv": ("", "rule,form,unit,from,until,reason,by,at\nP08,*,*,,2024-12,在议,王某,2024-02-01\n")}, []),
])
def test_only_what_is_judged_otherwise_is_judged_again(again, written, forms):
    assert again(written) == (forms, False)


@pytest.mark.parametrize("written, forms", [
    ({f"expectations/{KP}/form.yaml": ("", "columns:\n- {name: level, aliases: [项目等次]}\n")}, [KP]),
    ({f"expectations/{KP}/form.yaml": ("", "columns:\n- {name: level, aliases: [项目等次]}\n"), "settings.csv": ("", "over_contract,1.1,试行\n")},
     ["investment_monthly", KP]),
])
def test_a_contract_under_its_old_names_reads_its_own_files_again_and_what_no_form_took(again, written, forms):
    assert again(written) == (forms, True)


@pytest.mark.parametrize("suspended, forms", [("P08", []), ("P25C", "all"), ("P08 of phase 1", [KP, "project_funding"])])
def test_a_suspension_lets_speak_again_what_its_rule_had_silenced(before, again, suspended, forms):
    """Of a rule that silences none, and that none waits for, only the state of what it found changes."""
    line = f"rule,form,unit,from,until,reason,by,at\n{suspended[:4].strip()},*,*,,2024-12,在议,王某,2024-02-01\n"
    written = {"suspensions.csv": ("", line)}
    if "phase" in suspended:
        written |= {"expectations/rules/P08.yaml": ("", "severity: error\n"), "expectations/rules/P40.yaml": ("", "phase: 2\n")}
    found, reread = again(written)
    assert not reread
    assert set(forms) <= set(found) if forms != "all" else found == sorted(before.criteria.forms)


@pytest.mark.parametrize("written", [
    {"units.csv": ("县住建局,bureau,yes,", "县住建局,bureau,yes,县建设局|")},
    {f"expectations/{KP}/form.yaml": ("", "keywords: [重大工程]\n")},      # a name that other files may bear
])
def test_where_sheets_are_understood_otherwise_all_are_read_again(again, written, before):
    assert again(written) == (sorted(before.criteria.forms), True)


SUBMISSION = {"submission_id": "s1", "file": "白石镇.xlsx", "unit": "t01", "form": KP, "period": "2024-03", "verdict": "accepted", "counts": "true"}
FINDING = {"rule": "P08", "unit": "t01", "form": KP, "period": "2024-03", "file": "白石镇.xlsx", "sheet": "Sheet1", "cell": "N4", "column_name": "completed_ytd",
           "business_key": "k", "severity": "warning", "state": "open", "sentence": "N4 远超年度计划。", "submission_id": "s1", "line_id": "s1:4", "version": "1"}
FIGURE = {"form": KP, "period": "2024-03", "unit": "t01", "measure": "completed_ytd", "value": "120"}
RANKING = {"scheme": "demo", "version": "1", "period": "2024-03", "unit": "t01", "node": "total", "score": "90", "rank_no": "2"}
SETTINGS = "key,value,meaning\nover_plan,{},倍数\n"


def side(over_plan="1.3", **marts):
    tables = {VERSIONS: [SUBMISSION], ISSUES: [], "fct_measure": [FIGURE], "fct_ranking": [RANKING]} | marts
    columns = {VERSIONS: SUBMISSION, ISSUES: FINDING, "fct_measure": FIGURE, "fct_ranking": RANKING}
    return Side({mart: MartTable(tuple(columns[mart]), tuple(tuple(row.values()) for row in rows)) for mart, rows in tables.items()},
                {"settings.csv": SETTINGS.format(over_plan).encode()}, {}, {}, "2024-04-15", "1", "1")


def planned(new, again=(KP,)):
    old = side()
    compared, groups = compare_sides(old, new, load_keys(ROOT), EVER)
    verdicts = tuple(r for r in compared.rows if r.mart == VERSIONS)
    findings = tuple(r for r in compared.rows if r.mart == ISSUES)
    return Plan("20240415-a", again, len(again), False, False, verdicts, findings, groups, compared, VersionNames(new.tables))


MOVED = side("1.1", **{VERSIONS: [SUBMISSION | {"verdict": "accepted_with_warnings"}], ISSUES: [FINDING],
                       "fct_measure": [FIGURE | {"value": "95.5"}], "fct_ranking": [RANKING | {"rank_no": "3", "score": "88"}]})


def test_a_plan_names_verdicts_findings_figures_and_places_that_move_and_by_how_much():
    told = "\n".join(page(planned(MOVED), speaker("zh")))
    for said in ("重审 1 份报送", "通过 → 通过（有警告）", "P08  新查出 1", "Sheet1!N4：N4 远超年度计划。", "over_plan：1.3 → 1.1",
                 "120 → 95.5", "2 → 3", f"luodi backfill --form {KP}", "没有改动任何数据"):
        assert said in told


def test_programs_get_every_move():
    told = plan_json(planned(MOVED))
    assert told["judged_again"] == {"forms": [KP], "submissions": 1, "read_again": False}
    assert [(v["old"], v["new"]) for v in told["verdicts"]] == [("accepted", "accepted_with_warnings")]
    assert [(f["rule"], f["change"], f["cell"]) for f in told["findings"]] == [("P08", "appears", "N4")]
    [cause] = told["causes"]
    assert cause["said"]["come"] == "1.1" and {(e["old"], e["new"]) for e in cause["effects"]} >= {("120", "95.5"), ("2", "3")}


def test_a_finding_that_is_answered_otherwise_is_told_as_that():
    suspended = side("1.3", **{ISSUES: [FINDING | {"state": "suspended"}]})
    compared, groups = compare_sides(side("1.3", **{ISSUES: [FINDING]}), suspended, load_keys(ROOT), EVER)
    found = replace(planned(suspended, again=()), findings=compared.rows, verdicts=(), groups=groups)
    told = "\n".join(page(found, speaker("zh")))
    assert "状态改变 1" in told and "未改正 → 规则已停用" in told and "已收的报送不用重审" in told


def test_where_nothing_moves_it_says_so_and_nothing_else():
    found = planned(side(), again=())
    assert not found.moves
    assert page(found, speaker("zh")) == ["与已发布的 20240415-a 相比，什么都不变。没有改动任何数据。", "已收的报送不用重审。"]


def test_a_site_with_which_no_night_would_end_is_told_in_a_sentence(monkeypatch, before):
    def fails(_):
        raise TransformError("fct_measure", "no such column")

    monkeypatch.setattr("etl.show.plan.plan", fails)
    with pytest.raises(Mistake, match=r"fct_measure: no such column.*没有改动任何数据"):
        show_plan(before.settings, "text", every=False)
