"""The hidden stamp of a template: which form, which version of it, which unit and period it was made for."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from etl.forms.contract import Form
from etl.model import Book

SHEET = "luodi"  # very hidden: what an office keeps when it saves in another format
_STAMP = re.compile(r"luodi-stamp form=([\w%.-]+) version=([0-9a-f]{12}) unit=([\w%.-]+) period=([\w%.-]+)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a template says of itself."""

    form: str
    version: str  # first 12 hex digits of the contract's SHA-256
    unit: str
    period: str

    def text(self) -> str:
        """One line of ASCII that every office keeps as it is."""
        return (
            f"luodi-stamp form={quote(self.form, safe='')} version={self.version} unit={quote(self.unit, safe='')} "
            f"period={quote(self.period, safe='')}"
        )


def stamp_of(form: Form, unit: str, period: str) -> Stamp:
    """The stamp for a template of a form as its contract stands now."""
    contract = (form.folder / "form.yaml").read_bytes()
    return Stamp(form.form, hashlib.sha256(contract.replace(b"\r\n", b"\n")).hexdigest()[:12], unit, period)


def stamp_in(book: Book) -> Stamp | None:
    """The stamp of an opened file, None where it has none."""
    grid = next((g for g in book.grids if g.sheet == SHEET and not g.visible), None)
    found = _STAMP.fullmatch(str(grid.cell(0, 0))) if grid else None
    return Stamp(*(unquote(part) for part in found.groups())) if found else None
