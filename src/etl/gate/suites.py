"""What is expected of what a night publishes, as suites that Great Expectations reads: one of each mart, and one of each form's lines.

They are made of what contracts and marts declare, never of the rules' queries, and are kept in `expectations/suites/`.
Made anew by: python -m etl.gate.suites
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.forms.contract import Column, Form, load_forms
from etl.forms.yamlfile import load_yaml
from etl.texts.catalogue import chinese

Suite = dict[str, Any]  # as JSON: name, expectations, meta; see Great Expectations' ExpectationSuite
FOLDER = "suites"
LINES = "lines_"  # before a form's name: the suite of its lines that count and that no decision let through


def suites_of(home: Path) -> dict[str, Suite]:
    """The suites of a home by name: those that follow from its contracts and marts, a site's own too, and what a person wrote beside them.

    Raises ContractError.
    """
    follow = made(home)
    kept = {path.stem: path for path in sorted((home / "expectations" / FOLDER).glob("*.json"))}
    return follow | {name: json.loads(path.read_text(encoding="utf-8")) for name, path in kept.items() if name not in follow}


def made(home: Path) -> dict[str, Suite]:
    """The suites that follow from the contracts and marts of a home."""
    marts = sorted(_marts(home / "dbt_project"), key=lambda mart: mart["name"])
    forms = load_forms(home / "expectations")
    of_marts = [suite_of_mart(mart) for mart in marts]
    of_lines = [suite_of_lines(forms[form], mart) for mart in marts if (form := _meta(mart).get("form"))]
    return {suite["name"]: suite for suite in (*of_marts, *of_lines) if suite["expectations"]}


def _marts(project: Path) -> Iterable[dict]:
    for path in sorted((project / "models" / "marts").rglob("*.yml")):
        yield from (load_yaml(path) or {}).get("models") or ()


def _meta(mart: Mapping[str, Any]) -> dict:
    return (mart.get("config") or {}).get("meta") or {}


def suite_of_mart(mart: Mapping[str, Any]) -> Suite:
    """A mart's key is one, and whole; its words are those listed; its bounds, equations and foreign keys hold."""
    key: list[str] = next((c["columns"] for c in mart.get("constraints") or () if c["type"] == "primary_key"), [])
    expected = _keys(key)
    for column in mart.get("columns") or ():
        expected += _declared(column["name"], column.get("data_tests") or ())
    expected += [
        _rows(f"SELECT * FROM b WHERE NOT coalesce({holds}, FALSE)", "gate.holds", equation=holds)
        for test in mart.get("data_tests") or ()
        if (holds := _arguments(test, "holds").get("expression"))
    ]
    orphans = [orphan for column in mart.get("columns") or () for orphan in _foreign(column["name"], column.get("data_tests") or ())]
    if orphans:
        sql = " UNION ALL ".join(query for query, _ in orphans)
        expected.append(_rows(sql, "gate.foreign", keys=[told for _, told in orphans]))
    return {"name": mart["name"], "expectations": expected, "meta": {"mart": mart["name"], "title": _chinese(mart["description"])}}


def suite_of_lines(form: Form, mart: Mapping[str, Any]) -> Suite:
    """Lines that count keep their contract: what is required is there, lists and bounds hold; there are as many as the receipts say."""
    there = {column["name"] for column in mart.get("columns") or ()}
    expected = [
        _expect("expect_table_row_count_to_equal", "gate.as_received", value={"$PARAMETER": f"{LINES}{form.form}"}),
    ]
    for column in form.columns:
        if column.name in there:
            expected += _promised(column)
    return {"name": f"{LINES}{form.form}", "expectations": expected, "meta": {"mart": mart["name"], "form": form.form, "title": form.name}}


def _keys(key: list[str]) -> list[dict]:
    if len(key) == 1:
        return [_expect("expect_column_values_to_be_unique", "gate.unique", column=key[0])]
    if key:
        return [_expect("expect_compound_columns_to_be_unique", "gate.unique_together", column_list=key, ignore_row_if="never")]
    return []


def _declared(column: str, tests: Iterable[Any]) -> list[dict]:
    expected = []
    for test in tests:
        if values := _arguments(test, "accepted_values").get("values"):
            expected.append(_expect("expect_column_values_to_be_in_set", "gate.in_set", column=column, value_set=values))
        if bounds := _arguments(test, "accepted_range"):
            expected.append(_between(column, bounds.get("minimum"), bounds.get("maximum")))
    return expected


def _foreign(column: str, tests: Iterable[Any]) -> list[tuple[str, str]]:
    """(query for orphans, what is told) of each foreign key of a column."""
    found = []
    for test in tests:
        if to := _arguments(test, "relationships"):
            table, field = to["to"].removeprefix("ref('").removesuffix("')"), to["field"]
            where = (test["relationships"].get("config") or {}).get("where")
            query = (
                f"SELECT '{column}' AS column_name, CAST({column} AS VARCHAR) AS value FROM b"
                f" WHERE {column} IS NOT NULL{f' AND ({where})' if where else ''}"
                f" AND {column} NOT IN (SELECT {field} FROM marts.{table} WHERE {field} IS NOT NULL)"
            )
            found.append((query, f"{column}→{table}"))
    return found


def _arguments(test: Any, name: str) -> dict:
    """The arguments of a test as dbt's YAML gives them; {} where it is another test."""
    content = test.get(name) if isinstance(test, Mapping) else None
    return dict(content.get("arguments") or {}) if isinstance(content, Mapping) else {}


def _promised(column: Column) -> list[dict]:
    expected = []
    if column.required:
        expected.append(_expect("expect_column_values_to_not_be_null", "gate.there", column=column.name, title=column.header))
    if column.values and not column.open:
        values = list(column.values)
        expected.append(_expect("expect_column_values_to_be_in_set", "gate.in_set", column=column.name, value_set=values))
    if column.minimum is not None or column.maximum is not None:
        low, high = (None if bound is None else int(bound) for bound in (column.minimum, column.maximum))
        expected.append(_between(column.name, low, high, above=column.exclusive))
    return expected


def _between(column: str, low: int | None, high: int | None, above: bool = False) -> dict:
    """Bounds of a column, one of which may be none; `above` where the lower one itself is too low."""
    told = "gate.between" if None not in (low, high) else "gate.at_most" if low is None else "gate.above" if above else "gate.at_least"
    strict: dict[str, Any] = {"strict_min": True} if above else {}
    return _expect("expect_column_values_to_be_between", told, column=column, min_value=low, max_value=high, **strict)


def _expect(kind: str, text: str, *, title: str | None = None, **kwargs: object) -> dict:
    told = chinese(text, **kwargs | {"column": title or kwargs.get("column", "")})
    return {"type": kind, "kwargs": kwargs, "description": told, "severity": "critical", "meta": {}}


def _rows(query: str, text: str, severity: str = "critical", **told: object) -> dict:
    """An expectation that no row comes of a query over the table, which it calls `b`."""
    escaped = re.sub(r"(?<!:):(?=\w)", r"\\:", query.replace("{", "{{").replace("}", "}}"))  # colons and braces are signs to it
    kwargs = {"unexpected_rows_query": f"WITH b AS (SELECT * FROM {{batch}}) {escaped}"}
    return {"type": "unexpected_rows_expectation", "kwargs": kwargs, "description": chinese(text, **told), "severity": severity, "meta": {}}


def _chinese(description: str) -> str:
    """The first sentence of a mart's description, which is Chinese."""
    return " ".join(description.split()).partition("。")[0]


def write_suites() -> None:
    """Write the suites of the checkout where they are kept."""
    from etl.settings import home

    folder = home() / "expectations" / FOLDER
    folder.mkdir(exist_ok=True)
    for name, suite in made(home()).items():
        (folder / f"{name}.json").write_text(written(suite), encoding="utf-8")


def written(suite: Suite) -> str:
    """A suite as it is kept."""
    return json.dumps(suite, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    write_suites()
