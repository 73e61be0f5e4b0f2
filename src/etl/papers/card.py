"""A unit's score card: every indicator with weight, figure, working, points and range, and a slip to object on."""

from __future__ import annotations

from etl.assess.pack import between, reasons
from etl.assess.rescore import Standing
from etl.assess.said import place_said, remark_said, score_said, standing_said
from etl.office.word import Block, NewPage, PaperTable, Paragraph
from etl.pages.shard import Row, rows
from etl.papers.ranking import places_by_scheme
from etl.papers.source import NOTHING, PaperSource, rounded
from etl.texts.catalogue import Say, as_modelled, texts

NODES = """
SELECT level_no, node, node_name, is_leaf, weight, value, uom, target_amount, points, score, score_low, score_high, status, reason, working,
       unfit_because
FROM fct_score WHERE scheme = ? AND period = ? AND unit = ? ORDER BY place"""


def units_scored(source: PaperSource) -> dict[str, str]:
    """The units that the period's schemes score, by name."""
    found = source.con.execute(
        "SELECT DISTINCT s.unit, u.unit_name FROM fct_score s JOIN dim_unit u USING (unit) WHERE s.period = ? AND (? IS NULL OR s.unit = ?)"
        " ORDER BY s.unit",
        [source.period, source.unit, source.unit],
    )
    return dict(found.fetchall())


def card_blocks(source: PaperSource, unit: str) -> dict[str, list[Block]]:
    """The card by scheme, and one slip for all of them."""
    say, card, leaves = source.say, list[Block](), list[tuple[str, Row]]()
    for scheme, called, found in places_by_scheme(source):
        for p in (p for p in found if p.unit == unit):
            nodes = rows(source.con, NODES, [scheme, source.period, unit])
            card += [Paragraph("point", called), Paragraph("body", total_said(p, say)), _table(nodes, say)]
            doubts = {row["unfit_because"]: None for row in nodes if row["unfit_because"] and row["reason"] == "not_fit"}
            card += [Paragraph("remark", as_modelled(because, say.lang)) for because in doubts]
            leaves += [(called, row) for row in nodes if row["is_leaf"]]
    return {"card": card, "slip": [_slip(leaves, say)] if leaves else [], "slip_page": [NewPage()] if leaves else []}


def total_said(p: Standing, say: Say) -> str:
    """A unit's score and place with what may still move them, in a sentence."""
    if p.score is None:
        return say("papers.no_score", why=remark_said(p, say) or NOTHING)
    said = say(
        "papers.scored", score=score_said(p.score), standing=standing_said(p, say), place=place_said(p, say) or say("pack.not_ranked")
    )
    if p.low is not None and p.low != p.high:
        said += say("papers.score_between", low=score_said(p.low), high=score_said(p.high))
    if p.best is not None and p.best != p.worst:
        said += say("papers.rank_between", best=p.best, worst=p.worst)
    if why := remark_said(p, say):
        said += say("papers.remarked", why=why)
    return said


def _table(nodes: list[Row], say: Say) -> PaperTable:
    heads = tuple(say(f"papers.{head}") for head in ("node", "weight", "figure", "working", "score", "score_range"))
    made = []
    for row in nodes:
        figure = "" if row["value"] is None else rounded(row["value"]) + say.word("uom", row["uom"] or "")
        if row["target_amount"] is not None:
            figure += "\n" + say("papers.target", amount=rounded(row["target_amount"]))
        points = row["score"] if row["working"] is None else row["points"]
        made.append(
            (
                say("pack.indent") * max(0, row["level_no"] - 1) + f"{row['node']} {row['node_name']}",
                _points(row["weight"]),
                figure or NOTHING,
                "\n".join(filter(None, (as_modelled(row["working"], say.lang), _state(row, say)))),
                _points(points),
                between(_points(row["score_low"], ""), _points(row["score_high"], ""), say) or NOTHING,
            )
        )
    return PaperTable((40, 13, 19, 52, 13, 19), (heads, *made), centred=(1,), figures=(2, 4, 5))


def _points(value: str | None, none: str = NOTHING) -> str:
    return none if value is None else rounded(value)


def _state(row: Row, say: Say) -> str:
    if row["status"] == "scored":
        return ""
    why = say.word("unscored", row["reason"]) if row["reason"] in texts("unscored") else reasons(row["reason"], say)
    return say("pack.colon").join(filter(None, (say.word("scoring", row["status"]), why)))


def _slip(leaves: list[tuple[str, Row]], say: Say) -> PaperTable:
    several = len({scheme for scheme, _ in leaves}) > 1
    heads = tuple(say(f"papers.{head}") for head in ("serial", "node", "score_shown", "objection", "evidence"))
    made = []
    for number, (scheme, row) in enumerate(leaves, start=1):
        name = f"{row['node']} {row['node_name']}" + (f"\n{scheme}" if several else "")
        points = row["score"] if row["working"] is None else row["points"]
        made.append((str(number), name, _points(points), "", ""))
    return PaperTable((10, 50, 18, 48, 30), (heads, *made), centred=(0,), figures=(2,), height=12)
