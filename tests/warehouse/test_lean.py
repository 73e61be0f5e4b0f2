"""What is spared dbt (etl.transform.lean) and Great Expectations (etl.gate.lean) is there to be spared, and what is left comes to the same."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.fixtures.places import ROOT

pytestmark = pytest.mark.slow

PLACES = """
from dbt.cli import requires
from dbt.task import runnable
from etl.transform import lean

had = [getattr(owner, name, None) for owner, name, _ in lean.PLACES]
assert all(was is not None and was is not ours for was, (_, _, ours) in zip(had, lean.PLACES, strict=True))
lean.spare()
assert requires.parse_manifest.__globals__ is vars(lean.parsing)           # who writes the manifest that is written again
assert runnable.write_manifest is not lean.parsing.write_manifest          # and who writes the one that stays
"""


@pytest.fixture
def lean():
    """The module, once it has spared dbt; it is imported here, for dbt takes seconds to load, and each process that collects tests would."""
    from etl.transform import lean

    lean.spare()
    return lean


def test_each_place_is_one_that_dbt_has():
    """In a process of its own, in which nothing has been spared."""
    subprocess.run([sys.executable, "-c", PLACES], check=True)


def test_a_message_that_somebody_reads_is_put_together(lean):
    from dbt_common.events.types import Note

    note = Note(msg="a model is late")
    assert "pb_msg" not in vars(note)
    assert (note.message(), note.msg) == ("a model is late", "a model is late")


def test_a_warning_that_is_an_error_is_raised_though_nobody_listens(lean):
    from dbt_common.events.event_manager_client import get_event_manager
    from dbt_common.events.types import Note
    from dbt_common.exceptions.events import EventCompilationError

    manager = get_event_manager()
    manager.fire_event(Note(msg="unheard"))
    manager.warn_error = True
    with pytest.raises(EventCompilationError, match="heard"):
        manager.fire_event(Note(msg="heard"), force_warn_or_error_handling=True)


def test_an_artifact_is_written_in_the_bytes_of_dbt(lean, tmp_path):
    from dbt_common.clients.system import write_json

    content = {"name": "重点项目", "columns": {"unit": None}, "took": 0.25}
    lean._write(SimpleNamespace(to_dict=lambda **_: content), str(tmp_path / "ours.json"))
    write_json(str(tmp_path / "theirs.json"), content)
    assert (tmp_path / "ours.json").read_bytes() == (tmp_path / "theirs.json").read_bytes()
    assert json.loads((tmp_path / "ours.json").read_text(encoding="utf-8")) == content


@pytest.mark.parametrize("sql, whole", [
    ("select 1", "with one as (select 1), two as (select 2) select 1"),
    ("with a as (select 1) select * from a", "with one as (select 1), two as (select 2), a as (select 1) select * from a"),
    ("-- how it is\n/* and\nwhy */ WITH  recursive a as (select 1)\nselect 1",
     "-- how it is\n/* and\nwhy */ WITH  recursive one as (select 1), two as (select 2), a as (select 1)\nselect 1"),
    ("-- with a\nselect 1 as within", "-- with a\nwith one as (select 1), two as (select 2) select 1 as within"),
])
def test_what_an_example_gives_stands_before_the_parts_of_a_model(lean, sql, whole):
    from dbt import compilation
    from dbt.contracts.graph.nodes import InjectedCTE

    given = [InjectedCTE("one", "one as (select 1)"), InjectedCTE("two", "two as (select 2)")]
    assert compilation.inject_ctes_into_sql(sql, given) == whole
    assert compilation.inject_ctes_into_sql(sql, []) == sql


BOTH_WAYS = """
import sys
from pathlib import Path
from etl.gate import checkpoint, lean
from etl.gate.suites import suites_of

build, landed, home = map(Path, sys.argv[1:])
suites = {name: suite for name, suite in suites_of(home).items() if name in ("lines_key_project_monthly", "fct_submission", "sums", "records")}
had, lighten = [vars(owner)[name] for owner, name, _ in lean.PLACES], lean.lighten
lean.lighten = lambda: None
by_itself = checkpoint.hold_against(build, landed, suites)
lean.lighten = lighten
assert checkpoint.hold_against(build, landed, suites) == by_itself and len(by_itself) > 30, by_itself
assert all(was is not ours for was, (_, _, ours) in zip(had, lean.PLACES))
"""


def test_a_gate_that_is_spared_comes_to_the_same(built, county):
    """In a process of its own: whoever has spared Great Expectations once cannot ask it unspared again."""
    command = [sys.executable, "-c", BOTH_WAYS, str(built[0]), str(county), str(ROOT)]
    subprocess.run(command, check=True)
