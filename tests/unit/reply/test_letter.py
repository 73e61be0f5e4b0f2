"""One page for clerk and leader: verdict, what counts, what to do by when; and nothing from a cell is live in it."""

import re
from dataclasses import replace

import pytest

from etl.reply.letter import SHOWN, letter
from tests.fixtures.answers import answer, issue


def page(tmp_path, *issues, **more):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    return letter(answer(path, *issues, **more), "标注.xlsx")


@pytest.mark.parametrize("verdict, more, said", [
    ("accepted", {"quarantined": 0}, "本次报送的 4 行数据已全部采用。"),
    ("partly_accepted", {}, "已采用 3 行；其余 1 行有错误，改正前不计入汇总。"),
    ("rejected", {"instead": "旧表.xlsx"}, "目前仍以“旧表.xlsx”为准。"),
    ("unreadable", {}, "2024年3月目前没有有效数据。"),
    ("accepted", {"in_force": False, "instead": "新表.xlsx"}, "已被后来的“新表.xlsx”替代。"),
    ("accepted", {"lines": 0, "quarantined": 0}, "零报告"),
])
def test_it_says_what_counts_now(tmp_path, verdict, more, said):
    assert said in page(tmp_path, verdict=verdict, **more)


def test_it_says_what_to_do_by_when_and_whom_to_ask(tmp_path):
    text = page(tmp_path, issue(), issue("F36", None, "warning", "submission"))
    assert "请在 2024-04-18 前改正" in text and "“说明”列写明原因" in text and "数据组 0000" in text
    assert "不需要再做什么" in page(tmp_path, verdict="accepted")


def test_it_stays_one_page_and_counts_the_rest(tmp_path):
    text = page(tmp_path, *(issue(f"F{n:02}") for n in range(1, SHOWN + 4)))
    assert text.count("请改成阿拉伯数字") == SHOWN and "另有 3 类问题" in text


def test_a_refused_reason_is_told_beside_its_issue_and_among_what_to_do(tmp_path):
    refused = replace(issue("F07", "C5", "warning"), explanation="核对无误", review="refused", reviewed_by="王某", review_why="没有凭证")
    text = page(tmp_path, refused)
    assert "上次的说明“核对无误”未予采信（王某：没有凭证）" in text and "有 1 处说明未予采信" in text


def test_no_value_is_live_and_nothing_is_loaded_from_elsewhere(tmp_path):
    text = page(tmp_path, issue(sentence="<script>alert(1)</script><img src=x onerror=y>"), file="<b>&.xlsx", unit_name="<i>")
    assert "<script" not in text and "<img" not in text and "<b>" not in text and "<i>" not in text
    assert not re.search(r"(src|href|url)\s*[=(]", page(tmp_path, issue()))


def test_it_has_a_place_for_seal_and_signature_and_what_the_site_says_of_itself(tmp_path):
    bare = page(tmp_path)
    assert "签收单位（盖章）" in bare and "签收人" in bare
    assert "抄送" not in bare and "〔" not in bare and "联系电话" not in bare
    full = page(tmp_path, number="云数审〔2024〕17号", office="云岭县数据局", phone="0870-1234567", copies="县委办、县政府办")
    for text in ("云数审〔2024〕17号", "云岭县数据局（盖章）", "联系电话：0870-1234567", "抄送：县委办、县政府办"):
        assert text in full
