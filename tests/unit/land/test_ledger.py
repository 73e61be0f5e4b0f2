"""The ledger can be told everything twice, and remembers what came first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from etl.land import ledger
from etl.land.migrate import revisions
from etl.model import Received, Submission
from tests.fixtures.warehouse import land_all, submission

EVENING = datetime(2024, 2, 5, 20)


@pytest.fixture
def engine(tmp_path):
    found = ledger.open_ledger(f"sqlite:///{tmp_path / 'new' / 'ledger.db'}")
    ledger.start_night(found, "n1", as_of=EVENING, started_at=EVENING)
    yield found
    found.dispose()


def file(name="a.xlsx", sha="a" * 64, order=1):
    return Received(name, sha, 10, EVENING, order, Path(name))


def rows(engine, table):
    with engine.connect() as con:
        return [tuple(row) for row in con.execute(sa.select(table))]


def test_a_night_starts_runs_and_ends(engine):
    ledger.end_night(engine, "n1", state="published", ended_at=datetime(2024, 2, 5, 20, 1), counts={"files": 3})
    (night,) = ledger.nights(engine)
    assert (night["state"], night["counts"], night["reason"]) == ("published", {"files": 3}, None)


def test_a_killed_night_starts_over_under_its_name(engine):
    ledger.end_night(engine, "n1", state="failed", ended_at=EVENING, reason="审计不平")
    ledger.start_night(engine, "n1", as_of=EVENING, started_at=EVENING)
    (night,) = ledger.nights(engine)
    assert (night["state"], night["ended_at"], night["reason"]) == ("running", None, None)


def test_a_night_ends_only_as_nights_end(engine):
    with pytest.raises(ValueError, match="perhaps"):
        ledger.end_night(engine, "n1", state="perhaps", ended_at=EVENING)
    with pytest.raises(KeyError):
        ledger.end_night(engine, "n2", state="failed", ended_at=EVENING)


def test_the_first_name_and_night_of_a_file_stay(engine):
    ledger.record_files(engine, "n1", [file()])
    ledger.start_night(engine, "n2", as_of=EVENING, started_at=EVENING)
    ledger.record_files(engine, "n2", [file(), file("副本.xlsx", order=2)])
    assert [row[:3] for row in rows(engine, ledger.FILE)] == [("a" * 64, "a.xlsx", "n1")]
    assert [row[0] for row in rows(engine, ledger.DUPLICATE)] == ["副本.xlsx"]


def test_verdicts_are_kept_night_by_night(engine, tmp_path):
    sub = submission("annual_target", "t01", "2024", [], verdict="rejected", sha="b" * 64)
    landed = land_all(tmp_path, [sub])
    ledger.record_files(engine, "n1", [file(sub["file"], sub["file_sha256"])])
    told = Submission(sub["submission_id"], sub["file"], sub["file_sha256"], "Sheet1", "t01", "annual_target", "2024", EVENING, 1)
    for _ in range(2):
        ledger.record_submissions(engine, [told])
        ledger.record_verdicts(engine, "n1", ledger.verdicts_landed(landed, [sub["submission_id"]]))
    assert rows(engine, ledger.VERDICT) == [(sub["submission_id"], "n1", "rejected", 0, 0, 0, 0, 1, None, False)]


def test_a_lost_ledger_is_filled_from_the_journal(engine, tmp_path):
    told = Submission("s1", "a.xlsx", "a" * 64, "Sheet1", "t01", "annual_target", "2024", EVENING, 1)
    verdict = {"submission_id": "s1", "verdict": "accepted", "errors": 0, "warnings": 1, "lines": 3, "quarantined": 0, "version": 1, "supersedes": None,
               "counts": True}
    ledger.record_files(engine, "n1", [file()])
    ledger.record_submissions(engine, [told])
    ledger.record_verdicts(engine, "n1", [verdict])
    ledger.record_reminders(engine, [("slot:t01|annual_target|2024", EVENING.date(), "before")], "t01", EVENING.date(), "sent")
    ledger.end_night(engine, "n1", state="held", ended_at=EVENING, counts={"files": 1})
    at = EVENING.isoformat(sep=" ")
    row = ledger.submission_rows([told])[0] | {"received_at": at}
    journal = [
        {"kind": "received", "name": "a.xlsx", "sha256": "a" * 64, "size": 10, "received_at": at, "order": 1},
        {"kind": "night", "night": "n1", "state": "running", "as_of": at, "at": at},
        {"kind": "submissions", "rows": [row, row | {"submission_id": "of an earlier journal", "sha256": "b" * 64}]},
        {"kind": "verdicts", "night": "n1", "rows": [verdict, verdict | {"submission_id": "of an earlier journal"}]},
        {"kind": "reminded", "entries": [["slot:t01|annual_target|2024", "2024-02-05", "before"]], "recipient": "t01", "day": "2024-02-05", "outcome": "sent"},
        {"kind": "night", "night": "n1", "state": "held", "as_of": at, "at": at, "reason": "", "counts": {"files": 1}},
        {"kind": "night", "night": "of an earlier journal", "state": "failed", "as_of": at, "at": at, "reason": "", "counts": {}},
    ]
    fresh = ledger.open_ledger(f"sqlite:///{tmp_path / 'fresh.db'}")
    ledger.replay(fresh, journal)
    for table in (ledger.NIGHT, ledger.FILE, ledger.SUBMISSION, ledger.VERDICT, ledger.REMINDER):
        assert rows(fresh, table) == rows(engine, table) != []
    fresh.dispose()


def test_a_ledger_of_a_newer_version_is_refused(engine):
    with engine.begin() as con:
        con.execute(sa.update(ledger.SCHEMA).values(version_num="9999"))
    with pytest.raises(ledger.LedgerError, match=f"由新版 luodi 建立（结构 9999，本版只认得 {ledger.REVISION}）"):
        ledger.open_ledger(str(engine.url))


def test_a_ledger_of_0_1_0_is_migrated_and_keeps_its_rows(tmp_path):
    """Made as 0.1.0 made it: a schema of its own number, no reminders."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    old = sa.create_engine(url)
    ledger.META.create_all(old, tables=[ledger.NIGHT, ledger.FILE, ledger.SUBMISSION, ledger.VERDICT, ledger.DUPLICATE])
    with old.begin() as con:
        con.exec_driver_sql("CREATE TABLE ledger_schema (version INTEGER PRIMARY KEY)")
        con.exec_driver_sql("INSERT INTO ledger_schema VALUES (1)")
        con.execute(sa.insert(ledger.NIGHT).values(night_id="n1", as_of=datetime(2024, 4, 15), started_at=datetime(2024, 4, 15), state="published"))
    old.dispose()
    for _ in range(2):                                    # opened again it is as it was
        engine = ledger.open_ledger(url)
        assert ledger.nights(engine) and "ledger_schema" not in sa.inspect(engine).get_table_names()
        with engine.connect() as con:
            assert con.scalar(sa.select(ledger.SCHEMA.c.version_num)) == ledger.REVISION
            assert compare_metadata(MigrationContext.configure(con), ledger.META) == []
        engine.dispose()


def test_the_revision_is_that_of_the_last_script(engine):
    assert revisions()[0] == ledger.REVISION
    with engine.connect() as con:
        assert compare_metadata(MigrationContext.configure(con), ledger.META) == []


def test_errors_carry_no_values_of_rows(engine):
    with pytest.raises(sa.exc.IntegrityError) as caught, engine.begin() as con:
        con.execute(sa.insert(ledger.VERDICT).values(
            submission_id="secret-name", night_id="n1", verdict="accepted", errors=0, warnings=0, lines=0,
            quarantined=0, version=1, counts=True))
    assert "secret-name" not in str(caught.value)
