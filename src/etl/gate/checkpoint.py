"""Hold the suites against a build, pushed down to DuckDB; the only room that imports Great Expectations."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from etl.gate.suites import LINES, Suite
from etl.mistakes import Said

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.validation_definition import ValidationDefinition
    from great_expectations.data_context import EphemeralDataContext
    from great_expectations.datasource.fluent import SQLDatasource

Shape = Literal["SUMMARY", "COMPLETE"]  # of results
SHOWN = 5  # rows that are shown of those that fail
CRITICAL = "critical"


class GateError(Exception):
    """The suites themselves failed: nothing is proven, so nothing is published."""


class Unexpected(Said):
    """Tonight's build must not be published; the text names what was expected of which table and did not hold."""

    def __init__(self, failed: Sequence[Expected]) -> None:
        super().__init__("gate.unexpected", failed=[str(one) for one in failed])


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation and what came of it; `failed` counts rows, None where it is about the table as a whole."""

    suite: str
    mart: str
    title: str  # of the suite
    kind: str  # of the expectation, as Great Expectations calls it
    description: str
    severity: str  # critical, warning, info
    success: bool
    failed: int | None
    observed: str  # what was found where no rows are counted
    rows: tuple[str, ...]  # some that fail, as text

    @property
    def blocks(self) -> bool:
        return not self.success and self.severity == CRITICAL

    def __str__(self) -> str:
        found = f"{self.failed}" if self.failed is not None else self.observed
        return f"{self.mart}：{self.description}（{found}{'；' if self.rows else ''}{'；'.join(self.rows[:2])}）"


def hold_against(build: Path, landed: Path, suites: Mapping[str, Suite]) -> tuple[Expected, ...]:
    """What came of every expectation of the suites whose table has rows, or should have, in their order.

    `build` is the file that dbt built, `landed` what receipts and judgement say of it. Raises GateError where one was
    dropped, could not be asked or answered nothing.
    """
    rows, let_through, receipts = _known(build, landed)
    asked = {
        name: suite
        for name, suite in suites.items()
        if rows.get(suite["meta"]["mart"]) or receipts.get(name)  # of a form that nobody sent there is nothing to prove
    }
    from etl.gate import dialect

    context = _context()
    source = context.data_sources.add_sql("build", connection_string=f"duckdb+buffered:///{build.absolute().as_posix()}")
    try:
        return tuple(one for suite in asked.values() for one in _run(context, source, suite, let_through, receipts))
    finally:
        source.get_engine().dispose()
        dialect.close_all()


def _known(build: Path, landed: Path) -> tuple[dict[str, int], list[str], dict[str, int]]:
    """Rows of the build's marts; the lines that a decision let through in spite of an error; how many lines of each form count besides."""
    import duckdb

    with duckdb.connect() as con:
        for alias, path in (("built", build), ("house", landed)):
            con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {alias} (READ_ONLY)")
        marts = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'built' AND schema_name = 'marts'").fetchall()
        rows = {name: con.execute(f"SELECT count(*) FROM built.marts.{name}").fetchall()[0][0] for (name,) in marts}
        answered = con.execute(
            "SELECT DISTINCT line_id FROM house.landed.issue"
            " WHERE severity = 'error' AND state <> 'open' AND line_id IS NOT NULL ORDER BY 1"
        ).fetchall()
        let_through = [line for (line,) in answered]
        read = con.execute(
            "SELECT form, CAST(sum(line_count) AS INTEGER) FROM house.landed.submission WHERE counts AND form IS NOT NULL GROUP BY ALL"
        ).fetchall()
        counts = {f"{LINES}{form}": lines - _not_asked(con, form, let_through) for form, lines in read}
    return rows, let_through, counts


def _not_asked(con: DuckDBPyConnection, form: str, let_through: Sequence[str]) -> int:
    """Lines of submissions that count of which the suite of a form's lines is not asked: held back, or let through by a decision."""
    [(lines,)] = con.execute(
        f"SELECT count(*) FROM house.landed.{form} JOIN house.landed.submission USING (submission_id)"
        " WHERE counts AND (quality_status = 'quarantined' OR list_contains(?, line_id))",
        [let_through],
    ).fetchall()
    return lines


def _context() -> EphemeralDataContext:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").propagate = False  # some of its loggers have levels of their own, and talk of folders
    import great_expectations as gx

    from etl.gate import dialect, lean

    lean.lighten()
    dialect.register()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}  # documented as a dict
    return context


def _run(
    context: EphemeralDataContext, source: SQLDatasource, suite: Suite, let_through: Sequence[str], receipts: Mapping[str, int]
) -> list[Expected]:
    import great_expectations as gx

    name, mart = suite["name"], suite["meta"]["mart"]
    if name.startswith(LINES) and let_through:
        lines = ", ".join(f"'{line.replace(chr(39), chr(39) * 2)}'" for line in let_through)
        query = f"SELECT * FROM marts.{mart} WHERE line_id NOT IN ({lines})"
        batch = source.add_query_asset(name, query=query).add_batch_definition_whole_table("tonight")
    else:
        batch = source.add_table_asset(name, table_name=mart).add_batch_definition_whole_table("tonight")
    kept = context.suites.add(gx.ExpectationSuite(name=name, expectations=suite["expectations"], meta=suite["meta"]))
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=kept))
    came = _asked(context, name, definition, "SUMMARY", receipts)
    return _read(suite, came if came.success else _asked(context, f"{name}, all rows", definition, "COMPLETE", receipts))


def _asked(
    context: EphemeralDataContext,
    name: str,
    definition: ValidationDefinition,
    shape: Shape,
    receipts: Mapping[str, int],
) -> ExpectationSuiteValidationResult:
    """A suite's results in one of Great Expectations' forms; only the complete one, which takes longer, shows rows of a query."""
    import great_expectations as gx

    checkpoint = context.checkpoints.add(gx.Checkpoint(name=name, validation_definitions=[definition], result_format=shape))
    [came] = checkpoint.run(expectation_parameters=dict(receipts)).run_results.values()
    return came


def _read(suite: Suite, came: ExpectationSuiteValidationResult) -> list[Expected]:
    if len(came.results) != len(suite["expectations"]):
        raise GateError(f"{suite['name']}: {len(suite['expectations'])} expectations went in, {len(came.results)} came out")
    found = []
    for each in came.results:
        config = each.expectation_config
        assert config is not None  # every result here is of one
        if raised := _raised(each.exception_info):
            raise GateError(f"{suite['name']}: {config.description}: {raised}")
        content: dict[str, Any] = each.result or {}
        counted = content.get("unexpected_count", content.get("observed_value") if config.type == "unexpected_rows_expectation" else None)
        found.append(
            Expected(
                suite["name"],
                suite["meta"]["mart"],
                suite["meta"]["title"],
                config.type,
                config.description or config.type,
                str(getattr(config.severity, "value", config.severity)),
                bool(each.success),
                None if counted is None else int(counted),
                str(content.get("observed_value", "")) if counted is None else "",
                () if each.success else _some(content),
            )
        )
    return found


def _raised(info: Any) -> str:
    """What an expectation raised, '' where it was answered."""
    told = [info, *(v for v in info.values() if isinstance(v, dict))] if isinstance(info, dict) else []
    return next((str(one.get("exception_message")) for one in told if one.get("raised_exception")), "")


def _some(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Some of the rows that fail, as text, the same ones whenever it is asked."""
    listed = content.get("partial_unexpected_list") or (content.get("details") or {}).get("unexpected_rows") or ()
    texts = {" ".join(f"{k}={v}" for k, v in row.items()) if isinstance(row, dict) else str(row) for row in listed}
    return tuple(sorted(texts)[:SHOWN])
