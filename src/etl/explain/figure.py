"""A figure as statements: its formula with the numbers in it, what every line adds, and who is lacking."""

from __future__ import annotations

from collections.abc import Sequence

from etl.explain.evidence import Teller, in_its_unit
from etl.explain.links import ENTERED
from etl.explain.node import Statement, as_written
from etl.explain.published import Row

COUNTY = "*"


def figure(tell: Teller, row: Row) -> Statement:
    """Explain a row of fct_indicator."""
    say = tell.say
    name, definition = called(tell, row)
    title = f"{whose(tell, row)} {row['period']} {name} = {in_its_unit(row['value'], row['uom'], tell.say)}"
    told = {"measure": row["measure"], "definition": definition}
    if row["reason"]:
        told["reason"] = say.word("explain", row["reason"])
    if row["is_partial"]:
        told["partial"] = " ".join(tell.unit(code) for code in str(row["missing_units"]).split())
    if row.get("estimated_pct"):
        told["estimated"] = f"{as_written(row['estimated_pct'])} %"
    children = [Statement("formula", formula(tell, row))] if has_formula(row) else []
    if row["kind"] == "calendar":
        children.append(Statement("calendar", str(row["period"])))
    if row.get("missing_periods"):
        told["missing_periods"] = str(row["missing_periods"])
    children += parts(tell, row) if row.get("made_of") else statements(tell, row)
    children += [tell.slot(unit, row["form"], row["period"]) for unit in str(row["missing_units"] or "").split()]
    return Statement("figure", title, told, tuple(children))


def whose(tell: Teller, row: Row) -> str:
    """The unit, level or county that a figure is of, to show."""
    if row["grain"] in ("county", "period"):
        return tell.say("explain.county")
    return tell.say("explain.branch", unit=row["member_name"]) if row["grain"] == "branch" else str(row["member_name"])


def parts(tell: Teller, row: Row) -> list[Statement]:
    """The figures of the months that a longer period's figure was made of, each down to its cells."""
    same = {column: row[column] for column in ("form", "grain", "member", "measure")}
    return [
        figure(tell, part) for period in str(row["made_of"]).split() for part in tell.data.select("fct_indicator", **same, period=period)
    ]


def called(tell: Teller, row: Row) -> tuple[str, str]:
    """What a figure is called and how it is defined, by dim_measure; a version without it knows both in Chinese alone."""
    told = tell.data.measures.get((row["form"], row["measure"]))
    if told is None:
        basis = tell.say("explain.basis", basis=row["basis"]) if row["basis"] else ""
        return (row["name_zh"] or row["measure"]) + basis, row["definition"]
    ending = "" if tell.say.lang == "zh" else "_en"
    return told[f"measure_name{ending}"], told[f"definition{ending}"]


def has_formula(row: Row) -> bool:
    """Whether there are numbers to put into the formula of a figure; growth without a base has none."""
    return row["value"] is not None or row["kind"] not in ("growth", "difference", "root") or row["denominator"] is not None


def formula(tell: Teller, row: Row) -> str:
    """The formula of a figure with its numbers: 100 · 2050 / 2500 = 82 %."""
    minus = f" − {as_written(row['minus'])}" if row["minus"] else ""
    return tell.say(
        f"explain.shape_{row['kind']}",
        f=as_written(row["factor"]),
        n=as_written(row["numerator"]),
        d=as_written(row["denominator"]),
        minus=minus,
        v=in_its_unit(row["value"], row["uom"], tell.say),
    )


def contributions(tell: Teller, row: Row) -> list[Row]:
    """The rows of bridge_measure_line that a figure is the sum of."""
    parts: Sequence[Row] = tell.data.contributions(row["form"], row["period"], row["measure"])
    own = row["grain"] if row["grain"] in ("unit", "branch", "county") else tell.data.levels.get(row["grain"], "unit")
    parts = [p for p in parts if p["counts_at"] == own or p["counts_at"] == "both" and own != "branch"]
    if row["grain"] == "county":
        return parts
    if row["grain"] in ("unit", "branch"):
        return [p for p in parts if p["unit"] == row["member"]]
    lines = tell.data.members.get((row["grain"], row["member"]), set())
    return [p for p in parts if p["line_id"] in lines]


def entered(tell: Teller, mart: str, row: Row) -> Statement:
    """A figure that somebody entered: who, when and from which document, never a cell."""
    period, value = row.get("stated_period", row["period"]), row[ENTERED[mart]]
    told = {"document": row["document"], "by": row["entered_by"], "at": str(row["entered_at"]), "entry": row["entry"]}
    if value is None:
        return Statement("entry", tell.say("explain.place_entered", period=period, rank=row["upper_rank"]), told)
    return Statement("entry", tell.say("explain.entered", period=period, value=in_its_unit(value, row["uom"], tell.say)), told)


def statements(tell: Teller, row: Row) -> list[Statement]:
    """One statement per line, submission or slot that adds to the figure; else those that were looked at."""
    parts: dict[tuple, list[Row]] = {}
    for part in contributions(tell, row):
        parts.setdefault((part["line_id"], part["slot_id"], part["submission_id"], part.get("entry")), []).append(part)
    made = []
    for (line_id, slot_id, submission_id, entry), mine in parts.items():
        adds = {p["role"]: p["contribution"] for p in mine}
        if entry:
            [row_of_entry] = tell.data.select("fct_base_figure", entry=entry)
            made.append(entered(tell, "fct_base_figure", row_of_entry))
        elif line_id:
            columns = [c for p in mine for c in p["columns"].split(",") if c]
            made.append(tell.line(line_id, dict.fromkeys(columns), adds=adds))
        elif slot_id:
            slot = tell.data.slot_ids[slot_id]
            node = tell.slot(slot["unit"], slot["form"], slot["period"])
            made.append(Statement(node.kind, node.title, node.facts | adds, node.children))
        else:
            node = tell.submission(submission_id)
            made.append(Statement(node.kind, node.title, node.facts | adds, node.children))
    if made or row["kind"] == "calendar":
        return made
    units = (
        [row["member"]]
        if row["grain"] == "unit"
        else sorted({u for u, f, p in tell.data.slots if u and (f, p) == (row["form"], row["period"])})
    )
    looked = [tell.slot(unit, row["form"], row["period"]) for unit in units]
    return [Statement("group", tell.say("explain.no_line_adds"), {}, tuple(looked))]
