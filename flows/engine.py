"""Prefect's decorators, or none at all: the night is the same page with a server and without (LUODI_PLAIN=1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Generic, TypeVar, cast

from etl import settings
from etl.night import progress

Content = TypeVar("Content")


def _bare(**_options: object) -> Callable[[Callable], Callable]:
    return lambda function: function


plain = settings.without_prefect()  # set before `flows.nightly` is imported, where a command was told otherwise


def flow(**options: object) -> Callable[[Callable], Callable]:
    """Prefect's decorator of a flow, or none; each run is named by its day."""
    return _bare() if plain else _prefect().flow(flow_run_name=_named, **options)


def _named() -> str:
    from prefect.runtime import flow_run

    day = flow_run.parameters.get("as_of") or settings.instant(None).isoformat(sep=" ")
    return f"{flow_run.flow_name} {day}"


def tell(key: str, text: str) -> None:
    """Leave an artifact of the run that is under way, where Prefect keeps one."""
    if not plain:
        from prefect.artifacts import create_markdown_artifact
        from prefect.context import FlowRunContext

        if FlowRunContext.get():
            create_markdown_artifact(text, key=key)


def ended(content: Content, text: Callable[[], str]) -> Content:
    """What a flow gives back; under Prefect its last state says the `text`, and whoever called the flow is given `content` all the same."""
    if plain:
        return content
    from prefect.states import Completed

    return cast(Content, Completed(message=text(), data=content))


def _prefect() -> ModuleType:
    settings.calm_prefect()
    import prefect

    return prefect


def _no_cache() -> object:
    from prefect.cache_policies import NO_CACHE

    return NO_CACHE


def step(function: Callable, **options: object) -> Callable:
    """Make a function one step of the night: it is announced, and under Prefect it is a task.

    Results stay in memory and are never cached or written: a night is repeated from the archive, not from pickles.
    `options` are those of `prefect.task` (retries, timeout_seconds).
    """
    name = function.__name__
    task = _bare() if plain else _prefect().task(name=name, **{"cache_policy": _no_cache(), "persist_result": False, **options})

    @task
    def run(given: _Parcel[tuple]) -> _Parcel[object]:
        return _Parcel(function(*given.content))

    @wraps(function)
    def announced(*args: object) -> object:
        progress.tell(name)
        return run(_Parcel(args)).content

    return announced


class _Parcel(Generic[Content]):
    """What goes into a step and comes out of it: Prefect would walk through all lines of a night, so it sees none."""

    __slots__ = ("content",)

    def __init__(self, content: Content) -> None:
        self.content = content
