"""Whose file it is where two counties have a 城关镇 each: folder, file name, title and label tell it together, or it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl.inbox.identify import identify
from etl.model import Book, Received
from etl.normalise.names import UnitRegister
from etl.understand.submission import Reference, understand_book
from tests.fixtures.levels import levels_site
from tests.fixtures.sheets import grid, plain, reference, rules

FORM = "key_project_monthly"
SILENT = "2024年3月重点项目月报表"


@pytest.fixture
def sent(tmp_path):
    register = UnitRegister(levels_site(tmp_path).units)
    ref = Reference(reference().forms, reference().vocabulary, register)

    def sent(file, label=None, title=SILENT, cover=None, township=None):
        made = plain(FORM)
        top = [f"填报单位：{label}" if label else None, None, "单位：万元"]
        rows = [[title], top, *([*row] for row in made.rows[2:])]
        if township:
            rows[3][rows[2].index("所属乡镇")] = township
        grids = (*((grid(*cover, sheet="封面"),) if cover else ()), replace(made, rows=rows))
        received = Received(file, "0" * 64, 1, datetime(2024, 4, 2, 9, 0), 1, Path(file))
        return understand_book(received, identify(file, ref.forms, register), ref, Book("xlsx", grids))

    return sent


def names_asked(readings):
    return [rule for rule in rules(readings) if rule.startswith("F24")]


@pytest.mark.parametrize("file, said, unit", [
    ("甲县/城关镇/报表.xlsx", {}, "jia_cg"),                                    # the folder above
    ("乙县城关镇/报表.xlsx", {}, "yi_cg"),
    ("城关镇/乙县2024年3月.xlsx", {}, "yi_cg"),                                  # the file name names the parent
    ("城关镇/报表.xlsx", {"label": "甲县城关镇（盖章）"}, "jia_cg"),
    ("城关镇/报表.xlsx", {"title": "甲县2024年3月重点项目月报表"}, "jia_cg"),
    ("报表.xlsx", {"label": "城关镇", "title": "乙县2024年3月重点项目月报表"}, "yi_cg"),
    ("报表.xlsx", {"cover": (["乙县城关镇重点项目"], ["填报单位：乙县城关镇"])}, "yi_cg"),
    ("甲县/2024年3月城关镇重点项目.xlsx", {}, "jia_cg"),                         # a county's folder holds its towns' files
    ("甲县/2024年3月.xlsx", {"label": "城关镇"}, "jia_cg"),
    ("甲县/2024年3月.xlsx", {"label": "甲县"}, "jia"),
    ("甲县/城关镇/报表.xlsx", {"title": "甲县2024年3月重点项目月报表"}, "jia_cg"),  # a title stands above what a town reports
])
def test_what_stands_around_a_name_tells_whose_it_is(sent, file, said, unit):
    readings = sent(file, **said)
    assert [r.submission.unit for r in readings] == [unit]
    assert names_asked(readings) == []


@pytest.mark.parametrize("file, said", [
    ("城关镇/报表.xlsx", {}),
    ("报表.xlsx", {"label": "城关镇"}),
    ("城关镇/报表.xlsx", {"label": "城关镇", "title": "云岭市2024年3月重点项目月报表"}),  # the city stands above both
    ("2024年3月城关镇重点项目.xlsx", {}),
    ("散件/2024年3月城关镇重点项目.xlsx", {}),                                       # a folder that names nobody hides no name
    ("散件/2024年3月城关镇重点项目.xlsx", {"label": "城关镇"}),
])
def test_where_nothing_tells_it_both_are_named_and_neither_is_guessed(sent, file, said):
    readings = sent(file, **said)
    assert [r.submission.unit for r in readings] == [None]
    assert names_asked(readings) == ["F24A"]
    [asked] = [f for r in readings for f in r.findings if f.rule == "F24A"]
    assert asked.expected == "甲县城关镇”或“乙县城关镇"


def test_another_towns_label_in_a_towns_folder_is_refused_as_ever(sent):
    assert names_asked(sent("甲县/城关镇/报表.xlsx", label="乙县城关镇")) == ["F24"]
    assert names_asked(sent("甲县/城关镇/报表.xlsx", label="东山镇")) == ["F24"]


def test_a_place_in_a_line_is_the_one_nearest_to_the_sender(sent):
    [reading] = sent("甲县发改局/报表.xlsx", township="城关镇")
    column = reading.lines.columns["township"]
    assert (column.raw[0], column.value[0]) == ("城关镇", "甲县城关镇")
    [reading] = sent("云岭市/报表.xlsx", township="城关镇")
    assert reading.lines.columns["township"].value[0] == "城关镇"   # asked by F40
