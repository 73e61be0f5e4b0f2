"""Step: what was built is held against what is expected of it, or the night ends here."""

from __future__ import annotations

from etl.gate.checkpoint import Expected, Unexpected, hold_against
from etl.gate.page import write_history, write_results
from etl.gate.suites import suites_of
from etl.night.night import Night


def gate(night: Night) -> tuple[Expected, ...]:
    """What came of every expectation, kept in `quality/` whatever it was. Raises Unexpected, and GateError where none can be told."""
    settings = night.settings
    results = hold_against(settings.build, settings.landed, suites_of(settings.home))
    write_results(settings.data / "quality" / night.id, night.id, results, settings.lang)
    write_history(settings.data / "quality", settings.lang)
    if failed := [one for one in results if one.blocks]:
        raise Unexpected(failed)
    return results
