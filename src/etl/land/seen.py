"""Recall what earlier nights received and which files hold what, so that nothing is skipped or read twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.schema import is_there

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def seen_files(landed: Path) -> dict[tuple[str, str], tuple[datetime, int]]:
    """(name, sha256) of every file landed so far -> time and order of receipt; empty before the first night."""
    rows = _ask(landed, "SELECT file, file_sha256, received_at, receipt_order FROM landed.file ORDER BY ALL")
    return {(name, sha256): (when, order) for name, sha256, when, order in rows}


UNKNOWN = "unknown"  # in place of a form: what no form took


def files_landed(landed: Path) -> list[tuple]:
    """(file, sha256, size, received_at, order) of every file landed so far, second copies too."""
    return _ask(
        landed, "SELECT file, file_sha256, size, received_at, receipt_order FROM landed.file ORDER BY received_at, receipt_order, file"
    )


def holding(landed: Path, periods: Sequence[str], units: Sequence[str], forms: Sequence[str]) -> list[tuple]:
    """(file, sha256, size, received_at, order) of files with a submission of the chosen periods, units and forms.

    An empty choice means all; the form `unknown` is what no form took. Second copies of the same bytes are left out.
    """
    return _ask(
        landed,
        """
        SELECT file, file_sha256, size, received_at, receipt_order FROM landed.file
        WHERE duplicate_of IS NULL AND file_sha256 IN (
            SELECT file_sha256 FROM landed.submission
            WHERE (len(?) = 0 OR list_contains(?, period)) AND (len(?) = 0 OR list_contains(?, unit))
              AND (len(?) = 0 OR list_contains(?, coalesce(form, 'unknown'))))
        ORDER BY received_at, receipt_order, file
    """,
        [list(choice) for choice in (periods, periods, units, units, forms, forms)],
    )


def submissions_holding(landed: Path, forms: Sequence[str]) -> int:
    """How many submissions of some forms were landed."""
    asked = f"SELECT count(*) FROM landed.submission WHERE list_contains(?, coalesce(form, '{UNKNOWN}'))"
    [(count,)] = _ask(landed, asked, [list(forms)]) or [(0,)]
    return count


def submissions_of(landed: Path, sha256: str) -> list[str]:
    """The submission_ids that a file's bytes brought in an earlier night."""
    return [row[0] for row in _ask(landed, "SELECT submission_id FROM landed.submission WHERE file_sha256 = ? ORDER BY 1", [sha256])]


def refused_files(landed: Path) -> list[tuple]:
    """(file, sha256, size, received_at, order, reason) of every file that could not be read, second copies left out."""
    return _ask(
        landed,
        """
        SELECT f.file, f.file_sha256, f.size, f.received_at, f.receipt_order, min(i.expected)
        FROM landed.file f JOIN landed.submission s USING (file_sha256)
        JOIN landed.issue i ON i.submission_id = s.submission_id AND i.rule = 'F27' AND i.found_by = 'own'
        WHERE f.duplicate_of IS NULL AND NOT s.readable AND s.withdrawal IS NULL
        GROUP BY ALL ORDER BY f.received_at, f.receipt_order, f.file""",
    )


def marked_files(landed: Path, rule: str) -> list[tuple]:
    """(file, sha256, size, received_at, order) of the files of which a rule found something when they came, second copies left out."""
    return _ask(
        landed,
        """
        SELECT file, file_sha256, size, received_at, receipt_order FROM landed.file
        WHERE duplicate_of IS NULL AND file_sha256 IN (
            SELECT s.file_sha256 FROM landed.submission s JOIN landed.issue i USING (submission_id) WHERE i.rule = ? AND i.found_by = 'own')
        ORDER BY received_at, receipt_order, file""",
        [rule],
    )


def tried_again(landed: Path) -> dict[str, tuple[int, int, int]]:
    """sha256 of every file that was read more than once for want of time or memory -> readings, seconds, megabytes of the last."""
    rows = _ask(landed, "SELECT file_sha256, tries, seconds, megabytes FROM landed.attempt ORDER BY ALL", needs="attempt")
    return {sha256: tuple(rest) for sha256, *rest in rows}


def copies_of(landed: Path, hashes: Sequence[str]) -> list[tuple]:
    """(file, sha256, size, received_at, order, first file, when that came) of the second copies of some bytes."""
    return _ask(
        landed,
        """
        SELECT c.file, c.file_sha256, c.size, c.received_at, c.receipt_order, c.duplicate_of, f.received_at
        FROM landed.file c JOIN landed.file f ON f.file_sha256 = c.file_sha256 AND f.file = c.duplicate_of
        WHERE list_contains(?, c.file_sha256) ORDER BY c.received_at, c.receipt_order, c.file""",
        [list(hashes)],
    )


def attach_landed(con: DuckDBPyConnection, landed: Path) -> str | None:
    """Attach the landed warehouse to a DuckDB connection for reading; the name of its schema, None before the first night."""
    if not seen_files(landed):
        return None
    con.execute(f"ATTACH '{str(landed).replace(chr(39), chr(39) * 2)}' AS earlier (READ_ONLY)")
    return "earlier.landed"


def received_before(landed: Path) -> dict[str, tuple[datetime, int]]:
    """Time and order of receipt of every submission landed so far."""
    rows = _ask(landed, "SELECT submission_id, received_at, receipt_order FROM landed.submission ORDER BY ALL")
    return {submission_id: (when, order) for submission_id, when, order in rows}


def sent_last(landed: Path, unit: str, form: str) -> dict[str, list[str]]:
    """What a unit sent in each column of a form, of the latest period that counts; {} where it never sent any."""
    rows = _ask(
        landed,
        f"""
        SELECT key, list(value ORDER BY submission_id, row_no)
        FROM (SELECT l.submission_id, l.row_no, unnest(json_keys(l.raw)) AS key, l.raw ->> key AS value
              FROM landed."{form}" l JOIN landed.submission s USING (submission_id)
              WHERE s.counts AND s.unit = ?
              QUALIFY rank() OVER (ORDER BY s.period_end DESC) = 1)
        WHERE value <> '' GROUP BY key""",
        [unit],
        needs=form,
    )
    return dict(rows)


def replied(landed: Path, rule: str) -> list[tuple]:
    """(unit, form, value, reason, by) of what units wrote beside the issues of one rule in replies that came back."""
    return _ask(
        landed,
        """
        SELECT DISTINCT unit, form, value, reason, decided_by FROM landed.explanation
        WHERE source = 'reply' AND rule = ? ORDER BY ALL""",
        [rule],
    )


def _ask(landed: Path, sql: str, values: Sequence = (), needs: str = "file") -> list[tuple]:
    import duckdb

    if not landed.exists():
        return []
    con = duckdb.connect(str(landed), read_only=True)
    try:
        return con.execute(sql, values).fetchall() if is_there(con, f'landed."{needs}"') else []
    finally:
        con.close()
