"""Open a copy of the sender's own workbook for marking, and say what such a copy cannot keep."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

# Far above any county workbook, and below what openpyxl needs more than a minute or a gigabyte for.
MAX_PART = 64 << 20  # bytes of one part, inflated
MAX_CELLS = 300_000  # of the whole workbook
MAX_MERGED = 200_000  # cells under merged areas and ranges of links
MAX_ROW = 200_000  # a filled cell further down is no table of a county

_PARTS = {  # what openpyxl leaves behind, by the part of the package that holds it
    "picture": re.compile(r"xl/media/"),
    "control": re.compile(r"xl/(ctrlProps|activeX)/"),
    "slicer": re.compile(r"xl/(slicers|timelines)/"),
    "thread": re.compile(r"xl/threadedComments/"),
    "macro": re.compile(r"xl/vbaProject\.bin$"),
    "object": re.compile(r"xl/(embeddings|diagrams)/"),
    "connection": re.compile(r"xl/(connections\.xml$|queryTables/)"),
}
_SHEET, _DRAWING = re.compile(r"xl/worksheets/[^/]+\.xml$"), re.compile(r"xl/drawings/drawing[^/]*\.xml$")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_CELL_ROW = re.compile(rb'<(?:\w+:)?c [^>]*?\br="[A-Z]{1,3}(\d+)"')
_RANGE = re.compile(rb'<(?:\w+:)?(?:mergeCell|hyperlink) [^>]*?\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_QUOTED = re.compile(r'"[^"]*"')
_SHAPE, _EXTENSION = re.compile(rb"<xdr:(sp|grpSp|cxnSp)\b"), re.compile(rb"<ext [^>]*?uri=")
# Functions that start programs or fetch from outside, and DDE (program|topic!item): never written into a reply.
_LIVE = re.compile(r"\|.*!|\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|EXEC|DDE|IMPORTDATA|IMAGE|SQL\.REQUEST)\s*\(", re.IGNORECASE | re.DOTALL)


class Unsuited(Exception):
    """A workbook that openpyxl cannot take or should not be given; the text says why."""


def open_original(path: Path) -> tuple[Workbook, list[str]]:
    """An openpyxl workbook from the archived bytes, and the keys (reply.yaml) of what it has lost.

    Reads the file only. Raises Unsuited.
    """
    import warnings

    import openpyxl

    content = Path(path).read_bytes()
    lost = _look(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of each extension that it leaves out
            workbook = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    except Exception as error:  # a foreign file can make it raise anything
        raise Unsuited(f"{type(error).__name__}: {error}") from error
    if not workbook.worksheets:
        raise Unsuited("no sheet was understood")  # Strict OOXML
    if _disarm(workbook):
        lost.append("live")
    return workbook, lost


def _look(content: bytes) -> list[str]:
    """Check sizes before anything is built in memory; the answer is what will be lost."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(e.file_size > MAX_PART for e in entries):
                raise Unsuited("a part is too big")
            names = [e.filename for e in entries]
            lost = [key for key, part in _PARTS.items() if any(part.match(n) for n in names)]
            if any(_SHAPE.search(archive.read(n)) for n in names if _DRAWING.match(n)):
                lost.append("shape")
            sheets = [archive.read(n) for n in names if _SHEET.match(n)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unsuited(str(error)) from error
    if sum(len(_CELL.findall(s)) for s in sheets) > MAX_CELLS:
        raise Unsuited("too many cells")
    if any(int(row) > MAX_ROW for s in sheets for row in _CELL_ROW.findall(s)):
        raise Unsuited("a cell too far down")
    if sum(_area(*found) for s in sheets for found in _RANGE.findall(s)) > MAX_MERGED:
        raise Unsuited("too many merged cells")
    if any(_EXTENSION.search(s) for s in sheets):
        lost.append("extension")
    return lost


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _disarm(workbook: Workbook) -> bool:
    """Turn formulas that reach outside the workbook's own cells into text; True where there were any."""
    found = False
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formula = getattr(cell.value, "text", cell.value)
                    if isinstance(formula, str) and _LIVE.search(_QUOTED.sub("", formula)):
                        write_text(cast("Cell", cell), formula)
                        found = True
    return found


def write_text(cell: Cell, text: str) -> None:
    """Put text into a cell as text, whatever it looks like: never a formula, a link or an error value."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text).encode("utf-8", "replace").decode()[:32_000]
    cell.value = None
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text[:1] in "=+-@\t\n":
        cell.quotePrefix = True  # it stays text when a clerk edits it
