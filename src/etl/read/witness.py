"""The second witness of a sheet: what its XML says and calamine does not.

calamine hides error cells, formulas without a result, number formats, hidden rows, and rounds long
identifiers. A few regular expressions over the bytes find just those, many times faster than a parser.
They hold for XML as spreadsheet programs write it; `plain` says whether this XML is of that shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.model import Merge
from etl.read import guard
from etl.read.cells import LAST_COL, area, cell_place, unescape
from etl.texts.refusals import refusal

_attribute = rb'(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]*")*'
_far_or_odd_cell = re.compile(rb'<c(?: (?!r="[A-Z][0-9]{1,5}"' + _attribute + rb"/?>)|>)")
_odd_cell = re.compile(rb'<c(?: (?!r="[A-Z]{1,3}[0-9]{1,7}"' + _attribute + rb"/?>)|>)")
_hidden_row = re.compile(rb'<row [^>]*?\b(?:hidden="(?:1|true)"|ht="0")[^>]*>')
_row_number = re.compile(rb' r="(\d+)"')
_col = re.compile(rb"<col\b([^>]*)>")
_span = re.compile(rb'\bm(in|ax)="(\d+)"')
_no_width = re.compile(rb'\bhidden="(?:1|true)"|\bwidth="0(?:\.0*)?"')
_merge = re.compile(rb'<mergeCell ref="([^"]*)"')
_formula = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f([^>]*?)(?:/>|>([^<]*)</f>)(<v>[^<]*</v>|<v/>|)')
_error = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_long_integer = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"((?: [a-z]+="[A-Za-z0-9]*")*)>'
    rb"(?:<f[^>]*>[^<]*</f>)?<v>(-?[0-9]{16,}(?:\.[0-9]*)?)</v>"
)
_long_run = re.compile(rb"<v>-?[0-9]{16}")
_beyond_zz = re.compile(rb'r="[A-Z]{3}')
_no_result = re.compile(rb"<f [^>]*/>(?:</c>|<v></v>|<v/>)")
_filled_row = re.compile(rb'<c r="[A-Z]+([0-9]+)"[^>]*(?<!/)>')
_filled_col = re.compile(rb'<c r="([A-Z]+)[0-9]+"[^>]*(?<!/)>')
_shared_index = re.compile(r'\bsi="(\d+)"')
_outside = re.compile(r"\[([^\[\]]+)\](?=[^\[\]'!+*/,;()]*'?!)")


@dataclass(slots=True)
class Facts:
    """What a sheet's XML says besides the values; places count from 0."""

    plain: bool = True  # nothing was met that only the total reader understands
    filled: int = 0  # cells to which the fast reader must give a value
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)
    marked: dict[tuple[int, int], int] = field(default_factory=dict)  # place -> style, of the styles that say more than a value does
    exact: dict[tuple[int, int], str] = field(default_factory=dict)  # place -> integer of more than 15 digits
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)


class _Columns(dict[bytes, int]):
    """Column letters as numbers, each worked out once."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = cell_place(letters.decode() + "1")[1]
        return self[letters]


class Formulas:
    """The formulas of one sheet that name another workbook, with its file name instead of [1]."""

    def __init__(self, targets: dict[str, str]) -> None:
        self.targets = targets  # '1' -> '年报.xlsx'
        self.shared: dict[str, str] = {}  # a shared formula is written out once, at its first cell

    def outside(self, attributes: str, text: str) -> str | None:
        """The text of a formula that reads another workbook, else None."""
        index = _shared_index.search(attributes) if "shared" in attributes else None
        if index:
            text = self.shared.setdefault(index[1], text) if text else self.shared.get(index[1], "")
        if "[" not in text or not _outside.search(text):
            return None
        return "=" + _outside.sub(lambda match: f"[{self.targets.get(match[1], match[1])}]", text)


def unxml(data: bytes) -> str:
    """Text of XML bytes with the five entities and character references undone."""
    text = data.decode("utf-8", "replace")
    if "&" in text:
        from html import unescape as entities

        text = entities(text)
    return unescape(text)


def no_result(attributes: bytes, value: bytes) -> bool:
    """Whether a formula cell holds no stored result; an empty text is a result."""
    return value in (b"", b"<v></v>", b"<v/>") and b't="str"' not in attributes


def is_plain(xml: bytes) -> bool:
    """Whether the XML has the usual shape, so that both the fast reader and `look` may be trusted with it.

    Raises Unreadable where cells lie off the grid or are too many.
    """
    values = xml.count(b"<v>")
    if values > guard.MAX_CELLS:
        raise refusal("many_cells", count=f"{guard.MAX_CELLS:,}")
    return (
        b"<sheetData" in xml
        and values == xml.count(b"</v></c>")
        and b"<v " not in xml
        and b"<!-" not in xml
        and b"<![" not in xml
        and b"='" not in xml
        and (not _far_or_odd_cell.search(xml) or not _odd_cell.search(xml) and not _too_sparse(xml))
    )


def read_witness(xml: bytes, percent_styles: frozenset[int], targets: dict[str, str], marked_styles: frozenset[int] = frozenset()) -> Facts:
    """Find in a plain sheet what calamine hides; `marked_styles` are those whose places matter."""
    facts = Facts()
    if b"<f" in xml:
        _look_at_formulas(xml, facts, Formulas(targets))
    errors = {}
    if b't="e"' in xml:
        errors = {cell_place(ref.decode()): unxml(text) for ref, text in _error.findall(xml)}
        facts.plain = len(errors) == xml.count(b't="e"')
    facts.filled = (
        xml.count(b"<v>")
        + xml.count(b"<is>")
        - xml.count(b"<v></v>")
        - xml.count(b"<is></is>")
        - sum(1 for text in errors.values() if text)
    )
    facts.errors |= errors
    facts.percents = set(_places_of(xml, percent_styles))
    facts.marked = _places_of(xml, marked_styles)
    if _long_run.search(xml):
        facts.exact = {
            cell_place(ref.decode()): digits.decode()
            for ref, attributes, digits in _long_integer.findall(xml)
            if b' t="' not in attributes or b' t="n"' in attributes
        }
    facts.hidden_rows = {int(found[1]) - 1 for row in _hidden_row.findall(xml) if (found := _row_number.search(row))}
    look_at_columns(xml[: xml.find(b"<sheetData")], facts)
    facts.merges = [area(ref.decode("ascii", "replace")) for ref in _merge.findall(xml, xml.rfind(b"</sheetData"))]
    if len(facts.merges) > guard.MAX_MERGES:
        raise refusal("merges")
    return facts


def _places_of(xml: bytes, styles: frozenset[int]) -> dict[tuple[int, int], int]:
    """The filled cells in one of the styles, with their style; an ordinary workbook has no such styles to look for."""
    if not styles:
        return {}
    wanted = b"|".join(str(style).encode() for style in sorted(styles))
    columns = _Columns()
    cells = re.findall(rb'<c r="([A-Z]+)([0-9]+)"[^>]*? s="(' + wanted + rb')"[^>]*(?<!/)>', xml)
    return {(int(row) - 1, columns[letters]): int(style) for letters, row, style in cells}


def _look_at_formulas(xml: bytes, facts: Facts, formulas: Formulas) -> None:
    if not any(mark in xml for mark in (b"[", b"</f></c>", b"</f><v></v>", b"</f><v/>")) and not _no_result.search(xml):
        return  # the common case: all have results, none reads elsewhere
    for ref, attributes, of_formula, text, value in _formula.findall(xml):
        if no_result(attributes, value):
            facts.errors[cell_place(ref.decode())] = ""
        outside = formulas.outside(of_formula.decode("utf-8", "replace"), unxml(text))
        if outside:
            facts.formulas[cell_place(ref.decode())] = outside


def look_at_columns(head: bytes, facts: Facts) -> None:
    """Add the hidden columns that the part of the XML before the cells tells of."""
    for attributes in _col.findall(head):
        span = {end: int(number) for end, number in _span.findall(attributes)}
        if _no_width.search(attributes) and b"in" in span:
            facts.hidden_cols.update(range(span[b"in"] - 1, min(span.get(b"ax", span[b"in"]), LAST_COL)))


def _too_sparse(xml: bytes) -> bool:
    """Whether a table over all cells with a value would be out of proportion to their number.

    calamine lays out the whole rectangle and aborts on two far corners (tafia/calamine #693).
    """
    rows = _filled_row.findall(xml)
    bottom = max(map(int, set(rows)), default=1)
    cell_place(f"A{bottom}")
    enough = max(4_000_000, 16 * len(rows))
    if bottom * 702 <= enough and not _beyond_zz.search(xml):
        return False  # the first 702 columns go to ZZ
    right = max((cell_place(letters.decode() + "1")[1] for letters in set(_filled_col.findall(xml))), default=0)
    return bottom * (right + 1) > enough
