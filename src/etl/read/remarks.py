"""What a sender says beside the figures: lines struck through, comments that correct, remarks that void, values under a merge.

None of it is obeyed, for nobody can tell whether it was meant; each is asked about at its cell, and the line counts meanwhile.
"""

from __future__ import annotations

import re

from etl.model import Finding
from etl.normalise.kinds import sent_text
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary
from etl.read.table import Table

OURS = "————"  # the line that begins our own part of a comment in a reply (reply.comment_head)
QUOTED = 40  # characters of a text that are quoted
SHORT = 12  # a text of so few characters, outside the remark column, may be about its whole line
NOTE = "note"  # the remark column of every form that has one

_author = re.compile(r"\A[^\n:：]{1,30}[:：]\s*\n")
_brackets = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_figure = re.compile(r"\d")


def remarks(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Findings of what stands beside the figures: F42 F43 F44 F47."""
    return [*struck_lines(table), *comments(table, vocabulary), *void_lines(table, vocabulary), *covered_values(table)]


def struck_lines(table: Table) -> list[Finding]:
    """F42: a line of which at least half of the filled cells are struck through; told at the first of them."""
    grid, found = table.grid, []
    for r in table.rows.data if grid.struck else ():
        filled = [c for c in sorted(table.place.values()) if grid.cell(r, c) is not None]
        struck = [c for c in filled if (r, c) in grid.struck]
        if struck and 2 * len(struck) >= len(filled):
            found.append(_finding("F42", table, r, struck[0], quote(sent_text(grid.cell(r, struck[0])) or "")))
    return found


def comments(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """F43: a comment at a data cell that holds a figure or speaks of a correction."""
    data, found = set(table.rows.data), []
    for (r, c), comment in sorted(table.grid.comments.items()):
        text = _author.sub("", comment.partition(OURS)[0]).strip()
        if r in data and (_figure.search(text) or any(word in fold(text) for word in vocabulary.correction_words)):
            found.append(_finding("F43", table, r, c, quote(text)))
    return found


def void_lines(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """F44: a remark that voids its line; the remark column may say it anywhere, another one only by itself or in brackets."""
    kinds = {c: table.form.by_name[n] for c, n in table.head.columns.items()}
    texts = [c for c in table.head.texts if c not in kinds or kinds[c].type == "text"]
    texts.sort(key=lambda c: (c not in kinds or kinds[c].name != NOTE, c))
    seen: dict[tuple[str, bool], bool] = {}
    found = []
    for r in table.rows.data:
        row = table.grid.rows[r]
        for c in texts:
            text = row[c] if c < len(row) else None
            if not isinstance(text, str):
                continue
            free = c not in kinds or kinds[c].name == NOTE
            if (text, free) not in seen:
                seen[text, free] = voids(text, vocabulary, free)
            if seen[text, free]:
                found.append(_finding("F44", table, r, c, quote(text)))
                break
    return found


def voids(text: str, vocabulary: Vocabulary, free: bool) -> bool:
    """Whether a text says that its line is void: 此项目作废 does, 未取消 and 原合同已作废 do not."""
    text = fold(text)
    brackets = _brackets.findall(text)
    if any(piece.strip("。.,，;；!！()") in vocabulary.void_alone for piece in (text, *brackets)):
        return True
    pieces = [text] if free or len(text) <= SHORT else brackets
    return any(_says(piece, vocabulary) for piece in pieces)


def _says(text: str, vocabulary: Vocabulary) -> bool:
    if not vocabulary.any_void_word.search(text):
        return False
    for word in vocabulary.void_words:
        before, there, _ = text.partition(word)
        if there and not before.removesuffix("已").endswith(vocabulary.void_not_after):
            return True
    return False


def covered_values(table: Table) -> list[Finding]:
    """F47: a value under a merged area that the sheet does not show; the same value as the one shown is none."""
    grid, found = table.grid, []
    data, columns = set(table.rows.data), set(table.place.values())
    for (r, c), value in sorted(grid.covered.items()):
        if r not in data or c not in columns or not fold(text := sent_text(value) or ""):
            continue
        top = next((m for m in grid.merges if m[0] <= r <= m[2] and m[1] <= c <= m[3]), (r, c, r, c))
        if fold(sent_text(grid.cell(top[0], top[1])) or "") != fold(text):
            found.append(_finding("F47", table, r, c, quote(text)))
    return found


def quote(text: str) -> str:
    """A text shortened to what a sentence bears, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[:QUOTED] + "…"


def _finding(rule: str, table: Table, r: int, c: int, value: str) -> Finding:
    return Finding(rule, table.grid.sheet, table.grid.number(r, c), table.head.columns.get(c), table.grid.name(r, c), value)
