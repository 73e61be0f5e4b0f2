"""Make the unit's own workbook with its bad cells marked; one answer and the same bytes always give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from etl.model import Book
from etl.reply.answer import Answer
from etl.reply.copies import copy_book
from etl.reply.explanations import former_sheets
from etl.reply.originals import Unsuited, open_original
from etl.reply.results import stored_results, with_results
from etl.texts.catalogue import speaker

if TYPE_CHECKING:
    from openpyxl import Workbook

KINDS = {"xls": " xls ", "ods": " ods ", "csv": " csv ", "xlsb": " xlsb ", "xml": " XML "}
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def marked_workbook(answer: Answer, book: Book | None = None, copy: bool = False) -> bytes:
    """The xlsx of a reply: the sender's own where openpyxl can take it, else a copy of `book`, else the issues alone.

    With `copy` the sender's own is not tried; without `book` there is neither.
    """
    from etl.reply.issue_sheet import add_issue_sheet
    from etl.reply.marks import mark_cells

    workbook, names, remarks = _sheets(answer, book, copy)
    results = stored_results(answer.original.read_bytes(), _formulas(workbook)) if book is not None else {}
    before = mark_cells(workbook, answer, names)
    add_issue_sheet(workbook, answer, before, names, remarks)
    return _settled(workbook, results, answer.submission.received_at)


def _sheets(answer: Answer, book: Book | None, copy: bool) -> tuple[Workbook, dict[str, str], list[str]]:
    """The workbook to mark, the names of its sheets where they differ from the file's, and what to say of it."""
    import openpyxl

    say = speaker(answer.lang)
    if book is not None and book.kind == "xlsx" and not copy:
        try:
            workbook, lost = open_original(answer.original)
        except Unsuited:
            pass
        else:
            former_sheets(workbook, remove=True)
            remarks = [say("reply.how_marked"), say("reply.original_kept")]
            if lost:
                remarks.append(say("reply.lost", things=[say(f"reply.{thing}") for thing in lost]))
            return workbook, {}, remarks
    if book is not None:
        try:
            workbook, names = copy_book(book)
        except Unsuited:
            pass
        else:
            key = "reply.rebuilt" if book.kind in (*KINDS, "html") else "reply.rebuilt_odd"
            return (
                workbook,
                names,
                [say("reply.how_marked"), say(key, kind=say("reply.web_page") if book.kind == "html" else KINDS.get(book.kind, ""))],
            )
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook, {}, [say("reply.not_shown")]


def _formulas(workbook: Workbook) -> dict[str, list[str]]:
    """The cells with formulas, by sheet; a copy has none."""
    found = {s.title: [c.coordinate for row in s.iter_rows() for c in row if c.data_type == "f"] for s in workbook.worksheets}
    return {title: cells for title, cells in found.items() if cells}


def _settled(workbook: Workbook, results: dict[str, dict[str, object]], moment: datetime) -> bytes:
    """Save with the stored results and without a trace of the clock: the times in it are those of the receipt."""
    from openpyxl.workbook.properties import CalcProperties

    saved, settled = io.BytesIO(), io.BytesIO()
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    workbook.save(saved)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    kept = {s.path.lstrip("/"): results[s.title] for s in workbook.worksheets if s.title in results}
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + stamp, content)
            elif name in kept:
                content = with_results(content, kept[name])
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return settled.getvalue()
