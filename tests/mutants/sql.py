"""Small mistakes in SQL: what stands in a rule or a model, and what a tired person might have written there."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words as words, signs between blanks; what is written in capitals is met in both.
WRITTEN = [
    (r"(?<= )<=(?= )", "<"), (r"(?<= )<(?= )", "<="), (r"(?<= )>=(?= )", ">"), (r"(?<= )>(?= )", ">="),
    (r"(?<= )=(?= )", "<>"), (r"(?<= )<>(?= )", "="),
    (r"(?<=[\w)]) \+ (?=[\w(])", " - "), (r"(?<=[\w)]) - (?=[\w(])", " + "), (r"(?<=[\w)}] )\*(?= [\w({])", "+"),
    (r"\bAND\b", "OR"), (r"\bOR\b", "AND"), (r"\bIS NOT NULL\b", "IS NULL"), (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bNOT (?=EXISTS|IN)\b", ""),
    (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r"\bsum\(", "max("), (r"\bLEFT JOIN\b", "INNER JOIN"), (r"\bDESC\b", "ASC"),
    (r"\bTRUE\b", "FALSE"), (r"\bFALSE\b", "TRUE"),
    (r"(?<=[ (])100\b(?![.\d])", "101"), (r"(?<=[ (])1\b(?![.\d])", "2"), (r"(?<=[ (])0\b(?![.\d])", "1"),
]
KINDS = [(re.compile(found, re.IGNORECASE), right) for found, right in WRITTEN]
# What is no SQL that runs: comments, what jinja decides, texts. A doubled sign in a text ends it and begins the next.
ASIDE = re.compile(r"\{#.*?#\}|--[^\n]*|\{%.*?%\}|\{\{ config\(.*?\) \}\}|'[^']*'", re.DOTALL)
# Of another kind: the AND of BETWEEN, the star of all columns, the frame of a window, a list's order, which settles ties.
OTHER = re.compile(r"\bbetween\b|\border by\b|\bpartition by\b|\blimit\b|\bselect\s+\*|\brows\b", re.IGNORECASE)


def mistakes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each begins and ends, and what stands there then."""
    code = ASIDE.sub(lambda aside: re.sub(r"[^\n]", "\0", aside.group()), text)
    start = 0
    for line in code.splitlines(keepends=True):
        if not OTHER.search(line):
            for written, wrong in KINDS:
                for found in written.finditer(line):
                    yield start + found.start(), start + found.end(), wrong if found.group().strip().isupper() else wrong.lower()
        start += len(line)
