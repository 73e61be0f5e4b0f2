"""A rule that does not run is told to those who keep it: which rule, of which form, in which file."""

import shutil

import duckdb
import pytest

from etl.forms.contract import load_forms
from etl.judge.compare import beside
from etl.judge.criteria import Criteria
from etl.mistakes import Mistake
from etl.texts.catalogue import speaker
from etl.validate import rules
from etl.validate.queries import CONTEXT, RuleError, queries, sentences
from etl.validate.rulebook import Parameters, RuleSet, load_parameters, load_rulebook
from etl.validate.stage import fill_staged
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.submissions import RULEBOOK, SITE, reading, sheet

pytestmark = pytest.mark.slow

KP = "key_project_monthly"


@pytest.fixture
def kept(tmp_path):
    """The project's expectations with room for a broken rule."""
    folder = tmp_path / "expectations"
    shutil.copytree(EXPECTATIONS, folder)
    return folder


def judge(folder):
    with duckdb.connect() as con:
        forms = load_forms(folder)
        fill_staged(con, [reading(KP, sheet({}))], {KP: forms[KP]}, SITE)
        return rules.run_rules(con, RuleSet(forms, {"F40": RULEBOOK["F40"]}, Parameters({})))


@pytest.mark.parametrize("sql, said", [
    ("SELECT l.no_such FROM {{ lines }} l", "no_such"), ("SELEC 1", "SELEC"), ("SELECT {{ nothing }} AS x", "nothing"), ("\n{% for %}", "第2行")])
def test_a_broken_query_names_rule_form_and_file(kept, sql, said):
    (kept / "rules/F40.sql").write_text(sql, encoding="utf-8")
    (one,) = judge(kept).not_run
    assert (one.rule, one.form, one.path) == ("F40", KP, "expectations/rules/F40.sql")
    [told] = sentences([one], speaker("zh"))
    assert told.startswith("规则 F40（重点项目月报表，文件 expectations/rules/F40.sql）没有运行：") and (said in told or said == "第2行")


@pytest.mark.parametrize("sql, said", [("SELECT {{ nothing }} AS x", "nothing"), ("\n{% for %}", "第2行"), ("SELECT {{ 1 + 'a' }}", "TypeError")])
def test_who_rehearses_or_checks_is_told_how_to_mend_it(kept, sql, said):
    (kept / "rules/F40.sql").write_text(sql, encoding="utf-8")
    forms = load_forms(kept)
    with pytest.raises(RuleError) as wrong:
        queries(RuleSet(forms, {"F40": RULEBOOK["F40"]}, Parameters({})), [KP])
    text = str(wrong.value)
    assert isinstance(wrong.value, Mistake) and all(part in text for part in ("规则 F40", KP, str(kept / "rules/F40.sql"), said, "rehearse F40"))


@pytest.mark.parametrize("own", ["SELECT l.no_such FROM {{ lines }} l", "SELECT {{ nothing }}"], ids=["when it runs", "when it is rendered"])
def test_what_a_broken_rule_guards_is_marked_and_the_other_rules_find_what_they_find(kept, own):
    (kept / "rules/P05.sql").write_text(own, encoding="utf-8")
    (kept / "rules/P07.sql").write_text("SELECT l.no_such FROM {{ lines }} l", encoding="utf-8")
    forms, rulebook = load_forms(kept), load_rulebook(kept)
    criteria = Criteria(forms, rulebook, load_parameters(kept, {}, "2024-04-15"), SITE)
    wrong = reading(KP, sheet({"project_name": None}))
    issues, verdicts = beside(duckdb.connect(), [wrong], criteria, over=CONTEXT)
    marks = [i for i in issues if i.rule == "F59"]
    assert [(i.value, i.severity, i.submission_id) for i in marks] == [(code, "info", wrong.submission.submission_id) for code in ("P05", "P07")]
    assert "规则 P07 没有运行（expectations/rules/P07.sql: Binder Error" in marks[1].sentence and "单位不用处理" in marks[1].sentence
    assert "F01" in {i.rule for i in issues} and verdicts[wrong.submission.submission_id] == "partly_accepted"
