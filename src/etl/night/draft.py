"""Step: the tables of a new version are written by a process of their own, beside those that find out whether it may be published."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from etl.night.night import Night
from etl.publish.assessors import Assessors
from etl.publish.release import Unreleased, drafted
from etl.publish.withhold import load_border
from etl.site.releases import Release
from etl.transform.build import Mart


def draft(night: Night, marts: Sequence[Mart]) -> AbstractContextManager[Unreleased]:
    """What is let out goes by the releases that are in force; where nothing is published in the end, nobody has read it."""
    settings = night.settings
    border = load_border(settings.expectations, [(one.what, one.scheme, one.period) for one in releases_in_force(night)])
    return drafted(settings.build, marts, settings.published, border=border, assessors=Assessors(settings.assessors, settings.site))


def releases_in_force(night: Night) -> list[Release]:
    """The releases of the site that hold on the night's day."""
    return [one for one in night.criteria.site.releases if one.in_force(night.settings.as_of.date())]
