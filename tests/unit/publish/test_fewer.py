"""A night that publishes less than the one before, without a file or a quarantine that explains it, says which slot and by how much."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from etl.forms.contract import load_forms
from etl.publish.fewer import Fewer, fewer, told_fewer
from etl.transform.build import Mart
from tests.fixtures.places import EXPECTATIONS

FORMS = {name: form for name, form in load_forms(EXPECTATIONS).items() if name in ("rectification", "investment_monthly")}
MARTS = [Mart("fct_investment", "", {"period": "", "unit": "", "arrived_ytd": ""}, ("line_id",), form="investment_monthly")]
SLOT = ("investment_monthly", "2024-03", "t01")


def database(path, schema, lines, held=(), files=("old",)):
    """Lines as (period, unit, arrived_ytd), lines held back as (period, unit), and the files that were read."""
    with duckdb.connect(str(path)) as con:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        con.execute(f"CREATE TABLE {schema}.fct_investment (period VARCHAR, unit VARCHAR, arrived_ytd DECIMAL(20,6))")
        con.execute(f"CREATE TABLE {schema}.fct_quarantined_line (form VARCHAR, period VARCHAR, unit VARCHAR)")
        con.execute(f"CREATE TABLE {schema}.fct_submission_version AS SELECT unnest(?::VARCHAR[]) AS file_sha256, true AS readable", [list(files)])
        for line in lines:
            con.execute(f"INSERT INTO {schema}.fct_investment VALUES (?, ?, ?)", line)
        for line in held:
            con.execute(f"INSERT INTO {schema}.fct_quarantined_line VALUES ('investment_monthly', ?, ?)", line)


@pytest.fixture
def compared(tmp_path):
    """What a night lacks that publishes `now` after `was`, with `submissions` landed as (file, form, period, unit, withdrawal)."""
    def run(was, now, held=(), submissions=(), files=(), marts=MARTS):
        (tmp_path / "before").mkdir()
        database(tmp_path / "before" / "luodi.duckdb", "main", was)
        database(tmp_path / "build.duckdb", "marts", now, held)
        with duckdb.connect(str(tmp_path / "kept.duckdb")) as con:
            con.execute("CREATE SCHEMA landed")
            con.execute("CREATE TABLE landed.submission (file_sha256 VARCHAR, form VARCHAR, period VARCHAR, unit VARCHAR, withdrawal VARCHAR)")
            for row in submissions:
                con.execute("INSERT INTO landed.submission VALUES (?, ?, ?, ?, ?)", row)
        return fewer(tmp_path / "before", tmp_path / "build.duckdb", tmp_path / "kept.duckdb", FORMS, marts, files)
    return run


THREE = [("2024-03", "t01", 10), ("2024-03", "t01", 20), ("2024-03", "t02", 5)]


def test_the_same_lines_and_more_lack_nothing(compared):
    assert compared(THREE, [*THREE, ("2024-04", "t01", 1)]) == []


def test_a_unit_of_a_small_form_that_is_gone_is_named_with_its_lines(compared):
    found = compared(THREE, THREE[:2])
    assert found == [Fewer(("investment_monthly", "2024-03", "t02"), 1, 0)]
    assert str(told_fewer(found)[0]) == "investment_monthly 2024-03 t02 上一版 1 行，这一夜 0 行，今夜没有收到它的更正，也没有被隔离"


def test_a_smaller_sum_of_as_many_lines_is_named_with_its_column(compared):
    smaller = [("2024-03", "t01", 10), ("2024-03", "t01", 19), ("2024-03", "t02", 5)]
    assert compared(THREE, smaller) == [Fewer(SLOT, 2, 2, "arrived_ytd", Decimal(30), Decimal(29))]


def test_a_line_in_quarantine_is_told_of_there(compared):
    assert compared(THREE, THREE[1:], held=[("2024-03", "t01")]) == []


def test_one_line_in_quarantine_does_not_explain_two(compared):
    assert compared(THREE, THREE[2:], held=[("2024-03", "t01")]) == [Fewer(SLOT, 2, 0)]


def test_a_file_that_replaces_explains_its_own_slot_and_no_other(compared):
    found = compared(THREE, [("2024-03", "t01", 12)], submissions=[("new", *SLOT, None)], files=["new"])
    assert found == [Fewer(("investment_monthly", "2024-03", "t02"), 1, 0)]


def test_bytes_that_readers_knew_explain_nothing_when_they_are_read_again(compared):
    assert compared(THREE, THREE[1:], submissions=[("old", *SLOT, None)], files=["old"]) == [Fewer(SLOT, 2, 1)]


def test_what_was_taken_back_by_a_decision_is_missed_by_nobody(compared):
    assert compared(THREE, THREE[2:], submissions=[("old", *SLOT, "withdrawals.csv:2")]) == []


def test_marts_without_a_form_and_those_that_were_not_there_before_are_not_compared(compared):
    shown = {"period": "", "unit": "", "arrived_ytd": ""}
    others = [Mart("fct_investment", "", shown, ("line_id",)), Mart("fct_new", "", shown, ("line_id",), form="rectification"),
              Mart("fct_investment", "", shown, ("line_id",), form="gone")]
    assert compared(THREE, THREE[:2], marts=others) == []
