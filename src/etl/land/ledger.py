"""The ledger: which nights ran, what they received, and how each submission was judged, for as long as anybody asks.

SQLite by default, PostgreSQL by URL. It is told the time, it never asks for it. Facts are not kept here: the landed
warehouse is complete without the ledger, and every write can be repeated without harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from etl.mistakes import Said
from etl.model import Received, Submission

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

REVISION = "0002"  # of the tables below: the last of migrations/versions/
PATIENCE = 10  # seconds that a night waits for a database that does not answer
TIME = sa.DateTime()  # China time, naive
META = sa.MetaData()

SCHEMA = sa.Table("alembic_version", META, sa.Column("version_num", sa.String(32), primary_key=True))  # as Alembic keeps it
NIGHT = sa.Table(
    "night",
    META,
    sa.Column("night_id", sa.String(64), primary_key=True),
    sa.Column("as_of", TIME, nullable=False),
    sa.Column("started_at", TIME, nullable=False),
    sa.Column("ended_at", TIME),
    sa.Column("state", sa.String(16), nullable=False),  # running, published, held, nothing_new, failed
    sa.Column("reason", sa.Text),
    sa.Column("counts", sa.JSON),
)
FILE = sa.Table(
    "file",
    META,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),  # under which its bytes came first
    sa.Column("first_seen", sa.String(64), nullable=False),  # night
    sa.Column("received_at", TIME, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
)
SUBMISSION = sa.Table(
    "submission",
    META,
    sa.Column("submission_id", sa.String(128), primary_key=True),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("file.sha256"), nullable=False),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("unit", sa.String(64)),
    sa.Column("form", sa.String(64)),
    sa.Column("period", sa.String(16)),
    sa.Column("received_at", TIME, nullable=False),
    sa.Column("receipt_order", sa.Integer, nullable=False),
)
VERDICT = sa.Table(
    "verdict",
    META,
    sa.Column("submission_id", sa.String(128), sa.ForeignKey("submission.submission_id"), primary_key=True),
    sa.Column("night_id", sa.String(64), sa.ForeignKey("night.night_id"), primary_key=True),
    sa.Column("verdict", sa.String(32), nullable=False),
    sa.Column("errors", sa.Integer, nullable=False),
    sa.Column("warnings", sa.Integer, nullable=False),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("quarantined", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("supersedes", sa.String(128)),
    sa.Column("counts", sa.Boolean, nullable=False),
)
DUPLICATE = sa.Table(
    "duplicate",
    META,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("file.sha256"), primary_key=True),
    sa.Column("received_at", TIME, nullable=False),
)
# Every attempt to remind somebody, one row an attempt and nothing ever changed: `begun` stands before the sending, so that a
# night killed between sends nothing twice.
REMINDER = sa.Table(
    "reminder",
    META,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("item", sa.Text, nullable=False),  # slot:unit|form|period, the number of a matter, or digest
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),  # before, day, after, digest
    sa.Column("recipient", sa.String(64), nullable=False),  # unit, * for the office
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),  # begun, sent, failed, no_channel
)


class LedgerError(Said):
    """The ledger at hand was written by a newer luodi."""


class BadAddress(Exception):
    """The address of the ledger (LUODI_LEDGER_URL) is none that a database could be found by."""


def open_ledger(url: str) -> sa.Engine:
    """Connect to the ledger; its tables are created on first use, and migrated where an older luodi made them.

    Raises LedgerError where its schema is newer than this code, BadAddress, and what the database raises.
    """
    in_memory = url == "sqlite://"
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    # Errors must not carry values of rows into logs.
    more: dict[str, Any] = {"poolclass": sa.StaticPool, "connect_args": {"check_same_thread": False}} if in_memory else {}
    if url.startswith("postgresql"):
        more = {"connect_args": {"connect_timeout": PATIENCE}}
    try:
        engine = sa.create_engine(url, hide_parameters=True, **more)
    except (ValueError, sa.exc.ArgumentError):
        raise BadAddress from None  # whose own words may quote a part of the password
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = ON"))
    _bring_up(engine)
    return engine


def _bring_up(engine: sa.Engine) -> None:
    """Create the tables where there are none, and migrate those of an older luodi. Raises LedgerError for those of a newer one."""
    tables = sa.inspect(engine).get_table_names()
    if NIGHT.name not in tables:
        with engine.begin() as con:
            META.create_all(con)
            _put(con, SCHEMA, [{"version_num": REVISION}])
        return
    with engine.connect() as con:
        found = con.scalar(sa.select(SCHEMA.c.version_num)) if SCHEMA.name in tables else None
    if found != REVISION:
        from etl.land.migrate import migrate, revisions  # slow to import, and hardly ever needed

        if found is not None and found not in revisions():
            raise LedgerError("use.ledger_newer", found=found, known=REVISION)
        migrate(engine, found)
    if set(META.tables) - set(tables):  # one that was lost is made again, and filled from the journal as ever
        META.create_all(engine)


def start_night(engine: sa.Engine, night_id: str, *, as_of: datetime, started_at: datetime) -> None:
    """Note that a night runs; one that was killed and starts again under its name starts over."""
    row = {
        "night_id": night_id,
        "as_of": as_of,
        "started_at": started_at,
        "state": "running",
        "ended_at": None,
        "reason": None,
        "counts": None,
    }
    with engine.begin() as con:
        _put(con, NIGHT, [row])


def end_night(
    engine: sa.Engine,
    night_id: str,
    *,
    state: str,
    ended_at: datetime,
    reason: str = "",
    counts: Mapping[str, int] | None = None,
) -> None:
    """Note how a night ended: published, held, nothing_new or failed, and why. Raises KeyError for an unknown night."""
    if state not in ("published", "nothing_new", "failed", "held"):
        raise ValueError(f"a night does not end {state!r}")
    change = (
        sa.update(NIGHT)
        .where(NIGHT.c.night_id == night_id)
        .values(state=state, ended_at=ended_at, reason=reason or None, counts=dict(counts or {}))
    )
    with engine.begin() as con:
        if con.execute(change).rowcount != 1:
            raise KeyError(night_id)


def record_files(engine: sa.Engine, night_id: str, files: Iterable[Received]) -> None:
    """Note files by their bytes: the first name and night stay, other names of the same bytes are duplicates."""
    files = sorted(files, key=lambda f: (f.received_at, f.order, f.name))
    with engine.begin() as con:
        _put(
            con,
            FILE,
            [{"sha256": f.sha256, "name": f.name, "first_seen": night_id, "received_at": f.received_at, "size": f.size} for f in files],
            replace=False,
        )
        names = dict(con.execute(sa.select(FILE.c.sha256, FILE.c.name)).tuples().all())
        _put(
            con, DUPLICATE, [{"name": f.name, "sha256": f.sha256, "received_at": f.received_at} for f in files if names[f.sha256] != f.name]
        )


def record_submissions(engine: sa.Engine, submissions: Iterable[Submission]) -> None:
    """Note what was found in the files; `record_files` comes first."""
    _record_rows(engine, submission_rows(submissions))


def submission_rows(submissions: Iterable[Submission]) -> list[dict]:
    """Submissions as rows of SUBMISSION."""
    return [
        {
            "submission_id": s.submission_id,
            "sha256": s.file_sha256,
            "sheet": s.sheet,
            "unit": s.unit,
            "form": s.form,
            "period": s.period,
            "received_at": s.received_at,
            "receipt_order": s.order,
        }
        for s in submissions
    ]


def _record_rows(engine: sa.Engine, rows: list[dict]) -> None:
    with engine.begin() as con:
        _put(con, SUBMISSION, rows)


def verdicts_landed(landed: Path, submission_ids: Iterable[str]) -> list[dict]:
    """How some submissions were judged, and their place among the versions of their slot, as landed: rows of VERDICT."""
    import duckdb

    con = duckdb.connect()
    try:
        con.execute(f"ATTACH '{str(landed).replace(chr(39), chr(39) * 2)}' AS house (READ_ONLY)")
        names = ["submission_id", "verdict", "errors", "warnings", "lines", "quarantined", "version", "supersedes", "counts"]
        found = con.execute(
            "SELECT submission_id, verdict, errors, warnings, line_count, quarantined, version, supersedes, counts"
            " FROM house.landed.submission WHERE list_contains(?::VARCHAR[], submission_id) ORDER BY submission_id",
            [sorted(submission_ids)],
        ).fetchall()
    finally:
        con.close()
    return [dict(zip(names, row, strict=True)) for row in found]


def record_verdicts(engine: sa.Engine, night_id: str, verdicts: Iterable[Mapping]) -> None:
    """Note how the night judged some submissions; `verdicts` as `verdicts_landed` gives them."""
    with engine.begin() as ledger:
        _put(ledger, VERDICT, [{"night_id": night_id} | dict(row) for row in verdicts])


def replay(engine: sa.Engine, journal: Iterable[Mapping]) -> None:
    """Fill a ledger from the journal, which every row stood in first: a ledger that was lost, or missed some nights, is as it was.

    Of a journal that begins later than the county (one that was lost and begun anew), what hangs on earlier lines is left out.
    """
    came: list[Received] = []
    nights_known: set[str] = set()
    files_known: set[str] = set()
    submissions_known: set[str] = set()
    with engine.connect() as con:
        reminders_known = Counter(con.execute(sa.select(*(c for c in REMINDER.c if c.name != "row"))).tuples().all())
    for one in journal:
        kind = one["kind"]
        if kind == "received":
            came.append(Received(one["name"], one["sha256"], one["size"], datetime.fromisoformat(one["received_at"]), one["order"], Path()))
        elif kind == "night" and one["state"] == "running":
            as_of, at = (datetime.fromisoformat(one[name]) for name in ("as_of", "at"))
            start_night(engine, one["night"], as_of=as_of, started_at=at)
            record_files(engine, one["night"], came)
            nights_known.add(one["night"])
            files_known |= {file.sha256 for file in came}
            came = []
        elif kind == "night" and one["night"] in nights_known:
            at = datetime.fromisoformat(one["at"])
            end_night(engine, one["night"], state=one["state"], ended_at=at, reason=one["reason"], counts=one["counts"])
        elif kind == "submissions":
            rows = [row for row in one["rows"] if row["sha256"] in files_known]
            submissions_known |= {row["submission_id"] for row in rows}
            _record_rows(engine, [row | {"received_at": datetime.fromisoformat(row["received_at"])} for row in rows])
        elif kind == "verdicts" and one["night"] in nights_known:
            record_verdicts(engine, one["night"], [row for row in one["rows"] if row["submission_id"] in submissions_known])
        elif kind == "reminded":
            entries = [(item, date.fromisoformat(due), what) for item, due, what in one["entries"]]
            recipient, day, outcome = one["recipient"], date.fromisoformat(one["day"]), one["outcome"]
            lacking = []
            for entry in entries:
                row = (*entry, recipient, day, outcome)
                if reminders_known[row] > 0:
                    reminders_known[row] -= 1
                else:
                    lacking.append(entry)
            record_reminders(engine, lacking, recipient, day, outcome)


def unjudged(engine: sa.Engine) -> set[str]:
    """Submissions without a verdict: those of a night that was killed before it could note them."""
    judged = sa.select(VERDICT.c.submission_id)
    with engine.connect() as con:
        return set(con.scalars(sa.select(SUBMISSION.c.submission_id).where(SUBMISSION.c.submission_id.not_in(judged))))


def nights(engine: sa.Engine) -> list[dict]:
    """Every night, the latest first, as plain dicts with the columns of the table."""
    order = (NIGHT.c.as_of.desc(), NIGHT.c.started_at.desc(), NIGHT.c.night_id)
    with engine.connect() as con:
        return [dict(row) for row in con.execute(sa.select(NIGHT).order_by(*order)).mappings()]


def reminded(engine: sa.Engine) -> dict[tuple[str, date, str, str], str]:
    """(item, due, kind, recipient) of every reminder -> what last became of it."""
    named = sa.select(REMINDER.c.item, REMINDER.c.due, REMINDER.c.kind, REMINDER.c.recipient, REMINDER.c.outcome).order_by(REMINDER.c.row)
    with engine.connect() as con:
        return {(item, due, kind, recipient): outcome for item, due, kind, recipient, outcome in con.execute(named)}


def record_reminders(engine: sa.Engine, entries: Iterable[tuple[str, date, str]], recipient: str, as_of: date, outcome: str) -> None:
    """Note what became of reminders (item, due, kind) to one recipient."""
    rows = [
        {"item": item, "due": due, "kind": kind, "recipient": recipient, "as_of": as_of, "outcome": outcome} for item, due, kind in entries
    ]
    if rows:
        with engine.begin() as con:
            con.execute(sa.insert(REMINDER), rows)


def _insert(con: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do where a key is there already."""
    if con.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def _put(con: sa.Connection, table: sa.Table, rows: list[dict], *, replace: bool = True) -> None:
    """Insert rows; where the key is there already, replace the rest of the row, or leave it as it is."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = _insert(con, table)
    others = {c.name: statement.excluded[c.name] for c in table.columns if c.name in rows[0] and c.name not in keys}
    if replace and others:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=others)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    con.execute(statement, rows)
