"""Read a published version by key, remembering what was read: one explanation asks for the same lines again and again."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.explain.node import as_written
from etl.mistakes import Mistake

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]  # a row of a mart; what a column holds is known to the dbt project
# These carry the address of a line and are not the fact that the line became; neither is what tells its form.
NEEDED = {"dim_line", "bridge_measure_line", "bridge_line_member", "fct_indicator", "fct_submission_version"}
NOT_FACTS = ("dim_line", "fct_quarantined_line", "fct_programme", "fct_target_version")


class Published:
    """The marts of one published version, or of a frozen set, which has them as Parquet alone. Raises Mistake where there is none."""

    def __init__(self, folder: Path) -> None:
        self.con = _opened(folder)
        if missing := NEEDED - set(self.marts):
            raise Mistake("use.old_version", folder=folder, missing=sorted(missing))
        self.submission = cache(self._submission)
        self.line = cache(self._line)
        self.contributions = cache(self._contributions)
        self.fact = cache(self._fact)
        self.columns_of = cache(self._columns_of)
        self.lines_of = cache(self._lines_of)

    def close(self) -> None:
        self.con.close()

    def rows(self, sql: str, values: list | tuple = ()) -> list[Row]:
        result = self.con.execute(sql, list(values))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def select(self, mart: str, order: str = "", **where: object) -> list[Row]:
        """Rows of a mart with these values; None asks for blanks. Nothing where the version has no such mart."""
        if mart not in self.marts:
            return []
        asked = [f'"{column}" IS NOT DISTINCT FROM ?' for column in where]
        sql = f'SELECT * FROM "{mart}"' + (" WHERE " + " AND ".join(asked) if asked else "")
        return self.rows(sql + (f" ORDER BY {order}" if order else ""), tuple(where.values()))

    @cached_property
    def marts(self) -> dict[str, dict[str, str]]:
        """Every mart with its columns and what is said of them."""
        found: dict[str, dict[str, str]] = {}
        for mart, column, comment in self.con.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
        ).fetchall():
            found.setdefault(mart, {})[column] = comment or ""
        return found

    @cached_property
    def names(self) -> dict[str, tuple[str, str]]:
        """Every mart in Chinese and English: the head of what is said of it."""
        told = self.con.execute("SELECT table_name, coalesce(comment, '') FROM duckdb_tables() WHERE NOT internal").fetchall()
        return {mart: (_head(said) or mart, _head(said.rpartition("。")[2]) or mart) for mart, said in told}

    def find(self, mart: str, words: list[str], most: int = 50) -> list[Row]:
        """Rows in which every word is the value of a column; `column=value` names the column. Raises Mistake."""
        if mart not in self.marts:
            raise Mistake("use.no_mart", mart=mart, marts=tuple(self.marts))
        columns, asked, values = self.marts[mart], [], []
        for word in words:
            name, equals, value = word.partition("=")
            if equals and name in columns:
                asked.append(f'CAST("{name}" AS VARCHAR) = ?')
                values.append(value)
            else:
                asked.append("? IN (" + ", ".join(f'CAST("{c}" AS VARCHAR)' for c in columns) + ")")
                values.append(word)
        where = " WHERE " + " AND ".join(asked) if asked else ""
        return self.rows(f'SELECT * FROM "{mart}"{where} ORDER BY ALL LIMIT {most + 1}', values)

    # --- what explanations ask for, each remembered ---------------------------------------------------------------

    def _line(self, line_id: str) -> Row | None:
        """A line with `sent` and `cells` as dicts."""
        found = self.select("dim_line", line_id=line_id)
        if not found:
            return None
        line = found[0]
        line["sent"], line["cells"] = (json.loads(line[key] or "{}") for key in ("raw", "cells"))
        return line

    def _lines_of(self, submission_id: str) -> tuple[str, ...]:
        return tuple(
            r["line_id"]
            for r in self.rows("SELECT line_id FROM dim_line WHERE submission_id = ? ORDER BY row_no, line_id", [submission_id])
        )

    def _submission(self, submission_id: str) -> Row | None:
        found = self.select("fct_submission_version", submission_id=submission_id)
        return found[0] if found else None

    def _contributions(self, form: str, period: str, measure: str) -> tuple[Row, ...]:
        return tuple(
            self.select(
                "bridge_measure_line",
                "abs(contribution) DESC, role, line_id, slot_id, submission_id, columns",
                form=form,
                period=period,
                measure=measure,
            )
        )

    @cached_property
    def members(self) -> dict[tuple[str, str], set[str]]:
        """(level, member) -> its lines."""
        found = defaultdict(set)
        for row in self.select("bridge_line_member"):
            found[row["grain"], row["member"]].add(row["line_id"])
        return found

    @cached_property
    def levels(self) -> dict[str, str]:
        """Level -> how it takes a project that several units share: as a unit does, or the county; a version of before knows none."""
        if "counts_at" not in self.marts["bridge_line_member"]:
            return {}
        return {
            row["grain"]: row["counts_at"] for row in self.rows("SELECT DISTINCT grain, counts_at FROM bridge_line_member ORDER BY ALL")
        }

    @cached_property
    def issues(self) -> dict[tuple[str, str | None], list[Row]]:
        """(submission, line) -> issues, in the order of publication."""
        found = defaultdict(list)
        for row in self.select("fct_data_quality_issue", "issue_no"):
            found[row["submission_id"], row["line_id"]].append(row)
        return found

    @cached_property
    def units(self) -> dict[str, str]:
        return {row["unit"]: row["unit_name"] for row in self.select("dim_unit") if row["unit"] != "*"}

    @cached_property
    def schemes(self) -> dict[str, str]:
        """Scheme -> its name, as its last version has it."""
        return {row["scheme"]: row["scheme_name"] for row in self.select("dim_scheme", "effective_from")}

    @cached_property
    def forms(self) -> dict[str, tuple[str, str]]:
        """Form -> its names, Chinese and English; none in a version of before there was such a mart."""
        return {row["form"]: (row["form_name"], row["form_name_en"]) for row in self.select("dim_form") if row["form"] != "*"}

    @cached_property
    def measures(self) -> dict[tuple[str, str], Row]:
        """(form, measure) -> its names and definition; none in a version of before there was such a mart."""
        return {(row["form"], row["measure"]): row for row in self.select("dim_measure")}

    @cached_property
    def slots(self) -> dict[tuple, list[Row]]:
        """(unit, form, period) -> slots."""
        found = defaultdict(list)
        for row in self.select("fct_submission", "slot_id"):
            found[row["unit"], row["form"], row["period"]].append(row)
        return found

    @cached_property
    def slot_ids(self) -> dict[str, Row]:
        return {row["slot_id"]: row for rows in self.slots.values() for row in rows}

    @cached_property
    def fact_marts(self) -> dict[str, str]:
        """Form -> the mart in which its published lines stand."""
        found: dict[str, str] = {}
        for mart, columns in self.marts.items():
            if mart not in NOT_FACTS and {"line_id", "cells"} <= set(columns) and "form" not in columns:
                for row in self.rows(f'SELECT form FROM dim_line WHERE line_id IN (SELECT line_id FROM "{mart}" LIMIT 1)'):
                    found.setdefault(row["form"], mart)
        return found

    def _columns_of(self, form: str) -> dict[str, str]:
        """The columns of a form's lines with what is said of them: by the mart of the form, else by any mart of lines."""
        lines = [columns for columns in self.marts.values() if "cells" in columns]
        own = self.marts.get(self.fact_marts.get(form, ""), {})
        return {name: said for columns in (*lines, own) for name, said in columns.items()}

    def _fact(self, line_id: str) -> tuple[str, Row] | None:
        """The fact that a line became: its mart and row; None for a line that is held or replaced."""
        line = self.line(line_id)
        mart = self.fact_marts.get(line["form"]) if line is not None and line["disposition"] == "published" else None
        if mart is None:
            return None
        found = self.select(mart, line_id=line_id)
        return (mart, found[0]) if found else None


def _opened(folder: Path) -> DuckDBPyConnection:
    import duckdb

    database, files = folder / "luodi.duckdb", sorted((folder / "parquet").glob("*.parquet"))
    if database.is_file():
        return duckdb.connect(str(database), read_only=True)
    if not files:
        raise Mistake("use.nothing_published", data=folder)
    con = duckdb.connect()
    for path in files:
        name = str(path).replace("'", "''")
        con.execute(f"CREATE VIEW \"{path.stem}\" AS SELECT * FROM read_parquet('{name}')")
    return con


def _head(said: str) -> str:
    return re.split("[（，。：；、,.:;(]", said.strip())[0].strip()


def key_of(row: Row, most: int = 6) -> str:
    """A row named by its first filled columns, for a list."""
    shown = [as_written(value) for value in row.values() if value not in (None, "")]
    return " ".join(shown[:most])
