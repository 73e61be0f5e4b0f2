"""Nights as they come: two together, with nothing new, with a changed file, under Prefect and without."""

import csv
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from tests.fixtures.county import (
    BUDGET,
    BUSY,
    FIRST_NIGHT,
    NOT_A_WORKBOOK,
    NOTHING_NEW,
    PUBLISHED,
    TARGETS,
    County,
    ended,
)
from tests.fixtures.places import ROOT, SAMPLE


def rows(county, mart):
    with (county.published / "csv" / f"{mart}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.long  # tests/unit/test_lock.py and tests/faults/test_signals.py hold the lock without a night
def test_of_two_nights_started_together_one_runs_and_the_other_says_so(county):
    """And with nothing in the inbox, what is owed is published."""
    together = [county.start(), county.start()]
    assert sorted(map(ended, together)) == [PUBLISHED, BUSY]
    assert {slot["status"] for slot in rows(county, "fct_submission")} == {"missing"}


def test_a_night_with_nothing_new_changes_no_byte_and_no_time(next_day):
    before, at = next_day.content(), next_day.published.stat().st_mtime_ns
    assert next_day.night() == NOTHING_NEW
    assert next_day.night(as_of="2024-04-16") == NOTHING_NEW
    assert (next_day.content(), next_day.published.stat().st_mtime_ns) == (before, at)


def test_a_changed_file_changes_only_what_it_should_and_a_second_copy_harms_nobody(next_day):
    before = {mart: rows(next_day, mart) for mart in ("fct_budget_execution", "fct_target")}
    better = (SAMPLE / "inbox" / "县招商局/县招商局2024年目标任务分解表（调整）.xls").read_bytes()
    (next_day.inbox / TARGETS).write_bytes(better)
    (next_day.inbox / "副本.xlsx").write_bytes((next_day.inbox / BUDGET).read_bytes())
    assert next_day.night() == PUBLISHED
    assert rows(next_day, "fct_budget_execution") == before["fct_budget_execution"] != []
    assert rows(next_day, "fct_target") != before["fct_target"]
    found = {(issue["rule"], issue["file"]) for issue in rows(next_day, "fct_data_quality_issue")}
    assert {("F41", "副本.xlsx"), ("F27", NOT_A_WORKBOOK)} <= found


def test_under_prefect_the_command_publishes_the_same(next_day, parsed, tmp_path):
    """The command as people run it, with a server of Prefect's own for the time of the night."""
    other = County(tmp_path, parsed)
    other.receive(*FIRST_NIGHT)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LUODI_", "PREFECT_"))}
    done = subprocess.run(
        [sys.executable, "-c", "from tests.fixtures import hasty; from etl.cli import main; main()", "run", "--inbox", other.inbox, "--data", other.data,
         "--as-of", "2024-04-15"],
        env=environment | {"LUODI_PLAIN": "0", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert other.content() == next_day.content()
    manifest = json.loads((other.published / "manifest.json").read_text())
    assert manifest["night_id"] in done.stdout
    with sqlite3.connect(other.data / "prefect" / "prefect.db") as prefect:
        assert prefect.execute("SELECT state_type FROM flow_run").fetchall() == [("COMPLETED",)]
        assert prefect.execute("SELECT name FROM flow_run").fetchall() == [("nightly 2024-04-15 23:59:59",)]
        [(told,)] = prefect.execute("SELECT message FROM flow_run_state WHERE type = 'COMPLETED'").fetchall()
        assert told == "已发布、新文件3个，退回1份"
        [(page,)] = prefect.execute("SELECT data FROM artifact WHERE key = 'nightly-account'").fetchall()
        assert "nights" in page and page.rstrip('"').endswith("index.html")
        steps = [name for (name,) in prefect.execute("SELECT name FROM task_run ORDER BY start_time")]
        assert [name.split("-")[0] for name in steps][:3] == ["receive", "read", "stage"] and len(steps) >= 9
    kept = other.data / "prefect" / "storage"             # results, as pickles: what is never kept is never found poisoned or torn
    assert not any(path.is_file() for path in kept.rglob("*"))
