"""Which rows hold results of an assessment, and what is published of them before a person releases them.

`expectations/release.yaml` declares the tables; the marts know nothing of it, so that the figures are the same on both
sides of this border.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.yamlfile import load_yaml

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = "release.yaml"
EVERY = "*"
Opened = tuple[str, str, str]  # what, scheme, period; * for every


@dataclass(frozen=True, slots=True)
class Results:
    """A table that holds results, or the part of its rows that does."""

    mart: str
    what: str
    scheme: str = ""  # column, '' where there is none
    among: str = "true"
    out: str = "false"
    never: str = "false"
    blank: tuple[str, ...] = ()

    def waits(self, opened: Iterable[Opened]) -> str:
        """The rows that nobody has released, as a condition in SQL."""
        released = [_released(self.scheme, scheme, period) for what, scheme, period in opened if what == self.what]
        may = " OR ".join(f"coalesce({condition}, false)" for condition in (self.out, *released))
        return f"(coalesce({self.among}, false) AND (coalesce({self.never}, false) OR NOT ({may})))"


@dataclass(frozen=True, slots=True)
class Border:
    """What lies between what was built and what is published: the tables of results, and what is released of them."""

    results: Mapping[str, Results]
    opened: tuple[Opened, ...] = ()

    def shown(self, mart: str, table: str) -> str:
        """The query for what people may see of a mart that lies in `table`."""
        found = self.results.get(mart)
        if found is None:
            return f"SELECT * FROM {table}"
        waits = found.waits(self.opened)
        if not found.blank:
            return f"SELECT * FROM {table} WHERE NOT {waits}"
        emptied = ", ".join(f"CASE WHEN {waits} THEN NULL ELSE {column} END AS {column}" for column in found.blank)
        return f"SELECT * REPLACE ({emptied}) FROM {table}"

    def withheld(self, con: DuckDBPyConnection, mart: str, table: str) -> dict | None:
        """How many rows of a mart wait for a release, of how many, of which periods; None where none does."""
        found = self.results.get(mart)
        if found is None:
            return None
        [(rows, of, periods)] = con.execute(
            f"SELECT count(*) FILTER (WHERE waits), count(*), list(DISTINCT period ORDER BY period) FILTER (WHERE waits)"
            f" FROM (SELECT period, {found.waits(self.opened)} AS waits FROM {table})"
        ).fetchall()
        return {"what": found.what, "rows": rows, "of": of, "periods": periods, "why": "not released: releases.csv"} if rows else None


def load_border(expectations: Path, opened: Iterable[Opened]) -> Border:
    """Read `release.yaml`; `opened` are the releases in force."""
    declared = load_yaml(expectations / TABLES)
    return Border(
        {mart: Results(mart, **said | {"blank": tuple(said.get("blank", ()))}) for mart, said in declared.items()},
        tuple(opened),
    )


def _released(column: str, scheme: str, period: str) -> str:
    asked = {"period": period} | ({column: scheme} if column else {})
    tests = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in asked.items() if value != EVERY]
    return "(" + (" AND ".join(tests) or "true") + ")"
