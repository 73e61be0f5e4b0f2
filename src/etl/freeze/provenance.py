"""Which causes moved a row: by following it to what it rests on, until something differs that has a cause of its own.

The ways are those of `luodi explain` (etl.explain.links), those below, and the contributions of which measures are sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from etl.explain.links import LINKS, Link, same
from etl.freeze.causes import BRIDGE, CLAIMS, ISSUES, ChangeCause, Side, no_cause
from etl.freeze.correction import ChangedRow, Name, Row
from etl.freeze.periods import known_by

MEMBERS, LINES = "bridge_line_member", "dim_line"
COUNTY = "*"
PLACE = same("scheme", "version", "period", "node")
PLACED = (  # what other units move
    "rank_no",
    "provisional_rank_no",
    "rank_best",
    "rank_worst",
    "tied_units",
    "has_quorum",
    "is_provisional",
    "ranked_units",
    "expected_units",
    "missing_units",
)
PARTS, MEASURES = "bridge_period_part", "dim_measure"
# A quarter's figure follows from those of its months: the same row, of a part.
OF_PARTS = {
    "fct_measure": ("form", "measure", "unit"),
    "fct_indicator": ("form", "measure", "grain", "member"),
    "fct_fitness_figure": ("form", "unit", "dimension"),
}
LAST_COUNTS = ("stock", "year_to_date")

# Ways that explaining a figure does not take, because they lead to what it was compared with and not to what it is made of.
MORE: dict[str, tuple[Link, ...]] = {
    "fct_score": (
        Link("fct_fitness", same("period", "unit", "form"), when="form"),
        Link("fct_fitness_figure", same("period", "unit", "form"), when="form"),
        Link("fct_measure", {"form": "form", "measure": "measure", "period": "source_period", "unit": "unit"}, when="measure"),
        Link("fct_score", {"node": "parent_node"} | same("scheme", "version", "period", "unit"), when="source=assessor"),
        Link("fct_score", PLACE | same("unit_group"), when="formula=rank"),  # what the units beside it have, too
        Link("fct_score", PLACE | same("unit_group"), when="formula=distance"),
    ),
    "fct_fitness_figure": (
        Link(ISSUES, same("period", "unit", "form")),
        Link("fct_submission", same("period", "unit", "form")),
        Link(CLAIMS, same("period", "unit", "form")),
    ),
    "fct_measure": (Link("fct_submission", same("period", "unit", "form")),),
    "fct_indicator": (Link("fct_submission", {"period": "period", "form": "form"}),),
    "fct_claim": (Link(CLAIMS, same("form", "period", "claim_key")),),
    "fct_accountability": (Link("fct_ranking", same("period", "unit")), Link("fct_score", same("period", "unit"))),
    "fct_claim_effect": (Link("fct_score", same("scheme", "version", "period", "unit")),),
    "fct_submission": (Link(ISSUES, same("period", "unit", "form")),),
}


class Provenance:
    """The causes of every changed row; `of` answers by row, and remembers."""

    def __init__(self, rows: Sequence[ChangedRow], causes: Sequence[ChangeCause], old: Side, new: Side) -> None:
        self.rows, self.causes = rows, causes
        self.by_mart: dict[str, list[ChangedRow]] = defaultdict(list)
        for row in rows:
            self.by_mart[row.mart].append(row)
        self.indexes: dict[tuple[str, tuple[str, ...]], dict[tuple, list[ChangedRow]]] = {}
        self.direct_of: dict[tuple[str, Name], tuple[ChangeCause, ...]] = {}
        self.found: dict[tuple[str, Name], tuple[ChangeCause, ...]] = {}
        self.contributions = _contributions(old, new, causes)
        self.parts: dict[str, dict[str, bool]] = defaultdict(dict)  # of a longer period: whether a part is its last
        for r in (r for side in (old, new) for r in side.records(PARTS)):
            self.parts[r["period"]][r["part"]] = r["is_last"] == "true"
        self.last_counts = {(r["form"], r["measure"]) for side in (old, new) for r in side.records(MEASURES) if r["nature"] in LAST_COUNTS}

    def of(self, row: ChangedRow) -> tuple[ChangeCause, ...]:
        """Its causes in their order; what reaches far, or stands for no cause at all, only where nothing nearer is found."""
        name = row.mart, row.name
        if name not in self.found:
            near, ends = self._reached(row)
            broad = [c for c in self.causes if any(c.reach.may_explain(r) for end in ends for r in (end.was, end.now) if r)]
            far = [c for c in broad if c.kind != "day"] or self._about(ends) or self._about(ends, of_form=False) or broad
            self.found[name] = tuple(c for c in self.causes if c.id in near) or tuple(far) or (no_cause(),)
        return self.found[name]

    def of_place(self, mart: str, group: Mapping[str, str]) -> tuple[ChangeCause, ...]:
        """The causes of a rank whose own row is unchanged: those of the rows that it is compared with."""
        found = {c.id for row in self._rows(mart, dict(group)) for c in self.of(row)}
        return tuple(c for c in self.causes if c.id in found) or (no_cause(),)

    def _reached(self, start: ChangedRow) -> tuple[set[str], list[ChangedRow]]:
        """The ids of the causes that a row leads to, and itself with the rows at which the way ended without one."""
        found: set[str] = set()
        ends = [start]
        seen = {(start.mart, start.name)}
        waiting = [start]
        while waiting:
            row = waiting.pop()
            direct = self._direct(row)
            found |= {c.id for c in direct}
            if direct:  # it explains itself
                continue
            if summed := self._contributed(row):
                found |= summed
                continue
            followed = list(self._followed(row))
            if not followed:
                ends.append(row)
            for other in followed:
                if (other.mart, other.name) not in seen:
                    seen.add((other.mart, other.name))
                    waiting.append(other)
        return found, ends

    def _direct(self, row: ChangedRow) -> tuple[ChangeCause, ...]:
        name = row.mart, row.name
        if name not in self.direct_of:
            self.direct_of[name] = tuple(c for c in self.causes if any(c.reach.touches(row.mart, r) for r in (row.was, row.now) if r))
        return self.direct_of[name]

    def _followed(self, changed: ChangedRow) -> Iterator[ChangedRow]:
        """Changed rows that a row rests on."""
        for row in filter(None, (changed.was, changed.now)):
            told = {column: {"": None, "true": "True", "false": "False"}.get(value, value) for column, value in row.items()}
            for link in (*LINKS.get(changed.mart, ()), *MORE.get(changed.mart, ())):
                if (wanted := _wanted(link, told)) is not None:
                    yield from self._rows(link.mart, wanted)
            if line := row.get("line_id"):
                for mart in (CLAIMS, ISSUES):
                    yield from self._rows(mart, {"line_id": line})
        if changed.mart == "fct_ranking" and _differs(changed, PLACED):
            yield from self._rows("fct_score", {c: changed.row.get(c, "") for c in (*PLACE, "unit_group")})
        if changed.mart == "fct_ranking" and _differs(changed, ("is_disputed",)):
            yield from self._rows("fct_objection", {c: changed.row.get(c, "") for c in (*PLACE, "unit")})
        if columns := OF_PARTS.get(changed.mart):
            asked = {c: changed.row.get(c, "") for c in columns}
            last = (changed.row.get("form"), changed.row.get("measure")) in self.last_counts
            for part, is_last in self.parts.get(changed.row.get("period", ""), {}).items():
                if is_last or not last:
                    yield from self._rows(changed.mart, asked | {"period": part})

    def _rows(self, mart: str, wanted: Mapping[str, str]) -> list[ChangedRow]:
        """Changed rows of a mart with these values, as they were or as they are; * stands for any."""
        asked = {c: v for c, v in wanted.items() if v != COUNTY and any(c in r.row for r in self.by_mart[mart][:1])}
        columns = tuple(sorted(asked))
        if (mart, columns) not in self.indexes:
            index: dict[tuple, list[ChangedRow]] = defaultdict(list)
            for row in self.by_mart[mart]:
                for values in dict.fromkeys(tuple(r.get(c, "") for c in columns) for r in (row.was, row.now) if r):
                    index[values].append(row)
            self.indexes[mart, columns] = index
        return self.indexes[mart, columns].get(tuple(asked[c] for c in columns), [])

    def _contributed(self, changed: ChangedRow) -> set[str]:
        """The causes of the contributions that a measure is the sum of, where they differ."""
        row = changed.row
        if changed.mart == "fct_measure":
            grain, member = ("county", COUNTY) if row["unit"] == COUNTY else ("unit", row["unit"])
        elif changed.mart == "fct_indicator":
            grain, member = row["grain"], row["member"]
        else:
            return set()
        found: set[str] = set()
        for unit, members, ids in self.contributions.get((row["form"], row["period"], row["measure"]), ()):
            if grain == "county" or (grain == "unit" and unit == member) or (grain, member) in members:
                found |= ids
        return found

    def _about(self, rows: Iterable[ChangedRow], of_form: bool = True) -> list[ChangeCause]:
        """The causes of what was sent for the unit, the form (or any: targets are met by other forms) and the time that rows are about."""
        found: set[str] = set()
        for about in {tuple(row.row.get(c, "") for c in ("unit", "form", "period")) for row in rows}:
            unit, form, period = about
            for mart in (ISSUES, "fct_submission", "fct_submission_version", CLAIMS):
                for near in self.by_mart[mart]:
                    same_unit = unit in (COUNTY, "", near.row.get("unit"))
                    same_form = not of_form or form in (COUNTY, "", near.row.get("form"))
                    if same_unit and same_form and known_by(near.row.get("period", ""), period):
                        found |= {c.id for c in self._direct(near)}
        return [c for c in self.causes if c.id in found]


def _wanted(link: Link, row: dict) -> dict[str, str] | None:
    try:
        wanted = link.wanted(row)
    except KeyError:  # a column that one of the versions lacks
        return None
    return None if wanted is None else {column: "" if value is None else str(value) for column, value in wanted.items()}


def _differs(row: ChangedRow, columns: Iterable[str]) -> bool:
    return not (row.was and row.now) or any(row.was.get(c) != row.now.get(c) for c in columns)


def _contributions(old: Side, new: Side, causes: Sequence[ChangeCause]) -> dict[tuple[str, str, str], list]:
    """(form, period, measure) -> (unit, members of its line, ids of its causes) of every contribution that differs.

    A line that was sent again with the same figure adds what it added before, so contributions are compared by what
    names a line for its sender and not by where it stands.
    """
    sums: dict[tuple, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    rows: dict[tuple, list[Row]] = defaultdict(list)
    members: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for place, side in enumerate((old, new)):
        lines = {r["line_id"]: (r["unit"], r["form"], r["period"], r["business_key"]) for r in side.records(LINES)}
        for r in side.records(MEMBERS):
            members[r["line_id"]].add((r["grain"], r["member"]))
        for r in side.records(BRIDGE):
            sender = lines.get(r.get("line_id", "")) or r.get("slot_id") or r.get("submission_id")
            name = (r["form"], r["period"], r["measure"], r["unit"], r.get("role"), r.get("counts_at"), r.get("columns"), sender)
            sums[name][place] += Decimal(r["contribution"] or 0)
            rows[name].append(r)
    found: dict[tuple[str, str, str], list] = defaultdict(list)
    for name, (was, now) in sums.items():
        if was != now:
            ids = {c.id for c in causes if any(c.reach.touches(BRIDGE, r) for r in rows[name])}
            belongs = set().union(*(members[r["line_id"]] for r in rows[name] if r.get("line_id")))
            found[name[:3]].append((name[3], belongs, ids))
    return found
