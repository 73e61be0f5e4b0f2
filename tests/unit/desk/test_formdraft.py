"""A contract drafted from a workbook that somebody filled in: what is guessed reads the workbook again."""

from __future__ import annotations

import openpyxl
import pytest

from etl.desk.formdraft import draft_form
from etl.forms.contract import load_form
from etl.mistakes import Mistake
from tests.fixtures.places import EXPECTATIONS


def workbook(path, *rows, merges=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    book.save(path)
    return path


def drafted(tmp_path, text):
    (tmp_path / "currencies.yaml").write_bytes((EXPECTATIONS / "currencies.yaml").read_bytes())
    (tmp_path / "wells").mkdir()
    path = tmp_path / "wells" / "form.yaml"
    path.write_text(text, encoding="utf-8")
    return load_form(path)


def test_headers_types_units_and_key_are_guessed_and_the_draft_is_a_contract(tmp_path):
    file = workbook(
        tmp_path / "水井.xlsx", ["县水务局2024年3月水井月报表"], ["填报单位：县水务局", None, "单位：万元"],
        ["序号", "水井", "深度（米）", "造价", "完成率", "成井日期", "状态", "项目代码"],
        [1, "东井", 120, 35.5, "50%", "2024-03-02", "在用", "2411-130202-89-01-637015"],
        [2, "西井", 90, 20, "20%", "2024年2月", "停用", "2509-140602-89-05-864976"],
        [3, "南井", 90, 20, "20%", "2024年2月", "在用", "2509-140602-89-05-864977"],
        [4, "北井", 90, 20, "20%", "2024年2月", "停用", "2509-140602-89-05-864978"], [None, "合计", 390, 95.5])
    text = draft_form(file, "wells", EXPECTATIONS)
    form = drafted(tmp_path, text)
    kinds = {c.header: (c.type, c.unit or c.code or c.values or None) for c in form.columns}
    assert (form.name, form.cadence, form.keywords) == ("水井月报表", "monthly", ("水井",))
    assert form.by_name[form.business_key[0][0]].header == "水井"
    assert kinds == {
        "水井": ("text", None), "深度": ("number", "米"), "造价": ("amount", "CNY"), "完成率": ("percent", None),
        "成井日期": ("date", None), "状态": ("enum", ("停用", "在用")), "项目代码": ("code", "project_code")}
    assert form.by_name["project_code"].required and text.count("猜测") > 10


def test_headers_in_two_rows_are_joined(tmp_path):
    file = workbook(tmp_path / "a.xlsx", ["乡镇", "到位资金（万元）", None], [None, "本月", "累计"], ["白石镇", 5, 6], ["清河镇", 7, 8],
                    merges=("A1:A2", "B1:C1"))
    form = drafted(tmp_path, draft_form(file, "wells", EXPECTATIONS))
    assert [(c.header, c.type) for c in form.columns] == [("乡镇", "text"), ("到位资金本月", "amount"), ("到位资金累计", "amount")]


def test_a_workbook_without_a_table_is_told(tmp_path):
    with pytest.raises(Mistake, match="没有找到表"):
        draft_form(workbook(tmp_path / "a.xlsx", ["通知"], ["请报送"]), "wells", EXPECTATIONS)
