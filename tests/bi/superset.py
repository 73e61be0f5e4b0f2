"""A Superset of one's own, set up step by step as docs/bi tells it, on the address of an account that only reads."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from etl.serve.serve import Serving, serve_version
from tests.fixtures.places import ROOT
from tests.fixtures.serving import PROJECT, postgres

INSTALLED = ROOT / "build" / "superset" / "venv" / "bin"
FILES = ROOT / "docs" / "bi" / "superset"
ADMIN = "admin"
# The words of the guide; what is secret comes after them.
UPGRADE = ["superset", "db", "upgrade"]
ACCOUNT = ["superset", "fab", "create-admin", "--username", ADMIN, "--firstname", "管", "--lastname", "理", "--email", "admin@localhost"]
INIT = ["superset", "init"]
IMPORT = ["superset", "import-directory", "--overwrite", "docs/bi/superset/dashboard"]
CONNECT = ["superset", "set-database-uri", "-d", "落地", "-u"]
RUN = ["gunicorn", "-w", "2", "--threads", "4", "-t", "120", "superset.app:create_app()", "-b"]
PATIENCE = 120  # seconds that a start may take


@dataclass(frozen=True)
class Superset:
    """One that runs: where, the password of its administrator, and the environment of its commands."""

    url: str
    password: str = field(repr=False)
    environment: dict[str, str] = field(repr=False)

    @property
    def board(self) -> str:
        return f"{self.url}/superset/dashboard/county/"


@contextmanager
def served(version: Path, folder: Path, at) -> Iterator[str]:
    """A PostgreSQL in a folder that holds a published version; the address of an account that may read it, and no more."""
    with postgres(folder / "postgres") as owner:
        engine = sa.create_engine(owner, isolation_level="AUTOCOMMIT")
        with engine.connect() as con:
            con.exec_driver_sql("CREATE DATABASE luodi")
            url = owner.set(database="luodi")
            serve_version(version.resolve(), PROJECT, Serving(url.render_as_string(hide_password=False), "luodi_reader"), at, folder)
            con.exec_driver_sql("CREATE ROLE bi LOGIN")
            con.exec_driver_sql("GRANT luodi_reader TO bi")
        engine.dispose()
        yield url.set(drivername="postgresql+psycopg2", username="bi", password=None).render_as_string(hide_password=False)


@contextmanager
def superset(folder: Path, address: str) -> Iterator[Superset]:
    """Superset with the dashboard's files on a database, for as long as the block runs; all that it writes lies in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    own = {"SUPERSET_HOME": str(folder), "SUPERSET_CONFIG_PATH": str(FILES / "superset_config.py"), "FLASK_APP": "superset",
           "SUPERSET_SECRET_KEY": secrets.token_urlsafe(42)}
    one = Superset(f"http://{place}", secrets.token_urlsafe(12), {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | own)
    for step in (UPGRADE, [*ACCOUNT, "--password", one.password], INIT, IMPORT, [*CONNECT, address]):
        command(one, step)
    with (folder / "server.log").open("w") as log, subprocess.Popen(words([*RUN, place]), cwd=ROOT, env=one.environment, stdout=log,
                                                                    stderr=log) as server:
        try:
            wait_for(f"{one.url}/health", server)
            yield one
        finally:
            server.terminate()


def command(one: Superset, step: Sequence[str]) -> None:
    """Carry out one command of Superset; what it says is shown where it fails."""
    done = subprocess.run(words(step), cwd=ROOT, env=one.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{step[:2]}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def words(step: Sequence[str]) -> list[str]:
    return [str(INSTALLED / step[0]), *step[1:]]


def wait_for(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("Superset did not start: see server.log in its folder")
