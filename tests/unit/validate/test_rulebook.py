"""The rulebook and its parameters as data, and the page made from them."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest

from etl.forms.contract import load_forms
from etl.forms.rulefiles import RuleFileError, parameter_defaults
from etl.validate.page import rulebook_page
from etl.validate.queries import CONTEXT, OWN, queries
from etl.validate.rulebook import RuleSet, load_parameters, load_rulebook
from tests.fixtures.places import EXPECTATIONS, ROOT
from tests.fixtures.submissions import FORMS, RULEBOOK


def test_the_page_is_the_rulebook():
    made = rulebook_page(RULEBOOK, FORMS, EXPECTATIONS)
    assert (ROOT / "docs/rulebook.md").read_text(encoding="utf-8") == made, "run: python -m etl.validate.page docs/rulebook.md"


def test_sentences_use_only_what_a_finding_has():
    for rule in RULEBOOK.values():
        assert rule.finds_zh.endswith("。") and rule.finds_en.endswith("."), rule.code
        for text in (rule.sentence_zh, rule.sentence_en):
            assert set(re.findall(r"{(\w+)}", text)) <= {"cell", "value", "expected", "remedy"}, rule.code
        assert rule.sentence_zh and rule.sentence_en and rule.name_en


def test_rules_cover_forms_that_exist():
    assert {f for r in RULEBOOK.values() for f in r.forms} <= {*FORMS, "*"}


@pytest.mark.parametrize("old, new, said", [
    ("severity: error", "severity: grave", "severity 写的是“grave”"), ("decided_by: [sql]", "decided_by: [us]", "decided_by 写的是“us”"),
    ("silences: {cell: [F01]}", "silences: {sheet: [F01]}", "silences 写的是“sheet”"), ("source:", "anchor:", "不认识的项“anchor”"),
    ("finds:\n", "finds: [\n", "读不出来"), ("  en: A cell", "  de: A cell", "finds 要有 zh 和 en"), ("severity:", "from: 明年\nseverity:", "from 写的是“明年”"),
    ("decided_by: [sql]", "decided_by: [sql]\nneeds: [money]", "needs 写的是“money”"), ("over_plan: {value: 1.3,", "over_plan: {is: 1.3,", "参数“over_plan”要有 value"),
    ("  over_plan:", "  name_similarity:", "参数“name_similarity”在别处已经有了"), ("value: 1.3,", "value: 1.3, from: {later: 2},", "from 不是日期"),
    ("decided_by: [sql]", "decided_by: [sql]\nwaivable: 否", "waivable 写的是“否”"),
])
def test_a_slip_in_a_rule_is_named_with_its_file(tmp_path, old, new, said):
    shutil.copy(EXPECTATIONS / "parameters.yaml", tmp_path)
    (tmp_path / "rules").mkdir()
    code = next(code for code in ("F01", "F08", "P08") if old in (EXPECTATIONS / f"rules/{code}.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "rules" / f"{code}.yaml"
    path.write_text((EXPECTATIONS / f"rules/{code}.yaml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleFileError, match=said) as wrong:
        load_rulebook(tmp_path), parameter_defaults(tmp_path)
    assert str(path) in str(wrong.value)


def test_every_query_stands_beside_its_rule_and_every_rule_in_sql_has_one():
    beside = {path.name.split(".")[0] for path in (EXPECTATIONS / "rules").glob("*.sql")} - {"words"}
    assert beside == {code for code, rule in RULEBOOK.items() if {"sql", "context", "roster"} & set(rule.decided_by)}


def test_what_is_decided_while_reading_names_who_decides_it():
    for rule in RULEBOOK.values():
        assert bool(rule.module) == ("reader" in rule.decided_by), rule.code
        if rule.module:
            assert rule.code in (ROOT / "src" / f"{rule.module.replace('.', '/')}.py").read_text(encoding="utf-8"), rule.code


def used(code: str) -> set[str]:
    """The parameters that the SQL of a rule asks for."""
    texts = [path.read_text(encoding="utf-8") for path in (EXPECTATIONS / "rules").glob(f"{code}.*sql")]
    return set(re.findall(r"cfg\.(\w+)", "".join(texts)))


def test_a_rule_uses_its_own_parameters_and_shared_ones_and_no_other():
    shared = set(parameter_defaults(EXPECTATIONS)) - {key for rule in RULEBOOK.values() for key in rule.parameters}
    given = {"as_of", "vague_text"}                                         # the night's date, a list of the vocabulary
    for code, rule in RULEBOOK.items():
        assert set(rule.parameters) - used(code) == set(), f"{code} declares what it does not use"
        assert used(code) - set(rule.parameters) - shared <= given, f"{code} uses what it does not declare"


def test_the_words_of_rules_are_given_their_numbers():
    """A parameter may have another value for another period; the words are made once for all."""
    words = (EXPECTATIONS / "rules/words.sql").read_text(encoding="utf-8")
    assert "cfg" not in re.sub(r"{#.*?#}", "", words, flags=re.DOTALL)


# Numbers in SQL that are no policy: what the calendar, arithmetic, a standard or a sheet of paper fixes.
ARITHMETIC = {"0", "1", "2", "100", "10", "12", "6", "20", "38"}            # with decimal(20,6), decimal(38,6), six rows of a list
FIXED = {
    "F09": {"18", "17", "31", "3", "9", "27", "19", "26", "16", "29", "25", "13", "8", "24", "30", "28", "10", "20"},   # GB 32100
    "F11": {"11", "19", "20"},                                              # ISO 7064
        "P24": {"0.5", "1000", "10.0"},                                         # printed to whole 万元; round thousands; ten digits
    "P25C": {"3", "10000", "2000"}, "P26": {"0.01"},                        # a majority of three; ten thousand; a percent
    "P35": {"3"}, "P42": {"0.005"}, "P62": {"0.005"}, "P64": {"0.005"},      # half a hundredth
    "P46": {"10000", "0.0001"}, "P52": {"1990"},                            # 亿, 元 in 万元; no form is older
}


def test_no_policy_number_stands_in_a_query():
    for path in sorted((EXPECTATIONS / "rules").glob("*.sql")):
        code = path.name.split(".")[0]
        if code == "words":
            continue
        sql = re.sub(r"--.*|'[^']*'|\"[^\"]*\"", "", path.read_text(encoding="utf-8"))
        numbers = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", sql))
        assert numbers - ARITHMETIC - FIXED.get(code, set()) == set(), path.name


def test_a_parameter_has_the_value_of_the_period_that_a_line_is_about(tmp_path):
    folder = tmp_path / "expectations"
    shutil.copytree(EXPECTATIONS, folder)
    rule = folder / "rules" / "P08.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("value: 1.3,", "value: 1.3, from: {2024-03-01: 1.5},"), encoding="utf-8")
    cfg = load_parameters(folder, as_of="2024-04-15 20:00:00")
    assert (cfg.over_plan, cfg.on(date(2024, 2, 29)).over_plan, cfg.on(date(2024, 3, 31)).over_plan) == ("1.5", "1.3", "1.5")
    forms = load_forms(folder)
    sql = queries(RuleSet(forms, {"P08": load_rulebook(folder)["P08"]}, cfg))["key_project_monthly", "P08"]
    before, after = sql.split("UNION ALL BY NAME")[1:]
    assert "> 1.3 *" in before and f"BETWEEN DATE '{date.min}' AND DATE '2024-02-29'" in before
    assert "> 1.5 *" in after and f"BETWEEN DATE '2024-03-01' AND DATE '{date.max}'" in after
    assert load_parameters(folder, {"over_plan": "2"}).on(date(2024, 3, 31)).over_plan == "2"          # a site's own number always holds


def test_a_site_overrides_numbers_lists_and_switches():
    cfg = load_parameters(EXPECTATIONS, {"over_plan": "1.5", "public_money": "财政局|国资办", "january_exempt": "TRUE",
                                         "name_similarity": "0.9 Jaro-Winkler", "dress_n": " ", "county": "云岭县"}, "2024-04-15 20:00:00")
    assert (cfg.over_plan, cfg.public_money, cfg.january_exempt) == ("1.5", ("财政局", "国资办"), "true")
    assert (cfg.name_similarity, cfg.home_area, cfg.as_of, cfg.full_min, cfg.dress_n) == (
        "0.9", ("云岭县",), "2024-04-15 20:00:00", "5", "10")


@pytest.mark.parametrize("key, value", [("over_plan", "一点五"), ("january_exempt", "也许")])
def test_a_setting_of_the_wrong_kind_is_refused_by_name(key, value):
    with pytest.raises(ValueError, match=key):
        load_parameters(EXPECTATIONS, {key: value})


def test_a_rule_that_asks_for_an_unknown_parameter_fails():
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = load_parameters(EXPECTATIONS).no_such_thing


def test_a_form_that_never_came_is_asked_for_and_nothing_else():
    rules = RuleSet(FORMS, RULEBOOK, load_parameters(EXPECTATIONS, as_of="2024-04-15 20:00:00"))
    everything = queries(rules, over=CONTEXT)
    asked = queries(rules, over=CONTEXT, came={"annual_target"})
    assert [code for form, code in asked if form == "rectification"] == ["F37"]
    assert {key for key in everything if key[0] == "annual_target"} == {key for key in asked if key[0] == "annual_target"} != {("annual_target", "F37")}
    assert {form for form, _ in queries(rules, over=OWN, came={"annual_target"})} == {"annual_target"}
