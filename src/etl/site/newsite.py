"""Make the folder of a new site from a few answers: what a county must say before its first night, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.forms.contract import Form
from etl.mistakes import Mistake
from etl.period import GRAIN_OF, MONTHS

KINDS = {"town": ("镇", "乡", "街道", "街道办事处"), "park": ("园区", "开发区", "管委会", "工业园", "产业园")}  # by the end of a name
LETTER = {"town": "t", "park": "p", "bureau": "b"}
NEXT_MONTH = 1  # what is over is owed in the month after


@dataclass(frozen=True, slots=True)
class NewSite:
    """The answers; `due` is the day of the month after by which each form is owed, and by whom: all units, or one kind."""

    county: str
    province: str
    division: str
    units: tuple[str, ...]
    due: Mapping[str, int]
    owed_by: Mapping[str, str]  # form -> kind of unit, or *
    first: date  # owed for periods that end from here on


def kind_by_name(name: str) -> str:
    """The kind of a unit by its name: 清河镇 is a town, 经济开发区 a park, all else a bureau."""
    return next((kind for kind, ends in KINDS.items() if name.endswith(ends)), "bureau")


def make_site(folder: Path, new: NewSite, forms: Mapping[str, Form], holidays: Sequence[tuple[str, str]]) -> list[Path]:
    """Write the files of a site and answer them. Raises Mistake where the folder holds a site already."""
    if (folder / "units.csv").exists():
        raise Mistake("use.exists", path=folder / "units.csv")
    codes = _codes(new.units)
    own = [day for day in holidays if int(day[0][:4]) >= new.first.year] or [(f"{new.first.year}-01-01", "holiday")]
    tables: dict[str, Iterable[Sequence[object]]] = {
        "units.csv": [("unit", "name", "kind", "reports", "aliases"), *((codes[n], n, kind_by_name(n), "yes", "") for n in new.units)],
        "roster.csv": [("unit", "unit_name", "form", "period", "deadline")],
        "settings.csv": [
            ("key", "value", "meaning"),
            ("county", new.county, ""),
            ("home_province", new.province, ""),
            ("county_division", new.division, ""),
        ],
        "holidays.csv": [("date", "kind"), *own],
        "obligations.csv": [
            ("unit", "form", "cadence", "due_day", "due_month_offset", "from", "to"),
            *(
                (codes[name], form, forms[form].cadence, day, NEXT_MONTH if GRAIN_OF[forms[form].cadence] in MONTHS else 0, new.first, "")
                for form, day in new.due.items()
                for name in new.units
                if new.owed_by.get(form, "*") in ("*", kind_by_name(name))
            ),
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / name, rows) for name, rows in tables.items()]


def _codes(names: Sequence[str]) -> dict[str, str]:
    count: dict[str, int] = {}
    codes = {}
    for name in names:
        letter = LETTER[kind_by_name(name)]
        count[letter] = count.get(letter, 0) + 1
        codes[name] = f"{letter}{count[letter]:02d}"
    return codes


def _write(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
