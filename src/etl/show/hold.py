"""The commands of a way back: hold, lift, rollback; each says what readers see now and what the next night will do."""

from __future__ import annotations

from etl.settings import Settings
from etl.texts.catalogue import speaker
from etl.texts.screen import visible


def show_hold(settings: Settings, by: str, why: str) -> int:
    """Hold, or without words say whether a hold stands. Raises Mistake."""
    from etl.desk.holding import hold
    from etl.night.hold import standing

    say = speaker(settings.lang)
    if not by and not why:
        found = standing(settings)
        print(visible(say("hold.stands", by=found["by"], at=found["at"], why=found["why"])) if found else say("hold.none"))
        return 0
    hold(settings, by, why)
    print(say("hold.done"))
    return 0


def show_lift(settings: Settings, by: str, why: str) -> int:
    """Lift the hold. Raises Mistake."""
    from etl.desk.holding import lift

    lift(settings, by, why)
    print(speaker(settings.lang)("hold.lifted"))
    return 0


def show_rollback(settings: Settings, version: str | None, by: str, why: str) -> int:
    """Show readers an earlier version; without words list those that are kept. Raises Mistake."""
    from etl.desk.holding import roll_back
    from etl.publish.manifest import read_manifest
    from etl.publish.swap import current, versions

    say = speaker(settings.lang)
    if version is None and not by and not why:
        now = current(settings.published)
        if now is None:
            print(say("use.nothing_published", data=settings.data))
        for kept in reversed(versions(settings.published)):
            mark = say("hold.current") if now and kept == now.name else ""
            print(visible(say("hold.version", version=kept, as_of=read_manifest(settings.published / kept).get("as_of", ""), mark=mark)))
        return 0
    print(visible(say("hold.rolled_back", version=roll_back(settings, version, by, why))))
    if settings.serving_url:
        from etl.show.serve import show_serve

        return show_serve(settings)
    return 0
