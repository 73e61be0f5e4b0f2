"""The layout that is kept with a submission, and the headers that were taught for a unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from etl.forms.taught import TaughtHeader
from etl.inbox.identify import identify
from etl.model import Book, Received
from etl.understand.submission import understand_book
from tests.fixtures.sheets import grid, plain, read, reference

KP = "key_project_monthly"


def laid_out(reading):
    return [(h.at, h.header, h.name, h.counted) for h in reading.submission.layout]


def read_header_alone(text: str) -> str:
    return text.partition("（")[0]


def with_header(old: str, new: str):
    form = plain(KP)
    return replace(form, rows=[[new if v == old else v for v in row] for row in form.rows])


def test_the_layout_is_the_headers_in_their_order_with_the_columns_they_name():
    form = plain(KP)
    head = next(r for r, row in enumerate(form.rows) if "项目名称" in row)
    width = len(form.rows[head])
    beside = {head: ["审 批\n人", "空着的列"]} | {r: ["张某"] for r in range(head + 1, len(form.rows) - 1)}
    rows = [[*row, *[None] * (width - len(row)), *beside[r]] if r in beside else row for r, row in enumerate(form.rows)]
    found = laid_out(read(replace(form, rows=rows))[0])
    by_header = {c.header: c.name for c in reference().forms[KP].columns}
    assert [name for _, _, name, _ in found if name] == [by_header[read_header_alone(text)] for text in form.rows[head]]
    assert [(header, name, counted) for _, header, name, counted in found[-2:]] == [("审批人", None, True), ("空着的列", None, False)]
    assert found[0][0] == "A"


def test_serial_numbers_are_no_part_of_the_layout():
    form = plain(KP)
    rows = [["序号" if "项目名称" in row else n if len(row) > 3 else None, *row] for n, row in enumerate(form.rows)]
    found = laid_out(read(replace(form, rows=rows))[0])
    assert found[0][0] == "B" and "序号" not in [header for _, header, _, _ in found]


def taught_reading(name: str, unit: str, *grids):
    ref = replace(reference(), taught=(TaughtHeader("headers.csv:2", unit, KP, "项目等次", "level", "王某", datetime(2024, 5, 6)),))
    received = Received(name, "0" * 64, 1, datetime(2024, 4, 2, 9, 0), 1, Path(name))
    return understand_book(received, identify(name, ref.forms, ref.register), ref, Book("xlsx", grids))[0]


def test_a_taught_header_is_read_for_its_unit_alone():
    renamed = with_header("项目级别", "项目等次")
    name = "县发改局/县发改局2024年3月重点项目月报表.xlsx"
    for unit, known in (("fgj", True), ("*", True), ("zsj", False)):
        reading = taught_reading(name, unit, renamed)
        assert ("level" in reading.lines.columns) == known
        assert ("F14" in {f.rule for f in reading.findings}) != known


def test_the_unit_may_be_named_by_the_sheet_alone():
    renamed = with_header("项目级别", "项目等次")
    assert "level" in taught_reading("2024年3月重点项目月报表.xlsx", "fgj", renamed).lines.columns
    assert "level" not in taught_reading("2024年3月重点项目月报表.xlsx", "zsj", renamed).lines.columns


def test_a_file_without_a_table_has_no_layout():
    assert read(grid(["没有表"], ["什么都没有"]))[0].submission.layout == ()
