"""A tiny built warehouse, made without dbt."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.transform.build import Mart

MARTS = (
    Mart("dim_unit", "单位", {"unit": "Code", "unit_name": "Name, it's said"}, ("unit",)),
    Mart("fct_measure", "figures", {"unit": "", "value": "", "note": ""}, ("unit", "note")),
)


def build(path: Path, values=("1.500000", "-2", None)) -> Path:
    """A database with the two marts; `values` are those of fct_measure, in an order that is not that of the key."""
    path.unlink(missing_ok=True)
    con = duckdb.connect(str(path))
    con.execute("CREATE SCHEMA marts")
    con.execute("CREATE TABLE marts.dim_unit AS SELECT * FROM (VALUES ('t01', '白石镇'), ('t02', '=HYPERLINK(1)')) v(unit, unit_name)")
    con.execute("CREATE TABLE marts.fct_measure (unit VARCHAR, value DECIMAL(20,6), note VARCHAR)")
    for place, value in enumerate(values):
        con.execute("INSERT INTO marts.fct_measure VALUES (?, ?::DECIMAL(20,6), ?)", [f"t{9 - place:02}", value, f"-note {place}"])
    con.close()
    return path
