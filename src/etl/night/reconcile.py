"""Step: what was received is published, quarantined or superseded, or the night ends here."""

from __future__ import annotations

from collections.abc import Sequence

from etl.night.night import Night
from etl.publish.reconcile import Balance, reconcile_warehouse
from etl.transform.build import Mart


def reconcile(night: Night, marts: Sequence[Mart]) -> tuple[Balance, ...]:
    """Lines and sums received against those that were built. Raises AuditFailure where they differ."""
    settings = night.settings
    return reconcile_warehouse(settings.landed, settings.build, night.criteria.forms, marts, staged=settings.staged)
