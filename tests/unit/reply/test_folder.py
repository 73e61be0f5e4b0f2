"""Replies lie in a folder per unit and period."""

from etl.reply.folder import reply_path
from etl.reply.write import make_workbook, write_replies
from etl.settings import given
from tests.fixtures.answers import answer, issue, opened, workbook


def test_a_reply_lies_under_unit_and_period_and_its_name_says_the_verdict(tmp_path):
    folder, stem, _ = reply_path(answer(workbook(tmp_path / "a.xlsx", [["甲"]]), file="县甲局/三月 报表.xlsx"))
    assert folder.as_posix() == "县甲局/2024-03"
    assert stem.startswith("重点项目月报表-三月_报表-") and stem.endswith("-部分通过")


def test_writing_again_changes_nothing_and_a_new_verdict_replaces_the_old_reply(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙", "丙"]] * 4)
    other = workbook(tmp_path / "b.xlsx", [["丁"]])
    replies, limits = tmp_path / "replies", given(data=tmp_path)

    def files():
        return {p.relative_to(replies).as_posix(): p.read_bytes() for p in replies.rglob("*") if p.is_file()}

    first, second = answer(path, issue()), answer(other, issue(), unit_name="<b>乙局")
    write_replies([first, second], replies, limits)
    once = files()
    assert len(once) == 6 and "index.html" in once                     # two workbooks, two letters, index and its list
    write_replies([first, second], replies, limits)
    assert files() == once

    [entry] = write_replies([answer(path, verdict="accepted", quarantined=0)], replies, limits)
    assert entry["letter"].endswith("-通过.html") and not entry["workbook"] and len(files()) == 5       # nothing to mark
    assert "没有需要标注的地方" in files()[entry["letter"]].decode()
    index = (replies / "index.html").read_text(encoding="utf-8")
    assert index.count("标注后的工作簿") == 1 and "&lt;b&gt;乙局" in index and "部分通过" in index


def test_a_workbook_that_cannot_be_opened_at_all_still_gets_its_reply(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    [entry] = write_replies([answer(path, issue("F27", None, level="submission"), verdict="unreadable")], tmp_path / "r", given(data=tmp_path))
    assert (tmp_path / "r" / entry["workbook"]).is_file() and (tmp_path / "r" / entry["letter"]).is_file()


def test_figures_of_a_rotten_original_are_given_back_to_nobody(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙", 24_700]] * 4)
    said = answer(path, issue())
    workbook(path, [["甲", "乙", 94_700]] * 4)
    assert opened(make_workbook(said)).sheetnames == ["审核意见"]


def test_an_original_comes_back_with_its_sheets_unless_only_the_findings_are_asked_for(tmp_path):
    said = answer(workbook(tmp_path / "a.xlsx", [["甲", "乙", "大概"]] * 4), issue())
    assert "Sheet1" in opened(make_workbook(said)).sheetnames
    assert opened(make_workbook(said, "issues")).sheetnames == ["审核意见"]
