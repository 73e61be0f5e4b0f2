"""The list of nights, and what one of them took, stand under the headings that name them."""

from types import SimpleNamespace

import pytest

from etl.night.account import BLANK
from etl.show import nights

NIGHT = dict.fromkeys(BLANK) | {
    "state": "published", "kind": "nightly", "started": "2024-04-15 01:30:00", "seconds": 87, "failure": "", "place": "1", "night": "20240415-5e9c",
    "files": {"new": ["a.xlsx", "b.xlsx"]}, "refusals": ["b.xlsx"], "rows": {"fct_score": [3707, 4487]}, "steps": [{"step": "gate", "seconds": 12.1}],
}


@pytest.fixture
def printed(monkeypatch, capsys, tmp_path):
    """The cells of each line that is printed of the nights, or of the one that is named."""
    monkeypatch.setattr(nights, "accounts", lambda _: [NIGHT])
    monkeypatch.setenv("COLUMNS", "160")

    def show(which=None):
        assert nights.show_nights(SimpleNamespace(lang="zh", nights=tmp_path), which) == 0
        return [[part.strip() for part in line.replace("┃", "│").split("│")] for line in capsys.readouterr().out.splitlines()]

    return show


def test_each_night_stands_under_the_headings_with_its_number_before_it(printed):
    head, _, night = printed()
    assert head == ["", "开始", "种类", "结果", "批次", "秒"]
    assert night == ["1", "2024-04-15 01:30:00", "夜间运行", "已发布、新文件2个，退回1份", "20240415-5e9c", "87"]


def test_a_night_tells_the_rows_of_its_tables_and_its_steps_under_their_headings(printed):
    lines = printed("1")
    for head, row in ((["主题表", "上一版本", "本版本"], ["fct_score", "3707", "4487"]), (["步骤", "秒"], ["出库校验", "12.1"])):
        assert lines[lines.index(head) + 2] == row
