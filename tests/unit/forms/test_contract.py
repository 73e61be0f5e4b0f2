"""A mistake in a contract is told to those who keep it, with file, line and remedy, before any sheet is read."""

import pickle
import re

import pytest

from etl.forms.checks import RESERVED, ContractError
from etl.forms.contract import load_form, load_forms
from etl.forms.schema import line_columns
from etl.mistakes import Mistake
from etl.normalise.headers import check_headers
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.sheets import reference

GOOD = """form: tiny
name: 小表
name_en: tiny
cadence: monthly
keywords: [小表]
business_key:
  - [project_name]
columns:
  - name: project_name
    header: 项目名称
    type: text
  - name: total
    header: 总投资
    aliases: [投资总额]
    type: amount
    unit: CNY
"""


def written(tmp_path, text):
    (tmp_path / "tiny").mkdir(exist_ok=True)
    (tmp_path / "currencies.yaml").write_bytes((EXPECTATIONS / "currencies.yaml").read_bytes())
    path = tmp_path / "tiny" / "form.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_contract_is_taken(tmp_path):
    form = load_form(written(tmp_path, GOOD))
    check_headers(form)
    assert [c.name for c in form.columns] == ["project_name", "total"] and form.business_key == (("project_name",),)


@pytest.mark.parametrize("old, new, line, said", [
    ("cadence: monthly", "cadence: [monthly]", 4, "cadence 应是一个词或一个数"),
    ("type: text", "type: {a: text}", 11, "type 应是一个词或一个数"),
    ("columns:", "identities: total = total\ncolumns:", 8, "identities 应是一个列表"),
    ("columns:", "identities: [{says: 1}]\ncolumns:", 8, "identities 里有一项看不懂"),
    ("columns:", "identities: [total]\ncolumns:", 8, "identities 里有一项看不懂"),
    ("cadence: monthly", "cadence: hourly", 4, "报送周期“hourly”不认识"),
    ("keywords: [小表]", "keywords: [小表, 2024]", 5, "keywords 写的是"),
    ("keywords: [小表]", "keywords: 小表", 5, "keywords 写的是"),
    ("name: total", "name: unit", 12, "系统自己要用"),
    ("name: total", "name: order", 12, "SQL 的保留字"),
    ("name: total", "name: Total", 12, "列名不合规定"),
    ("name: total", "name: project_name", 12, "定义了两次"),
    ("unit: CNY", "unit: GBP", 12, "币种“GBP”不认识"),
    ("    unit: CNY\n", "", 12, "币种“None”不认识"),
    ("type: text", "type: words", 9, "类型“words”不认识"),
    ("type: text", "type: enum", 9, "没有可选的值"),
    ("type: text", "type: date\n    longest: 9", 9, "longest 只用于文字和代码"),
    ("type: text", "type: text\n    longest: nine", 9, "longest 写的是“nine”"),
    ("type: text", "type: text\n    most: 2", 9, "没有 separator"),
    ("type: text", "type: text\n    values: [甲, 乙]", 9, "一格一个值的请写 type: enum"),
    ("type: text", "type: text\n    pattern: '['", 9, "不是正则表达式"),
    ("type: text", "type: text\n    list: towns", 9, "不存在。请放进去"),
    ("type: text", "type: text\n    list_by: {town: unit}", 9, "却没有 list"),
    ("type: text", "type: text\n    list_by: [town]", 9, "list_by 写的是"),
    ("type: text", "type: text\n    unit: CNY", 9, "类型却是 text"),
    ("aliases: [投资总额]", "aliases: 投资总额", 12, "aliases 写的是"),
    ("unit: CNY", "unit: CNY\n    minimum: 零", 12, "minimum 写的是"),
    ("    header: 总投资\n", "", 12, "缺少“header”"),
    ("unit: CNY", "unit: CNY\n    colour: red", 17, "不认识的项“colour”"),
    ("cadence: monthly\n", "cadence: monthly\nrhythm: slow\n", 5, "不认识的项“rhythm”"),
    ("cadence: monthly\n", "", None, "缺少“cadence”"),
    ("- [project_name]", "- [project]", 6, "“project”没有定义"),
    ("- [project_name]", "- project_name", 6, "business_key 写的是"),
    ("name: total", "name: total\n    name: again", 13, "写了两次"),
    ("keywords: [小表]", "keywords: [小表", 6, "YAML 写法有误"),
    ("unit: CNY", "unit: CNY\n    role: everything", 12, "角色“everything”不认识"),
    ("    type: text\n", "    type: text\n    role: total\n  - name: other\n    header: 另一列\n    type: number\n    role: total\n", 16,
     "角色“total”用在了两列"),
    ("cadence: monthly", "cadence: monthly\nlayout: sheet", 5, "版式“sheet”不认识"),
])
def test_a_mistake_is_told_with_its_line(tmp_path, old, new, line, said):
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ContractError, match=re.escape(said)) as wrong:
        load_form(path)
    assert wrong.value.line == line and str(path) in str(wrong.value) and isinstance(wrong.value, Mistake)
    assert str(wrong.value).count("。") >= 2 and str(pickle.loads(pickle.dumps(wrong.value))) == str(wrong.value)


@pytest.mark.parametrize("alias", ["项目名称", "项 目 名 称", "項目名稱"])
def test_one_text_may_not_name_two_columns(tmp_path, alias):
    form = load_form(written(tmp_path, GOOD.replace("投资总额", alias)))
    with pytest.raises(ContractError, match="分不开") as wrong:
        check_headers(form)
    assert wrong.value.line == 12


def test_the_folder_names_the_form(tmp_path):
    written(tmp_path, GOOD.replace("form: tiny", "form: huge"))
    with pytest.raises(ContractError, match="文件夹名是“tiny”"):
        load_forms(tmp_path)
    with pytest.raises(ContractError, match=r"没有任何 form\.yaml"):
        load_forms(tmp_path / "none")


def test_reserved_names_are_those_of_every_staged_table():
    for form in reference().forms.values():
        own = {c.name for c in form.columns}
        derived = {f"{name}{end}" for name in own for end in ("_low", "_high", "_precision")}
        assert set(line_columns(form)) - own - derived == RESERVED


def test_the_projects_own_contracts_are_good():
    for form in load_forms(EXPECTATIONS).values():
        check_headers(form)


@pytest.mark.parametrize("entry, said", [
    ("GBP: {units: {英镑: '1'}}", "币种“GBP”写法有误"), ("GBP: {stored_in: 万英镑, units: {英镑: many}}", "币种“GBP”写法有误"),
    ("GBP: {stored_in: 万英镑, home: true, units: {英镑: 0.0001}}", "有且只有一个本位币"),
])
def test_a_wrong_currency_is_told(tmp_path, entry, said):
    path = written(tmp_path, GOOD)
    with (tmp_path / "currencies.yaml").open("a", encoding="utf-8") as file:
        file.write(entry + "\n")
    with pytest.raises(ContractError, match=said):
        load_form(path)


def test_a_currency_is_an_entry_of_a_file(tmp_path):
    path = written(tmp_path, GOOD.replace("unit: CNY", "unit: GBP"))
    with (tmp_path / "currencies.yaml").open("a", encoding="utf-8") as file:
        file.write('GBP: {stored_in: 万英镑, units: {英镑: "0.0001", 万英镑: "1"}}\n')
    total = load_form(path).by_name["total"]
    assert (total.stored_in, total.home) == ("万英镑", False)
