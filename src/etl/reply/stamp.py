"""The hidden stamp of a template: which form, which version of it, which unit and period it was made for."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from etl.forms.contract import Form

PROPERTY = SHEET = "luodi"                 # of the document property and of the very hidden sheet
_PARTS = ("docProps/custom.xml", "xl/sharedStrings.xml", "meta.xml", "content.xml")
_STAMP = re.compile(r"luodi-stamp form=([\w%.-]+) version=([0-9a-f]{12}) unit=([\w%.-]+) period=([\w%.-]+)")
MOST, SMALL = 64 << 20, 64 << 10           # bytes that are looked at: of a part, and of a sheet like the hidden one


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a template says of itself."""

    form: str
    version: str                           # first 12 hex digits of the contract's SHA-256
    unit: str
    period: str

    def text(self) -> str:
        """One line of ASCII that every office keeps as it is."""
        return (f"luodi-stamp form={quote(self.form, safe='')} version={self.version} unit={quote(self.unit, safe='')} "
                f"period={quote(self.period, safe='')}")


def stamp_of(form: Form, unit: str, period: str) -> Stamp:
    """The stamp for a template of a form as its contract stands now."""
    assert form.folder is not None         # a form that was loaded has one
    contract = (form.folder / "form.yaml").read_bytes()
    return Stamp(form.form, hashlib.sha256(contract.replace(b"\r\n", b"\n")).hexdigest()[:12], unit, period)


def read_stamp(path: Path) -> Stamp | None:
    """The stamp of a file, None where it has none; never builds the workbook, so it is safe for any bytes."""
    try:
        with zipfile.ZipFile(path) as archive:
            inline = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and archive.NameToInfo[n].file_size < SMALL]
            for part in (p for p in (*_PARTS, *inline) if p in archive.NameToInfo):
                with archive.open(part) as stream:
                    if found := _find(stream.read(MOST)):
                        return found
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        pass                               # no zip, or a damaged one: xls keeps ASCII as it is
    try:
        with Path(path).open("rb") as file:
            return _find(file.read(MOST))
    except OSError:
        return None


def _find(content: bytes) -> Stamp | None:
    found = _STAMP.search(unescape(content.decode("utf-8", "replace")))
    return Stamp(*(unquote(part) for part in found.groups())) if found else None
