"""What a county shows on its pages, and of which night: `expectations/pages.yaml`, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.forms.yamlfile import load_yaml

PAGES = "pages.yaml"


@dataclass(frozen=True, slots=True)
class Show:
    """Cards, comparisons and tables by the names of their figures (form.measure)."""

    county: str
    night: str
    as_of: str
    lang: str
    stages: Sequence[str]
    cards: Sequence[dict[str, Any]]
    compared: Sequence[dict[str, Any]]
    followed: Sequence[dict[str, Any]]
    funnel: dict[str, str]
    spoken: dict[str, str]
    bulletin: Sequence[dict[str, Any]]


def load_show(expectations: Path, county: str, night: str, as_of: date, lang: str, stages: Sequence[str]) -> Show:
    """What is shown, by the product's file with a site's laid over it. Raises yaml.YAMLError and TypeError for a file that is wrong."""
    return Show(county, night, as_of.isoformat(), lang, stages, **load_yaml(expectations / PAGES))


def of_all_units(show: Show) -> set[str]:
    """The figures that are shown of all units side by side."""
    cards = {card[part] for card in show.cards for part in ("figure", "beside") if part in card}
    return cards | {one["figure"] for one in show.compared} | {name for table in show.bulletin for name in table["figures"]}
