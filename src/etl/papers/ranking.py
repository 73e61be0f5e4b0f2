"""Tables of places (排名表): of each scheme and group, with ranges, movement, and why somebody has none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from etl.assess.pack import between
from etl.assess.rescore import Standing, schemes_of, standing
from etl.assess.said import place_said, remark_said, score_said, standing_said
from etl.office.word import Block, PaperTable, Paragraph
from etl.papers.source import NOTHING, PaperSource

WIDTHS = (9, 26, 20, 14, 20, 11, 13, 43)


def ranking_blocks(source: PaperSource) -> dict[str, list[Block]]:
    """The tables; none where no place of the period is there, because none was worked out or nobody has released them."""
    return {"tables": list(_tables(source))}


def places_by_scheme(source: PaperSource) -> Iterator[tuple[str, str, list[Standing]]]:
    """(scheme, its name, places) of every scheme by which the period was scored."""
    for scheme, name in schemes_of(source.database, source.period).items():
        found = standing(source.database, scheme, source.period, "main")
        if found[3]:
            yield scheme, name, found[3]


def _tables(source: PaperSource) -> Iterator[Block]:
    say = source.say
    names = dict(source.con.execute("SELECT unit, unit_name FROM dim_unit WHERE unit <> '*'").fetchall())
    for scheme, called, found in places_by_scheme(source):
        groups = dict(
            source.con.execute("SELECT unit_group, max(group_name) FROM dim_scheme_group WHERE scheme = ? GROUP BY 1", [scheme]).fetchall()
        )
        moved = dict(
            source.con.execute(
                """SELECT unit, rank_change FROM fct_movement m SEMI JOIN (FROM dim_scheme_node WHERE parent_node IS NULL)
                   USING (scheme, version, node) WHERE scheme = ? AND period = ?""",
                [scheme, source.period],
            ).fetchall()
        )
        for group, members in groupby(found, key=lambda p: p.unit_group):
            of_group = list(members)
            yield Paragraph("point", say("papers.ranking_of", scheme=called, group=groups.get(group, group)))
            yield Paragraph("remark", _compared(of_group[0], source))
            rows = [
                tuple(
                    say(f"papers.{head}") for head in ("serial", "unit", "place", "score", "score_range", "grade", "moved", "remark_head")
                )
            ]
            rows += [_row(n, p, names.get(p.unit, p.unit), moved.get(p.unit), source) for n, p in enumerate(of_group, start=1)]
            yield PaperTable(WIDTHS, tuple(rows), centred=(0, 2, 5, 6), figures=(3, 4))


def _compared(p: Standing, source: PaperSource) -> str:
    said = source.say("papers.compared", expected=p.expected, compared=p.compared)
    return said + (source.say("papers.compared_without", missing=p.missing) if p.missing else "")


def _row(number: int, p: Standing, name: str, change: int | None, source: PaperSource) -> tuple[str, ...]:
    say = source.say
    moved = (
        NOTHING
        if change is None
        else say("papers.same")
        if change == 0
        else say("papers.up" if change > 0 else "papers.down", by=abs(change))
    )
    place = place_said(p, say) or NOTHING
    may_be = between(p.best, p.worst, say)
    remark = say("pack.semicolon").join(filter(None, (standing_said(p, say), remark_said(p, say))))
    score_range = between(score_said(p.low), score_said(p.high), say) if p.score is not None else ""
    ranged = say("papers.place_between", place=place, range=may_be) if may_be and p.best != p.worst else place
    return str(number), name, ranged, score_said(p.score) or NOTHING, score_range or NOTHING, p.grade or NOTHING, moved, remark
