"""A file with one small mistake in it, and how mutants are drawn: of rules, models and steps alike."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutants import python, sql

RULES, MODELS, STEPS = "expectations/rules", "dbt_project/models", "src/etl"
ROOMS = ("assess", "claims", "freeze", "inbox", "judge", "land", "night", "normalise", "pages", "publish", "read", "reply", "site",
         "understand", "validate")
KINDS = ("rules", "models", "steps")


@dataclass(frozen=True)
class Mutant:
    """`text` is the file with the mistake; `line` is where, `told` what."""

    kind: str
    path: str
    line: int
    told: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.told}"


def draw(root: Path, number: int, seed: int, kinds: Collection[str] = KINDS) -> list[Mutant]:
    """As many mutants as are asked for, the same share of each kind; a kind's draw does not depend on which others are asked for."""
    drawn: list[Mutant] = []
    for place, kind in enumerate(kinds):
        share = number // len(kinds) + (place < number % len(kinds))
        every = [(path, mistake) for path in files(root, kind) for mistake in mistakes(path, kind)]
        some = random.Random(f"{kind} {seed}").sample(every, min(len(every), share))
        drawn += [made(root, path, kind, mistake) for path, mistake in some]
    return drawn


def files(root: Path, kind: str) -> list[Path]:
    """The files of a kind in which mistakes are made."""
    if kind == "steps":
        return [path for room in ROOMS for path in sorted((root / STEPS / room).rglob("*.py")) if path.name != "__init__.py"]
    return sorted((root / {"rules": RULES, "models": MODELS}[kind]).rglob("*.sql"))


def mistakes(path: Path, kind: str) -> Iterator[tuple[int, int, str]]:
    """Every mistake that can be made in a file: where it begins and ends, and what stands there then."""
    return (python if kind == "steps" else sql).mistakes(path.read_text(encoding="utf-8"))


def made(root: Path, path: Path, kind: str, mistake: tuple[int, int, str]) -> Mutant:
    """The file with one mistake in it."""
    text, (first, last, wrong) = path.read_text(encoding="utf-8"), mistake
    told = " ".join(f"{text[first:last].strip()} → {wrong.strip() or 'nothing'}".split())
    return Mutant(kind, path.relative_to(root).as_posix(), text.count("\n", 0, first) + 1, told, text[:first] + wrong + text[last:])
