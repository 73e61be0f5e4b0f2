"""Which tests belong to the place of a mutant: what pytest is called with, the quick ones first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.mutant import RULES, Mutant

CASES = ("tests/rules/test_limits.py", "tests/rules/test_rules.py")
ELSEWHERE = ("tests/layouts", "tests/rules", "tests/faults", "tests/warehouse")
LAYOUTS, NIGHT, SPOILED = "tests/layouts/test_layouts.py", "tests/golden/test_left.py", "tests/faults/test_outcomes.py"
READING = (SPOILED, LAYOUTS, NIGHT)
# What no night does is asked of none.
THROUGH = {"read": READING, "understand": READING, "normalise": READING, "claims": (), "freeze": ()}
MACRO = re.compile(r"\{% macro (\w+)\(.*?\{%-? endmacro %\}|\{% set (\w+) = .*?%\}", re.DOTALL)


def of_rule(root: Path, mutant: Mutant) -> Iterator[list[str]]:
    """The cases of a rule, then the tests that name it; of the shared words the cases of all rules that are written in them."""
    codes = {Path(mutant.path).name.partition(".")[0]}
    if codes == {"words"}:
        codes = _written_in(root / RULES, mutant.line)
    yield [*CASES, "-k", " or ".join(f"{code}-" for code in sorted(codes))]
    if tests := _naming(root, rf"\b({'|'.join(sorted(codes))})\b", "tests/rules", "tests/unit/validate", "tests/unit/judge") - set(CASES):
        yield sorted(tests)


def of_step(root: Path, mutant: Mutant) -> Iterator[list[str]]:
    """The tests that take a module by its name, those of its room first, then the rest of its room, then those elsewhere; last what goes through it."""
    room, module = Path(mutant.path).parts[2], Path(mutant.path).stem
    named = rf"etl\.{room}\.{module}\b|from etl\.{room} import [^\n]*\b{module}\b"
    home, asked = f"tests/unit/{room}/", set()
    naming = _naming(root, named, "tests/unit") | {path for path in _tests(root, home) if module in Path(path).stem}
    own = {path for path in naming if path.startswith(home)}
    for tests in own, naming - own, _tests(root, home), _naming(root, named, *ELSEWHERE):
        if tests := tests - asked:
            asked |= tests
            yield sorted(tests)
    yield from ([path, "-p", "tests.mutants.quick"] for path in THROUGH.get(room, (NIGHT,)) if (root / path).exists())


def _tests(root: Path, folder: str) -> set[str]:
    return {path.relative_to(root).as_posix() for path in (root / folder).rglob("test_*.py")}


def _naming(root: Path, words: str, *folders: str) -> set[str]:
    return {path for folder in folders for path in _tests(root, folder) if re.search(words, (root / path).read_text(encoding="utf-8"))}


def _written_in(rules: Path, line: int) -> set[str]:
    """The codes of the rules that use the macro on a line of words.sql, or one that uses it."""
    text = (rules / "words.sql").read_text(encoding="utf-8")
    macros = {found.group(1) or found.group(2): found for found in MACRO.finditer(text)}
    used = {name for name, found in macros.items() if text.count("\n", 0, found.start()) < line <= text.count("\n", 0, found.end()) + 1}
    while more := {name for name, found in macros.items() if name not in used and _names(found.group(), used)}:
        used |= more
    return {path.name.partition(".")[0] for path in rules.glob("[FP]*.sql") if _names(path.read_text(encoding="utf-8"), used)}


def _names(text: str, words: set[str]) -> bool:
    return bool(words) and re.search(rf"\b({'|'.join(words)})\b", text) is not None
