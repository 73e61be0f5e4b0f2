"""Load the three-colour schemes, the indicators that get a light, and the conditions of the lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.forms.yamlfile import load_yaml
from etl.mistakes import Mistake

DEFAULT = "time_progress"
LIST_KEYS = ("red_top", "exempt_rate")


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
    lists: tuple[tuple[str, Decimal], ...]


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
    if absent := [key for key in LIST_KEYS if key not in data["lists"]]:
        raise Mistake("lights.no_list", name=path.name, absent=tuple(absent))
    return Lights(tuple(schemes), tuple(indicators), tuple((key, Decimal(str(data["lists"][key]))) for key in LIST_KEYS))
