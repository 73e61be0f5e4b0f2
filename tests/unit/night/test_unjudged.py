"""What a rule that does not run leaves behind: a night that says so, publishes with marks or holds, and judges again once it is mended."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from etl.forms.contract import load_forms
from etl.inbox.journal import last, read_journal
from etl.night import gate, retries
from etl.night.gate import Unjudged
from etl.night.name import fingerprint
from etl.night.verdict import Judgement
from etl.settings import given
from etl.show.status import show_status
from etl.texts.catalogue import speaker
from etl.validate.queries import NotRun, sentences
from tests.fixtures.nights import KP, House
from tests.fixtures.places import EXPECTATIONS, lay
from tests.fixtures.submissions import RULEBOOK, parameters, sheet

GRAVE = NotRun("P07", KP, "重点项目月报表", "expectations/rules/P07.sql", "Binder Error: no column x")
LIGHT = replace(GRAVE, rule="P05")
SAID = "规则 P07（重点项目月报表，文件 expectations/rules/P07.sql）没有运行：Binder Error: no column x"


@pytest.fixture
def settings(tmp_path):
    return given(tmp_path, tmp_path, tmp_path / "data", "2024-04-15")


@pytest.fixture
def judged(settings, monkeypatch):
    """The gate of a night with some rules that did not run, by the word of the county."""
    monkeypatch.setattr(gate, "hold_against", lambda *_: ())

    def at_the_gate(*not_run, unjudged="publish"):
        rulebook = RULEBOOK | {"P05": replace(RULEBOOK["P05"], severity="warning"), "P07": replace(RULEBOOK["P07"], severity="error")}
        criteria = SimpleNamespace(rulebook=rulebook, parameters=parameters((("unjudged", unjudged),)))
        return gate.gate(SimpleNamespace(id="n1", settings=settings, criteria=criteria), Judgement({}, set(), not_run))

    return at_the_gate


def test_a_night_is_published_with_the_rule_named_in_the_journal_and_on_the_page(judged, settings):
    assert judged(GRAVE) == ()
    noted = last(read_journal(settings.archive), "not_run")
    assert noted["rules"] == [{"rule": "P07", "form": KP, "path": GRAVE.path, "reason": GRAVE.reason}]
    assert SAID in (settings.data / "quality/n1/index.html").read_text(encoding="utf-8")
    assert json.loads((settings.data / "quality/n1/results.json").read_text(encoding="utf-8"))["not_run"] == [SAID]


def test_a_county_may_hold_what_a_rule_for_errors_did_not_judge(judged):
    with pytest.raises(Unjudged, match=r"规则 P07.*参数 unjudged 是 hold，没有发布"):
        judged(GRAVE, LIGHT, unjudged="hold")
    judged(LIGHT, unjudged="hold")  # it would have found warnings


def test_a_night_without_such_rules_says_nothing_of_them(judged, settings):
    judged()
    assert read_journal(settings.archive) == []
    assert "not_run" not in (settings.data / "quality/n1/results.json").read_text(encoding="utf-8")


def test_status_tells_what_the_published_version_was_not_judged_by(settings, capsys):
    for name, header in (("fct_submission", "unit,form,period,status"), ("dim_unit", "unit,unit_name")):
        lay(settings.published, f"current/csv/{name}.csv", header + "\n")
    one = {"rule": GRAVE.rule, "form": KP, "name": GRAVE.name, "path": GRAVE.path, "reason": GRAVE.reason}
    lay(settings.published, "current/manifest.json", json.dumps({"not_run": [one]}))
    show_status(settings)
    out = "".join(capsys.readouterr().out.split())
    assert SAID.replace(" ", "") in out and "自动补审" in out


def test_what_was_not_judged_is_read_again_once_the_rules_are_other_ones(tmp_path, settings):
    import shutil

    shutil.copytree(EXPECTATIONS, tmp_path / "expectations")
    (tmp_path / "expectations/rules/P07.sql").write_text("SELECT l.no_such FROM {{ lines }} l", encoding="utf-8")
    house = House(tmp_path, {KP: load_forms(tmp_path / "expectations")[KP]}, {code: RULEBOOK[code] for code in ("P07", "F59")})
    house.night(sheet({}))
    [(value, expected)] = house.ask("SELECT value, expected FROM landed.issue WHERE rule = 'F59'")
    assert value == "P07" and expected.startswith("expectations/rules/P07.sql: Binder Error")

    same, other = [{"kind": "not_run", "code": fingerprint(settings.home)}], [{"kind": "not_run", "code": "before it was mended"}]
    assert retries.unjudged(house.landed, settings.archive, settings, same) == retries.unjudged(house.landed, settings.archive, settings, []) == ()
    again = retries.unjudged(house.landed, settings.archive, settings, other)
    assert [(one.received.sha256, one.seconds, one.tries) for one in again] == [(f"{1:064x}", settings.seconds, 2)]


def test_a_rule_that_fails_for_many_forms_is_one_sentence_in_either_language():
    both = [GRAVE, replace(GRAVE, form="annual_target", name="年度目标任务分解表")]
    assert sentences([*both, LIGHT], speaker("zh"))[0] == SAID.replace("重点项目月报表", "重点项目月报表、年度目标任务分解表")
    assert sentences(both, speaker("en")) == [f"rule P07 ({KP}, annual_target, file expectations/rules/P07.sql) did not run: {GRAVE.reason}"]
