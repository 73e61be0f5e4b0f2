"""Load the three-colour schemes, the indicators that get a light, and the conditions of notices and lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.forms.yamlfile import load_yaml
from etl.mistakes import Mistake

DEFAULT = "time_progress"
# The conditions that the models go by, each with its place in the file; all are landed as one table of keys and values.
CONDITIONS = {
    "red_top": ("lists", "red_top"),
    "exempt_rate": ("lists", "exempt_rate"),
    "first_month": ("due", "first_month"),
    "green_periods": ("escalation", "green_periods"),
    "yellow_periods": ("escalation", "yellow_periods"),
    "overdue_days": ("escalation", "overdue_days"),
    "reply_green": ("reply_days", "green"),
    "reply_yellow": ("reply_days", "yellow"),
    "reply_red": ("reply_days", "red"),
}


@dataclass(frozen=True, slots=True)
class Light:
    """One scheme of colours; the cuts belong to the better colour."""

    scheme: str
    name: str
    basis: str  # quotient: 100·rate/time progress; gap: rate − time progress, percentage points
    best_from: Decimal
    middle_from: Decimal
    colours: tuple[str, str, str]
    due_start_red: int
    chosen: bool


@dataclass(frozen=True)
class Lights:
    """All that lights and lists go by."""

    schemes: tuple[Light, ...]
    indicators: tuple[tuple[str, str, str, str], ...]  # form, measure, name, polarity
    lists: tuple[tuple[str, Decimal], ...]  # the conditions of CONDITIONS


def load_lights(path: Path, settings: Mapping[str, str], forms: Collection[str]) -> Lights:
    """Read lights.yaml; the setting `lights` chooses the scheme. Raises Mistake naming what cannot be used."""
    data = load_yaml(path)
    chosen = settings.get("lights") or DEFAULT
    if chosen not in data["schemes"]:
        raise Mistake("lights.no_scheme", chosen=chosen, schemes=data["schemes"])
    schemes = []
    for name, one in data["schemes"].items():
        best, middle = Decimal(str(one["best_from"])), Decimal(str(one["middle_from"]))
        if one["basis"] not in ("quotient", "gap") or best <= middle or len(one["colours"]) != 3:
            raise Mistake("lights.scheme", name=path.name, scheme=name)
        first, second, third = map(str, one["colours"])
        schemes.append(
            Light(name, str(one["name"]), one["basis"], best, middle, (first, second, third), int(one["due_start_red"]), name == chosen)
        )
    indicators = []
    for one in data["indicators"]:
        form, _, measure = one["measure"].partition(".")
        if form not in forms or not measure or one.get("polarity", "+") not in ("+", "-"):
            raise Mistake("lights.measure", name=path.name, measure=one["measure"])
        indicators.append((form, measure, str(one["name"]), one.get("polarity", "+")))
    if absent := [".".join(place) for place in CONDITIONS.values() if place[1] not in data.get(place[0], ())]:
        raise Mistake("lights.no_list", name=path.name, absent=tuple(absent))
    conditions = tuple((key, Decimal(str(data[part][name]))) for key, (part, name) in CONDITIONS.items())
    return Lights(tuple(schemes), tuple(indicators), conditions)
