"""Step: look through the inbox, keep every byte that is new, and give each file its receipt."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl.inbox.archive import Copy, StillChanging, archive_file, sort_out
from etl.inbox.care import Damage, OriginalsLost, due, examine, second_copy
from etl.inbox.find import find
from etl.inbox.journal import JOURNAL, enter, place, read_journal, receipt_of, receipts
from etl.land.seen import files_landed, holding, seen_files
from etl.model import Received
from etl.night import retries
from etl.settings import Settings


@dataclass(frozen=True, slots=True)
class Receipt:
    """What lay in the inbox tonight, sorted, and what the journal knows and the warehouse does not."""

    new: tuple[Received, ...] = ()
    copies: tuple[Copy, ...] = ()  # bytes that came before under another name
    known: int = 0  # received in an earlier night
    waiting: tuple[str, ...] = ()  # still being written
    ignored: tuple[str, ...] = ()  # lock, system and unfinished files
    refused: tuple[tuple[str, str], ...] = ()  # links, devices and folders, with their kind
    again: tuple[retries.Again, ...] = ()  # of earlier nights, refused by a limit: they get more tonight
    recalled: int = 0  # of `new` and `copies`: received in an earlier night, and read from the archive
    damaged: tuple[Damage, ...] = ()  # originals that were not whole; none of them is read unless it was mended
    not_copied: str = ""  # why the second copy of the archive was not brought up to date

    @property
    def files(self) -> int:
        return len(self.new) + len(self.copies) + self.known - self.recalled

    @property
    def came(self) -> tuple[Received, ...]:
        """Every file that the warehouse does not know under this name with these bytes."""
        return (*self.new, *(copy.received for copy in self.copies))


def receive(settings: Settings) -> Receipt:
    """Look through the inbox, archive what lies there, and write its receipts before anything is made of it.

    What has a receipt and is not landed (a killed night, a lost warehouse) is read with the rest, from the archive. Raises
    OSError where a shared folder fails: then it is tried again; OriginalsLost, JournalDamaged.
    """
    found = find(settings.inbox, settings.settle)
    received, paths, waiting = [], {}, list(found.waiting)
    for candidate in found.files:
        try:
            one = archive_file(candidate, settings.archive)
        except StillChanging:
            waiting.append(candidate.name)
        else:
            received.append(one)
            paths[one.sha256] = candidate.path
    journal = _receipts_written(settings, received)
    came = {(one.name, one.sha256) for one in received}
    receipt = _unlanded(settings, journal, paths)
    unknown = {(one.name, one.sha256) for one in receipt.came}
    return replace(
        receipt,
        known=len(came - unknown),
        recalled=len(unknown - came),
        waiting=tuple(waiting),
        ignored=found.ignored,
        refused=found.refused,
        damaged=(*receipt.damaged, *_rolling_check(settings, journal, {*paths, *(d.sha256 for d in receipt.damaged)})),
        not_copied=_copied(settings, journal),
    )


def recall(settings: Settings, periods: Sequence[str], units: Sequence[str], forms: Sequence[str], archive: Path | None = None) -> Receipt:
    """Take files of earlier nights from the archive as if they were new, with those that the warehouse lacks.

    An original that is damaged and cannot be mended is named and stays as it was landed: what nobody received is not judged.
    """
    archive = archive or settings.archive
    chosen = [
        Received(name, sha256, size, when, order, place(archive, sha256))
        for name, sha256, size, when, order in holding(settings.landed, periods, units, forms)
    ]
    journal = read_journal(settings.archive)
    hashes = [one.sha256 for one in chosen]
    damaged = examine(archive, hashes, _names(chosen), _elsewhere(settings, hashes))
    lost = {one.sha256 for one in damaged if not one.healed}
    chosen = [one for one in chosen if one.sha256 not in lost]
    unlanded = _unlanded(settings, journal, {})
    more = tuple(one for one in unlanded.new if one.sha256 not in {c.sha256 for c in chosen})
    return Receipt((*chosen, *more), unlanded.copies, damaged=(*damaged, *unlanded.damaged))


def recall_all(settings: Settings) -> Receipt:
    """Everything that has a receipt and is not landed, and nothing of the inbox: for a warehouse that is made anew."""
    receipt = _unlanded(settings, read_journal(settings.archive), {})
    return replace(receipt, recalled=len(receipt.came))


def _receipts_written(settings: Settings, received: Sequence[Received]) -> list[dict]:
    """The journal with a receipt for every file: tonight's, and those landed before there was a journal or after it was lost."""
    archive, copy = settings.archive, settings.archive_copy
    if copy and not (archive / JOURNAL).exists() and (copy / JOURNAL).is_file():
        archive.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy / JOURNAL, archive / JOURNAL)
    journal = read_journal(archive)
    told = {(one.name, one.sha256): (one.received_at, one.order) for one in receipts(journal, archive)}
    landed = [
        Received(name, sha256, size, when, order, place(archive, sha256))
        for name, sha256, size, when, order in files_landed(settings.landed)
        if (name, sha256) not in told
    ]
    told |= {(one.name, one.sha256): (one.received_at, one.order) for one in landed}
    fresh = sort_out(list(received), told)
    new = sorted([*fresh.new, *(one.received for one in fresh.copies)], key=lambda one: (one.received_at, one.order, one.name))
    enter(
        archive,
        [
            *(receipt_of(one, settings.as_of, source="warehouse") for one in landed),
            *(
                {"kind": "reread", "sha256": s, "tries": t, "seconds": n, "megabytes": m}
                for s, (t, n, m) in (retries.tried_again(settings.landed) if landed else {}).items()
            ),
            *(receipt_of(one, settings.as_of) for one in new),
        ],
    )
    return read_journal(archive)


def _unlanded(settings: Settings, journal: Sequence[Mapping], paths: Mapping[str, Path]) -> Receipt:
    """What the journal knows and the warehouse does not, sorted, with the files that get more time; whole originals only.

    `paths` are tonight's files by SHA-256. Raises OriginalsLost where one cannot be mended and nobody has signed for its loss.
    """
    known = receipts(journal, settings.archive)
    landed = seen_files(settings.landed)
    sorted_out = sort_out([one for one in known if (one.name, one.sha256) not in landed], landed)
    due_again = retries.due(settings.landed, settings.archive, settings)
    unjudged = retries.unjudged(settings.landed, settings.archive, settings, journal)
    more = [one for one in unjudged if one.received.sha256 not in {due.received.sha256 for due in due_again}]
    again = (*due_again, *more, *retries.from_journal(journal, sorted_out.new))
    wanted = [one.sha256 for one in (*sorted_out.new, *(a.received for a in again))]
    damaged = examine(settings.archive, wanted, _names(known), {**_elsewhere(settings, wanted), **paths})
    lost = {one.sha256 for one in damaged if not one.healed}
    missing = tuple(one for one in damaged if one.sha256 in lost and one.sha256 in {r.sha256 for r in sorted_out.new})
    _signed_for(settings, journal, missing)
    return Receipt(
        tuple(one for one in sorted_out.new if one.sha256 not in lost),
        tuple(one for one in sorted_out.copies if one.received.sha256 not in lost),
        again=tuple(one for one in again if one.received.sha256 not in lost),
        damaged=tuple(damaged),
    )


def _signed_for(settings: Settings, journal: Sequence[Mapping], missing: Sequence[Damage]) -> None:
    """Let a night go on without originals only by somebody's name, which the journal keeps. Raises OriginalsLost."""
    given_up = {sha256 for one in journal if one["kind"] == "lost" for sha256 in one["sha256"]}
    open_ = [one for one in missing if one.sha256 not in given_up]
    if open_ and not settings.accept_drop:
        raise OriginalsLost("use.originals_lost", names=tuple(name for one in open_ for name in one.names))
    if open_:
        said = {"sha256": [one.sha256 for one in open_], "by": settings.accept_drop, "as_of": settings.as_of}
        enter(settings.archive, [{"kind": "lost", **said}])


def _rolling_check(settings: Settings, journal: Sequence[Mapping], done: set[str]) -> list[Damage]:
    """Tonight's part of the archive, whatever is made of it; how far it came is noted."""
    chosen = due(journal, settings.check_megabytes, done)
    if not chosen:
        return []
    damaged = examine(settings.archive, chosen, _names(receipts(journal, settings.archive)), _elsewhere(settings, chosen))
    said = {"reached": chosen[-1], "originals": len(chosen), "damaged": [one.sha256 for one in damaged], "as_of": settings.as_of}
    enter(settings.archive, [{"kind": "checked", **said}])
    return damaged


def _copied(settings: Settings, journal: Iterable[Mapping]) -> str:
    if settings.archive_copy is None:
        return ""
    try:
        second_copy(settings.archive, settings.archive_copy, [one["sha256"] for one in journal if one["kind"] == "received"])
    except OSError as error:
        return f"{error.filename or settings.archive_copy}: {error.strerror or error}"
    return ""


def _names(files: Iterable[Received]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in files:
        found.setdefault(one.sha256, []).append(one.name)
    return found


def _elsewhere(settings: Settings, hashes: Iterable[str]) -> dict[str, Path]:
    """Where the second copy of the archive keeps some bytes."""
    return {sha256: place(settings.archive_copy, sha256) for sha256 in hashes} if settings.archive_copy else {}
