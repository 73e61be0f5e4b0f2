"""Prefect's decorators, or none at all: the night is the same page with a server and without (LUODI_PLAIN=1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from etl import settings
from etl.night import progress

if settings.plain():
    def flow(**_options) -> Callable:
        return lambda function: function

    def task(**_options) -> Callable:
        return lambda function: function
else:
    settings.calm_prefect()
    from prefect import flow, task  # noqa: F401, the night takes `flow` from here
    from prefect.cache_policies import NO_CACHE


def step(function: Callable, **options) -> Callable:
    """Make a function one step of the night: it is announced, and under Prefect it is a task.

    Results stay in memory and are never cached or written: a night is repeated from the archive, not from pickles.
    `options` are those of `prefect.task` (retries, timeout_seconds).
    """
    name = function.__name__
    if not settings.plain():
        options = {"cache_policy": NO_CACHE, "persist_result": False, **options}

    @task(name=name, **options)
    def run(given: _Parcel) -> _Parcel:
        return _Parcel(function(*given.content))

    @wraps(function)
    def announced(*args):
        progress.tell(name)
        return run(_Parcel(args)).content

    return announced


class _Parcel:
    """What goes into a step and comes out of it: Prefect would walk through all lines of a night, so it sees none."""

    __slots__ = ("content",)

    def __init__(self, content: object) -> None:
        self.content = content
