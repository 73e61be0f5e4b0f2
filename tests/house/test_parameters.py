"""A function takes at most six values: where it takes more, some belong together and have a name of their own.

Commands are left out (an option is a parameter), and flows, whose parameters are what Prefect shows.
"""

from __future__ import annotations

import ast

from tests.fixtures.places import ROOT

LIMIT = 6
# What takes more on purpose, and why.
MORE = {
    "settings.given",  # each of its parameters is an option; what they make together is the value (Settings) that all others are given
}


def takes_more():
    """room/module.function of each function with more than six parameters, but for commands."""
    etl, found = ROOT / "src" / "etl", set()
    for path in sorted(etl.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not any("command" in ast.unparse(mark) for mark in node.decorator_list):
                given = {arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)} - {"self", "cls"}
                if len(given) > LIMIT:
                    found.add(f"{path.relative_to(etl).with_suffix('').as_posix()}.{node.name}")
    return found


def test_only_what_has_a_reason_takes_more():
    assert takes_more() == MORE
