"""Run the dbt project in this process: what was landed becomes marts in a DuckDB file, and what did not change stays as it was built."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt.contracts.graph.nodes import ModelNode
    from dbt.contracts.results import RunResult

PROJECT = Path(__file__).parents[3] / "dbt_project"
PARSED = Path("target/partial_parse.msgpack")  # where dbt keeps what it has read of a project; an installation leaves it in INSTALLED
INSTALLED = PROJECT.parent / "build" / "dbt"


class TransformError(Exception):
    """The warehouse could not be built; `node` is the model or test at fault, if it is known."""

    def __init__(self, node: str | None, message: str) -> None:
        super().__init__(f"{node}: {message}" if node else message)
        self.node = node


@dataclass(frozen=True)
class Mart:
    """A table that users may rely on, as the dbt project declares it."""

    name: str
    description: str
    columns: dict[str, str]  # name -> description, in the order of the table
    order_by: tuple[str, ...]  # names a row, so that files come out the same every time
    form: str | None = None  # every published line of this form is one row here
    may_be_empty: bool = False
    as_csv: bool = True  # a table that is larger than a spreadsheet and read by programs alone is none


def build_marts(
    landed: Path,
    build: Path,
    work: Path,
    *,
    project: Path = PROJECT,
    thorough: bool = False,
    select: Sequence[str] = (),
) -> tuple[Mart, ...]:
    """Build all models into the file `build`; answer the marts, sorted by name.

    Where the file holds a build already, what would be made of the same rows by the same SQL stays (dbt_project/macros/remembered.sql).
    With `select` only these models are built, into a file that holds already what they read.

    `work` keeps dbt's parsed project and logs between nights. `thorough` runs dbt's own tests and examples as well; of a night's
    data what they ask is proven before it is published (etl.gate).
    Raises TransformError naming the first node that failed. No connection stays open.
    """
    if not (work / PARSED).is_file():
        copy_parsed(INSTALLED, work)
    command = ["build", *_places(project, work)]
    command += ["--select", *select, "--indirect-selection", "buildable"] if select else []  # tests of what is built and what it reads
    if not thorough:
        command += ["--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"]
    results = _invoke(command, landed, build)
    marts = {r.node.name: r.node for r in results if r.node.resource_type == "model" and r.node.schema == "marts"}
    return tuple(_mart(marts[name]) for name in sorted(marts))


def layers_of_models(project: Path) -> list[str]:
    """The layer of each model of the project: the folder that it lies in, beneath that of all models."""
    folder = project / "models"
    return [path.relative_to(folder).parts[0] for path in sorted(folder.rglob("*.sql"))]


def _places(project: Path, work: Path) -> list[str]:
    return [
        "--project-dir",
        str(project),
        "--profiles-dir",
        str(project),
        "--target-path",
        str(work / "target"),
        "--log-path",
        str(work / "logs"),
    ]


def copy_parsed(parsed: Path, work: Path) -> None:
    """Let `work` begin with the project as it was parsed in another work folder, if it was: that takes seconds otherwise."""
    before, after = parsed / PARSED, work / PARSED
    if before.is_file():
        after.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(before, after)


def _invoke(command: list[str], landed: Path, build: Path) -> list:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    from etl.transform.lean import spare
    from etl.transform.moved import look_here

    spare()
    look_here()
    quiet = ["--quiet", "--no-use-colors", "--log-level", "none", "--log-level-file", "none", "--no-version-check"]
    quiet += ["--no-send-anonymous-usage-stats"]
    with environment(LUODI_LANDED=str(landed.absolute()), LUODI_BUILD=str(build.absolute()), DO_NOT_TRACK="1"):
        try:
            answer = dbtRunner().invoke(quiet + command)
        finally:
            # The runner keeps its connection, and with it the lock on the file (dbt-duckdb #616).
            DuckDBConnectionManager.close_all_connections()
    results = list(getattr(answer.result, "results", ()) or ())
    for result in results:
        if result.status in ("error", "fail", "runtime error"):
            raise TransformError(result.node.name, _cause(result))
    if not answer.success:
        raise TransformError(None, str(answer.exception or "dbt did not finish"))
    return results


def _cause(result: RunResult) -> str:
    message = " ".join(str(result.message or result.status).split())
    if result.failures:
        message += f" ({result.failures} rows fail)"
    return message


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Words that what runs within takes from the environment only: dbt its paths, DuckDB what it does when it is loaded."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _mart(node: ModelNode) -> Mart:
    meta = node.config.meta
    return Mart(
        name=node.name,
        description=_line(node.description),
        columns={name: _line(column.description) for name, column in node.columns.items()},
        order_by=tuple(meta["order_by"]),
        form=meta.get("form"),
        may_be_empty=meta.get("may_be_empty", False),
        as_csv=meta.get("as_csv", True),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def parse_models(project: Path, work: Path) -> None:
    """Have dbt read the project without building anything. Raises TransformError where a model cannot be read."""
    place = work / "parse.duckdb"
    _invoke(["parse", *_places(project, work)], place, place)
