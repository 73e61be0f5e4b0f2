"""A header that no contract knows: told, taught once, and read by itself from then on."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.desk.teach import columns_named
from tests.fixtures.places import SAMPLE
from tests.fixtures.sheets import TITLES, body_of, headers_of, reference

pytestmark = pytest.mark.slow

SITE = SAMPLE / "site"
KP = "key_project_monthly"
CLOCK = ("--by", "王某", "--as-of", "2024-05-06 10:00:00")


@pytest.fixture
def luodi(luodi, tmp_path):
    """The command line with a site of its own, to which headers are taught."""
    shutil.copytree(SITE, tmp_path / "site")
    return lambda *words, **more: luodi(*words, "--site", tmp_path / "site", **more)


def workbook(folder: Path, month: str = "2024年3月", unit: str = "县发改局", **renamed: str) -> Path:
    """A faultless workbook of key projects in which some headers, by column, have other words."""
    book = Workbook()
    sheet = book.active
    sheet.append([TITLES[KP].replace("2024年3月", month)])
    sheet.append([f"填报单位：{unit}（盖章）", None, "单位：万元"])
    mine = {reference().forms[KP].by_name[name].header: text for name, text in renamed.items()}
    sheet.append([mine.get(text, text) for text in headers_of(KP)])
    for line in body_of(KP):
        sheet.append([float(v) if not isinstance(v, str | None) else v for v in line])
    (folder / unit).mkdir(exist_ok=True)
    path = folder / unit / f"{unit}{month}重点项目月报表.xlsx"
    book.save(path)
    return path


def rules(luodi, path: Path) -> set[str]:
    _, out, _ = luodi("check", path, "--format", "jsonl")
    return {issue["rule"] for issue in map(json.loads, out.splitlines())}


def kept(tmp_path: Path) -> list[tuple[str, ...]]:
    with (tmp_path / "site" / "headers.csv").open(encoding="utf-8-sig", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def test_what_was_taught_once_is_read_by_itself_the_next_month(luodi, tmp_path):
    march, april = workbook(tmp_path, level="项目等次"), workbook(tmp_path, "2024年4月", level="项目等次")
    assert rules(luodi, march) >= {"F14", "F15"}
    code, out, _ = luodi("teach", march, "--as", "项目等次=项目级别", *CLOCK)
    assert code == 0 and "项目等次" in out and "县重点" in out
    assert kept(tmp_path) == [("fgj", KP, "项目等次", "level", "王某", "2024-05-06 10:00:00")]
    assert not rules(luodi, april) & {"F14", "F15"}
    assert luodi("teach", april)[0] == 0


def test_another_unit_is_still_asked_unless_all_were_taught(luodi, tmp_path):
    luodi("teach", workbook(tmp_path, level="项目等次"), "--yes", *CLOCK)
    other = workbook(tmp_path, unit="县招商局", level="项目等次")
    assert "F14" in rules(luodi, other)
    assert luodi("teach", other, "--yes", "--all-units", *CLOCK)[0] == 0
    assert kept(tmp_path)[1][0] == "*"
    assert "F14" not in rules(luodi, other)


def test_with_yes_only_what_is_clear_is_taught(luodi, tmp_path):
    path = workbook(tmp_path, level="项目等次", problem_text="其他情况")
    code, out, _ = luodi("teach", path, "--yes", *CLOCK)
    assert code == 1 and "还有 1 个表头没有教" in out
    assert [line[2] for line in kept(tmp_path)] == ["项目等次"]


def test_without_an_answer_nothing_is_kept(luodi, tmp_path):
    code, out, _ = luodi("teach", workbook(tmp_path, level="项目等次"))
    assert code == 1 and "项目级别" in out
    assert not (tmp_path / "site" / "headers.csv").exists()


@pytest.mark.parametrize("answers, column", [
    (("",), "level"), (("1",), "level"), (("项目级别",), "level"), (("没有这一列", "level"), "level"), (("-",), None)])
def test_a_person_is_asked_header_by_header(luodi, tmp_path, answers, column):
    code, _, _ = luodi("teach", workbook(tmp_path, level="项目等次"), *CLOCK, answers=answers)
    assert code == (0 if column else 1)
    assert (tmp_path / "site" / "headers.csv").exists() == bool(column)
    assert not column or kept(tmp_path)[0][3] == column


def test_a_sheet_in_which_no_table_was_found_is_taught_by_its_form(luodi, tmp_path):
    names = {c.name: f"甲方之{c.header}" for c in reference().forms[KP].columns if not c.support and c.name not in ("level", "category")}
    path = workbook(tmp_path, **names, level="等次", category="类")
    assert "F33" in rules(luodi, path)
    code, _, complaint = luodi("teach", path.rename(path.with_name("县发改局报表.xlsx")), *CLOCK)
    assert code == 2 and "--form" in complaint
    path = path.with_name("县发改局报表.xlsx")
    assert luodi("teach", path, "--form", "重点项目月报表", "--yes", *CLOCK)[0] == 1
    assert {line[2]: line[3] for line in kept(tmp_path)}["等次"] == "level"
    assert "F33" not in rules(luodi, path)


def test_a_header_that_names_another_column_already_is_refused(luodi, tmp_path):
    path = workbook(tmp_path, level="项目等次", category="类别（细）")
    luodi("teach", path, "--as", "项目等次=项目级别", *CLOCK)
    forgotten = luodi("teach", "--forget", "项目等次")
    assert forgotten[0] == 0 and kept(tmp_path) == []
    luodi("teach", path, "--as", "项目等次=项目类别", "--all-units", *CLOCK)
    (tmp_path / "site" / "headers.csv").write_text("unit,form,header,column,by,at\nzsj,key_project_monthly,项目等次,level,王某,2024-05-06\n", encoding="utf-8")
    code, _, complaint = luodi("teach", path, "--as", "项目等次=项目类别", "--all-units", *CLOCK)
    assert code == 2 and "已经教过是“项目级别”列" in complaint and "--forget" in complaint


@pytest.mark.parametrize("words, says", [
    (("--as", "项目等次"), "表头=列"), (("--as", "等级=项目级别"), "没有不认识的表头“等级”"), (("--as", "项目等次=级别高低"), "没有列“级别高低”")])
def test_a_wrong_answer_is_told(luodi, tmp_path, words, says):
    code, _, complaint = luodi("teach", workbook(tmp_path, level="项目等次"), *words)
    assert code == 2 and says in complaint


def test_what_was_taught_is_listed_and_forgotten(luodi, tmp_path):
    assert "还没有教过" in luodi("teach", "--list")[1]
    luodi("teach", workbook(tmp_path, level="项目等次"), "--yes", *CLOCK)
    assert "王某" in luodi("teach", "--list")[1]
    assert luodi("teach", "--forget", "项目级别")[0] == 2
    assert luodi("teach", "--forget", "项目 等次")[0] == 0
    assert "还没有教过" in luodi("teach", "--list")[1]


@pytest.mark.parametrize("value, reason, meant", [
    ("项目等次", "是项目级别", [("项目等次", "level")]),
    ("项目等次", "=项目级别", [("项目等次", "level")]),
    ("项目等次", "“项目级别”列。", [("项目等次", "level")]),
    ("项目等次", "项目等次就是项目级别", [("项目等次", "level")]),
    ("项目等次”、H3“类", "项目等次是项目级别；类=项目类别", [("项目等次", "level"), ("类", "category")]),
    ("项目等次”、H3“类", "是项目级别", []),                    # of which of the two?
    ("项目等次", "我局自己加的", []),
])
def test_what_a_unit_answered_beside_an_unknown_header(value, reason, meant):
    assert list(columns_named(value, reason, reference().forms[KP])) == meant
