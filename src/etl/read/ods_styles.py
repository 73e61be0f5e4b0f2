"""The styles of an OpenDocument spreadsheet, for what they say of numbers: another size, a unit, a line through them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from etl.read.formats import Scaling, Section, Test, unit_in

_condition = re.compile(r"value\(\)\s*(<=|>=|!=|=|<|>)\s*(-?\d+(?:\.\d+)?)")
_power_of_ten = re.compile("10{0,12}")
_number_styles = ("number-style", "currency-style")


@dataclass(slots=True)
class _Number:
    """A number style as far as it was read (OpenDocument 1.3 part 3, 16.29)."""

    power: int = 0
    decimals: int = 0
    digits: int = 0  # that are always written before the point
    behind: str = ""  # text after the number
    maps: list[tuple[Test, str]] = field(default_factory=list)  # (test, name of the style that then applies)


@dataclass(slots=True)
class _Cell:
    parent: str = ""
    number: str = ""
    struck: bool | None = None  # None as the parent says


class OdsStyles:
    """Follows the elements of the style parts; `scaling` and `struck` answer by the name of a cell's style."""

    def __init__(self) -> None:
        self.numbers: dict[str, _Number] = {}
        self.cells: dict[str, _Cell] = {}
        self.number: _Number | None = None
        self.cell: _Cell | None = None
        self.text: list[str] | None = None  # text beside the number
        self.embedded: tuple[int, list[str]] | None = None
        self.known: dict[str, Scaling | None] = {}

    def start(self, name: str, given: dict[str, str]) -> None:
        if name in _number_styles:
            self.number = self.numbers.setdefault(given.get("name", ""), _Number())
        elif name == "style":
            self.cell = None
            if given.get("family") == "table-cell":
                self.cell = self.cells[given.get("name", "")] = _Cell(given.get("parent-style-name", ""), given.get("data-style-name", ""))
        elif (
            name == "text-properties"
            and self.cell is not None
            and (line := given.get("text-line-through-style") or given.get("text-line-through-type"))
        ):
            self.cell.struck = line != "none"
        elif self.number is not None:
            self._of_number(self.number, name, given)

    def _of_number(self, number: _Number, name: str, given: dict[str, str]) -> None:
        if name == "number":
            factor = given.get("display-factor", "1").partition(".")[0]
            number.power = len(factor) - 1 if _power_of_ten.fullmatch(factor) else 0
            number.decimals, number.digits = _whole(given.get("decimal-places")), _whole(given.get("min-integer-digits"))
            number.behind = ""
        elif name == "embedded-text":
            self.embedded = _whole(given.get("position")), []
        elif name == "text":
            self.text = []
        elif name == "map" and (found := _condition.search(given.get("condition", ""))):
            test = {"!=": "<>"}.get(found[1], found[1]), Decimal(found[2])
            number.maps.append((test, given.get("apply-style-name", "")))

    def data(self, text: str) -> None:
        if self.embedded is not None:
            self.embedded[1].append(text)
        elif self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        if name in _number_styles:
            self.number = None
        elif name == "embedded-text" and self.embedded is not None and self.number is not None:
            place, pieces = self.embedded
            literal_point = "".join(pieces).strip() in (".", "．") and not self.number.decimals
            if literal_point and self.number.digits - place < 4:  # 0000.00 shows 202403 as a month
                self.number.power += place
            self.embedded = None
        elif name == "text" and self.text is not None:
            if self.number is not None:
                self.number.behind += "".join(self.text)
            self.text = None

    def scaling(self, style: str) -> Scaling | None:
        """How numbers in a cell style are shown; None for the many that are shown as they are."""
        if style not in self.known:
            self.known[style] = self._scaling(style)
        return self.known[style]

    def _scaling(self, style: str) -> Scaling | None:
        name = next((cell.number for cell in self._line(style) if cell.number), "")
        if name not in self.numbers:
            return None
        last = self.numbers[name]
        sections = [_section(self.numbers[other], test) for test, other in last.maps if other in self.numbers]
        sections.append(_section(last))
        return tuple(sections) if any(s.power or s.unit for s in sections) else None

    def struck(self, style: str) -> bool:
        """Whether what stands in a cell style is shown struck through."""
        return next((cell.struck for cell in self._line(style) if cell.struck is not None), False)

    def _line(self, style: str) -> list[_Cell]:
        """A style and those it descends from."""
        line: list[_Cell] = []
        while style in self.cells and len(line) < 20:
            line.append(self.cells[style])
            style = self.cells[style].parent
        return line


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 4 else 0


def _section(number: _Number, test: Test | None = None) -> Section:
    return Section(number.power, unit_in(number.behind), test)
