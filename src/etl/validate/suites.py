"""Great Expectations judges what was staged: one suite a form, pushed down to DuckDB; the only room that imports it.

A rule is one expectation over the same SQL that `rules` lists the failing lines with. The suites count the rows
again, so that a rule which silently did not run, or ran on something else, fails the night instead of passing it.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.validate.queries import OWN, Pass, queries
from etl.validate.rulebook import Parameters, Rule

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context import EphemeralDataContext


class SuiteError(Exception):
    """The suites themselves failed, or do not agree with the rules; nothing was judged."""


def run_suites(
    database: Path,
    forms: Mapping[str, Form],
    rulebook: Mapping[str, Rule],
    cfg: Parameters,
    form_names: Sequence[str] | None = None,
    *,
    over: Pass = OWN,
    came: Collection[str] | None = None,
) -> dict[tuple[str, str], int]:
    """How many rows fail each rule of a pass, by (form, code), in the tables of a DuckDB file; `came` as for `queries`.

    Raises SuiteError where an expectation was dropped, raised an exception or gave no count.
    """
    by_form: dict[str, dict[str, str]] = {}
    for (form, code), sql in queries(forms, rulebook, cfg, form_names, over, came=came).items():
        by_form.setdefault(form, {})[code] = sql
    from etl.validate import gx_dialect

    gx, context = _context()
    source = context.data_sources.add_sql(over.schema, connection_string=f"duckdb+buffered:///{Path(database).as_posix()}")
    counts = {}
    try:
        for form, rules in sorted(by_form.items()):
            asset = source.add_table_asset(form, table_name=form, schema_name=over.schema)
            batch = asset.add_batch_definition_whole_table("tonight")
            suite = context.suites.add(gx.ExpectationSuite(name=form))
            for code, sql in rules.items():
                suite.add_expectation(
                    gx.expectations.UnexpectedRowsExpectation(unexpected_rows_query=_query(sql), meta={"code": code, "form": form})
                )
            counts.update(_run(gx, context, batch, suite, form, rules))
    finally:
        source.get_engine().dispose()
        gx_dialect.close_all()
    return counts


def agree(counted: Mapping[tuple[str, str], int], listed: Mapping[tuple[str, str], int]) -> None:
    """Raise SuiteError, naming the rules, unless the suites counted exactly the rows that the rules listed."""
    apart = sorted(k for k in {*counted, *listed} if counted.get(k) != listed.get(k))
    if apart:
        raise SuiteError(
            "suites and rules disagree: "
            + "; ".join(f"{form} {code}: counted {counted.get((form, code))}, listed {listed.get((form, code))}" for form, code in apart)
        )


def _context() -> tuple[ModuleType, EphemeralDataContext]:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx

    from etl.validate import gx_dialect

    gx_dialect.register()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}  # type: ignore[assignment]  # documented as a dict
    return gx, context


def _query(sql: str) -> str:
    """The SQL as the expectation wants it: braces and colons are signs to it, and it asks for its batch by name."""
    escaped = sql.replace("{", "{{").replace("}", "}}")
    escaped = re.sub(r"(?<!:):(?=\w)", r"\\:", escaped)
    return f"SELECT * FROM ({escaped}) AS failing WHERE (SELECT count(*) FROM {{batch}}) >= 0"


def _run(
    gx: ModuleType, context: EphemeralDataContext, batch: BatchDefinition, suite: ExpectationSuite, form: str, rules: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=form, data=batch, suite=suite))
    result = definition.run(result_format={"result_format": "SUMMARY"})
    counts = {}
    for each in result.results:
        assert each.expectation_config is not None and each.expectation_config.meta is not None  # every expectation here has both
        code = each.expectation_config.meta["code"]
        failed = each.exception_info.get("raised_exception") or any(
            isinstance(v, dict) and v.get("raised_exception") for v in each.exception_info.values()
        )
        if failed or not isinstance(each.result.get("observed_value"), int):
            raise SuiteError(f"{form} {code}: {each.exception_info}")
        counts[form, code] = each.result["observed_value"]
    if len(result.results) != len(rules) or {code for _, code in counts} != set(rules):
        raise SuiteError(f"{form}: {len(rules)} rules went in, {len(result.results)} came out")
    return counts
