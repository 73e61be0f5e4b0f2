"""Whether a mutant is caught: its file is put into the copy, and what belongs to its place is run there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from tests.mutants.copy import Copy
from tests.mutants.county import County
from tests.mutants.mutant import Mutant
from tests.mutants.places import of_rule, of_step


class Trial:
    """A copy of the project at `root`, made in `folder`, in which mutants are tried one after the other."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.copy, self.folder, self.sound = Copy(root, folder), folder, set()
        os.environ["QUICK"] = str(folder / "recipe")          # tests/mutants/quick.py

    @cached_property
    def county(self) -> County:
        return County(self.copy, self.folder / "county")

    def caught(self, mutant: Mutant) -> str:
        """By what a mutant is caught; '' where it is not."""
        if mutant.kind == "models":
            self.county  # noqa: B018  (built before the mistake is there)
        with self.copy.holding(mutant.path, mutant.text):
            by = next(self._ways(mutant), "")
        if "::" in by and by not in self.sound:
            if self.copy.failing([by]):
                raise SystemExit(f"{by} fails without any mistake: no test can be trusted before it holds")
            self.sound.add(by)
        return by

    def _ways(self, mutant: Mutant) -> Iterator[str]:
        if mutant.kind == "models":
            yield from self.county.caught(Path(mutant.path).stem)
            return
        for tests in (of_rule if mutant.kind == "rules" else of_step)(self.copy.here, mutant):
            if failing := self.copy.failing(tests):
                yield failing
