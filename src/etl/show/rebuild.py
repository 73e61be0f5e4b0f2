"""Rebuild before the eyes of whoever asked for it, and say whether readers see byte for byte what they saw."""

from __future__ import annotations

from etl.settings import Settings
from etl.texts.catalogue import speaker
from etl.texts.screen import visible


def show_rebuild(settings: Settings, dated: bool) -> int:
    """Run it; `dated` where a day was asked for. Exit 0 where what is published is what stood, or nothing stood. Raises Mistake."""
    from etl.inbox.journal import last, read_journal
    from etl.publish.swap import current
    from etl.show.night import run_night

    stood = last(read_journal(settings.archive), "published")
    code = run_night(settings, rebuild=True, dated=dated)
    now = current(settings.published)
    if code or now is None:
        return code
    say = speaker(settings.lang)
    if stood is None or stood["version"] == now.name:
        print(visible(say("use.rebuilt_same", version=now.name)))
    else:
        print(visible(say("use.rebuilt_other", was=stood["version"], now=now.name)))
    return 0
