"""Step: build the marts into a fresh file beside last night's."""

from __future__ import annotations

from etl.night.night import Night
from etl.transform.build import Mart, build_marts


def transform(night: Night) -> tuple[Mart, ...]:
    """The marts that dbt built. Raises TransformError where a model or a test fails."""
    settings = night.settings
    return build_marts(settings.landed, settings.build, settings.data / "dbt", project=settings.home / "dbt_project")
