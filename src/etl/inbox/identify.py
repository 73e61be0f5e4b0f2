"""Whose file it is, which forms it should hold and for which period: folder, then file name, then the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from etl.forms.contract import Form
from etl.normalise.names import UnitRegister
from etl.normalise.periods import find_month, find_period, find_year
from etl.normalise.text import norm


@dataclass(frozen=True, slots=True)
class Slot:
    """What the place and the name of a file promise; None or () where they say nothing."""

    unit: str | None
    unit_by: str | None                    # folder or name
    name_unit: str | None                  # the unit in the file name, to compare with the folder
    forms: tuple[str, ...]
    name: str                              # file name without folder

    def period(self, cadence: str, year: int | None) -> str | None:
        """The period in the file name; a month without a year takes `year`, the title's."""
        return find_period(self.name, cadence, find_year(self.name) or year)

    @property
    def month(self) -> int | None:
        return find_month(self.name)


def identify(name: str, forms: dict[str, Form], register: UnitRegister) -> Slot:
    """Read the promises of a path inside the inbox; the nearest folder that names a unit decides."""
    path = PurePosixPath(name)
    stem = path.stem
    by_folder = next((code for part in reversed(path.parts[:-1]) if (code := register.find(part))), None)
    by_name = register.find_in(stem)
    unit = by_folder or by_name
    return Slot(
        unit=unit,
        unit_by="folder" if by_folder else "name" if by_name else None,
        name_unit=by_name,
        forms=forms_named(stem, forms, register),
        name=stem,
    )


def forms_named(text: str, forms: dict[str, Form], register: UnitRegister) -> tuple[str, ...]:
    """The forms whose keywords stand in a text, once unit names are cut out of it."""
    folded = register.without_names(text)
    return tuple(f.form for f in forms.values() if any(norm(k) in folded for k in f.keywords))
