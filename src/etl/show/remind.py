"""Show what was sent to whom, or with a dry run what would be."""

from __future__ import annotations

from etl.settings import Settings
from etl.site.contacts import OFFICE
from etl.site.load import load_site
from etl.texts.catalogue import speaker
from etl.texts.screen import console, visible


def show_remind(settings: Settings, dry_run: bool) -> int:
    """Print every message with what became of it; exit code 1 where one failed. Raises Mistake."""
    from etl.judge.criteria import load_criteria
    from flows.reminders import remind

    site = load_site(settings.site)
    say, screen, names = speaker(settings.lang), console(), site.names
    done = remind(settings, load_criteria(settings.expectations, site, settings.as_of), dry_run=dry_run)
    if not done:
        screen.print(say("matter.nothing_due"))
    for one in done:
        name = say("matter.to_office") if one.message.recipient == OFFICE else names.get(one.message.recipient, one.message.recipient)
        screen.print(visible(f"{one.message.title} → {name}：{say(f'matter.outcome_{one.outcome}')}"), markup=False)
        for line in one.message.lines:
            screen.print(visible(f"  {line}"), markup=False)
    return 1 if any(one.outcome == "failed" for one in done) else 0
