"""Land the standards and rulings that judging goes by, beside what was received, replaced as a whole every night."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from etl.assess.alike import alike
from etl.assess.fitness import load_thresholds
from etl.assess.known import load_known
from etl.assess.known_rulings import check_adjustments, check_base_figures, check_neighbours, check_rulings
from etl.assess.labels import load_labels
from etl.assess.lights import load_lights
from etl.assess.periods import period_rows
from etl.assess.schemes import load_schemes
from etl.assess.tables import TABLES, Standards, standards_rows
from etl.forms.contract import CLAIMED, Form, with_roles
from etl.site.rulings import load_rulings
from etl.validate.rulebook import load_rulebook

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def load_standards(expectations: Path, site: Path, units: set[str], settings: Mapping[str, str], forms: Mapping[str, Form]) -> Standards:
    """Everything that judging goes by; schemes of the site before those of the project. Raises Mistake."""
    known = load_known(expectations, forms)
    schemes, rulings = (
        load_schemes((expectations / "schemes", site / "schemes"), known),
        load_rulings(site, units, with_roles(forms, *CLAIMED)),
    )
    check_rulings(rulings, site, schemes)
    check_adjustments(rulings, site, schemes)
    check_base_figures(rulings, site, known.bases)
    check_neighbours(rulings, site, known)
    return Standards(
        schemes=schemes,
        lights=load_lights(expectations / "lights.yaml", settings, forms),
        thresholds=load_thresholds(expectations, forms),
        rulings=rulings,
        rules=tuple(load_rulebook(expectations).values()),
        labels=load_labels(expectations),
    )


def land_standards(landed: Path, standards: Standards, forms: Mapping[str, Form], name_similarity: float = 0.85, lang: str = "zh") -> None:
    """Write the tables of `etl.assess.tables` into schema `landed` of a file, in one transaction; sentences in `lang`.

    Where lines are landed too, names of projects and of their owners that are alike by `name_similarity` go with them.
    """
    import duckdb

    con = duckdb.connect()
    try:
        con.execute(f"ATTACH '{str(landed).replace(chr(39), chr(39) * 2)}' AS house")
        con.execute("USE house")
        con.execute("BEGIN")
        con.execute("CREATE SCHEMA IF NOT EXISTS landed")
        have = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'landed'").fetchall()}
        made = standards_rows(standards, forms, lang)
        if {"submission", "roster", "setting"} <= have:
            made["period"] = _periods(con)
        claimed = with_roles(forms, *CLAIMED)
        if claimed and {"name", "submission", *claimed} <= have:
            made["alike"] = list(alike(con, claimed, name_similarity))
        for table, values in made.items():
            columns = TABLES[table]
            con.execute(f"CREATE OR REPLACE TABLE landed.{table} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
            if values:
                lists = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
                texts = [[None if v is None else str(v) for v in column] for column in zip(*values, strict=True)]
                con.execute(f"INSERT INTO landed.{table} SELECT {lists}", texts)
        con.execute("COMMIT")
        con.execute("CHECKPOINT house")
    finally:
        con.close()


def _periods(con: DuckDBPyConnection) -> list[tuple]:
    """The calendar of what is owed and what came."""
    told = "SELECT period FROM landed.submission WHERE period IS NOT NULL AND unit IS NOT NULL"  # nobody's file opens no period
    named = con.execute(f"SELECT period FROM landed.roster UNION {told}").fetchall()
    exempt = con.execute("SELECT 1 FROM landed.setting WHERE key = 'january_exempt' AND lower(trim(value)) = 'true'").fetchone()
    return period_rows((period for (period,) in named), exempt is not None)
