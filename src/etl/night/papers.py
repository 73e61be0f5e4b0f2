"""Step: write the papers by which units are held to something: drafts for the assessor, issued ones beside the replies."""

from __future__ import annotations

from etl.night.night import Night
from etl.notices.write import Shelves, Wanted, write_papers
from etl.publish.export import DATABASE


def papers(night: Night) -> int:
    """How many papers were made tonight that were not there before."""
    settings, site = night.settings, night.criteria.site
    made = write_papers(
        settings.published / "current" / DATABASE,
        site.folder,
        site.settings,
        Shelves(settings.drafts, settings.replies, settings.issued),
        settings.as_of.date(),
        Wanted(lang=settings.lang),
    )
    return sum(one.is_new for one in made)
