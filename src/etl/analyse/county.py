"""A county as an analyst works with it: its tables, a figure, a figure over time, and the lines and cells behind one."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from etl.analyse.behind import behind
from etl.analyse.choice import figures_of, measure_meant, member_meant, of_length, period_meant
from etl.analyse.labels import labelled
from etl.analyse.typed import column, typed
from etl.explain.evidence import Teller, in_its_unit
from etl.explain.figure import called, whose
from etl.explain.published import Published, Row
from etl.mistakes import Mistake
from etl.texts.catalogue import LANGUAGES, speaker
from etl.texts.periods import period_name

if TYPE_CHECKING:
    from pandas import DataFrame, Series

P = ParamSpec("P")
T = TypeVar("T")
Value = str | int | bool | date | Decimal


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """One published figure; where `value` is blank, `reason` says why. Written as text it is a sentence."""

    form: str
    measure: str
    name: str
    period: str
    member: str  # code of the unit, * for the county
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    uom: str
    reason: str | None
    missing_units: tuple[str, ...]  # codes of the units whose reports it lacks
    said: str

    def __str__(self) -> str:
        return self.said


def _heard(method: Callable[Concatenate[County, P], T]) -> Callable[Concatenate[County, P], T]:
    """A method whose mistakes are said in the language of whoever opened the county."""

    @wraps(method)
    def asked(county: County, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(county, *args, **kwargs)
        except Mistake as mistake:
            raise mistake.to(county.lang) from None

    return asked


class County:
    """One published version or frozen set, opened to read: close it, or open it in a `with`.

    Units and measures are named by their code or as people call them, periods as people write them (2024-03, 2024年3月).
    Amounts are exact decimals in the unit of measure that `measures()` names; with `exact=False` they are float64.
    """

    def __init__(self, folder: Path, told: dict, lang: str) -> None:
        self.folder, self.lang = folder, lang
        self.night: str | None = told.get("night_id")
        self.as_of = date.fromisoformat(told["as_of"]) if "as_of" in told else None
        self._withheld: dict[str, dict] = told.get("withheld", {})
        self._published = Published(folder)
        self._tell = Teller(self._published, speaker(lang))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._published.close()

    def __repr__(self) -> str:
        return f"<County {self.folder.name} {self.night or ''} {self.as_of or ''}>"

    # --- tables ---------------------------------------------------------------------------------------------------

    def tables(self) -> DataFrame:
        """Every mart with its name and how many rows it has."""
        marts, place = self._published.marts, LANGUAGES.index(self.lang)
        names = [self._published.names.get(mart, (mart, mart))[place] for mart in marts]
        counts = [self._published.rows(f'SELECT count(*) AS n FROM "{mart}"')[0]["n"] for mart in marts]
        return _table(table=list(marts), name=names, rows=column(counts, "BIGINT"))

    @_heard
    def columns(self, table: str) -> DataFrame:
        """The columns of a mart with what is said of them; a frozen set holds no such words. Raises Mistake."""
        said = self._columns(table)
        return _table(column=list(said), description=[self._own(text) for text in said.values()])

    @_heard
    def table(
        self, table: str, *, labels: bool | Collection[str] = False, exact: bool = True, **where: Value | Collection[Value]
    ) -> DataFrame:
        """A mart, or its rows in which columns have a value or one of several: `table("fct_indicator", grain="unit", period=["2024-01"])`.

        With `labels` a column `…_label` behind each column of codes, or behind those that are named, says them in words. Where results
        wait for a release, a warning says that rows are lacking. Raises Mistake for a table or column that is not there.
        """
        known, asked, values = self._columns(table), [], []
        for name, wanted in where.items():
            if name not in known:
                raise Mistake("analyse.no_column", column=name, columns=tuple(known))
            several = list(wanted) if isinstance(wanted, Collection) and not isinstance(wanted, str) else [wanted]
            asked.append(f'"{name}" IN ({", ".join("?" * len(several)) or "NULL"})')
            values += several
        if waiting := self._withheld.get(table):
            text = self._tell.say("analyse.withheld", mart=table, rows=waiting["rows"], periods=waiting["periods"])
            warnings.warn(text, stacklevel=3)
        condition = f" WHERE {' AND '.join(asked)}" if asked else ""
        found = typed(self._published.con, f'SELECT * FROM "{table}"{condition}', values, exact)
        return labelled(found, self._tell, self._rules(), self._labels(table), labels) if labels else found

    def measures(self) -> DataFrame:
        """Every measure that has a figure: code, name, unit of measure, definition, and what it `adds_over`: units_and_periods, units,
        periods or none; a version of before does not say that."""
        ending = "" if self.lang == "zh" else "_en"
        adds = "adds_over" if "adds_over" in self._published.marts["dim_measure"] else "NULL::VARCHAR AS adds_over"
        return typed(
            self._published.con,
            f"""SELECT form, measure, measure_name{ending} AS name, uom, decimals, kind, nature, {adds}, polarity,
                      definition{ending} AS definition
                FROM dim_measure SEMI JOIN fct_indicator USING (form, measure) ORDER BY form, indicator_no, indicator, measure""",
        )

    # --- figures --------------------------------------------------------------------------------------------------

    @_heard
    def figure(self, measure: str, *, period: str | None = None, unit: str | None = None) -> IndicatorFigure:
        """A figure of the county, or of a unit; without a period the last that has a value. Raises Mistake."""
        row = self._row(measure, period, unit)
        name = called(self._tell, row)[0]
        of = f"{whose(self._tell, row)} {period_name(row['period'], self.lang)} {name}"
        reason = self._tell.say.word("explain", row["reason"]) if row["reason"] else None
        return IndicatorFigure(
            **{part: row[part] for part in ("form", "measure", "period", "member", "value", "numerator", "denominator", "uom")},
            name=name,
            reason=reason,
            missing_units=tuple((row["missing_units"] or "").split()),
            said=f"{of} {in_its_unit(row['value'], row['uom'], self._tell.say)}" + (f" ({reason})" if reason else ""),
        )

    @_heard
    def series(self, measure: str, *, unit: str | None = None, every: str | None = None, exact: bool = True) -> Series:
        """A measure over time, of the county or of a unit: the index is the period, in order.

        `every` is the length of its periods (month, quarter, half, year …), by default that in which the form is sent. Raises Mistake.
        """
        of, member = measure_meant(self._published, measure), member_meant(self._published, unit)
        rows = of_length(self._published, figures_of(self._published, of, member), of["form"], every)
        values = column([row["value"] for row in rows], "DECIMAL", exact)
        values.index = column([row["period"] for row in rows])
        values.index.name, values.name = "period", of["measure_name" if self.lang == "zh" else "measure_name_en"]
        return values

    @_heard
    def cells(self, measure: str, *, period: str | None = None, unit: str | None = None, exact: bool = True) -> DataFrame:
        """The lines and cells behind a figure, a row for each line and role (numerator, denominator, minus).

        `cells` are addresses in `sheet` of `file`, `sent` what stood in them and `headings` what those columns are called, several
        parted by ` | `. The contributions of a role sum to that part of the figure. Raises Mistake.
        """
        return behind(self._tell, self._row(measure, period, unit), exact)

    def _row(self, measure: str, period: str | None, unit: str | None) -> Row:
        of, member = measure_meant(self._published, measure), member_meant(self._published, unit)
        return period_meant(self._published, figures_of(self._published, of, member), of, period)

    def _columns(self, table: str) -> dict[str, str]:
        if table not in self._published.marts:
            raise Mistake("use.no_mart", mart=table, marts=tuple(self._published.marts))
        return self._published.marts[table]

    def _own(self, text: str) -> str:
        """The half of a description that is in the reader's language: Chinese stands first, up to its last stop."""
        chinese, stop, english = text.rpartition("。")
        return chinese + stop if self.lang == "zh" and stop else english

    def _labels(self, table: str) -> dict[tuple[str, str], str]:
        """What a mart's codes are called in that mart; a frozen set and a version of before have no such table."""
        if "dim_label" not in self._published.marts:
            return {}
        name = "label" if self.lang == "zh" else "label_en"
        return {(row["column_name"], row["code"]): row[name] for row in self._published.select("dim_label") if row["mart"] == table}

    def _rules(self) -> dict[str, str]:
        name = "rule_name" if self.lang == "zh" else "rule_name_en"
        return {row["rule"]: row[name] for row in self._published.select("dim_rule")}


def _table(**columns: object) -> DataFrame:
    from pandas import DataFrame

    return DataFrame(columns)
