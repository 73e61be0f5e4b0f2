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
    by_folder = next((code for part in folders if (code := register.find(part) or register.find_in(part))), None)
    by_name = by_folder if by_folder and register.names_in(stem, by_folder) else register.find_in(stem)
    return Promise(
        unit=by_folder or by_name,
        name_unit=by_name,
        forms=next((named for part in (stem, *folders) if (named := forms_named(part, forms, register))), ()),
        name=stem,
        folder="/".join(path.parts[:-1]),
    )


def forms_named(text: str, forms: dict[str, Form], register: UnitRegister) -> tuple[str, ...]:
    """The forms whose keywords stand in a text, once unit names are cut out of it."""
    folded = register.without_names(text)
    return tuple(f.form for f in forms.values() if any(norm(k) in folded for k in f.keywords))
