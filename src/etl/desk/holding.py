"""A way back: keep readers on a version, give them an earlier one, and let nights publish again; each by a name, in the journal."""

from __future__ import annotations

from etl.inbox.journal import enter
from etl.lock import one_night
from etl.mistakes import Mistake
from etl.night.hold import standing
from etl.publish.swap import PublishError, current, rollback, versions
from etl.settings import Settings


def hold(settings: Settings, by: str, why: str) -> None:
    """Let no night publish until the hold is lifted. Raises Mistake."""
    _signed(by, why)
    enter(settings.archive, [{"kind": "held", "by": by.strip(), "why": why.strip(), "at": settings.as_of}])


def lift(settings: Settings, by: str, why: str) -> None:
    """Let the next night publish again. Raises Mistake where nothing is held."""
    _signed(by, why)
    if standing(settings) is None:
        raise Mistake("hold.none")
    enter(settings.archive, [{"kind": "lifted", "by": by.strip(), "why": why.strip(), "at": settings.as_of}])


def roll_back(settings: Settings, version: str | None, by: str, why: str) -> str:
    """Show readers an earlier version, by default the one before, and hold it; answer its name. Raises Mistake, NightRunning.

    The hold stands in the journal before the version changes: a night never publishes over it, whatever happens between.
    """
    _signed(by, why)
    with one_night(settings.data, since=settings.as_of, inbox=settings.inbox):
        now = current(settings.published)
        kept = versions(settings.published)
        before = [v for v in kept if now is None or v != now.name]
        chosen = version or (before[-1] if before else None)
        if chosen is None or chosen not in kept:
            raise Mistake("hold.no_version", version=version or "", kept=kept)
        said = {"from": now.name if now else "", "to": chosen, "by": by.strip(), "why": why.strip(), "at": settings.as_of}
        enter(settings.archive, [{"kind": "rolled_back", **said}])
        try:
            return rollback(settings.published, chosen).name
        except PublishError as damaged:
            raise Mistake("hold.damaged", version=chosen, found=str(damaged)) from None


def _signed(by: str, why: str) -> None:
    if not by.strip():
        raise Mistake("use.no_name")
    if not why.strip():
        raise Mistake("use.release_why")
