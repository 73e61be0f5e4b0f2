"""What is put in the place of a guard that is taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple


class Was(NamedTuple):
    """Not a thing itself, but what is made of the one that stood there."""

    make: Callable[[Any], Any]


class Otherwise:
    """A connection to a database that carries out other statements than it is given."""

    def __init__(self, con: Any, statement: Callable[[str], str]) -> None:
        self.con, self.statement = con, statement

    def execute(self, sql: str, *values: object) -> Any:
        return self.con.execute(self.statement(sql), *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.con, name)


def nothing(*_: object, **__: object) -> None:
    """Of a function that checks or does something."""


def none(*_: object, **__: object) -> tuple:
    """Of a function that finds things."""
    return ()


def stated(statement: Callable[[str], str]) -> Was:
    """Of a function of a connection: the same with other SQL."""
    return Was(lambda real: lambda con, *more: real(Otherwise(con, statement), *more))


def taken_for_empty(real: Callable) -> Callable:
    """Of a walk through folders: one that passes over those which it may not look into."""

    def walk(folder: Any, inside: str) -> Iterator[tuple]:
        with suppress(PermissionError):
            yield from real(folder, inside)

    return walk


def pointed_first(real: Callable) -> Callable:
    """Of the exchange of versions: the pointer moves before the folder does."""

    def swap_in(ready: Any, published: Any, version: str, **more: Any) -> Any:
        from etl.publish import swap

        swap._point(published, version)
        return real(ready, published, version, **more)

    return swap_in


def only_forms(real: Callable) -> Callable:
    """Of the reading of a file: without the submission that says that there is no form in it."""
    return lambda *given: [reading for reading in real(*given) if reading.lines is not None]


def all_lost(real: Callable) -> Callable:
    """Of the queries of rules: where one fails nothing is found."""

    def blamed(*given: Any) -> tuple:
        found, failed = real(*given)
        return ({}, []) if failed else (found, failed)

    return blamed
