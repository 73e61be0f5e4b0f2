"""Mutants of models: the small county of tests/warehouse is built once, then only what a mutant changes of it."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.copy import Copy

ALIKE, FAILED = 0, 1
DIFFERENT = 3  # exit code of a build that gives other rows
NOT_OF_MARTS = [f"--ignore=tests/warehouse/test_{name}.py" for name in ("lean", "memory")]
TESTS = ("tests/warehouse/test_marts.py", "tests/warehouse", *NOT_OF_MARTS, "-p", "tests.mutants.kept")


class County:
    """The county's marts as they are, and what dbt has read of the project, in `folder`."""

    def __init__(self, copy: Copy, folder: Path) -> None:
        import dbt.adapters.duckdb
        import dbt.cli.main  # noqa: F401  (seconds that every child would take)

        self.copy, self.folder = copy, folder
        folder.mkdir()
        if copy.child(lambda: build_county(folder)):
            raise SystemExit("the small county cannot be built as it is")

    def caught(self, model: str) -> Iterator[str]:
        """By what a mutant of a model is caught: its own examples, dbt's tests of the county, or a test of the warehouse."""
        if self.copy.child(lambda: _examples(self.folder, model)) != ALIKE:
            yield "its examples"
        code = self.copy.child(lambda: _again(self.folder, model))
        if code not in (ALIKE, DIFFERENT):
            yield "dbt's tests of the county"
        if code == DIFFERENT:
            os.environ["KEPT"] = str(self.folder / "tried.duckdb")
            if failing := self.copy.failing(TESTS):
                yield failing


def build_county(folder: Path) -> int:
    """Land the county and build its marts: `landed.duckdb`, `county.duckdb` and what dbt says of the marts, in an empty folder."""
    from etl.transform.build import build_marts
    from tests.warehouse import conftest

    class Factory:
        def mktemp(self, name: str) -> Path:
            (made := folder / name).mkdir()
            return made

    shutil.copy(conftest.county.__wrapped__(Factory()), folder / "landed.duckdb")
    marts = build_marts(folder / "landed.duckdb", folder / "county.duckdb", folder / "dbt")
    (folder / "marts").write_bytes(pickle.dumps(marts))
    return ALIKE


def _examples(folder: Path, model: str) -> int:
    return _dbt(folder, "test", f"{model},test_type:unit")


def _again(folder: Path, model: str) -> int:
    """Build a model anew, and where its rows are other ones, all that is made from it."""
    shutil.copy(folder / "county.duckdb", folder / "tried.duckdb")
    if _dbt(folder, "run", model) != ALIKE:
        return FAILED
    if _same(folder, model):
        return ALIKE
    return _dbt(folder, "build", f"{model}+", "--exclude-resource-type", "unit_test") or DIFFERENT


def _dbt(folder: Path, command: str, select: str, *more: str) -> int:
    from etl.transform.build import PROJECT, TransformError, _invoke, _places

    try:
        _invoke([command, *_places(PROJECT, folder / "dbt"), "--select", select, *more], folder / "landed.duckdb", folder / "tried.duckdb")
    except TransformError:
        return FAILED
    return ALIKE


def _same(folder: Path, model: str) -> bool:
    """Whether a model's table or view holds the same rows in both builds."""
    return _rows(folder / "county.duckdb", folder, model) == _rows(folder / "tried.duckdb", folder, model)


def _rows(build: Path, folder: Path, model: str) -> list[str]:
    import duckdb

    with duckdb.connect() as con:
        con.execute(f"ATTACH '{build}' AS build (READ_ONLY); ATTACH '{folder / 'landed.duckdb'}' AS house (READ_ONLY)")
        where = "SELECT DISTINCT schema_name FROM duckdb_columns() WHERE database_name = 'build' AND table_name = ?"
        [(schema,)] = con.execute(where, [model]).fetchall()
        return sorted(map(repr, con.execute(f"FROM build.{schema}.{model}").fetchall()))
