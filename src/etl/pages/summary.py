"""How a county stands at a period in sentences: each says what figures say and names them, and none is said without its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from etl.pages.figures import part_of
from etl.pages.shard import Row
from etl.pages.show import Show
from etl.texts.catalogue import LANGUAGES, speaker
from etl.texts.periods import period_name

Figures = Mapping[str, Any]  # form.measure -> value, numerator, denominator, …; or of each unit


@dataclass(frozen=True, slots=True)
class Stand:
    """A period's figures of the county and of its units, and what else its sentences speak of."""

    period: Row  # of dim_period
    county: Figures
    units: Mapping[str, Figures]
    slots: Sequence[Row]
    names: Mapping[str, str]  # of units
    uoms: Mapping[str, str]  # of figures
    spoken: Mapping[str, str]  # a word of the sentences -> form.measure

    @property
    def time(self) -> Decimal:
        return Decimal(self.period["time_progress"])

    def value(self, word: str) -> Decimal | None:
        """The county's figure; None where it has none, or does not collect it."""
        found = self.county.get(self.spoken.get(word, "")) or ()
        return Decimal(found[0]) if found and found[0] is not None else None


def stand_of(around: Mapping[str, Any], named: Sequence[str], period: str, data: Mapping[str, Any], show: Show) -> Stand:
    """The stand at a period, of the frame's periods, units and measures (`named` in their order) and the period's figures and slots."""
    [of] = [row for row in around["periods"] if row["period"] == period]
    county, units = ({named[place]: figure for place, figure in data[part].items()} for part in ("county", "units"))
    names = {row["unit"]: row["name"] for row in around["units"]}
    uoms = {name: row["uom"] for name, row in zip(named, around["measures"], strict=True)}
    return Stand(of, county, units, data["slots"], names, uoms, show.spoken)


def summarise(stand: Stand) -> list[Row]:
    """The sentences in both languages, each with the figures that it speaks of."""
    made = []
    for key, words, values in _statements(stand):
        figures = [stand.spoken[word] for word in words]
        uom = stand.uoms[figures[0]] if figures else ""
        lacking = _lacking(stand, figures)
        made.append({"text": [_said(lang, key, stand, values, uom) + _without(lang, lacking) for lang in LANGUAGES], "figures": figures})
    return made


def _said(lang: str, key: str, stand: Stand, values: Mapping[str, object], uom: str) -> str:
    say, shown = speaker(lang), {name: _shown(value) for name, value in values.items()}
    return say(f"summary.{key}", period=period_name(stand.period["period"], lang), uom=say.word("uom", uom), **shown)


def _lacking(stand: Stand, figures: Sequence[str]) -> dict[str, list[str]]:
    """The units that the county's figures of a sentence lack, by why: nothing came, it was refused, or something else."""
    forms = {
        (name.partition(".")[0], code) for name in figures for code in str(part_of(stand.county.get(name), "missing_units") or "").split()
    }
    made: dict[str, set[str]] = {"missing": set(), "refused": set(), "other": set()}
    for form, unit in forms:
        of = [slot for slot in stand.slots if (slot["form"], slot["unit"]) == (form, unit)]
        why = (
            "missing"
            if any(slot["status"] == "missing" for slot in of)
            else "refused"
            if any(s["verdict"] == "rejected" for s in of)
            else "other"
        )
        made[why].add(stand.names.get(unit, unit))
    return {why: sorted(units) for why, units in made.items() if units}


def _without(lang: str, lacking: Mapping[str, list[str]]) -> str:
    return "".join(speaker(lang)(f"summary.without_{why}", units=units) for why, units in lacking.items())


def _shown(value: object) -> object:
    """A number with at most two digits behind its point, rounded half up."""
    if not isinstance(value, Decimal):
        return value
    text = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"


def _statements(stand: Stand) -> Iterator[Statement]:
    yield from _arrived(stand)
    yield from _grown(stand, "arrived_growth")
    yield from _attained(stand)
    yield from _completed(stand)
    yield from _grown(stand, "completed_growth")
    yield from _spent(stand)
    yield from _sent(stand)


Statement = tuple[str, list[str], dict[str, object]]  # a text of the catalogue, the figures it speaks of, what is filled in


def _arrived(stand: Stand) -> Iterator[Statement]:
    words = ["arrived", "recognised", "water"]
    if None not in (found := [stand.value(word) for word in words]):
        yield "arrived", words, dict(zip(("sent", "seen", "water"), found, strict=True))


def _grown(stand: Stand, word: str) -> Iterator[Statement]:
    """By how much a figure is above that of the year before; where a unit is missing, now or of the base's, that would say who reports."""
    growth = stand.value(word)
    if growth is not None and not any(part_of(stand.county[stand.spoken[word]], name) for name in ("missing_units", "gone")):
        way = "none" if not growth else "up" if growth > 0 else "down"
        yield f"{word}_{way}", [word], {"growth": abs(growth)}


def _attained(stand: Stand) -> Iterator[Statement]:
    of = stand.units.get(stand.spoken.get("attained", ""), {})
    rates = sorted(((Decimal(figure[0]), unit) for unit, figure in of.items() if figure and figure[0] is not None), reverse=True)
    if len(rates) > 1:
        (most, best), (least, worst) = rates[0], rates[-1]
        told = {
            "best": stand.names[best],
            "most": most,
            "worst": stand.names[worst],
            "least": least,
            "time": stand.time,
            "units": len(rates),
        }
        ahead = sum(rate >= stand.time for rate, _ in rates)
        key = "attained_none" if not ahead else "attained_all" if ahead == len(rates) else "attained_some"
        yield key, ["attained"], {**told, "ahead": ahead}


def _completed(stand: Stand) -> Iterator[Statement]:
    done, rate = stand.value("completed"), stand.value("completion")
    if done is not None and rate is not None:
        key = "completed_ahead" if rate >= stand.time else "completed_behind"
        yield key, ["completed", "completion"], {"amount": done, "rate": rate, "gap": abs(rate - stand.time)}


def _spent(stand: Stand) -> Iterator[Statement]:
    if (rate := stand.value("spent")) is not None:
        yield "spent_ahead" if rate >= stand.time else "spent_behind", ["spent"], {"rate": rate, "gap": abs(rate - stand.time)}


def _sent(stand: Stand) -> Iterator[Statement]:
    owed = [slot for slot in stand.slots if slot["is_owed"]]
    by = {status: [slot for slot in owed if slot["status"] == status] for status in ("on_time", "late", "missing")}
    refused = sum(slot["verdict"] == "rejected" for slot in owed)
    values: dict[str, object] = {"owed": len(owed), "refused": refused, **{status: len(slots) for status, slots in by.items()}}
    if by["missing"]:
        yield "sent_missing", [], {**values, "who": sorted({stand.names[slot["unit"]] for slot in by["missing"]})}
    elif owed:
        yield "sent", [], values
