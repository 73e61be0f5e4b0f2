"""Prefect's decorators, or none at all: the night is the same page with a server and without (LUODI_PLAIN=1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from etl import settings
from flows import progress

if settings.plain():
    def flow(**_options) -> Callable:
        return lambda function: function

    def task(**_options) -> Callable:
        return lambda function: function
else:
    settings.calm_prefect()
    from prefect import flow, task  # noqa: F401, the night takes `flow` from here
    from prefect.cache_policies import NO_CACHE


def step(**options) -> Callable:
    """Make a function one step of the night: it is announced, and under Prefect it is a task.

    Results stay in memory and are never cached or written: a night is repeated from the archive, not from
    pickles. `options` are those of `prefect.task` (retries, timeout_seconds).
    """
    if not settings.plain():
        options = {"cache_policy": NO_CACHE, "persist_result": False, **options}

    def wrap(function: Callable) -> Callable:
        @wraps(function)
        def announced(*args):
            progress.tell(function.__name__)
            return function(*args)

        return task(name=function.__name__, **options)(announced)

    return wrap


class Parcel:
    """Carries a large value from step to step without Prefect looking into it."""

    __slots__ = ("content",)

    def __init__(self, content: object) -> None:
        self.content = content
