"""Step: put the readings into typed tables of a fresh file."""

from __future__ import annotations

from collections.abc import Sequence

from etl.land.seen import attach_landed
from etl.land.tables import bring_up
from etl.model import Reading
from etl.night.night import Night
from etl.validate.stage import fill_staged


def stage(night: Night, readings: Sequence[Reading]) -> None:
    """Fill schema `staged` of a file that is written anew."""
    import duckdb

    staged = night.settings.staged
    staged.parent.mkdir(parents=True, exist_ok=True)
    for stale in (staged, staged.with_name(staged.name + ".wal")):
        stale.unlink(missing_ok=True)
    bring_up(night.settings.landed, night.criteria.forms)
    with duckdb.connect(str(staged)) as con:
        fill_staged(con, readings, night.criteria.forms, night.criteria.site, attach_landed(con, night.settings.landed))
