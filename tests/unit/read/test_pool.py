"""One file's crash, hang or hunger is its own; the others go on, in order."""

import os
import resource
import signal
import time

import pytest

from etl.model import Unreadable
from etl.read import pool
from etl.read.pool import run_bounded
from etl.texts.refusals import refusal
from tests.fixtures.workbooks import cells, part_by_part

pytestmark = pytest.mark.slow


def act(item):
    match item:
        case "abort":
            os.abort()
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            raise SystemExit(3)
        case "leave":
            os._exit(0)
        case "hang":
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "wait":
            time.sleep(1.5)
        case "hunger":
            return len(bytearray(1 << 31))
        case "bug":
            return {}["x"]
        case "refuse":
            raise Unreadable("F28", "文件设置了打开密码")
        case "unspeakable":
            return lambda: None
        case "slow":
            time.sleep(0.2)
    return item * 2


TOO_BIG, BROKEN = refusal("too_big").reason, refusal("broken").reason


def outcomes(items, **limits):
    return [(item, (result.rule, result.reason) if isinstance(result, Unreadable) else result)
            for item, result in run_bounded(items, act, **{"workers": 2, "seconds": 20, "megabytes": 600} | limits)]


def test_every_misfortune_stays_with_its_item_and_order_is_kept():
    items = ["slow", "abort", 1, "kill", "exit", 2, "leave", "hunger", 3, "bug", "refuse", "unspeakable", 4]
    told = dict(outcomes(items))
    assert list(told) == items
    assert [told[number] for number in (1, 2, 3, 4)] == [2, 4, 6, 8]
    assert told["refuse"] == ("F28", "文件设置了打开密码")
    assert told["abort"] == told["kill"] == told["hunger"] == ("F27", TOO_BIG)
    assert told["exit"] == told["leave"] == told["bug"] == told["unspeakable"] == ("F27", BROKEN)


def test_endless_work_is_ended():
    worked = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    told = outcomes(["spin", 1, 2], seconds=1)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - worked < 4
    assert told[0][1] == ("F27", refusal("too_long", seconds=1).reason) and told[1:] == [(1, 2), (2, 4)]


def test_waiting_for_a_busy_machine_is_no_work():
    assert outcomes(["wait", 1], seconds=1) == [("wait", "waitwait"), (1, 2)]


def test_where_the_system_does_not_tell_of_work_the_wall_clock_counts(monkeypatch):
    monkeypatch.setattr(pool, "_work_of", lambda pid: None)
    assert outcomes(["wait", 1], seconds=1)[0][1] == ("F27", refusal("too_long", seconds=1).reason)


def test_the_clock_ends_a_hang():
    told = outcomes(["hang", 1, 2], seconds=1)
    assert told[0][1] == ("F27", refusal("too_long", seconds=1).reason) and told[1:] == [(1, 2), (2, 4)]


def test_the_cause_is_kept_for_those_who_look_after_the_system():
    ((_, refusal),) = run_bounded(["bug"], act, seconds=20)
    assert "KeyError" in refusal.__notes__[0] and "KeyError" not in refusal.reason


def test_ten_thousand_items_are_taken_no_faster_than_they_are_used():
    taken = []

    def items():
        for number in ("slow", *range(1, 10_000)):
            taken.append(number)
            yield number

    results = run_bounded(items(), act, workers=2, seconds=20)
    assert next(results) == ("slow", "slowslow") and len(taken) <= 16          # eight for each worker
    assert [result for _, result in results] == [2 * number for number in range(1, 10_000)]


def test_children_are_long_lived_and_gone_at_the_end():
    pids = {pid for _, pid in run_bounded(range(50), child_id, workers=2, seconds=20)}
    assert 1 <= len(pids) <= 2 and os.getpid() not in pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def child_id(_):
    return os.getpid()


def test_nothing_to_do_starts_nobody():
    assert list(run_bounded([], act)) == []


def test_it_works_where_there_is_no_fork(monkeypatch):
    monkeypatch.setattr(pool.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert outcomes(["abort", 5]) == [("abort", ("F27", TOO_BIG)), (5, 10)]


def bare_calamine(path):
    import python_calamine
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(0).to_python()


def test_a_workbook_that_aborts_the_fast_reader_does_not_take_the_parent_down(tmp_path):
    """Without the guard in front: the reader asks for 550 GB and calls abort()."""
    path = part_by_part(tmp_path / "a.xlsx", cells('<c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c>'))
    good = part_by_part(tmp_path / "b.xlsx", cells('<c r="A1"><v>1</v></c>'))
    (_, refused), (_, rows) = run_bounded([path, good], bare_calamine, seconds=30)
    assert isinstance(refused, Unreadable) and refused.rule == "F27" and rows == [[1.0]]


def test_who_waits_may_use_the_time():
    done = []
    results = list(run_bounded(["a", "b"], child_id, workers=1, seconds=20, meanwhile=lambda: done.append("once")))
    assert len(results) == 2 and done == ["once"]
