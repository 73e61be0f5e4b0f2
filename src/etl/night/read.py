"""Step: read every new file in a bounded child process."""

from __future__ import annotations

from functools import partial
from itertools import chain

from etl.model import Reading
from etl.night import progress, retries
from etl.night.night import Night
from etl.understand.intake import load_reference, read_all
from etl.validate.lines import with_staged_lines


def read(night: Night) -> list[Reading]:
    """The submissions of tonight's files, and of those that get more time and memory; their lines come ready to be staged."""
    settings, receipt = night.settings, night.receipt
    reference = load_reference(settings.expectations, night.criteria.site)
    groups = retries.with_limits(receipt.new, receipt.again, settings, settings.landed)
    readings: list[Reading] = []
    hand_over = partial(with_staged_lines, forms=reference.forms, register=reference.register)
    read_files = chain.from_iterable(read_all(files, reference, limits, hand_over=hand_over) for limits, files in groups)
    for done, (_, of_file) in enumerate(read_files, start=1):
        readings += of_file
        progress.tell("read", done, len(receipt.new) + len(receipt.again))
    return readings
