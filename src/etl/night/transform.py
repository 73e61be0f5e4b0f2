"""Step: build the marts, on what last night built of the same rows."""

from __future__ import annotations

from pathlib import Path

from etl.night import progress
from etl.night.name import fingerprint
from etl.night.night import Night
from etl.transform.begun import begin, end
from etl.transform.build import Mart, build_marts
from etl.transform.watch import watching


def project_of(night: Night) -> Path:
    """The dbt project that the night builds: with the models that a site has of its own."""
    return night.settings.home / "dbt_project"


def transform(night: Night) -> tuple[Mart, ...]:
    """The marts that dbt built. Raises TransformError where a model or a test fails."""
    settings = night.settings
    code = fingerprint(settings.home)
    begun = begin(settings.build, code)
    with watching(lambda done, total, _: progress.tell("transform", done, total)):
        marts = build_marts(settings.landed, begun, settings.data / "dbt", project=project_of(night))
    end(begun, settings.build, code)
    return marts
