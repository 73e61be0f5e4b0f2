"""Show what old things were removed, or with a dry run what would be."""

from __future__ import annotations

from etl.settings import Settings
from etl.texts.catalogue import speaker
from etl.texts.screen import visible


def show_retention(settings: Settings, dry_run: bool) -> int:
    """List each with its size. Raises NightRunning."""
    from etl.lock import one_night
    from etl.night.retention import remove, stale

    say = speaker(settings.lang)
    if dry_run:
        gone = stale(settings)
    else:
        with one_night(settings.data, since=settings.as_of, inbox=settings.inbox):
            gone = remove(settings)
    for one in gone:
        print(visible(say("use.removed", path=one.path, size=one.size)))
    if not gone:
        print(say("use.nothing_removed"))
    return 0
