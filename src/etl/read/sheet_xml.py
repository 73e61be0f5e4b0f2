"""The slow, total reader of a sheet's XML: every cell becomes a value or an entry of the errors.

It is used where the fast reader fails on one bad cell, is known to lie, or disagrees with the witness.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from etl.model import CellValue, cell_name
from etl.read import guard
from etl.read.cells import area, as_shown, cell_place, iso_day, parse_number, safe_text, twice, unescape
from etl.read.witness import Facts, Formulas
from etl.texts.refusals import refusal


def parse_xml(xml: bytes, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Run expat over a part with local names; raises Unreadable on broken XML or a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise refusal("dtd")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise guard.broken_container("broken_row", row=error.lineno) from error


def shared_strings(xml: bytes) -> list[str]:
    """All shared strings; pinyin guides (rPh) are no part of the text."""
    strings: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "guide": False}

    def start(name: str, _: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            state["guide"] = True
        elif name == "t":
            state["text"] = not state["guide"]

    def end(name: str) -> None:
        if name == "si":
            strings.append(unescape("".join(pieces)))
        elif name == "rPh":
            state["guide"] = False
        elif name == "t":
            state["text"] = False

    def text(data: str) -> None:
        if state["text"]:
            pieces.append(data)

    parse_xml(xml, start, end, text)
    return strings


class SheetReader:
    """Reads one sheet's XML into `rows` and `facts`, cell by cell."""

    def __init__(
        self,
        strings: list[str | None],
        styles: dict[int, str],
        epoch_1904: bool,
        targets: dict[str, str],
        marked_styles: frozenset[int] = frozenset(),
    ) -> None:
        self.strings, self.styles, self.epoch_1904 = strings, styles, epoch_1904
        self.marked_styles = {str(marked) for marked in marked_styles}
        self.formulas = Formulas(targets)
        self.rows: list[list[CellValue]] = []
        self.facts = Facts(plain=False)
        self.seen: dict[tuple[int, int], tuple[CellValue, str | None]] = {}
        self.row, self.col = -1, -1
        self.inside: list[str] = []  # which of f, v, t the text now belongs to
        self.guide = False
        self.cells = self.characters = 0
        self.attributes: dict[str, str] = {}  # of the cell, and its parts
        self.parts: dict[str, str] = {}

    def read(self, xml: bytes) -> tuple[list[list[CellValue]], Facts]:
        parse_xml(xml, self.start, self.end, self.text)
        return self.rows, self.facts

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            if "r" in attributes:
                self.row, self.col = cell_place(attributes["r"])
            else:
                self.col += 1
                cell_place(cell_name(self.row, self.col))
            self.attributes, self.parts = attributes, {}
        elif name == "row":
            self.row = cell_place("A" + attributes["r"])[0] if "r" in attributes else self.row + 1
            self.col = -1
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                self.facts.hidden_rows.add(self.row)
        elif name in ("f", "v", "t"):
            self.inside.append(name)
            if name == "f":
                self.parts["f_attributes"] = " ".join(f'{key}="{value}"' for key, value in attributes.items())
            if not (self.guide and name == "t"):
                self.parts.setdefault(name, "")
        elif name == "rPh":
            self.guide = True
        elif name == "mergeCell":
            self.facts.merges.append(area(attributes.get("ref", "A1")))
            if len(self.facts.merges) > guard.MAX_MERGES:
                raise refusal("merges")
        elif name == "col" and (attributes.get("hidden") in ("1", "true") or attributes.get("width", "1").rstrip(".0") == ""):
            first = int(attributes.get("min", 1))
            self.facts.hidden_cols.update(range(first - 1, min(int(attributes.get("max", first)), 16_384)))

    def text(self, data: str) -> None:
        if self.inside and not self.guide:
            self.parts[self.inside[-1]] = self.parts.get(self.inside[-1], "") + data

    def end(self, name: str) -> None:
        if name in ("f", "v", "t") and self.inside:
            self.inside.pop()
        elif name == "rPh":
            self.guide = False
        elif name == "c":
            self.finish()

    def finish(self) -> None:
        """Judge the cell that has just ended."""
        at = self.row, self.col
        kind = self.attributes.get("t", "n")
        style = self.attributes.get("s", "0")
        shown = self.styles.get(int(style), "") if style.isdigit() else ""
        raw = self.parts.get("t" if kind == "inlineStr" else "v")
        if "f" in self.parts:
            outside = self.formulas.outside(self.parts.get("f_attributes", ""), self.parts["f"])
            if outside:
                self.facts.formulas[at] = outside
            if not raw and kind != "str":
                self.facts.errors[at] = ""
                return
        if not raw:
            return
        value: CellValue = None
        error: str | None = None
        try:
            value = self.value(kind, raw, shown)
        except (ValueError, IndexError):
            error = raw
        if kind == "e":
            value, error = None, raw
        if at in self.seen and self.seen[at] != (value, error):
            raise twice(*at)
        self.seen[at] = value, error
        self.cells += 1
        if self.cells > guard.MAX_CELLS:
            raise refusal("many_cells", count=f"{guard.MAX_CELLS:,}")
        if error is not None:
            self.facts.errors[at] = safe_text(error) or ""
        elif value is not None:
            self.put(value)
            if shown == "percent" and kind == "n":
                self.facts.percents.add(at)
            if style in self.marked_styles:
                self.facts.marked[at] = int(style)

    def value(self, kind: str, raw: str, shown: str) -> CellValue:
        """The value that a cell's text stands for; raises ValueError or IndexError where it has none."""
        if kind == "n":
            return as_shown(parse_number(raw), shown, self.epoch_1904)
        if kind == "s":
            index = int(raw)
            if index < 0:
                raise IndexError(index)
            return self.used(self.strings[index])
        if kind in ("str", "inlineStr"):
            return safe_text(unescape(raw))
        if kind == "b":
            return ("0", "1", "false", "true").index(raw.strip().lower()) % 2 == 1
        if kind == "d":
            return iso_day(raw) or safe_text(raw)
        if kind == "e":
            return None
        raise ValueError(kind)

    def used(self, text: str | None) -> str | None:
        """A shared string, counted each time: a small file may use a large one thousands of times."""
        length = len(text or "")
        if length > guard.LONGEST_TEXT:
            raise refusal("long_text", cell=cell_name(self.row, self.col), most=f"{guard.LONGEST_TEXT:,}")
        self.characters += length
        if self.characters > guard.MAX_TEXT:
            raise refusal("bomb")
        return text

    def put(self, value: CellValue) -> None:
        rows = self.rows
        while len(rows) <= self.row:
            rows.append([])
        row = rows[self.row]
        if len(row) <= self.col:
            row.extend([None] * (self.col + 1 - len(row)))
        row[self.col] = value
