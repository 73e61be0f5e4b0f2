"""A file that takes longer than it may is read again the next night with more, and in the end as if it had been read at once."""

import os
import shutil
import time
from dataclasses import replace
from datetime import datetime

import duckdb
import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.model import Received
from etl.night import gate, retries
from etl.night.receive import Receipt
from etl.settings import given
from etl.texts.refusals import refusal
from etl.understand import intake, submission
from flows import records, tasks
from tests.fixtures.county import BUDGET, NOT_A_WORKBOOK
from tests.fixtures.places import SAMPLE

pytestmark = pytest.mark.night

SLOW = "云岭经济开发区/云岭经济开发区2024年1月.xlsx"             # neither its folder nor its name says which form it is
COPY = "云岭经济开发区/副本.xlsx"


def slowly(seconds):
    """A reader that works so long on the slow file, whatever of it the machine needs to read it."""
    def read(received, reference, form=None):
        until = time.process_time() + (seconds if received.name == SLOW else 0)
        readings = submission.read_file(received, reference, form)
        while time.process_time() < until:
            pass
        return readings
    return read


@pytest.fixture
def place(tmp_path, monkeypatch):
    shutil.copytree(SAMPLE / "site", tmp_path / "site")
    for order, (name, source) in enumerate(((SLOW, BUDGET), (COPY, BUDGET), (NOT_A_WORKBOOK, NOT_A_WORKBOOK))):
        (tmp_path / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLE / "inbox" / source, tmp_path / "inbox" / name)
        os.utime(tmp_path / "inbox" / name, (1706745600 + order, 1706745600 + order))
    monkeypatch.setattr(intake, "read_file", slowly(3))
    monkeypatch.setattr(gate, "hold_against", lambda *_: ())                   # is tested elsewhere, and takes long
    return tmp_path


def land_night(place, data="data", **limits):
    """The steps of a night up to landing; answers what it received, and its name."""
    settings = replace(given(place / "inbox", place / "site", place / data, "2024-04-15"), settle=0, workers=1, **{"seconds": 1} | limits)
    receipt = tasks.receive(settings)
    night = tasks.begin(settings, receipt)
    with records.recorded(night):
        readings = tasks.read(night)
        tasks.stage(night, readings)
        issues, judgement = tasks.verdict(night, readings, tasks.validate(night))
        tasks.land(night, readings, issues, judgement)
        assert tasks.begin(settings, Receipt()).id == night.id
    return receipt, night.id


def landed(place, sql, data="data"):
    with duckdb.connect(str(place / data / "warehouse/kept.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


@pytest.mark.long  # tests/unit/read/test_pool.py stops a reader, and what is due with how much more is worked out below
def test_a_slow_file_is_read_again_with_more_and_then_is_as_if_read_at_once(place):
    seen = "SELECT form, readable, line_count > 0 FROM landed.submission WHERE file = '" + SLOW + "'"
    receipt, first = land_night(place)
    assert (len(receipt.new), len(receipt.copies), receipt.again) == (2, 1, ())
    assert landed(place, seen) == [(None, False, False)]

    receipt, second = land_night(place)                                       # two seconds are too few as well
    assert (receipt.new, receipt.known) == ((), 3) and [(a.received.name, a.seconds, a.tries) for a in receipt.again] == [(SLOW, 2, 2)]
    assert landed(place, seen) == [(None, False, False)] and second != first

    receipt, third = land_night(place)
    assert [(a.seconds, a.megabytes, a.tries) for a in receipt.again] == [(4, 8192, 3)] and third not in (first, second)
    assert landed(place, seen) == [("budget_execution_monthly", True, True)]

    receipt, fourth = land_night(place)                                       # read: nothing is left to do
    assert receipt.again == () and fourth == third

    settings = replace(given(place / "inbox", place / "site", place / "data", "2024-04-15"), seconds=1, workers=2)
    from_archive = tasks.recall(settings, (), (), ()).new                # what needed more gets it there too, one at a time
    assert [(limits.seconds, limits.workers, [one.name for one in files])
            for limits, files in retries.with_limits(from_archive, (), settings, settings.landed)] == [
        (1, 2, [NOT_A_WORKBOOK]), (4, 1, [SLOW])]

    land_night(place, "at once", seconds=30)
    for table in ("submission", "issue", "file", "budget_execution_monthly"):
        everything = f"SELECT * FROM landed.{table} ORDER BY ALL"
        assert landed(place, everything) == landed(place, everything, "at once")


@pytest.mark.long  # as the test above
def test_a_file_that_takes_too_long_with_four_times_the_setting_stays_refused_until_the_setting_is_raised(place, monkeypatch):
    monkeypatch.setattr(intake, "read_file", slowly(60))
    for _ in range(3):
        receipt, name = land_night(place)
    assert receipt.again[0].tries == 3
    assert landed(place, "SELECT DISTINCT expected FROM landed.issue WHERE rule = 'F27' AND expected LIKE '%秒%'")[0][0].startswith("读取超过 4 秒")
    receipt, again = land_night(place)
    assert receipt.again == () and again == name                         # such a night is as cheap as any with nothing new
    settings = replace(given(place / "inbox", place / "site", place / "data", "2024-04-15"), seconds=5)
    assert [(a.seconds, a.tries) for a in retries.due(settings.landed, settings.archive, settings)] == [(5, 4)]


def test_only_a_limit_is_worth_another_night(place):
    """A file with a password or a torn one is not opened by patience."""
    land_night(place, seconds=30)
    assert landed(place, "SELECT count(*) FROM landed.submission WHERE NOT readable") == [(1,)]
    assert land_night(place)[0].again == ()


def test_a_refusal_for_memory_goes_by_memory(tmp_path, monkeypatch):
    settings = given(tmp_path, tmp_path, tmp_path)
    one = ("a.xlsx", "0" * 64, 1, datetime(2024, 2, 1), 1)
    monkeypatch.setattr(retries, "refused_files", lambda _: [(*one, refusal("too_big").reason)])
    for before, wanted in (((1, 999, 2048), (120, 4096)), ((2, 1, 4096), (240, 8192)), ((3, 1, 8192), None)):
        monkeypatch.setattr(retries, "tried_again", lambda _, before=before: {"0" * 64: before})
        due = retries.due(tmp_path, tmp_path, settings)
        assert [(a.seconds, a.megabytes) for a in due] == ([wanted] if wanted else [])
        assert all(isinstance(a.received, Received) for a in due)
