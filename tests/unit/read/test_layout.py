"""A layout that is wrong is refused when it is loaded, with file, line and what to write instead."""

from __future__ import annotations

import re

import pytest
import yaml

from etl.forms.checks import ContractError
from etl.forms.contract import load_forms
from etl.normalise.slots import compile_pattern
from etl.read.layout import load_layouts
from tests.fixtures.laid import HERE
from tests.fixtures.places import ROOT, lay

GOOD = """layout: card
slots: {ten: {上旬: 1}}
facts:
  project_name: 项目名称
tables:
  - form: project_node
    columns: {node: 重要节点安排}
"""


def load(folder, text):
    (folder / "layouts").mkdir()
    (folder / "layouts" / "card.yaml").write_text(text, encoding="utf-8")
    return load_layouts(folder, load_forms(HERE))


def test_a_good_layout_names_the_forms_that_it_holds(tmp_path):
    (layout,) = load(tmp_path, GOOD)
    assert layout.forms == {"project_node"}


@pytest.mark.parametrize("old, new, line, said", [
    ("facts:\n  project_name: 项目名称", "facts: 项目名称", 3, "facts 写的是“项目名称”"),
    ("form: project_node", "form: [project_node]", None, "没有报表"),
    ("{node: 重要节点安排}", "[node]", 7, "columns 写的是"),
    ("columns: {node: 重要节点安排}", "groups: 合计", 7, "groups 写的是“合计”"),
    ("layout: card", "layout: cards", 1, "layout 写的是“cards”，文件名是“card”"),
    ("slots:", "slot:", 2, "有不认识的项“slot”"),
    ("{ten: {上旬: 1}}", "{ten: 上旬}", 2, "slots 应当是"),
    ("project_name: 项目名称", "projectname: 项目名称", 4, "facts 里的“projectname”不是报表的列"),
    ("project_name: 项目名称", "project_name: {label: 名称, cell: B4}", 4, "“project_name”的位置请三选一"),
    ("project_name: 项目名称", "project_name: {cell: 4B}", 4, "cell 写的是“4B”"),
    ("project_name: 项目名称", "project_name: {label: 名称, value: left}", 4, "value 写的是“left”"),
    ("project_name: 项目名称", "project_name: {title: '{name}台账'}", 4, "没有空位 {project_name}"),
    ("form: project_node", "form: project_nod", 6, "没有报表“project_nod”"),
    ("{node: 重要节点安排}", "{nod: 重要节点安排}", None, "columns 里的“nod”不是报表的列"),
    ("{node: 重要节点安排}", "{node: '{ten}/{ten}旬{ten}'}", None, "空位写法不对"),
    ("{node: 重要节点安排}", "{node: /}", None, "列“node”没有表头"),
    ("columns: {node: 重要节点安排}", "line_when: node", 7, "line_when 写的是“node”"),
    ("columns: {node: 重要节点安排}", "groups: [{where: {node: 合计}}]", 7, "groups 里的一项"),
    ("columns: {node: 重要节点安排}", "from: '{ten}{ten}'", 7, "空位写法不对"),
    ("tables:", "tables: {}\nother:", 6, "有不认识的项"),
    ("  - form: project_node\n    columns: {node: 重要节点安排}\n", "", 5, "没有任何表"),
    ("facts:", "facts: [", 5, "YAML 写法有误"),
])
def test_a_wrong_layout_is_told_with_its_line_and_remedy(tmp_path, old, new, line, said):
    with pytest.raises(ContractError) as told:
        load(tmp_path, GOOD.replace(old, new))
    assert said in str(told.value)
    assert "card.yaml" in str(told.value)
    if line is not None:
        assert told.value.line == line


PAGE = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_every_layout_that_the_page_shows_can_be_loaded(tmp_path, text):
    lay(tmp_path, f"layouts/{yaml.safe_load(text)['layout']}.yaml", text)
    [layout] = load_layouts(tmp_path, load_forms(HERE))
    assert layout.tables


@pytest.mark.parametrize("pattern, text, slots", [
    ("{month}月", "8月", {"month": "8"}),
    ("{month}月", "八月", {"month": "8"}),
    ("{month}月", "13月", None),
    ("至{last_year}年底累计", "至２０２３年底 累计", {"last_year": "2024"}),
    ("{year}年到位", "24年到位", {"year": "2024"}),
    ("{half}半年", "下半年", {"half": "2"}),
    ("第{quarter}季度", "第三季度", {"quarter": "3"}),
    ("合计（{n}项）", "合计(12项)", {"n": "12"}),
    ("合计（{n}项）", "合计", None),
    ("{ten}", "上旬", {"ten": "1"}),
    ("{ten}", "末旬", None),
    ("{place}重点项目台账", "云岭县重点项目台账", {"place": "云岭县"}),
])
def test_a_pattern_matches_a_whole_text_however_it_is_written(pattern, text, slots):
    assert compile_pattern(pattern, {"ten": {"上旬": "1", "中旬": "2"}}).match(text) == slots
