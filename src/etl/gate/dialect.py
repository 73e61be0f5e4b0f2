"""A SQLAlchemy dialect for DuckDB whose results outlive their connection, as Great Expectations reads them late."""

from __future__ import annotations

import atexit
import sys
from pathlib import Path
from typing import Any

import duckdb
from duckdb_engine import ConnectionWrapper, Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.engine.default import DefaultExecutionContext

from etl.forms.locked import shut_in
from etl.transform.memory import as_much_as, bound_memory

NAME = "duckdb.buffered"
SCHEMA = "marts"
_open: list[duckdb.DuckDBPyConnection] = []


class BufferingContext(DefaultExecutionContext):
    """Takes all rows of a result into memory as soon as it was executed."""

    def post_exec(self) -> None:
        super().post_exec()
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, alternate_description=self.cursor.description, initial_buffer=self.cursor.fetchall()
            )


class BufferingDialect(Dialect):
    """duckdb-engine's dialect with buffered results, sharing a database that this process has already open."""

    execution_ctx_cls = BufferingContext  # type: ignore[assignment]  # SQLAlchemy takes any context, and types only its own
    supports_statement_cache = False

    def connect(self, *args: Any, **params: Any) -> ConnectionWrapper:  # type: ignore[override]  # duckdb-engine's own connect gives one too
        build = Path(params.get("database") or args[0])
        # A second connection must have the very same configuration as the first, so none is added.
        _open.append(con := duckdb.connect(str(build), read_only=True))
        con.execute(f"SET search_path = '{SCHEMA}'")  # some expectations name their table without its schema
        if len(_open) == 1:  # connections of one process to one file share this
            bound_memory(con, build, as_much_as(build))
        shut_in(con)
        return ConnectionWrapper(con)

    def do_begin(self, connection: Any) -> None:
        """Nothing is written here, so nothing has to be begun."""

    def do_rollback(self, connection: Any) -> None:
        """Nor taken back."""

    def get_pk_constraint(self, *_args: Any, **_kwargs: Any) -> Any:
        """A build has no keys but those that the suites ask for; looking for them takes longer than asking."""
        return {"constrained_columns": [], "name": None}


def register() -> None:
    """Let URLs of the form `duckdb+buffered:///path` use the dialect."""
    registry.register(NAME, __name__, "BufferingDialect")
    atexit.unregister(_let_go)
    atexit.register(_let_go)


def close_all() -> None:
    """Close every connection: Great Expectations keeps engines of its own, and with them the lock on the file."""
    while _open:
        _open.pop().close()


def _let_go() -> None:
    """Drop duckdb-engine's hold on duckdb at exit: Great Expectations keeps those modules alive to the very end,
    and duckdb's binding would then report leaks on the terminal."""
    for name in sorted(sys.modules):
        if name.split(".")[0] == "duckdb_engine":
            vars(sys.modules[name]).clear()
