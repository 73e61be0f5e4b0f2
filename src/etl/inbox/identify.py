"""Whose file it is, which forms it should hold and for which period: folder, then file name, then the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from etl.forms.contract import Form
from etl.normalise.names import UnitRegister
from etl.normalise.periods import find_period, find_year
from etl.normalise.text import norm


@dataclass(frozen=True, slots=True)
class Promise:
    """What the place and the name of a file promise; None or () where they say nothing."""

    unit: str | None
    name_unit: str | None  # the unit in the file name, to compare with the folder
    forms: tuple[str, ...]
    name: str  # file name without folder and ending
    folder: str  # the folders above it, '' for the inbox itself
    among: tuple[str, ...] = ()  # the units that bear the name in folder or file name, where nothing tells which of them
    made_for: tuple[str, str, str] | None = None  # unit, form and period that its template was made for, once it is open

    def period(self, cadence: str, year: int | None) -> str | None:
        """The period in the file name, else in the folder; a month without a year takes `year`, the title's."""
        year = self.year or year
        return find_period(self.name, cadence, year) or find_period(self.folder, cadence, year)

    @property
    def year(self) -> int | None:
        """The year in the file name, else in the folder."""
        return find_year(self.name) or find_year(self.folder)


def identify(name: str, forms: dict[str, Form], register: UnitRegister) -> Promise:
    """Read the promises of a path inside the inbox; the nearest folder that names a unit or a form decides."""
    path = PurePosixPath(name)
    stem, folders = path.stem, path.parts[:-1][::-1]
    near = [register.find(part) or register.find_in(part) for part in (*folders, stem)]
    by_folder = next((codes for part in folders if (codes := register.all_named(part))), ())
    folder = register.meant(by_folder, *near)
    by_name = register.find_in(stem, *near)
    if folder and register.names_in(stem, folder) and register.particular(folder, by_name) == folder:
        by_name = folder
    unit = register.particular(folder, by_name) if folder else None if by_folder else by_name
    return Promise(
        unit=unit,
        name_unit=by_name,
        among=() if unit else by_folder or register.all_named(stem),
        forms=next((named for part in (stem, *folders) if (named := forms_named(part, forms, register))), ()),
        name=stem,
        folder="/".join(path.parts[:-1]),
    )


def forms_named(text: str, forms: dict[str, Form], register: UnitRegister) -> tuple[str, ...]:
    """The forms whose keywords stand in a text, once unit names are cut out of it."""
    folded = register.without_names(text)
    return tuple(f.form for f in forms.values() if any(norm(k) in folded for k in f.keywords))
