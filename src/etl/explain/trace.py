"""The other way round: all that one cell feeds, whatever became of its line."""

from __future__ import annotations

import re

from etl.explain.evidence import Teller, in_its_unit
from etl.explain.figure import called, formula, has_formula, whose
from etl.explain.node import Statement
from etl.explain.published import Published, Row
from etl.mistakes import Mistake
from etl.texts.catalogue import speaker


def trace(published: Published, file: str, place: str, lang: str = "zh") -> Statement:
    """Everything that the cell `SHEET!CELL` of a file feeds. Raises Mistake where no such file was received.

    `file` is a path inside the inbox or its end; a text file has no sheet: the place is the cell alone.
    """
    tell = Teller(published, speaker(lang))
    name = _file(published, file)
    sheet, _, cell = place.rpartition("!")
    cell = cell.replace("$", "").upper()
    if not re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", cell):
        raise Mistake("use.no_cell", place=place)
    sheets = {row["sheet"] for row in published.rows("SELECT DISTINCT sheet FROM dim_line WHERE file = ? AND sheet <> ''", [name])}
    if sheet and sheets and sheet not in sheets:
        raise Mistake("use.no_sheet", name=name, sheet=sheet, sheets=sorted(sheets))
    lines = [
        line
        for row in published.rows(
            "SELECT line_id FROM dim_line WHERE file = ? AND (? = '' OR sheet = ?) AND contains(cells, ?) ORDER BY line_id",
            [name, sheet, sheet, f'"{cell}"'],
        )
        if (line := tell.data.line(row["line_id"])) is not None
    ]
    children = [_line(tell, line, cell) for line in lines]
    seen = {line["line_id"] for line in lines}
    children += [
        tell.issue(row)
        for row in published.rows(
            "SELECT * FROM fct_data_quality_issue WHERE file = ? AND cell = ? AND (? = '' OR sheet = ?) ORDER BY issue_no",
            [name, cell, sheet, sheet],
        )
        if row["line_id"] not in seen
    ]
    shown = f"{name} {place}"
    if not children:
        children = [Statement("file", tell.say("explain.nothing_at", place=shown))]
    return Statement("cell", shown, {}, tuple(children))


def _file(published: Published, file: str) -> str:
    wanted = file.replace("\\", "/")
    names = [r["file"] for r in published.rows("SELECT DISTINCT file FROM fct_submission_version ORDER BY 1")]
    found = [n for n in names if n == wanted] or [n for n in names if wanted.endswith("/" + n) or n.endswith("/" + wanted)]
    if len(found) != 1:
        raise Mistake("use.several_files" if found else "use.file_unknown", file=file, found=found)
    return found[0]


def _line(tell: Teller, line: Row, cell: str) -> Statement:
    columns = [column for column, at in line["cells"].items() if at == cell]
    node = tell.line(line["line_id"], columns)
    figures = [_figure(tell, row) for column in columns for row in _fed(tell, line["line_id"], column) if has_formula(row)]
    group = (Statement("group", tell.say("explain.feeds"), {}, tuple(figures)),) if figures else ()
    return Statement(node.kind, node.title, node.facts, (*node.children, *group))


def _fed(tell: Teller, line_id: str, column: str) -> list[Row]:
    """Figures at every level to which a column of a line adds, each with what it adds."""
    return tell.data.rows(
        """
        WITH part AS (
            SELECT form, period, unit, measure, counts_at, list((role, contribution) ORDER BY role) AS adds
            FROM bridge_measure_line
            WHERE line_id = ? AND list_contains(string_split(columns, ','), ?) GROUP BY ALL
        ),
        level AS (SELECT grain, member, counts_at FROM bridge_line_member WHERE line_id = ?)
        SELECT figure.*, part.adds FROM part JOIN fct_indicator AS figure USING (form, period, measure)
        LEFT JOIN level USING (grain, member)
        WHERE part.counts_at IN ('unit', 'both') AND figure.grain = 'unit' AND figure.member = part.unit
           OR part.counts_at IN ('county', 'both') AND figure.grain = 'county'
           OR part.counts_at = 'branch' AND figure.grain = 'branch' AND figure.member = part.unit
           OR part.counts_at IN (level.counts_at, 'both') AND level.counts_at IS NOT NULL
        ORDER BY figure.measure, figure.period, figure.grain, figure.member""",
        [line_id, column, line_id],
    )


def _figure(tell: Teller, row: Row) -> Statement:
    title = f"{whose(tell, row)} {row['period']} {called(tell, row)[0]} = {in_its_unit(row['value'], row['uom'], tell.say)}"
    adds = {part[0]: part[1] for part in (tuple(p.values()) if isinstance(p, dict) else p for p in row["adds"])}
    return Statement("figure", title, {"measure": row["measure"], "grain": row["grain"], **adds, "formula": formula(tell, row)})
