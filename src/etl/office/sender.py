"""Who writes papers: what a county says of itself in settings.csv, each blank by default but its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """The office that signs."""

    county: str
    name: str = ""  # letter_office: under the paper, beside the seal
    word: str = ""  # notice_word: before the year in a notice's number
    head: str = ""  # notice_head: the red line at the top of a notice
    phone: str = ""
    copies: str = ""
    red_head: str = ""  # paper_head: the red line at the top of every other paper, none by default


def office_of(settings: Mapping[str, str]) -> Office:
    """The office by the settings of a site."""
    keys = ("county", "letter_office", "notice_word", "notice_head", "letter_phone", "letter_copies", "paper_head")
    return Office(*(settings.get(key, "").strip() for key in keys))
