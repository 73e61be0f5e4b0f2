"""The refusal of a file that cannot be read: its cause and what its sender can do about it, in one text.

What a reader raises is the Chinese text; it travels in a finding's `expected` and is kept.
"""

from __future__ import annotations

from etl.model import Unreadable
from etl.texts.catalogue import Text, recognised, speaker

BY_LIMIT = ("too_long", "too_big")


def refusal(key: str, **given: object) -> Unreadable:
    """The refusal of a file: F28 where a password keeps it shut, else F27."""
    return Unreadable("F28" if key == "password" else "F27", speaker("zh")(f"refusal.{key}", **given))


def exceeded(text: str | None) -> str | None:
    """too_long or too_big where a reason says that a reading took more than it was allowed; more may do."""
    found = recognised("refusal", text) if text else None
    name = found.key.partition(".")[2] if isinstance(found, Text) else ""
    return name if name in BY_LIMIT else None
