"""Codes in words: beside a column of codes another of what people read for them, in one language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from etl.analyse.typed import column
from etl.explain.evidence import Teller
from etl.explain.published import Row
from etl.mistakes import Mistake
from etl.texts.periods import period_name

if TYPE_CHECKING:
    from pandas import DataFrame

Labels = Mapping[tuple[str, str], str]  # of a mart: column and code -> the words that it has for it in `dim_label`
# Columns that hold codes of units, and those whose codes are words of the catalogue or keys of a small dimension: those of `dim_label`
# come to them, where a version has it.
UNITS = (
    *("unit", "parent", "spender", "other_unit", "approving_unit_code", "budget_unit_code", "implementing_unit_code"),
    *("introducing_unit_code", "responsible_unit_code", "sub_unit", "target_unit_code", "township_code", "visited_unit_code"),
)
PERIODS = ("period", "part", "previous_period", "year_before", "month_period", "quarter_period", "half_period", "year_period")
CODED = (
    *UNITS,
    *PERIODS,
    *(
        "adds_over",
        "basis",
        "cadence",
        "change",
        "contact_state",
        "counts_at",
        "disposition",
        "form",
        "grain",
        "ground",
        "kind",
        "level",
        "measure",
        "nature",
    ),
    *("quality_status", "reason", "review", "rule", "scheme", "scope", "severity", "source", "standing", "state", "status", "subject"),
    *("too_few", "uom", "verdict"),
)
ENDING = "_label"


def labelled(table: DataFrame, tell: Teller, rules: Mapping[str, str], labels: Labels, which: bool | Collection[str]) -> DataFrame:
    """The table with a column `…_label` behind each column of codes, or behind those that are named.

    Raises Mistake where a named column is not there.
    """
    for name in which if not isinstance(which, bool) else ():
        if name not in table.columns:
            raise Mistake("analyse.no_column", column=name, columns=tuple(table.columns))
    coded = {*CODED, *(name for name, _ in labels)} if which is True else which or ()
    for name in [name for name in table.columns if name in coded]:
        forms = table["form"] if name == "measure" and "form" in table.columns else [None] * len(table)
        words = _words(partial(_word, tell, rules, labels, name), zip(table[name], forms, strict=True))
        table.insert(list(table.columns).index(name) + 1, name + ENDING, column(words))
    return table


def _words(word: Callable[[object, object], str | None], cells: Iterable[tuple[object, object]]) -> list[str | None]:
    known: dict[tuple[object, object], str | None] = {}
    words = []
    for cell in cells:
        if cell not in known:
            known[cell] = word(*cell)
        words.append(known[cell])
    return words


def _word(tell: Teller, rules: Mapping[str, str], labels: Labels, name: str, code: object, form: object) -> str | None:
    if not isinstance(code, str):  # a blank
        return None
    if (name, code) in labels:
        return labels[name, code]
    if name in PERIODS:
        return period_name(code, tell.say.lang)
    if name == "rule":
        return rules.get(code, code)
    if name == "uom":
        return "/".join(tell.say.word("uom", part) for part in code.split("/"))
    row: Row = {"form": form}
    return tell.said("unit" if name in UNITS else name, code, row)
