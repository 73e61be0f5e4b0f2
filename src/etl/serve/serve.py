"""The one door of serving: a published version, an address, and the kind of database that it names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa

from etl.mistakes import Mistake
from etl.publish.manifest import altered
from etl.serve import mysql, postgres
from etl.serve.served import Served, opened
from etl.serve.tables import VERSION

KINDS: dict[str, ModuleType] = {"postgresql": postgres, "mysql": mysql, "mariadb": mysql}


@dataclass(frozen=True, slots=True)
class Serving:
    """The database that BI tools read: its address, and the role in it that may read what is served."""

    url: str
    reader: str


def serve_version(folder: Path, project: Path, serving: Serving, at: datetime, work: Path) -> Served:
    """Make the database hold the published version in `folder`; answer what it holds now.

    `project` declares keys, `at` is noted as the instant, `work` is a folder for a file in between. Raises Mistake where that
    cannot be: the database then holds what it held.
    """
    if wrong := altered(folder):
        raise Mistake("serve.damaged", version=folder.name, files=wrong)
    with _connected(serving) as engine, opened(folder, project) as served:
        if KINDS[engine.dialect.name] is postgres:
            postgres.into_postgres(engine, served, at, serving.reader, work)
        else:
            mysql.into_mysql(engine, served, at)
    return served


def served_version(serving: Serving) -> str:
    """The version that the database holds, "" where it holds none. Raises Mistake."""
    with _connected(serving) as engine, engine.connect() as con:
        schema = postgres.SCHEMA if KINDS[engine.dialect.name] is postgres else None
        if not sa.inspect(con).has_table(VERSION, schema=schema):
            return ""
        return con.scalar(sa.select(sa.table(VERSION, sa.column("version"), schema=schema).c.version)) or ""


@contextmanager
def _connected(serving: Serving) -> Iterator[sa.Engine]:
    """The database for a while; whatever goes wrong with it is told without its address, which may hold a password."""
    import duckdb

    kind, found, _ = serving.url.partition("://")
    name = kind.partition("+")[0]
    if not found or name not in KINDS:
        raise Mistake("serve.no_address", kinds=list(KINDS))
    try:
        engine = sa.create_engine(serving.url, hide_parameters=True, connect_args=KINDS[name].CONNECT)
        driver = engine.dialect.dbapi.Error if engine.dialect.dbapi else sa.exc.DBAPIError
    except ImportError:
        raise Mistake("serve.no_driver", kind=kind) from None
    except (ValueError, sa.exc.ArgumentError):
        raise Mistake("serve.no_address", kinds=list(KINDS)) from None
    try:
        yield engine
    except (sa.exc.SQLAlchemyError, driver, OSError, duckdb.Error) as trouble:
        raise Mistake("serve.trouble", kind=kind, why=type(getattr(trouble, "orig", None) or trouble).__name__) from None
    finally:
        engine.dispose()
