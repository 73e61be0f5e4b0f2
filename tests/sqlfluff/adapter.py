"""What dbt picks by the kind of database, picked for DuckDB, so that sqlfluff reads what a night builds."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str) -> Callable[..., str]:
    return context.resolve(f"default__{name}")
