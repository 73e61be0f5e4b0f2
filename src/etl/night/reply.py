"""Step: give each unit its own workbook back, marked, with a letter."""

from __future__ import annotations

from etl.night.night import Night
from etl.reply.answers import answer_all


def reply(night: Night) -> int:
    """How many replies were made."""
    basis = night.basis
    return len(answer_all(night.settings, basis.site, basis.forms, basis.rulebook, basis.parameters))
