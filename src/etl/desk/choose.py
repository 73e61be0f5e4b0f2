"""Units, forms and periods as people name them on the command line: 县工信局, 重点项目月报表, 2024年7月, or their codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from etl.forms.contract import Form
from etl.mistakes import Mistake
from etl.normalise.names import UnitRegister
from etl.normalise.periods import period_said
from etl.normalise.text import fold, norm
from etl.texts.catalogue import Text

NEAR = 3  # names that are proposed for an unknown one


def names_only(names: Mapping[str, str]) -> UnitRegister:
    """A register of published names, for commands that need no site."""
    return UnitRegister([_Named(code, name) for code, name in names.items()])


class _Named(NamedTuple):
    unit: str
    name: str
    aliases: tuple[str, ...] = ()


def unit_named(text: str, register: UnitRegister) -> str:
    """The code of a unit, by code, name or alias. Raises Mistake listing the nearest names."""
    code = text.strip() if text.strip() in register.names else register.find(text)
    if code is None and register.knows(text):
        raise Mistake("use.several_units", text=text, listed=register.listed(register.all_named(text)))
    if code is None:
        raise Mistake("use.no_unit", text=text, nearest=_nearest(text, register.names.values()))
    return code


def form_named(text: str, forms: Mapping[str, Form], register: UnitRegister | None = None) -> str:
    """The code of a form, by code, name or keyword, or a word that names no other form. Raises Mistake."""
    wanted = norm(text)
    for name, form in forms.items():
        if wanted in map(norm, (name, form.name, form.name_en, *form.keywords)):
            return name
    found = [
        name for name, form in forms.items() if wanted and (wanted in norm(form.name) or any(norm(k) in wanted for k in form.keywords))
    ]
    if len(found) == 1:
        return found[0]
    listed = [Text("use.form_and_code", name=form.name, code=name) for name, form in forms.items() if not found or name in found]
    raise Mistake("use.several_fit" if found else "use.no_form_named", text=text, listed=listed)


def period_named(text: str) -> str:
    """The code of a period, from 2024年7月, 202407, 2024年一季度, 2024年7月上旬, 2024年. Raises Mistake."""
    found = period_said(text)
    if found is None:
        raise Mistake("use.no_period", text=text)
    return found.code


def _nearest(text: str, names: Iterable[str]) -> Text | str:
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    near = [name for name, *_ in process.extract(fold(text), sorted(names), scorer=JaroWinkler.similarity, limit=NEAR)]
    return Text("use.nearest", names=near) if near else ""
