"""What the marts of the small county hold, column by column, as profile.csv has it: a model that changes a figure changes a line there.

After a change of a model `python -m tests.warehouse.profile` builds the county and writes the table anew: read what moved.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb

TABLE = Path(__file__).with_name("profile.csv")
FEW, SHOWN = 6, 60  # so many different values are listed, each so far
OF_EXPECTATIONS = ("dim_form", "dim_label", "dim_measure", "dim_rule", "dim_scheme", "dim_scheme_group", "dim_scheme_node")  # copies of what stands there


def profile(build: Path) -> list[list[str]]:
    """Mart, column, and what stands in it: each value and how often, or how many there are, how many differ, and their sum."""
    with duckdb.connect(str(build), read_only=True) as con:
        columns = con.execute("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'marts' ORDER BY 1, 2").fetchall()
        return [[mart, column, _held(con, mart, column, kind)] for mart, column, kind in columns if mart not in OF_EXPECTATIONS]


def _held(con: duckdb.DuckDBPyConnection, mart: str, column: str, kind: str) -> str:
    found = con.execute(f'SELECT "{column}", count(*) FROM marts.{mart} WHERE "{column}" IS NOT NULL GROUP BY 1 ORDER BY 1').fetchall()
    if len(found) <= FEW:
        return " | ".join(f"{_plain(value)} ×{n}" for value, n in found)
    said = f"{sum(n for _, n in found)} values, {len(found)} different"
    if kind.startswith(("DECIMAL", "INTEGER", "BIGINT", "DOUBLE", "HUGEINT")):
        said += f", {_plain(sum(Decimal(str(value)) * n for value, n in found))} in all"
    return said


def _plain(value) -> str:
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value).replace("\n", " ")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def read() -> list[list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def write(build: Path) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerows([["mart", "column", "holds"], *profile(build)])


def main() -> None:
    from tests.mutants.county import build_county

    with tempfile.TemporaryDirectory() as folder:
        build_county(Path(folder))
        write(Path(folder) / "county.duckdb")


if __name__ == "__main__":
    sys.exit(main())
