"""Land what was judged by itself tonight: one transaction, idempotent by submission, every version kept.

Also the one place that decides which submission of a slot counts, see `STANDING`. What a comparison with all other
submissions adds comes after, see `etl.land.settle`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.forms.schema import SUBMISSION, TOTAL, line_columns
from etl.land.changes import find_changes, find_echoes
from etl.land.settle import issue_rows, number_findings, recompute_quality
from etl.land.tables import ATTEMPT, EXPLANATION, FILE, ISSUE, SITE, create, fill, landed_tables, quoted
from etl.model import LAPSED, OPEN, Issue, Received
from etl.normalise.text import norm

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Of the submissions of one unit, form and period the latest counts whose own verdict is neither rejected nor
# unreadable (cadence.md section 2). Identical bytes under another
# name never get here: they are files, not submissions. Two sheets of one file that claim a slot are one version.
# Parts of a unit have slots of their own. What was withdrawn by the night's day counts no more; a withdrawal of a slot
# without a version means those received until then. A reply that came back unchanged bears the number of the version it answers.
# What may have been cut short (F58) waits for a word of its sender: until then the version before it counts, if there is one; of
# several that wait the first.
# What names another unit than its folder is no version of the folder's unit and stands alone, as what nobody can place does.
STANDING = """
    WITH placed AS (
        SELECT submission_id, file, unit, form, period, received_at, receipt_order, coalesce(is_short, false) AS short,
               CASE WHEN unit IS NOT NULL AND form IS NOT NULL AND period IS NOT NULL AND NOT is_misplaced
                    THEN concat_ws('|', unit, form, period, nullif(sub_unit, '')) ELSE submission_id END AS slot,
               is_misplaced, coalesce(is_echo, false) AS echo,
               unit IS NOT NULL AND form IS NOT NULL AND period IS NOT NULL
                   AND own_verdict NOT IN ('rejected', 'unreadable') AND NOT coalesce(is_echo, false) AS usable
        FROM landed.submission
    ),
    ranked AS (
        SELECT *, coalesce(own, last_value(own IGNORE NULLS) OVER (
                   PARTITION BY slot ORDER BY received_at, receipt_order, submission_id
                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 1) AS version
        FROM (SELECT *, CASE WHEN NOT echo THEN dense_rank() OVER (PARTITION BY slot, echo ORDER BY received_at, receipt_order) END AS own
              FROM placed)
    ),
    taken AS (
        SELECT s.submission_id, arg_min(w.decision, (w.decided_at, w.decision)) AS withdrawal
        FROM ranked s
        JOIN landed.withdrawal w
          ON w.file = s.file
          OR w.file = '' AND NOT s.is_misplaced AND (w.unit, w.form, w.period) = (s.unit, s.form, s.period)
             AND coalesce(w.version, s.version) = s.version
        CROSS JOIN landed.night
        WHERE (w.version IS NOT NULL OR s.received_at <= w.decided_at) AND CAST(w.decided_at AS DATE) <= night.as_of
        GROUP BY s.submission_id
    ),
    standing AS (
        SELECT ranked.*, taken.withdrawal, usable AND taken.withdrawal IS NULL AS stands
        FROM ranked LEFT JOIN taken USING (submission_id)
    ),
    numbered AS (
        SELECT submission_id, slot, version, withdrawal, echo,
               stands AND 1 = row_number() OVER (
                   PARTITION BY slot, stands
                   ORDER BY short, CASE WHEN short THEN version ELSE -version END,
                            received_at DESC, receipt_order DESC, submission_id DESC) AS counts
        FROM standing
    )
    SELECT this.submission_id, this.version, this.counts, this.withdrawal,
           (SELECT min(before.submission_id) FROM numbered AS before
            WHERE before.slot = this.slot AND before.version = this.version - 1 AND NOT before.echo) AS supersedes
    FROM numbered AS this
"""


ANOTHER_UNIT = "F24"  # the sheet names another unit than folder and file name
CUT_SHORT = "F58"  # less than the delivery that it would replace
ASKED = (OPEN, LAPSED)  # states of an issue that nobody has answered


@dataclass(frozen=True)
class Landed:
    """How much of tonight went into the landed warehouse."""

    files: int
    submissions: int
    lines: int
    quarantined: int
    issues: int


@dataclass(frozen=True)
class Tonight:
    """What was decided of the staged submissions, and what came with them."""

    as_of: date
    verdicts: Mapping[str, str]  # by submission_id: every staged submission, and any landed earlier that was judged again
    quarantined: Collection[str] = ()  # line_ids
    issues: Sequence[Issue] = ()
    files: Sequence[Received] = ()  # all that was received, duplicates included
    attempts: Sequence[tuple] = ()  # files read again with more time and memory, as rows of ATTEMPT


def land_staged(landed: Path, staged: Path, forms: Mapping[str, Form], tonight: Tonight) -> Landed:
    """Bring tonight's staged submissions, their judgement and the site's lists into the landed warehouse.

    Of what was landed earlier and judged again only issues, verdict and quality change. Raises ValueError when a staged
    submission has no verdict; nothing is landed then.
    """
    import duckdb

    landed.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        # Aliases, because DuckDB takes `landed.unit` for a catalog's when the file itself is called landed.
        con.execute(f"ATTACH '{quoted(staged)}' AS tonight (READ_ONLY)")
        con.execute(f"ATTACH '{quoted(landed)}' AS house")
        done = land_attached(con, forms, tonight)
        con.execute("CHECKPOINT house")
        return done


def land_attached(con: DuckDBPyConnection, forms: Mapping[str, Form], tonight: Tonight) -> Landed:
    """`land_staged` on a connection that has the staged tables attached as `tonight` and the landed ones as `house`."""
    con.execute("USE house")
    con.execute("BEGIN")
    create(con, forms)
    _judged(con, tonight.verdicts, tonight.quarantined)
    _forget(con, forms)
    came = {form for (form,) in con.execute("SELECT DISTINCT form FROM tonight.staged.submission").fetchall()}
    of_tonight = {name: form for name, form in forms.items() if name in came}
    lines = _lines(con, of_tonight)
    _submissions(con)
    _names(con, of_tonight)
    _issues(con, tonight.issues)
    _quality(con, forms)
    _files(con, tonight.files)
    _attempts(con, tonight.attempts)
    _site(con, tonight.as_of)
    _mark(con, "is_misplaced", ANOTHER_UNIT)
    _mark(con, "is_short", CUT_SHORT)
    find_echoes(con, forms)
    _standing(con)
    find_changes(con, forms)
    con.execute("COMMIT")
    [(submissions,)] = con.execute("SELECT count(*) FROM tonight.staged.submission").fetchall()
    return Landed(len(tonight.files), submissions, lines, len(tonight.quarantined), len(tonight.issues))


def _judged(con: DuckDBPyConnection, verdicts: Mapping[str, str], quarantined: Collection[str]) -> None:
    con.execute("CREATE TEMP TABLE judged (submission_id VARCHAR, verdict VARCHAR)")
    con.execute("CREATE TEMP TABLE quarantined_line (line_id VARCHAR)")
    fill(con, "judged", {"submission_id": "VARCHAR", "verdict": "VARCHAR"}, sorted(verdicts.items()))
    fill(con, "quarantined_line", {"line_id": "VARCHAR"}, [(line,) for line in sorted(quarantined)])
    unjudged = con.execute(
        "SELECT submission_id FROM tonight.staged.submission WHERE submission_id NOT IN (SELECT submission_id FROM judged) ORDER BY ALL"
    ).fetchall()
    if unjudged:
        raise ValueError(f"staged without a verdict: {', '.join(row[0] for row in unjudged)}")


def _forget(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Drop what a file that was read again brought before: read otherwise now, it may name another form or period."""
    con.execute("""
        CREATE TEMP TABLE gone AS SELECT submission_id FROM landed.submission
        WHERE file_sha256 IN (SELECT file_sha256 FROM tonight.staged.submission)
          AND submission_id NOT IN (SELECT submission_id FROM tonight.staged.submission)
    """)
    for table, columns in landed_tables(forms).items():
        if "submission_id" in columns:
            con.execute(f'DELETE FROM landed."{table}" WHERE submission_id IN (FROM gone)')


def _lines(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> int:
    count = 0
    for name, form in forms.items():
        columns = list(line_columns(form))
        listed = ", ".join(f'"{c}"' for c in columns)
        con.execute(f'DELETE FROM landed."{name}" WHERE submission_id IN (SELECT submission_id FROM tonight.staged.submission)')
        con.execute(
            f'INSERT INTO landed."{name}" ({listed}, own_quarantined, quality_status)'
            f" SELECT {listed}, false, 'accepted' FROM tonight.staged.\"{name}\" ORDER BY line_id"
        )
        [(came,)] = con.execute(f'SELECT count(*) FROM tonight.staged."{name}"').fetchall()
        count += came
    con.execute("DELETE FROM landed.total WHERE submission_id IN (SELECT submission_id FROM tonight.staged.submission)")
    listed = ", ".join(TOTAL)
    con.execute(f"INSERT INTO landed.total ({listed}) SELECT {listed} FROM tonight.staged.total ORDER BY ALL")
    return count


def _submissions(con: DuckDBPyConnection) -> None:
    con.execute("DELETE FROM landed.submission WHERE submission_id IN (SELECT submission_id FROM tonight.staged.submission)")
    listed = ", ".join(SUBMISSION)
    con.execute(f"INSERT INTO landed.submission ({listed}) SELECT {listed} FROM tonight.staged.submission ORDER BY submission_id")


def _names(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """Fold texts once, so that SQL can join on the names of projects, units and programmes and compare what was written."""
    places = {"unit": ["name"]} | {name: [c.name for c in form.columns if c.type == "text"] for name, form in forms.items()}
    for table, columns in places.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        new = con.execute(
            f'SELECT DISTINCT text FROM (SELECT unnest([{listed}]) AS text FROM tonight.staged."{table}")'
            " WHERE text IS NOT NULL AND text NOT IN (SELECT text FROM landed.name) ORDER BY 1"
        ).fetchall()
        fill(con, "landed.name", {"text": "VARCHAR", "norm": "VARCHAR"}, [(text, norm(text)) for (text,) in new])


def _issues(con: DuckDBPyConnection, issues: Sequence[Issue]) -> None:
    """Replace the own issues of every judged submission and file; those of a comparison are `settle`'s."""
    con.execute("CREATE TEMP TABLE fresh AS FROM landed.issue LIMIT 0")
    fill(con, "fresh", ISSUE, issue_rows(issues, "own"))
    con.execute("""
        DELETE FROM landed.issue AS old
        WHERE found_by = 'own' AND (
              EXISTS (SELECT 1 FROM fresh WHERE fresh.submission_id = old.submission_id AND fresh.file = old.file)
           OR EXISTS (SELECT 1 FROM judged JOIN landed.submission AS s USING (submission_id)
                      WHERE s.submission_id = old.submission_id AND s.file = old.file))
    """)
    con.execute("INSERT INTO landed.issue FROM fresh")


def _quality(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> None:
    """The verdict of each judged submission and the lines it holds back by itself."""
    con.execute("""
        UPDATE landed.submission AS s SET own_verdict = j.verdict, verdict = j.verdict
        FROM judged j WHERE j.submission_id = s.submission_id
    """)
    present = {form for (form,) in con.execute("SELECT DISTINCT form FROM landed.submission").fetchall()}
    forms = {name: form for name, form in forms.items() if name in present} or forms
    for name in forms:
        con.execute(f"""
            UPDATE landed."{name}" SET own_quarantined = line_id IN (FROM quarantined_line)
            WHERE submission_id IN (SELECT submission_id FROM judged)
        """)
    recompute_quality(con, forms)
    number_findings(con, forms)


def _files(con: DuckDBPyConnection, files: Sequence[Received]) -> None:
    con.execute("CREATE TEMP TABLE came AS FROM landed.file LIMIT 0")
    rows = [(f.name, f.sha256, f.size, f.received_at, f.order, None) for f in files]
    fill(con, "came", FILE, sorted(rows, key=lambda row: row[:2]))
    con.execute("DELETE FROM landed.file WHERE (file, file_sha256) IN (SELECT file, file_sha256 FROM came)")
    con.execute("INSERT INTO landed.file FROM came")
    con.execute("""
        UPDATE landed.file AS f SET duplicate_of = first.original
        FROM (SELECT file, file_sha256, nullif(first_value(file) OVER (
                  PARTITION BY file_sha256 ORDER BY received_at, receipt_order, file), file) AS original
              FROM landed.file) AS first
        WHERE first.file = f.file AND first.file_sha256 = f.file_sha256
          AND first.original IS DISTINCT FROM f.duplicate_of
    """)


def _attempts(con: DuckDBPyConnection, attempts: Sequence[tuple]) -> None:
    """Remember the readings with more time and memory."""
    con.execute("CREATE TEMP TABLE tried AS FROM landed.attempt LIMIT 0")
    fill(con, "tried", ATTEMPT, attempts)
    con.execute("DELETE FROM landed.attempt WHERE file_sha256 IN (SELECT file_sha256 FROM tried)")
    con.execute("INSERT INTO landed.attempt FROM tried")


def _site(con: DuckDBPyConnection, as_of: date) -> None:
    for table, columns in SITE.items():
        listed = ", ".join(f'"{c}"' for c in columns)
        con.execute(f"DELETE FROM landed.{table}")
        con.execute(f"INSERT INTO landed.{table} ({listed}) SELECT {listed} FROM tonight.staged.{table} ORDER BY ALL")
    con.execute("""
        DELETE FROM landed.explanation
        WHERE source = 'site' OR submission_id IN (SELECT submission_id FROM tonight.staged.submission)
    """)
    listed = ", ".join(EXPLANATION)
    con.execute(f"INSERT INTO landed.explanation ({listed}) SELECT {listed} FROM tonight.staged.explanation ORDER BY ALL")
    con.execute("DELETE FROM landed.night")
    con.execute("INSERT INTO landed.night VALUES (?)", [as_of])


def _mark(con: DuckDBPyConnection, flag: str, rule: str) -> None:
    """Mark the submissions of which a rule asks something that decides whether they count, until somebody answers."""
    con.execute(
        f"""
        UPDATE landed.submission AS s SET {flag} = now.asked
        FROM (SELECT submission_id, submission_id IN (
                  SELECT submission_id FROM landed.issue WHERE found_by = 'own' AND rule = ? AND state IN {ASKED}) AS asked
              FROM landed.submission) AS now
        WHERE now.submission_id = s.submission_id AND now.asked IS DISTINCT FROM s.{flag}
    """,
        [rule],
    )


def _standing(con: DuckDBPyConnection) -> None:
    con.execute(f"""
        UPDATE landed.submission AS s
        SET version = n.version, supersedes = n.supersedes, counts = n.counts, withdrawal = n.withdrawal
        FROM ({STANDING}) AS n
        WHERE n.submission_id = s.submission_id AND (n.version, n.supersedes, n.counts, n.withdrawal)
              IS DISTINCT FROM (s.version, s.supersedes, s.counts, s.withdrawal)
    """)
