"""A unit is told of a file that was filled in in its name and lies under another unit; once, and not for longer than it holds."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from etl.normalise.names import UnitRegister
from etl.reply.answers import notices
from etl.reply.notice import write_notices
from etl.reply.write import write_replies
from etl.settings import given
from tests.fixtures.answers import answer, issue, workbook

REGISTER = UnitRegister([SimpleNamespace(unit=code, name=name, aliases=aliases) for code, name, aliases in (
    ("jia", "县甲局", ()), ("yi", "县乙局", ("乙局",)))])


def stray(tmp_path, value="县乙局", cell="B2", **more):
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙"]])
    return answer(path, issue("F24", cell, level="submission", value=value), verdict="rejected", **more)


@pytest.mark.parametrize("value, cell, where", [
    ("县乙局", "B2", "（文件“县甲局/表.xlsx”，工作表“Sheet1”，单元格 B2）"),
    ("云岭县乙局2024年3月月报表", "A1", "（文件“县甲局/表.xlsx”，工作表“Sheet1”，单元格 A1）"),
    ("县乙局", None, "（文件“县甲局/表.xlsx”）"),
])
def test_the_unit_that_the_sheet_names_gets_a_letter(tmp_path, value, cell, where):
    [entry] = write_notices(notices([stray(tmp_path, value, cell)], REGISTER), tmp_path / "replies")
    page = (tmp_path / "replies" / entry["letter"]).read_text(encoding="utf-8")
    assert f"有一份以你单位名义填报的文件放在了县甲局的名下{where}，没有计入任何单位。是你单位的请自行报送；不是的不必处理。" in page
    assert entry["letter"].startswith("县乙局/2024-03/") and entry["unit"] == "县乙局"


def test_in_english_too(tmp_path):
    [entry] = write_notices(notices([stray(tmp_path, lang="en")], REGISTER), tmp_path / "replies")
    page = (tmp_path / "replies" / entry["letter"]).read_text(encoding="utf-8")
    assert "lies under 县甲局 (file “县甲局/表.xlsx”, sheet “Sheet1”, cell B2)" in page and "send it yourself" in page


def test_who_is_nobody_or_the_folders_own_unit_is_told_nothing(tmp_path):
    mine, waived = stray(tmp_path, "县甲局"), stray(tmp_path)
    waived = replace(waived, issues=(replace(waived.issues[0], state="waived"),))
    other = answer(workbook(tmp_path / "b.xlsx", [["甲"]]), issue("F23", "B2", level="submission", value="县乙局"))
    assert notices([mine, waived, other, stray(tmp_path, "县丙局")], REGISTER) == []


def test_it_is_listed_beside_the_replies_written_once_and_taken_away_when_it_holds_no_more(tmp_path):
    root, said = tmp_path / "replies", stray(tmp_path)
    write_replies([said], root, given(data=tmp_path))

    def files():
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}

    before = files()
    [entry] = write_notices(notices([said], REGISTER), root)
    once = files()
    assert len(once) == len(before) + 1
    assert [e["unit"] for e in json.loads(once["index.json"])] == ["县乙局", "县甲局"]
    assert "在别的单位名下" in once["index.html"].decode() and once["index.html"].decode().count("标注后的工作簿") == 1
    assert write_notices(notices([said], REGISTER), root) == [] and files() == once
    assert write_notices([], root) == [] and files() == before
    assert not (root / entry["letter"]).exists()
