"""Work on files in child processes, so that a hostile file costs at most itself.

Some small workbooks make a reader abort, spin or take gigabytes (no exception reaches Python); a child
with a memory limit and a clock bears that, and the parent writes one refusal.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import pickle
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.model import Unreadable
from etl.texts.catalogue import Wording, take_wording, wording_in_use
from etl.texts.refusals import refusal

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

AHEAD = 8  # items per worker that may be done before the one the consumer waits for
PATIENCE = 10  # times its seconds that an item may take by the wall clock: others may be using the machine
LOOK_UP = 2.0  # seconds after which an idle child looks whether its parent still lives

TOO_LONG, TOO_BIG, BROKEN = "too_long", "too_big", "broken"  # of etl.texts.refusals


def run_bounded(
    items: Iterable,
    work: Callable[[Any], Any],
    *,
    workers: int = 2,
    seconds: float = 120,
    megabytes: int = 1536,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[Any, Any]]:
    """Yield (item, work(item)) in the order of the items, each done in a child process.

    The result is an Unreadable F27 instead where the child died, ran out of its `seconds` (of its own work, so that a
    busy machine turns no file away; by the wall clock after PATIENCE times as many, or where the system does not tell)
    or `megabytes` (beyond what it began with), or `work` raised anything else; an Unreadable that `work`
    raises is handed on. The technical cause is in its __notes__. Children are forked where the system
    can (their imports are then done), else spawned: `work` must be picklable for that.
    `meanwhile` is called once, when all items are given out: what this process can do while it waits.
    Start the first item before databases are opened: a forked child shares what the parent holds.
    """
    pool = _Pool(work, workers, seconds, megabytes)
    try:
        yield from pool.run(iter(items), meanwhile or (lambda: None))
    finally:
        pool.close()


class _Child:
    """One long-lived child and the item it is at."""

    def __init__(self, context: ForkContext | SpawnContext, work: Callable[[Any], Any], megabytes: int, seconds: float) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work, megabytes, seconds, os.getpid(), wording_in_use()), daemon=True)
        self.process.start()
        theirs.close()
        self.item: tuple[int, Any] | None = None
        self.until = self.latest = 0.0  # when to look at it next; when it has to be done
        self.begun: float | None = None  # seconds of work that it had done when it got its item

    def give(self, number: int, item: Any, seconds: float) -> None:
        now = time.monotonic()
        self.item, self.begun = (number, item), _work_of(self.process.pid)
        self.until, self.latest = now + seconds, now + seconds * (1 if self.begun is None else PATIENCE)
        with suppress(OSError):  # it died while idle; its end of the pipe tells so at once
            self.pipe.send(item)

    def overran(self, seconds: float) -> bool:
        """Whether the item has had its time; where it has not, when to look again is put off."""
        now = time.monotonic()
        if now < self.until:
            return False
        work = _work_of(self.process.pid)
        left = 0.0 if work is None or self.begun is None else seconds - (work - self.begun)
        if left <= 0 or now >= self.latest:
            return True
        self.until = min(self.latest, now + max(left / 2, 0.1))  # two threads may work at once
        return False

    def end(self) -> int | None:
        """Kill the child and give its exit code."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        return code


class _Pool:
    def __init__(self, work: Callable[[Any], Any], workers: int, seconds: float, megabytes: int) -> None:
        forks = "fork" in multiprocessing.get_all_start_methods()
        self.context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        self.work, self.workers, self.seconds, self.megabytes = work, max(1, workers), seconds, megabytes
        self.children: list[_Child] = []

    def run(self, items: Iterator, meanwhile: Callable[[], None]) -> Iterator[tuple[Any, Any]]:
        """Keep every child busy, no more than a window ahead of the consumer."""
        waiting: deque = deque()  # items in order, not yet yielded
        done: dict[int, Any] = {}
        given = yielded = 0
        exhausted = False
        while True:
            while not exhausted and given - yielded < self.workers * AHEAD and self.has_room():
                try:
                    item = next(items)
                except StopIteration:
                    exhausted = True
                    meanwhile()
                    break
                waiting.append(item)
                self.idle().give(given, item, self.seconds)
                given += 1
            while yielded in done:
                yield waiting.popleft(), done.pop(yielded)
                yielded += 1
            if exhausted and yielded == given:
                return
            if yielded < given:
                done.update(self.collect())

    def has_room(self) -> bool:
        """Whether another item can be given out; a child that no item needs is not started."""
        return len(self.children) < self.workers or any(child.item is None for child in self.children)

    def idle(self) -> _Child:
        """A child without an item, a new one where all have theirs."""
        for child in self.children:
            if child.item is None:
                return child
        self.children.append(_Child(self.context, self.work, self.megabytes, self.seconds))
        return self.children[-1]

    def collect(self) -> dict[int, Any]:
        """Wait for the next child to finish, die or overrun; what became of their items."""
        busy = {child.pipe: (child, child.item) for child in self.children if child.item}
        soonest = min(child.until for child, _ in busy.values())
        ready = wait(list(busy), timeout=max(0.0, soonest - time.monotonic()))
        results: dict[int, Any] = {}
        for child, (number, _) in (item for pipe, item in busy.items() if pipe in ready):
            try:
                result, cause, tired = child.pipe.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                results[number] = self.died(child)
            else:
                results[number], child.item = result, None
                if cause:
                    result.add_note(cause)  # notes do not survive the pipe by themselves
                if tired:
                    self.replace(child)
        for child, _ in busy.values():
            if child.item and child.item[0] not in results and child.overran(self.seconds):
                results[child.item[0]] = _refusal(TOO_LONG, "killed by the clock", seconds=f"{self.seconds:g}")
                self.replace(child)
        return results

    def died(self, child: _Child) -> Unreadable:
        child.process.join(5)
        code = child.process.exitcode
        self.replace(child)
        if code == -getattr(signal, "SIGALRM", 14):
            return _refusal(TOO_LONG, "killed by its own clock", seconds=f"{self.seconds:g}")
        big = code in (-getattr(signal, "SIGABRT", 6), -getattr(signal, "SIGKILL", 9))
        return _refusal(TOO_BIG if big else BROKEN, f"the child process ended with code {code}")

    def replace(self, child: _Child) -> None:
        self.children.remove(child)
        child.end()

    def close(self) -> None:
        for child in list(self.children):
            self.replace(child)


def _refusal(why: str, cause: str, **given: str) -> Unreadable:
    refused = refusal(why, **given)
    refused.add_note(cause)
    return refused


def _serve(pipe: Connection, work: Callable[[Any], Any], megabytes: int, seconds: float, parent: int, own: Wording) -> None:
    """The child: take an item, work on it, send what became of it in the site's `own` wording; end with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    _silence()
    take_wording(own)
    gc.freeze()  # what the parent holds is not looked through again and again, nor copied into this child for that
    begun = _address_space()
    _limit_memory(begun, megabytes)
    while True:
        while not pipe.poll(LOOK_UP):
            if os.getppid() != parent:
                return
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        _set_clock(int(seconds * PATIENCE) + 10)  # should the parent be gone, nobody else stops it
        result, cause = _attempt(work, item)
        tired = _address_space() - begun > megabytes << 19  # half of its limit stays taken
        try:
            pipe.send((result, cause, tired))
        except OSError:
            return
        except BaseException as error:  # noqa: BLE001  (a result that cannot be pickled, or is too big for it)
            pipe.send((*_caught(error), True))
        del result
        _set_clock(0)


def _attempt(work: Callable[[Any], Any], item: Any) -> tuple[Any, str]:
    """The result, and the technical cause where it is a refusal of ours."""
    try:
        return work(item), ""
    except Unreadable as refused:
        return refused, ""
    except BaseException as error:  # noqa: BLE001  (a reader's PanicException is no Exception)
        return _caught(error)


def _caught(error: BaseException) -> tuple[Unreadable, str]:
    why = TOO_BIG if isinstance(error, MemoryError) else BROKEN
    return refusal(why), "".join(traceback.format_exception(error))[-2000:]


def _silence() -> None:
    """Readers that panic write to standard error; the cause travels in the note instead."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _address_space() -> int:
    """Bytes of this process's address space, 0 where the system does not tell."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _work_of(pid: int | None) -> float | None:
    """Seconds that a process has worked, all its threads together; None where the system does not tell."""
    try:
        with Path(f"/proc/{pid}/stat").open(encoding="ascii", errors="replace") as stat:
            times = stat.read().rpartition(")")[2].split()
        return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


def _limit_memory(begun: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # no such limit on this platform; the clock remains
        return
    limit = begun + (megabytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _set_clock(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
