"""The register of units, and whose name a text is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from etl.normalise.text import ALIKE, norm

LEVELS = ("province", "city", "county")  # kinds of units that have units under them, where others have parts


class UnitRegister:
    """Look up a unit by its name or any accepted alias; similarity only ever proposes.

    Units under different parents may bear one name (城关镇 under two counties). Such a name is a unit's where its parent is
    named with it (甲县城关镇), or where something `near` says which is meant: the units of folder, sender or title.
    """

    def __init__(self, units: Iterable) -> None:
        """`units` have `unit` (code), `name` and `aliases`, and may have `kind`, `parent` and `reports`; see units.csv of a site."""
        units = list(units)
        self.names = {u.unit: u.name for u in units}
        self._parents = {u.unit: parent for u in units if (parent := getattr(u, "parent", ""))}
        self._alone = {u.unit for u in units if getattr(u, "reports", True)}
        self._levels = {u.unit for u in units if getattr(u, "kind", "") in LEVELS}
        self._by_text = _spoken(units, self._parents)
        self._longest_first = sorted(self._by_text, key=lambda t: (-len(t), t))

    @property
    def spoken(self) -> Iterator[tuple[str, str]]:
        """Every folded name that is one unit's alone, with its code."""
        return ((text, codes[0]) for text, codes in self._by_text.items() if len(codes) == 1)

    @cached_property
    def shared(self) -> frozenset[str]:
        """The folded names that several units bear."""
        return frozenset(text for text, codes in self._by_text.items() if len(codes) > 1)

    def in_full(self, text: str, *near: str | None) -> str:
        """A name of several units as the full name of the one that `near` tells; any other text as it is."""
        code = self.find(text, *near) if norm(text) in self.shared else None
        return self.names[code] if code else text

    def knows(self, text: str | None) -> bool:
        """Whether the whole text is a name, be it of several units."""
        return bool(text) and norm(text) in self._by_text

    def find(self, text: str | None, *near: str | None) -> str | None:
        """The unit's code if the whole text is one of its names; of several that bear it, the one that `near` tells."""
        return self.meant(self._by_text.get(norm(text), ()), *near) if text else None

    def find_in(self, text: str, *near: str | None) -> str | None:
        """The unit whose name stands somewhere in a text; the longest name wins, and of a unit and one below it the latter."""
        codes, beside = self._standing_in(text)
        return self.meant(codes, *beside) or self.meant(codes, *near)

    def all_named(self, text: str) -> tuple[str, ...]:
        """The units that a text may mean: none, one, or those that bear the name that it says."""
        if codes := self._by_text.get(norm(text), ()):
            return codes
        codes, beside = self._standing_in(text)
        return (one,) if (one := self.meant(codes, *beside)) else codes

    def meant(self, codes: tuple[str, ...], *near: str | None) -> str | None:
        """Of units that bear one name the one that lies nearest to others named with it; None where these do not agree on one."""
        if len(codes) < 2:
            return codes[0] if codes else None
        told = {one for other in near if other and (one := self._nearest_to(other, codes))}
        return told.pop() if len(told) == 1 else None

    def _nearest_to(self, other: str, codes: tuple[str, ...]) -> str | None:
        """The only one of the units that has more of the units above it, or itself, in common with another."""
        shared = {code: len(set(self.line(code)) & set(self.line(other))) for code in codes}
        nearest = [code for code in codes if shared[code] == max(shared.values())]
        return nearest[0] if len(nearest) == 1 else None

    def _standing_in(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who bears the longest name in a text, and who else is named beside it."""
        folded = norm(text)
        name = next((name for name in self._longest_first if name in folded), None)
        if name is None or not self._parents:
            return self._by_text.get(name or "", ()), ()
        codes, rest = self._by_text[name], folded.replace(name, " ")
        others = [self._by_text[n] for n in self._longest_first if n in rest] if rest.strip() else []
        for found in others if len(codes) == 1 else ():  # 云岭自治县东山镇 is the town, however short its name
            if (below := self.meant(found, *codes)) and self.particular(codes[0], below) == below:
                return (below,), ()
        return codes, tuple(found[0] for found in others if len(found) == 1)

    def line(self, code: str | None) -> tuple[str, ...]:
        """A unit and all above it, the nearest first."""
        found: list[str] = []
        while code and code not in found:
            found.append(code)
            code = self._parents.get(code)
        return tuple(found)

    def whole(self, code: str | None) -> str | None:
        """The unit that owes what comes under a code: a part that does not report for itself speaks for what it is a part of."""
        while code and code not in self._alone and (parent := self._parents.get(code)) and parent not in self._levels:
            code = parent
        return code

    def below(self, code: str | None, unit: str | None) -> bool:
        """Whether the first unit lies anywhere under the second."""
        return unit is not None and unit in self.line(code)[1:]

    def part(self, code: str | None, unit: str | None) -> str:
        """The code itself where it is a part of the unit, else ''; a town is no part of its county."""
        if code is None or unit is None or not self.below(code, unit):
            return ""
        line = self.line(code)
        return "" if self._levels & set(line[1 : line.index(unit) + 1]) else code

    def particular(self, code: str | None, other: str | None) -> str | None:
        """The other unit where it reports for itself and lies under the first as a town under its county, else the first."""
        return other if code in self._levels and other in self._alone and self.below(other, code) else code

    def called(self, text: str) -> str | None:
        """The name to write for the unit that stands in a text; the text's own where several bear it."""
        codes = self.all_named(text)
        return self.names[codes[0]] if len(codes) == 1 else next((n for n in self._longest_first if n in norm(text)), None)

    def names_in(self, text: str, code: str) -> bool:
        """True where any name of this unit stands in a text."""
        folded = norm(text)
        return any(name in folded for name, codes in self._by_text.items() if code in codes)

    def without_names(self, text: str) -> str:
        """The folded text with unit names cut out, so that 县招商局 does not read as 招商."""
        folded = norm(text)
        for name in self._longest_first:
            if len(name) > 2:
                folded = folded.replace(name, " ")
        return folded

    def nearest(self, text: str) -> str:
        """The name most like a text, to propose to the clerk (F40); '' where none is like it: a guess without ground misleads.

        Of a name that several units bear, all of them.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import JaroWinkler

        if not self._by_text:
            return ""
        if codes := self._by_text.get(norm(text)):
            return self.listed(codes)
        best = process.extractOne(norm(text), sorted(self._by_text), scorer=JaroWinkler.similarity, score_cutoff=ALIKE)
        return self.listed(self._by_text[best[0]]) if best else ""

    def listed(self, codes: Iterable[str]) -> str:
        """The names of units that one may choose from."""
        return "”或“".join(self.names[code] for code in codes)

    def __len__(self) -> int:
        return len(self.names)


def _spoken(units: list, parents: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Folded name -> who bears it; a name of several is also known with the names of those above before it."""
    by_text: dict[str, tuple[str, ...]] = {}
    own: dict[str, list[str]] = defaultdict(list)
    for u in units:
        for text in dict.fromkeys(norm(t) for t in (u.name, *u.aliases)):
            by_text[text] = (*by_text.get(text, ()), u.unit)
            own[u.unit].append(text)
    for text, codes in [(t, c) for t, c in by_text.items() if len(c) > 1]:
        for code in codes:
            for full in _full_names(text, parents.get(code), own, parents):
                if code not in by_text.get(full, ()):
                    by_text[full] = (*by_text.get(full, ()), code)
    return by_text


def _full_names(text: str, above: str | None, own: Mapping[str, list[str]], parents: Mapping[str, str]) -> Iterator[str]:
    """A name with any name of each unit above it before it, and with the first names of all of them."""
    chain, seen = text, set()
    while above and above not in seen:
        seen.add(above)
        yield from (name + text for name in own[above])
        chain = own[above][0] + chain
        yield chain
        above = parents.get(above)
