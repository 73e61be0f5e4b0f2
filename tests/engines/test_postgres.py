"""`dbt build --target postgres` on a real server: every mart has the columns and the rows that DuckDB builds, to the digit."""

from __future__ import annotations

import pytest

from etl.transform.build import PROJECT

pytestmark = pytest.mark.engines

MARTS = sorted(path.stem for path in (PROJECT / "models" / "marts").rglob("*.sql"))


def rows(con, mart):
    """Columns in their order, and rows in any: every value as it is written, so that 1.50 is not 1.5."""
    found = con.execute(f"SELECT * FROM marts.{mart}")
    return [column[0] for column in found.description], sorted(tuple(map(str, row)) for row in found.fetchall())


@pytest.mark.parametrize("mart", MARTS)
def test_postgres_builds_what_duckdb_builds(mart, in_duckdb, in_postgres):
    assert rows(in_postgres, mart) == rows(in_duckdb, mart)


def test_there_is_something_to_compare(in_duckdb):
    full = [mart for mart in MARTS if rows(in_duckdb, mart)[1]]
    assert len(full) >= 53, sorted({*MARTS} - {*full})


def test_money_has_its_type_and_a_mart_its_key(in_postgres):
    [(kind,)] = in_postgres.execute("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                                    " WHERE attrelid = 'marts.fct_investment'::regclass AND attname = 'arrived_ytd'").fetchall()
    assert kind == "numeric(20,6)"
    [(key,)] = in_postgres.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                                   " WHERE conrelid = 'marts.fct_measure'::regclass AND contype = 'p'").fetchall()
    assert key.startswith("PRIMARY KEY (form, period, unit")
