"""The data dictionary says what the contracts say."""


from etl.forms.contract import load_forms
from etl.forms.page import dictionary
from tests.fixtures.places import ROOT


def test_the_dictionary_is_that_of_the_contracts():
    page = (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary(load_forms(ROOT / "expectations")), "run: python -m etl.forms.page docs/dictionary.md"


def test_a_column_is_told_with_its_aliases_unit_and_limits():
    page = dictionary(load_forms(ROOT / "expectations"))
    assert "| `total_investment` | 计划总投资 | 总投资、项目总投资 | amount | 万元 | 是 | 大于0 |" in page
