"""What a site lays over the product: merged by stated precedence, and the product's own files stay as they are."""

from __future__ import annotations

import pytest
import yaml

from etl.forms.checks import ContractError
from etl.forms.contract import load_form, load_forms
from etl.forms.models import LISTED, list_of_forms
from etl.mistakes import Mistake
from etl.site.overlay import merge, merge_rows, overlaid
from tests.fixtures.places import ROOT, lay

FORM = """form: well_monthly
name: 水井月报表
name_en: Wells
cadence: monthly
keywords: [水井]
business_key:
  - [well]
columns:
  - {name: well, header: 水井, type: text, required: true}
  - {name: depth, header: 深度, type: number, unit: 米}
  - {name: cost, header: 造价, type: amount, unit: CNY}
  - {name: drilled, header: 成井日期, type: date}
"""


def test_a_site_that_lays_nothing_over_works_from_the_product_itself(tmp_path):
    assert overlaid(ROOT, tmp_path / "site", tmp_path / "data") == ROOT
    assert not (tmp_path / "data").exists()


def test_a_site_adds_aliases_and_columns_and_takes_others_out(tmp_path):
    lay(tmp_path / "site", "expectations/key_project_monthly/form.yaml", """
keywords: [大项目]
columns:
  - {name: level, aliases: [项目等次]}
  - {name: bottleneck_type, remove: true}
  - {name: chief, header: 指挥长, type: text}
""")
    home = overlaid(ROOT, tmp_path / "site", tmp_path / "data")
    own, theirs = (load_forms(folder / "expectations")["key_project_monthly"] for folder in (home, ROOT))
    assert own.keywords == (*theirs.keywords, "大项目")
    assert own.by_name["level"].aliases == (*theirs.by_name["level"].aliases, "项目等次")
    assert own.by_name["level"].values == theirs.by_name["level"].values
    assert set(own.by_name) == set(theirs.by_name) - {"bottleneck_type"} | {"chief"}


def test_a_form_of_the_sites_own_gets_its_models(tmp_path):
    lay(tmp_path / "site", "expectations/well_monthly/form.yaml", FORM)
    home = overlaid(ROOT, tmp_path / "site", tmp_path / "data")
    assert "well_monthly" in load_forms(home / "expectations")
    project = home / "dbt_project"
    assert (project / LISTED).read_text(encoding="utf-8") == list_of_forms(load_forms(home / "expectations"))
    mart = yaml.safe_load((project / "models/marts/forms/fct_well_monthly.yml").read_text(encoding="utf-8"))["models"][0]
    assert [c["name"] for c in mart["columns"]][:8] == ["unit", "period", "period_end", "well", "depth", "cost", "drilled", "drilled_precision"]
    assert "line.cost" in (project / "models/marts/forms/fct_well_monthly.sql").read_text(encoding="utf-8")


def test_an_upgrade_of_the_product_keeps_what_the_site_says(tmp_path):
    product, site = tmp_path / "product", tmp_path / "site"
    lay(product, "expectations/rules/P08.yaml", "severity: warning\nparameters: {over_plan: {value: 1.3, meaning: m}}\n")
    lay(product, "expectations/well_monthly/form.yaml", FORM)
    lay(product, "expectations/currencies.yaml", "CNY: {stored_in: 万元, home: true, units: {万元: '1'}}\n")
    lay(product, "dbt_project/models/staging/landed/stg_landed__well_monthly.sql", "select 1\n")
    lay(site, "expectations/rules/P08.yaml", "parameters: {over_plan: {value: 2}}\n")
    rule = "expectations/rules/P08.yaml"
    before = overlaid(product, site, tmp_path / "data")
    assert yaml.safe_load((before / rule).read_text())["parameters"] == {"over_plan": {"value": 2, "meaning": "m"}}
    lay(product, rule, "severity: error\nsource: new\nparameters: {over_plan: {value: 1.5, meaning: n}, late: {value: 3}}\n")
    after = overlaid(product, site, tmp_path / "data")
    assert after != before
    assert yaml.safe_load((after / rule).read_text()) == {
        "severity": "error", "source": "new", "parameters": {"over_plan": {"value": 2, "meaning": "n"}, "late": {"value": 3}}}
    assert overlaid(product, site, tmp_path / "data") == after


@pytest.mark.parametrize("product, site, merged", [
    ({"a": 1, "b": 2}, {"b": 3, "c": 4}, {"a": 1, "b": 3, "c": 4}),
    ({"a": 1, "b": 2}, {"b": None}, {"a": 1}),
    ([1, 2], [2, 3], [1, 2, 3]),
    ([{"name": "x", "v": [1]}, {"name": "y"}], [{"name": "x", "v": [2]}, {"name": "z"}], [{"name": "x", "v": [1, 2]}, {"name": "y"}, {"name": "z"}]),
    ([{"name": "x"}, {"name": "y"}], [{"name": "x", "remove": True}], [{"name": "y"}]),
    ({"a": [1]}, {"a": "none"}, {"a": "none"}),
    ([1, {"name": "x"}], [1, {"name": "x"}, 2], [1, {"name": "x"}, 2]),
])
def test_entries_are_merged_and_the_sites_value_wins(product, site, merged):
    assert merge(product, site) == merged


def test_two_sites_that_say_the_same_have_folders_of_their_own(tmp_path):
    rule = "expectations/rules/P08.sql"
    for name in ("draft", "site"):
        lay(tmp_path / name, rule, "SELECT 1")
    draft, site = (overlaid(ROOT, tmp_path / name, tmp_path / "data") for name in ("draft", "site"))
    lay(tmp_path / "draft", rule, "SELECT 2")
    assert draft != site and (site / rule).read_text() == "SELECT 1"


def test_a_word_said_twice_is_refused_before_anything_is_merged(tmp_path):
    lay(tmp_path / "site", "expectations/site_visit/form.yaml", "name: 甲\nname: 乙\n")
    with pytest.raises(Mistake, match="写了两次"):
        overlaid(ROOT, tmp_path / "site", tmp_path / "data")


def test_rows_of_a_table_that_begin_alike_are_the_sites():
    assert merge_rows("d,v\na,1\nb,2\n", "d,v\nb,3\nc,4\n") == "d,v\na,1\nb,3\nc,4\n"
    with pytest.raises(ValueError, match="d,v"):
        merge_rows("d,v\n", "d,w\n")


def test_a_mistake_is_told_in_the_file_and_line_where_it_stands(tmp_path):
    lay(tmp_path / "site", "expectations/well_monthly/form.yaml", FORM.replace("type: date", "type: day"))
    with pytest.raises(ContractError) as told:
        overlaid(ROOT, tmp_path / "site", tmp_path / "data")
    assert str(tmp_path / "site/expectations/well_monthly/form.yaml") in str(told.value)
    assert told.value.line == 12
    lay(tmp_path / "site", "expectations/well_monthly/form.yaml", FORM)
    lay(tmp_path / "site", "expectations/site_visit/form.yaml", "columns:\n  - {name: item, aliases: [事]}\n  - {name: found, type: words}\n")
    with pytest.raises(ContractError) as told:
        load_form(overlaid(ROOT, tmp_path / "site", tmp_path / "data2") / "expectations/site_visit/form.yaml")
    assert str(tmp_path / "site/expectations/site_visit/form.yaml") in str(told.value)
    assert told.value.line == 3
