"""Small mistakes in Python: a comparison, a joint, a sign, a number or a condition that a tired person might have got wrong."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

SIGNS = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"), ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"), ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.And: ("and", "or"), ast.Or: ("or", "and"),
}
LARGEST = 100  # one more than a larger number is the size of a chunk or how much is kept: no other behaviour


def mistakes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each begins and ends, and what stands there then."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]

    def place(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in _code(ast.parse(text)):
        yield from _whole(node, text, place)
        for left, right, sign in _between(node):
            first, last = place(left.end_lineno, left.end_col_offset), place(right.lineno, right.col_offset)
            written, wrong = SIGNS[type(sign)]
            if text[first:last].strip() == written:
                yield first, last, text[first:last].replace(written, wrong)


def _code(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions that run: not what is said of types, nor how a class or a cache is made, nor what stands within a text."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list") or isinstance(tree, ast.JoinedStr) or _is_typing(tree):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                if isinstance(child, ast.expr):
                    yield child
                yield from _code(child)


def _is_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _between(node: ast.expr) -> Iterator[tuple[ast.expr, ast.expr, ast.AST]]:
    """The signs between two expressions."""
    if isinstance(node, ast.Compare):
        for left, right, sign in zip([node.left, *node.comparators], node.comparators, node.ops):
            yield left, right, sign
    elif isinstance(node, ast.BoolOp):
        for left, right in zip(node.values, node.values[1:]):
            yield left, right, node.op
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield node.left, node.right, node.op


def _whole(node: ast.expr, text: str, place: Callable[[int, int], int]) -> Iterator[tuple[int, int, str]]:
    """What becomes of a condition, of a negation, and of what is written as it is."""
    wrong = None
    if isinstance(node, ast.IfExp):
        node, wrong = node.test, "True"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        wrong = str(not node.value)
    elif isinstance(node, ast.Constant) and type(node.value) is int and node.value <= LARGEST:
        wrong = str(node.value + 1)
    first = place(node.lineno, node.col_offset)
    if wrong is not None:
        yield first, place(node.end_lineno, node.end_col_offset), wrong
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield first, first + len("not "), ""
