"""Prefect's decorators, or none at all: the night is the same page with a server and without (LUODI_PLAIN=1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from etl import settings
from etl.night import progress

if TYPE_CHECKING:
    from prefect import Task

Content = TypeVar("Content")


plain = settings.without_prefect()  # set before `flows.nightly` is imported, where a command was told otherwise


def flow(**options: Any) -> Callable[[Callable], Callable]:
    """Prefect's decorator of a flow, or none; each run is named by its day."""
    return (lambda function: function) if plain else _prefect().flow(flow_run_name=_named, **options)


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


def step(function: Callable, **options: Any) -> Callable:
    """Make a function one step of the night: it is announced, and under Prefect it is a task.

    `options` are those of `prefect.task` (retries, timeout_seconds).
    """
    run = task(function, **options)

    @wraps(function)
    def announced(*args: object) -> object:
        progress.tell(function.__name__)
        return run(*args)

    return announced


def task(function: Callable, called: Callable[..., str] | None = None, **options: Any) -> Callable:
    """Make a function a task under Prefect, of which each run bears the name that `called` makes of what the function is given."""
    if plain:
        return function
    run = _task(function, called, **options)

    @wraps(function)
    def waited_for(*args: object) -> object:
        return run(_Parcel(args)).content

    return waited_for


def beside(function: Callable, called: Callable[..., str]) -> Callable:
    """The same for what runs beside the flow, on a thread of Prefect's: what comes back is its future."""
    run = _task(function, called)
    return lambda *args: run.submit(_Parcel(args))


def _task(function: Callable, called: Callable[..., str] | None, **options: Any) -> Task[[_Parcel[tuple]], _Parcel[object]]:
    """Results stay in memory and are never cached or written: a night is repeated from the archive, not from pickles."""
    from prefect.cache_policies import NO_CACHE

    if called:
        options["task_run_name"] = lambda parameters: called(*parameters["given"].content)

    @_prefect().task(name=function.__name__, **{"cache_policy": NO_CACHE, "persist_result": False, **options})
    def run(given: _Parcel[tuple]) -> _Parcel[object]:
        return _Parcel(function(*given.content))

    return run


class _Parcel(Generic[Content]):
    """What goes into a step and comes out of it: Prefect would walk through all lines of a night, so it sees none."""

    __slots__ = ("content",)

    def __init__(self, content: Content) -> None:
        self.content = content
