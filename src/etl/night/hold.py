"""A hold: a named person keeps readers on the version that they see; nights go on, and publish nothing until it is lifted."""

from __future__ import annotations

from etl.inbox.journal import last, read_journal
from etl.settings import Settings

BEGINS, ENDS = ("held", "rolled_back"), ("lifted",)


def standing(settings: Settings) -> dict | None:
    """The line of the journal by which nothing is published, None where no hold stands."""
    found = last(read_journal(settings.archive), *BEGINS, *ENDS)
    return found if found and found["kind"] in BEGINS else None
