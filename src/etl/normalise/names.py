"""The register of units, and whose name a text is."""

from __future__ import annotations

from collections.abc import Iterable

from etl.normalise.text import ALIKE, norm


class UnitRegister:
    """Look up a unit by its name or any accepted alias; similarity only ever proposes."""

    def __init__(self, units: Iterable) -> None:
        """`units` have `unit` (code), `name` and `aliases`, and may have `parent` and `reports`; see units.csv of a site."""
        units = list(units)
        self.names = {u.unit: u.name for u in units}
        self._parents = {u.unit: parent for u in units if (parent := getattr(u, "parent", ""))}
        self._alone = {u.unit for u in units if getattr(u, "reports", True)}
        self._by_text: dict[str, str] = {}
        for u in units:
            for text in (u.name, *u.aliases):
                self._by_text.setdefault(norm(text), u.unit)
        self._longest_first = sorted(self._by_text, key=lambda t: (-len(t), t))

    def find(self, text: str | None) -> str | None:
        """The unit's code if the whole text is one of its names."""
        return self._by_text.get(norm(text)) if text else None

    def find_in(self, text: str) -> str | None:
        """The unit whose name stands somewhere in a text; the longest name wins."""
        folded = norm(text)
        return next((self._by_text[name] for name in self._longest_first if name in folded), None)

    def whole(self, code: str | None) -> str | None:
        """The unit that owes what comes under a code: a part that does not report for itself speaks for its parent."""
        return self._parents.get(code, code) if code not in self._alone else code

    def part(self, code: str | None, unit: str | None) -> str:
        """The code itself where it is a part of the unit, else ''."""
        return code if code is not None and unit is not None and self._parents.get(code) == unit else ""

    def names_in(self, text: str, code: str) -> bool:
        """True where any name of this unit stands in a text."""
        folded = norm(text)
        return any(name in folded for name, unit in self._by_text.items() if unit == code)

    def without_names(self, text: str) -> str:
        """The folded text with unit names cut out, so that 县招商局 does not read as 招商."""
        folded = norm(text)
        for name in self._longest_first:
            if len(name) > 2:
                folded = folded.replace(name, " ")
        return folded

    def nearest(self, text: str) -> str:
        """The name most like a text, to propose to the clerk (F40); '' where none is like it: a guess without ground misleads."""
        from rapidfuzz import process
        from rapidfuzz.distance import JaroWinkler

        if not self._by_text:
            return ""
        best = process.extractOne(norm(text), sorted(self._by_text), scorer=JaroWinkler.similarity, score_cutoff=ALIKE)
        return self.names[self._by_text[best[0]]] if best else ""

    def __len__(self) -> int:
        return len(self.names)
