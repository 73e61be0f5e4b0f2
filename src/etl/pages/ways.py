"""The way from a figure down to its cells: what every line adds, and the line as it was sent, by form, unit and period."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from etl.pages.shard import NOBODY, Row, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Slot = tuple[str, str, str]  # form, unit, period
ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def ways(con: DuckDBPyConnection, places: dict[tuple[str, str], int]) -> Iterator[tuple[Slot, Row]]:
    """Of each slot its submissions, lines, findings, and what its lines add to which measure."""
    sent, order, found, adds, members = _submissions(con), _lines(con), _findings(con), _adds(con, places), _members(con)
    where = {line["line_id"]: (slot, number) for slot, lines in order.items() for number, line in enumerate(lines)}
    for slot in sorted({*order, *adds}):
        lines: list[list[Any]] = []
        used: dict[str, int] = {}
        for line in order.get(slot, []):
            at = used.setdefault(line["submission_id"], len(used))
            told = found.get(line["line_id"], []), members.get(line["line_id"], {})
            lines.append([at, line["row_no"], line["disposition"], line["business_key"], *_cells(line), *told])
        parts = {place: [_part(part, slot, where) for part in all_of] for place, all_of in adds.get(slot, {}).items()}
        yield slot, {"sent": [sent[name] for name in used], "lines": lines, "adds": parts}


def _part(part: tuple[Any, ...], slot: Slot, where: dict[str, tuple[Slot, int]]) -> list[Any]:
    """Role, whom it counts for, columns, amount, and the line by its place; a line of another slot with that slot,
    else what stands for it."""
    *told, line, other = part
    there, number = where.get(line, (slot, None))
    return [*told, number if there == slot else [*there, number], *([other] if number is None else [])]


def _cells(line: Row) -> tuple[dict[str, str], dict[str, str]]:
    """What stood in the cells, and where: the column's letter, or the whole address where the cell stands in another row."""
    sent, cells = json.loads(line["raw"] or "{}"), json.loads(line["cells"] or "{}")
    where = {}
    for column, address in cells.items():
        at = ADDRESS.fullmatch(address)
        where[column] = at[1] if at and at[2] == str(line["row_no"]) else address
    return sent, where


def _submissions(con: DuckDBPyConnection) -> dict[str, list[Any]]:
    """File, sheet, time of arrival and verdict of each submission."""
    return {
        row["submission_id"]: [row["file"], row["sheet"], row["received"], row["verdict"], row["version"], row["counts"]]
        for row in rows(
            con,
            """SELECT submission_id, file, sheet, strftime(received_at, '%Y-%m-%d %H:%M') AS received, verdict, version, counts
               FROM fct_submission_version""",
        )
    }


def _lines(con: DuckDBPyConnection) -> dict[Slot, list[Row]]:
    made = defaultdict(list)
    for row in rows(con, "FROM dim_line WHERE disposition <> 'superseded' ORDER BY form, unit, period, submission_id, row_no, line_id"):
        made[row["form"], row["unit"] or NOBODY, row["period"] or NOBODY].append(row)
    return made


def _findings(con: DuckDBPyConnection) -> dict[str, list[list[Any]]]:
    """What was found at each line: rule, gravity, cell and sentence."""
    made = defaultdict(list)
    for row in rows(
        con, "SELECT line_id, rule, severity, cell, sentence FROM fct_data_quality_issue WHERE line_id IS NOT NULL ORDER BY issue_no"
    ):
        made[row["line_id"]].append([row["rule"], row["severity"], row["cell"], row["sentence"]])
    return made


def _members(con: DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The member of each level that a line belongs to: its industry, its town."""
    made: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(con, "SELECT line_id, grain, member FROM bridge_line_member ORDER BY ALL"):
        made[row["line_id"]][row["grain"]] = row["member"]
    return made


def _adds(con: DuckDBPyConnection, places: dict[tuple[str, str], int]) -> dict[Slot, dict[int, list[tuple[Any, ...]]]]:
    """What each line, submission or empty slot adds to each measure."""
    made: dict[Slot, dict[int, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    query = """SELECT form, unit, period, measure, role, counts_at, columns, contribution, line_id, coalesce(submission_id, slot_id, entry)
               FROM bridge_measure_line ORDER BY form, unit, period, measure, role, abs(contribution) DESC, line_id, counts_at,
               columns, 10"""
    result = con.execute(query)
    while batch := result.fetchmany(50_000):
        for form, unit, period, measure, *what in batch:
            if (place := places.get((form, measure))) is not None:
                made[form, unit or NOBODY, period][place].append(tuple(what))
    return made
