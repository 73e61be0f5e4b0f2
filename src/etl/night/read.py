"""Step: read every new file in a bounded child process, a hundred files at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from etl.model import Reading, Received
from etl.night import progress, retries
from etl.night.night import Night
from etl.settings import Settings
from etl.understand.intake import load_reference, read_all
from etl.understand.submission import Reference
from etl.validate.lines import with_staged_lines

AT_ONCE = 100  # files of one batch


class Batch(NamedTuple):
    """Files that are read within the same limits, and the place of the first among all of tonight."""

    files: Sequence[Received]
    limits: Settings
    first: int

    @property
    def places(self) -> str:
        return f"{self.first}-{self.first + len(self.files) - 1}"


def batches(night: Night) -> list[Batch]:
    """Tonight's files, and those that get more time and memory, batch by batch."""
    settings, receipt = night.settings, night.receipt
    found: list[Batch] = []
    first = 1
    for limits, files in retries.with_limits(receipt.new, receipt.again, settings, settings.landed):
        for start in range(0, len(files), AT_ONCE):
            found.append(Batch(files[start : start + AT_ONCE], limits, first))
            first += len(found[-1].files)
    return found


def read_batch(night: Night, reference: Reference, batch: Batch) -> list[Reading]:
    """The submissions of a batch's files; their lines come ready to be staged."""
    receipt = night.receipt
    hand_over = partial(with_staged_lines, forms=reference.forms, register=reference.register)
    readings: list[Reading] = []
    for done, (_, of_file) in enumerate(read_all(batch.files, reference, batch.limits, hand_over=hand_over), start=batch.first):
        readings += of_file
        progress.tell("read", done, len(receipt.new) + len(receipt.again))
    return readings


def read(night: Night, read_one: Callable[[Night, Reference, Batch], list[Reading]] = read_batch) -> list[Reading]:
    """The submissions of all files."""
    progress.tell("read")
    reference = load_reference(night.settings.expectations, night.criteria.site)
    return [reading for batch in batches(night) for reading in read_one(night, reference, batch)]
