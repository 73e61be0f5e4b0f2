"""Nights as they come: two together, with nothing new, with a changed file, under Prefect and without."""

import csv
import json
import sqlite3

import pytest

from tests.fixtures.county import BUSY, NOT_A_WORKBOOK, NOTHING_NEW, PUBLISHED, ended


def rows(data, mart):
    with (data / "published/current/csv" / f"{mart}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.long  # tests/unit/test_lock.py and tests/faults/test_signals.py hold the lock without a night
def test_of_two_nights_started_together_one_runs_and_the_other_says_so(county):
    """And with nothing in the inbox, what is owed is published."""
    together = [county.start(), county.start()]
    assert sorted(map(ended, together)) == [PUBLISHED, BUSY]
    assert {slot["status"] for slot in rows(county.data, "fct_submission")} == {"missing"}


def test_a_night_with_nothing_new_changes_no_byte_and_no_time(next_day):
    before, at = next_day.content(), next_day.published.stat().st_mtime_ns
    assert next_day.night() == NOTHING_NEW
    assert next_day.night(as_of="2024-04-16") == NOTHING_NEW
    assert (next_day.content(), next_day.published.stat().st_mtime_ns) == (before, at)


def test_a_changed_file_changes_only_what_it_should_and_a_second_copy_harms_nobody(first_night, second_night):
    first, second = ({mart: rows(data, mart) for mart in ("fct_budget_execution", "fct_target")} for data in (first_night, second_night / "data"))
    assert second["fct_budget_execution"] == first["fct_budget_execution"] != []
    assert second["fct_target"] != first["fct_target"]
    found = {(issue["rule"], issue["file"]) for issue in rows(second_night / "data", "fct_data_quality_issue")}
    assert {("F41", "副本.xlsx"), ("F27", NOT_A_WORKBOOK)} <= found


def test_the_command_runs_the_night_under_prefect(first_night):
    """What it publishes is what a night without Prefect does: test_replies.py."""
    manifest = json.loads((first_night / "published/current/manifest.json").read_text())
    assert manifest["night_id"] in first_night.with_name("printed").read_text(encoding="utf-8")
    with sqlite3.connect(first_night / "prefect" / "prefect.db") as prefect:
        assert prefect.execute("SELECT name, state_type FROM flow_run").fetchall() == [("nightly 2024-04-15 23:59:59", "COMPLETED")]
        [(told,)] = prefect.execute("SELECT message FROM flow_run_state WHERE type = 'COMPLETED'").fetchall()
        assert told == "已发布、新文件3个，退回1份"
        [(page,)] = prefect.execute("SELECT data FROM artifact WHERE key = 'nightly-account'").fetchall()
        assert "nights" in page and page.rstrip('"').endswith("index.html")
        steps = dict(prefect.execute("SELECT name, state_type FROM task_run ORDER BY start_time"))
        assert [name.split("-")[0] for name in steps][:3] == ["receive", "read 1", "stage"] and len(steps) >= 13
        assert {"read 1-3", "transform staging", "transform intermediate", "transform marts"} <= {*steps}
        assert {*steps.values()} == {"COMPLETED"}
    kept = first_night / "prefect" / "storage"             # results, as pickles: what is never kept is never found poisoned or torn
    assert not any(path.is_file() for path in kept.rglob("*"))
