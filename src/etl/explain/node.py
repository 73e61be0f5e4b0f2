"""The one shape of every explanation: a tree of small statements, for a screen or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# Where a branch may end: cells; or, where there is none, what stands for them.
ENDS = ("cell", "slot", "nil", "file", "register", "entry", "calendar")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with what supports it; `kind` is a key of explain.yaml, `facts` are its details in order."""

    kind: str
    title: str
    facts: dict[str, object] = field(default_factory=dict)
    children: tuple[Statement, ...] = ()

    def walk(self) -> Iterator[Statement]:
        yield self
        for child in self.children:
            yield from child.walk()

    def record(self) -> dict:
        """The tree as plain values, ready for JSON; nothing blank in it."""
        facts = {key: as_json(value) for key, value in self.facts.items() if value is not None}
        made: dict = {"kind": self.kind, "title": self.title, **({"facts": facts} if facts else {})}
        if self.children:
            made["children"] = [child.record() for child in self.children]
        return made


def as_json(value: object) -> object:
    """A value as JSON has it: decimals and dates as text, without trailing zeros."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    return as_written(value)


def as_written(value: object) -> str:
    """A number or date as people write it."""
    from decimal import Decimal

    if isinstance(value, Decimal):
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    return "—" if value is None else str(value)


def reaches(node: Statement) -> set[str]:
    """The kinds of ends that a tree comes to."""
    return {n.kind for n in node.walk() if n.kind in ENDS}
