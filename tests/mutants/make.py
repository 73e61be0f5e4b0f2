"""Small mistakes in SQL and Python: each turns one place of a file into what a tired person might have written there."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RULES, MODELS = "expectations/rules", "dbt_project/models"
STEPS = ("assess", "claims", "freeze", "inbox", "judge", "land", "night", "normalise", "pages", "publish", "read", "reply", "site", "understand", "validate")

# What is written in SQL, and what stands there by mistake; words as words, signs between blanks.
SQL = [
    (r"(?<= )<=(?= )", "<"), (r"(?<= )<(?= )", "<="), (r"(?<= )>=(?= )", ">"), (r"(?<= )>(?= )", ">="), (r"(?<= )=(?= )", "<>"), (r"(?<= )<>(?= )", "="),
    (r"(?<=\w|\)) \+ (?=\w|\()", " - "), (r"(?<=\w|\)) - (?=\w|\()", " + "), (r"(?<= )\*(?= \w)", "+"), (r"\bAND\b", "OR"), (r"\bOR\b", "AND"), (r"\band\b", "or"),
    (r"\bor\b", "and"), (r"\bIS NOT NULL\b", "IS NULL"), (r"\bIS NULL\b", "IS NOT NULL"), (r"\bis not null\b", "is null"), (r"\bis null\b", "is not null"),
    (r"\bNOT (?=EXISTS|IN)\b", ""), (r"\bnot (?=exists|in)\b", ""), (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r"\bsum\(", "max("), (r"\bleft join\b", "inner join"),
    (r"\bLEFT JOIN\b", "JOIN"), (r"\bdesc\b", "asc"), (r"\bDESC\b", "ASC"), (r"\btrue\b", "false"), (r"\bfalse\b", "true"), (r"(?<=[ (])\b100\b(?!\d)", "101"), (r"(?<=[ (])\b1\b(?![\d.])", "2"),
    (r"(?<=[ (])\b0\b(?![\d.])", "1"),
]
BETWEEN = re.compile(r"between|order by|partition by|limit", re.IGNORECASE)  # an AND or a 1 there is of another kind
COMPARED = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is"}
WRITTEN = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not"}


@dataclass(frozen=True)
class Mutant:
    """A file with one mistake in it; `line` is where, `told` what."""

    path: str
    line: int
    told: str
    text: str


def mutants(root: Path, number: int, seed: int) -> list[Mutant]:
    """As many mutants as are asked for, drawn over rules, models and steps alike: a third of each."""
    drawn, chance = [], random.Random(seed)
    for kind, files in (("rules", sorted((root / RULES).glob("*.sql"))), ("models", sorted((root / MODELS).rglob("*.sql"))),
                        ("steps", [p for room in STEPS for p in sorted((root / "src/etl" / room).rglob("*.py")) if p.name != "__init__.py"])):
        all_of = [mutant for path in files for mutant in (_python if kind == "steps" else _sql)(path, root)]
        drawn += chance.sample(all_of, min(len(all_of), number // 3 + (kind == "steps") * (number % 3)))
    return drawn


def _sql(path: Path, root: Path) -> Iterator[Mutant]:
    text, name, start = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix(), 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        code = line.partition("--")[0]
        if not BETWEEN.search(code) and not code.lstrip().startswith(("{%", "{{", "{#")):
            for wrong, right in SQL:
                for found in re.finditer(wrong, code):
                    if code[: found.start()].count("'") % 2 == 0:  # not within a text
                        at = start + found.start()
                        yield Mutant(name, number, f"{found.group().strip()} → {right.strip() or 'nothing'}", text[:at] + right + text[at + len(found.group()) :])
        start += len(line)


def _python(path: Path, root: Path) -> Iterator[Mutant]:
    text, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
    lines = text.splitlines(keepends=True)
    starts = [sum(len(line.encode()) for line in lines[:n]) for n in range(len(lines) + 1)]
    raw = text.encode()

    def put(first: int, last: int, line: int, wrong: str) -> Mutant:
        return Mutant(name, line, f"{raw[first:last].decode().strip()} → {wrong.strip() or 'nothing'}", (raw[:first] + wrong.encode() + raw[last:]).decode())

    def begin(node: ast.expr) -> int:
        return starts[node.lineno - 1] + node.col_offset

    def end(node: ast.expr) -> int:
        return starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
            first, last = end(node.left), begin(node.comparators[0])
            sign = WRITTEN[type(node.ops[0])]
            if raw[first:last].decode().strip() == sign:
                yield put(first, last, node.lineno, f" {COMPARED[type(node.ops[0])]} ")
        elif isinstance(node, ast.BoolOp):
            first, last = end(node.values[0]), begin(node.values[1])
            word = raw[first:last].decode()
            if word.strip() in ("and", "or"):
                yield put(first, last, node.lineno, word.replace("and", "or") if "and" in word else word.replace("or", "and"))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield put(begin(node), begin(node.operand), node.lineno, "")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            first, last = end(node.left), begin(node.right)
            if raw[first:last].decode() in (" + ", " - "):
                yield put(first, last, node.lineno, " - " if isinstance(node.op, ast.Add) else " + ")
        elif isinstance(node, ast.Constant) and type(node.value) in (bool, int) and hasattr(node, "lineno"):
            yield put(begin(node), end(node), node.lineno, str(not node.value) if isinstance(node.value, bool) else str(node.value + 1))
        elif isinstance(node, ast.IfExp):
            yield put(begin(node.test), end(node.test), node.lineno, "True")
