"""One word for one thing: no class or public function of one room is called like one of another."""

import ast
from collections import defaultdict

import pytest

from tests.house.figures import ROOT, SOURCE, modules

# A command and what it does, a step and the function that it calls, have one name on purpose.
COMMANDS = {"cli.py", "show", "desk", "night"}


def named(kinds) -> dict[str, set[str]]:
    """Where each class or public function of a module is defined."""
    found = defaultdict(set)
    for path in [*modules(), *sorted((ROOT / "flows").glob("*.py"))]:
        below = path.relative_to(SOURCE) if path.is_relative_to(SOURCE) else path.relative_to(ROOT)
        if below.parts[0] in COMMANDS | {"flows"} and kinds is ast.FunctionDef or "migrations" in below.parts:  # Alembic calls each of its scripts' upgrade
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, kinds) and (kinds is ast.ClassDef or not node.name.startswith("_")):
                found[node.name].add(str(below))
    return found


@pytest.mark.parametrize("kind", [ast.ClassDef, ast.FunctionDef], ids=["class", "function"])
def test_a_name_is_of_one_thing(kind):
    assert {name: sorted(places) for name, places in named(kind).items() if len(places) > 1} == {}
