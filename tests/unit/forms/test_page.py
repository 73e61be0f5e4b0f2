"""The data dictionary says what the contracts and the seeds of figures say."""


from etl.forms.contract import load_forms
from etl.forms.page import dictionary
from tests.fixtures.places import ROOT

SEEDS = ROOT / "dbt_project" / "seeds"


def test_the_dictionary_is_that_of_the_contracts():
    page = (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary(load_forms(ROOT / "expectations"), SEEDS), "run: python -m etl.forms.page docs/dictionary.md"


def test_a_column_is_told_with_its_aliases_unit_and_limits():
    page = dictionary(load_forms(ROOT / "expectations"), SEEDS)
    assert "| `total_investment` | 计划总投资 | 总投资、项目总投资 | amount | 万元 | 是 | 大于0 |" in page


def test_a_figure_is_told_with_its_definition_edge_cases_and_what_it_is_read_from():
    page = dictionary(load_forms(ROOT / "expectations"), SEEDS)
    assert ("| 10 | `recognition_rate` | 认定率 | % | 2 | 越大越好 | 100·Σ认定到位资金/Σ本年累计到位资金（只含已认定的项目） | 未认定的行不进分子分母；共有项目全县计一次，单位按份额 "
            "| 招商引资到位资金月报表：分子 认定到位资金、分割比例，分母 本年累计到位资金、分割比例 |") in page


def test_rival_definitions_are_told_with_the_setting_that_chooses_them():
    page = dictionary(load_forms(ROOT / "expectations"), SEEDS)
    assert "| `arrival_rate` | `arrival_rate` | `fixed` | 100·Σ自签约累计到位资金/Σ固定资产投资（已签约、未终止） |" in page
