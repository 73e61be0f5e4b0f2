"""Step: look through the inbox, and keep every byte that is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.inbox.archive import Copy, StillChanging, archive_file, sort_out
from etl.inbox.find import find
from etl.land.seen import holding, seen_files
from etl.model import Received
from etl.night import retries
from etl.settings import Settings


@dataclass(frozen=True, slots=True)
class Receipt:
    """What lay in the inbox tonight, sorted."""

    new: tuple[Received, ...] = ()
    copies: tuple[Copy, ...] = ()  # bytes that came before under another name
    known: int = 0  # received in an earlier night
    waiting: tuple[str, ...] = ()  # still being written
    ignored: tuple[str, ...] = ()  # lock, system and unfinished files
    refused: tuple[tuple[str, str], ...] = ()  # links, devices and folders, with their kind
    again: tuple[retries.Again, ...] = ()  # of earlier nights, refused by a limit: they get more tonight

    @property
    def files(self) -> int:
        return len(self.new) + len(self.copies) + self.known

    @property
    def came(self) -> tuple[Received, ...]:
        """Every file that is in the inbox under this name with these bytes for the first time."""
        return (*self.new, *(copy.received for copy in self.copies))


def receive(settings: Settings) -> Receipt:
    """Look through the inbox and archive what lies there. Raises OSError where a shared folder fails: then it is tried again."""
    found = find(settings.inbox, settings.settle)
    received, waiting = [], list(found.waiting)
    for candidate in found.files:
        try:
            received.append(archive_file(candidate, settings.archive))
        except StillChanging:
            waiting.append(candidate.name)
    sorted_out = sort_out(received, seen_files(settings.landed))
    return Receipt(
        sorted_out.new,
        sorted_out.copies,
        sorted_out.known,
        tuple(waiting),
        found.ignored,
        found.refused,
        retries.due(settings.landed, settings.archive, settings),
    )


def recall(settings: Settings, periods: Sequence[str], units: Sequence[str], forms: Sequence[str]) -> Receipt:
    """Take files of earlier nights from the archive as if they were new."""
    return Receipt(
        tuple(
            Received(name, sha256, size, when, order, settings.archive / sha256[:2] / sha256)
            for name, sha256, size, when, order in holding(settings.landed, periods, units, forms)
        )
    )
