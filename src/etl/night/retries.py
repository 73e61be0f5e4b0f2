"""A file refused for want of time or memory is read again the next night with more, up to four times the setting.

So a busy machine or a large file costs a night and not the file. What was read again keeps its limits: read once more from
the archive, it is read as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from etl.inbox.journal import last, place
from etl.land.seen import marked_files, refused_files, tried_again
from etl.model import Received
from etl.night.name import fingerprint
from etl.settings import Settings
from etl.texts.refusals import exceeded

FACTORS = (1, 2, 4)  # of the setting; after the last a file stays refused


@dataclass(frozen=True, slots=True)
class Again:
    """A file of an earlier night that is read again: with what limits, and which reading of it that is."""

    received: Received
    seconds: int
    megabytes: int
    tries: int


def due(landed: Path, archive: Path, limits: Settings) -> tuple[Again, ...]:
    """The files that an earlier night refused by a limit below what is allowed them now."""
    before, found = tried_again(landed), []
    for name, sha256, size, when, order, reason in refused_files(landed):
        limit = exceeded(reason)
        tries, seconds, megabytes = before.get(sha256, (1, limits.seconds, limits.megabytes))
        last, setting = (seconds, limits.seconds) if limit == "too_long" else (megabytes, limits.megabytes)
        factor = next((f for f in FACTORS if f * setting > last), None)
        if limit and factor:
            received = Received(name, sha256, size, when, order, archive / sha256[:2] / sha256)
            found.append(Again(received, factor * limits.seconds, factor * limits.megabytes, tries + 1))
    return tuple(found)


def unjudged(landed: Path, archive: Path, limits: Settings, journal: Iterable[Mapping]) -> tuple[Again, ...]:
    """The files that a rule did not judge when they came, once the rules are other ones than those that did not run."""
    noted = last(journal, "not_run")
    if noted is None or noted["code"] == fingerprint(limits.home):
        return ()
    before = tried_again(landed)
    again = []
    for name, sha256, size, when, order in marked_files(landed, "F59"):
        tries, seconds, megabytes = before.get(sha256, (1, limits.seconds, limits.megabytes))
        again.append(Again(Received(name, sha256, size, when, order, place(archive, sha256)), seconds, megabytes, tries + 1))
    return tuple(again)


def with_limits(
    files: Iterable[Received], again: Iterable[Again], limits: Settings, landed: Path
) -> Iterator[tuple[Settings, list[Received]]]:
    """All files to read in groups of one limit: those within the setting first, the others one at a time.

    One at a time, because each of them may take as much memory as several others.
    """
    again = list(again)
    files = [one for one in files if one.sha256 not in {a.received.sha256 for a in again}]
    raised = {sha256: (seconds, megabytes) for sha256, (_, seconds, megabytes) in tried_again(landed).items()}
    raised |= {one.received.sha256: (one.seconds, one.megabytes) for one in again}
    groups: dict[tuple[int, int], list[Received]] = {}
    for one in [*files, *(a.received for a in again)]:
        seconds, megabytes = raised.get(one.sha256, (0, 0))
        groups.setdefault((max(seconds, limits.seconds), max(megabytes, limits.megabytes)), []).append(one)
    for (seconds, megabytes), of_limit in sorted(groups.items()):
        usual = (seconds, megabytes) == (limits.seconds, limits.megabytes)
        yield replace(limits, seconds=seconds, megabytes=megabytes, workers=limits.workers if usual else 1), of_limit


def from_journal(journal: Iterable[Mapping], files: Iterable[Received]) -> list[Again]:
    """Of files that the warehouse lost, those that were read more than once, with the limits of the last reading."""
    last = {one["sha256"]: one for one in journal if one["kind"] == "reread"}
    return [Again(f, e["seconds"], e["megabytes"], e["tries"]) for f in files if (e := last.get(f.sha256))]


def attempts(again: Iterable[Again]) -> list[tuple[str, int, int, int]]:
    """What landing keeps of tonight's readings with more: the file's hash, which reading it was, and its limits."""
    return sorted((a.received.sha256, a.tries, a.seconds, a.megabytes) for a in again)


def tries(landed: Path, again: Iterable[Again] = ()) -> Mapping[str, int]:
    """How often each file was read that was read more than once, tonight's readings included: it decides what a night publishes."""
    return {sha256: n for sha256, (n, _, _) in tried_again(landed).items()} | {a.received.sha256: a.tries for a in again}
