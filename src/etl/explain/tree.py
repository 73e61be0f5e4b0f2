"""Explain one row of any mart: the page on which the parts of this room meet."""

from __future__ import annotations

from etl.explain.evidence import Teller
from etl.explain.figure import COUNTY, entered, figure
from etl.explain.links import ENTERED, FACTS, LINKS, REGISTERS
from etl.explain.node import Statement, as_written, reaches
from etl.explain.published import Published, Row
from etl.explain.worked import operand
from etl.texts.catalogue import LANGUAGES, as_modelled, speaker


def explain(published: Published, mart: str, row: Row, lang: str = "zh") -> Statement:
    """The tree from a row of a mart to the cells it came from, or to the slot of the roster that was never filled."""
    return _explain(Teller(published, speaker(lang)), mart, row)


def _explain(tell: Teller, mart: str, row: Row) -> Statement:
    if mart == "fct_measure":
        grain = "county" if row["unit"] == COUNTY else "unit"
        mart, row = (
            "fct_indicator",
            tell.data.select(
                "fct_indicator", form=row["form"], period=row["period"], grain=grain, member=row["unit"], measure=row["measure"]
            )[0],
        )
    if mart == "fct_indicator":
        return figure(tell, row)
    children = [*tell.computed(mart, row), *_linked(tell, mart, row)]
    if row.get("working"):
        children.insert(0, Statement("formula", as_modelled(str(row["working"]), tell.say.lang)))
    if mart == "fct_score" and not row["is_leaf"] and row["score"] is not None:
        children.insert(0, Statement("formula", scaled(tell, row)))
    words = {
        word: tell.say.word("state", row[column]) if word == "state" else as_modelled(str(row[column]), tell.say.lang)
        for word, column in FACTS.get(mart, {}).items()
        if row.get(column)
    }
    title = f"{tell.data.names[mart][LANGUAGES.index(tell.say.lang)]} {tell.row(row)}"
    return Statement("row", title, {"mart": mart, **words}, (*children, *_addressed(tell, mart, row, children)))


def scaled(tell: Teller, row: Row) -> str:
    """How the score of an inner node follows from the points below it: scaled up to its whole weight where leaves were left out.

    A total has what people entered on top of it.
    """
    parts = {"points": row["points"], "weight": row["weight"], "counted": row["counted_weight"], "score": row["score"]}
    told = {name: as_written(value) for name, value in parts.items()}
    if row.get("adjustment"):
        return tell.say("explain.scored_adjusted", **told, adjustment=operand("adjustment", row["adjustment"]))
    return tell.say("explain.scored_nodes", **told)


def _linked(tell: Teller, mart: str, row: Row) -> list[Statement]:
    """What a row rests on by the links of its mart."""
    found = []
    for link in LINKS.get(mart, ()):
        wanted = link.wanted(row)
        if wanted is None:
            continue
        facts = {name: row[name] for name in link.facts}
        for other in tell.data.select(link.mart, "ALL", **wanted):
            node = _explain(tell, link.mart, other)
            found.append(Statement(node.kind, node.title, node.facts | facts, node.children))
    return found


def _addressed(tell: Teller, mart: str, row: Row, already: list[Statement]) -> list[Statement]:
    """What a row came from by the address that it carries itself; the slots that it is about where it carries none."""
    if mart == "fct_data_quality_issue" and row["submission_id"]:
        return [_issue(tell, row)]
    columns = [c for c in str(row.get("columns") or row.get("column_name") or "").split(",") if c]
    adds = {row["role"]: row["contribution"]} if mart == "bridge_measure_line" else None
    lines = dict.fromkeys(row[c] for c in row if c.endswith("line_id") and row[c] and c != "target_line_id")
    if lines:
        return [tell.line(str(line_id), columns, adds=adds) for line_id in lines]
    if row.get("slot_id") in tell.data.slot_ids:
        slot = tell.data.slot_ids[row["slot_id"]]
        placed = slot["unit"] and slot["form"] and slot["period"]
        return [tell.slot(slot["unit"], slot["form"], slot["period"]) if placed else tell.submission(slot["submission_id"])]
    sent = dict.fromkeys(row[c] for c in ("submission_id", "previous_id", "last_submission_id", "brought_by") if row.get(c))
    if sent and not reaches(Statement("row", mart, {}, tuple(already))):
        return [tell.submission(str(submission_id)) for submission_id in sent]
    if mart in ENTERED and row["entry"]:
        return [entered(tell, mart, row)]
    if mart in REGISTERS and row[REGISTERS[mart]]:
        name = tell.data.names[mart][LANGUAGES.index(tell.say.lang)]
        return [Statement("register", f"{name} {tell.said(REGISTERS[mart], row[REGISTERS[mart]], row)}")]
    if row.get("decision"):
        return [Statement("register", str(row["decision"]))]
    if row.get("source") == "assessor" or (row.get("source") and row.get("ruling")):  # a score, bonus or deduction that a person entered
        return [Statement("register", str(row["ruling"] or tell.say.word("unscored", row["reason"])))]
    if reaches(Statement("row", mart, {}, tuple(already))):
        return []
    about = row.get("unit"), row.get("source_period") or row.get("period"), row.get("form")
    return tell.slots_like(*about) or [tell.nothing_owed(*about)]


def _issue(tell: Teller, row: Row) -> Statement:
    """An issue, with the cell at which it stands and the line around it."""
    line = tell.data.line(row["line_id"]) if row["line_id"] else None
    if line is not None:
        columns = [c for c, cell in line["cells"].items() if c == row["column_name"] or cell == row["cell"]]
        return tell.issue(row, (tell.line(row["line_id"], columns),))
    cell = (
        (Statement("cell", f"{row['sheet']}!{row['cell']}" if row["sheet"] else row["cell"], {"sent": row["value_sent"]}),)
        if row["cell"]
        else ()
    )
    known = tell.data.submission(row["submission_id"]) or str(row["submission_id"]).startswith("missing:")
    rest = (tell.submission(row["submission_id"]),) if known else (Statement("file", row["file"] or row["submission_id"]),)
    return tell.issue(row, (*cell, *rest))
