"""List the matters that units are held to, gravest first, and who stands on which list; write the papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl.desk.choose import names_only, period_named, unit_named
from etl.mistakes import Mistake
from etl.settings import Settings
from etl.texts.catalogue import Say, speaker
from etl.texts.periods import period_name
from etl.texts.screen import cell, console, table

if TYPE_CHECKING:
    from rich.console import Console

    from etl.notices.lists import Listing
    from etl.notices.matters import Matter

STYLE = {"red_notice": "red", "yellow_notice": "yellow", "green_notice": "green"}


def show_notices(settings: Settings, period: str | None, unit: str | None, out: Path | None) -> int:
    """Print what is proposed, open or to be closed, and the lists; write the papers of a period. Raises Mistake."""
    from etl.notices.lists import read_listings
    from etl.notices.matters import OPEN, read_matters
    from etl.notices.write import Shelves, Wanted, write_papers
    from etl.publish.assessors import results_folder
    from etl.publish.export import DATABASE
    from etl.publish.manifest import read_manifest
    from etl.site.load import load_site

    say, version = speaker(settings.lang), (settings.published / "current").resolve()
    if not (version / DATABASE).is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    site, as_of = load_site(settings.site), date.fromisoformat(read_manifest(version)["as_of"])
    matters = [m for m in read_matters(version / DATABASE) if m.state in OPEN]
    # A listing that nobody has let out yet is the assessors' alone, and they are who decides by what is shown here.
    listings = read_listings(results_folder(settings.assessors, settings.published) / DATABASE)
    names = {m.unit: m.unit_name for m in matters} | {one.unit: one.unit_name for one in listings} | site.names
    unit, period = unit and unit_named(unit, names_only(names)), period and period_named(period)
    papers = write_papers(
        version / DATABASE,
        settings.site,
        site.settings,
        Shelves(out or settings.drafts, settings.replies, settings.issued),
        as_of,
        Wanted(period, unit, settings.lang),
    )
    screen = console()
    _show_matters([m for m in matters if unit in (None, m.unit) and period in (None, m.period)], as_of, say, screen)
    _show_listings([one for one in listings if unit in (None, one.unit) and period in (None, one.period)], say, screen)
    drafted, issued = [p for p in papers if not p.paper.issued_on], [p for p in papers if p.paper.issued_on]
    if drafted:
        screen.print(say("matter.written_draft", count=len(drafted), folder=drafted[0].path.parent, register=say("matter.register")))
    if issued:
        screen.print(say("matter.written_issued", count=len(issued), new=sum(p.is_new for p in issued), folder=settings.replies))
    return 0


def _show_matters(shown: Sequence[Matter], as_of: date, say: Say, screen: Console) -> None:
    from etl.notices.matters import DRAFT, GRAVITY, ISSUED

    if not shown:
        screen.print(say("matter.none"))
        return
    count = Counter("proposed" if m.state in DRAFT else "issued" if m.state in ISSUED else m.state for m in shown)
    screen.print(say("matter.listed", as_of=as_of, **{state: count[state] for state in ("proposed", "issued", "to_verify")}))
    listed = table("", *(say(f"matter.{c}") for c in ("kind", "unit", "matter", "facts", "since", "running", "state", "due", "number")))
    for m in sorted(shown, key=lambda m: (GRAVITY.index(m.kind), m.unit, m.order)):
        state = say.word("state", m.state) + (say("matter.past_due") if m.is_past_due else "")
        listed.add_row(
            cell(say(f"matter.{m.kind}"), STYLE[m.kind]),
            *map(cell, (m.unit_name, m.name, m.facts, period_name(m.since, say.lang), m.running, state, m.due or "", m.number)),
        )
    screen.print(listed)


def _show_listings(shown: Sequence[Listing], say: Say, screen: Console) -> None:
    if not shown:
        return
    screen.print()
    screen.print(say("matter.lists"))
    listed = table("", *(say(f"matter.{c}") for c in ("kind", "unit", "listed_for", "figures", "state", "number")))
    for one in shown:
        state = say.word("state", one.state)
        if one.released_by:
            state = say("matter.state_by", state=state, by=one.released_by)
        listed.add_row(*map(cell, (say.word("order", one.kind), one.unit_name, one.name, one.figures, state, one.number)))
    screen.print(listed)
