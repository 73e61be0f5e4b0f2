"""Step: write the new version and swap it in at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from etl.gate.checkpoint import Expected
from etl.gate.page import write_results
from etl.night.night import Night
from etl.publish.assessors import Assessors
from etl.publish.drop import let_through
from etl.publish.manifest import Publication, read_manifest
from etl.publish.reconcile import Balance
from etl.publish.release import release
from etl.publish.swap import current
from etl.publish.withhold import load_border
from etl.site.releases import COLUMNS
from etl.transform.build import Mart


def publish(night: Night, marts: Sequence[Mart], balances: Sequence[Balance], results: Sequence[Expected]) -> Path:
    """The folder of the new version. Raises Held where it lost most of a form."""
    settings = night.settings
    now = current(settings.published)
    accepted = let_through(
        read_manifest(now).get("lines", {}) if now else {},
        balances,
        Decimal(night.basis.parameters.word("drop_held")),
        settings.accept_drop,
    )
    released = [one for one in night.basis.site.releases if one.in_force(settings.as_of.date())]
    return release(
        settings.build,
        marts,
        settings.published,
        Publication(
            night.id,
            settings.as_of.date(),
            balances,
            accepted_drop=accepted,
            results=lambda folder: write_results(folder, night.id, results, settings.lang),
            released=[{part: str(getattr(one, part)) for part in (*COLUMNS, "release")} for one in released],
        ),
        border=load_border(settings.expectations, [(one.what, one.scheme, one.period) for one in released]),
        assessors=Assessors(settings.assessors, settings.site),
    )
