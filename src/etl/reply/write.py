"""Write the replies of a night: each is made in a bounded child, so that a workbook that breaks openpyxl harms only itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from etl.model import Unreadable
from etl.read.pool import run_bounded
from etl.reply.answer import Answer
from etl.reply.folder import list_replies, reply_path, write_reply
from etl.reply.letter import letter
from etl.reply.marked_workbook import marked_workbook
from etl.settings import Settings

# The sender's own workbook; where that takes the child down, a copy of its values; at last the issues alone.
WAYS = ("original", "copy", "issues")
Seen = Callable[[int, int], None]  # how many of how many


def unseen(_done: int, _total: int) -> None:
    """Nobody watches."""


def write_replies(
    answers: Iterable[Answer], folder: Path, limits: Settings, said: Mapping[str, str] | None = None, seen: Seen = unseen
) -> list[dict]:
    """Write the letter of each answer, and the workbook where there is something to mark, below `folder` and bring its index up to date.

    Returns one entry a reply, in the order of `answers`, with the paths inside `folder` and the verdict. Writing the
    same answers again changes no byte. `said` (submission_id -> fingerprint) is kept in the index; `seen` is told how many are done.
    """
    answers = list(answers)
    entries = {n: _put(folder, answer, None, said or {}) for n, answer in enumerate(answers) if not answer.issues}
    for way in WAYS:
        left = [n for n in range(len(answers)) if n not in entries]
        work = run_bounded(
            [answers[n] for n in left],
            partial(make_workbook, way=way),
            workers=limits.workers,
            seconds=limits.seconds,
            megabytes=limits.megabytes,
        )
        for n, (answer, outcome) in zip(left, work):
            if not isinstance(outcome, Unreadable):
                entries[n] = _put(folder, answer, outcome, said or {})
                seen(len(entries), len(answers))
            elif way == WAYS[-1]:
                raise RuntimeError(f"no reply could be made for {answer.submission.file}: {outcome.reason}")
    done = [entries[n] for n in range(len(answers))]
    list_replies(folder, done, answers[0].lang if answers else "zh")
    return done


def _put(folder: Path, answer: Answer, workbook: bytes | None, said: Mapping[str, str]) -> dict:
    """Letter and workbook; where nothing is marked the unit has its workbook already, and the letter says so."""
    _, stem, _ = reply_path(answer)
    marked = {} if workbook is None else {f"{stem}.xlsx": workbook}
    files = marked | {f"{stem}.html": letter(answer, next(iter(marked), None)).encode("utf-8")}
    return write_reply(folder, answer, files) | {"said": said.get(answer.submission.submission_id, "")}


def _as_received(answer: Answer) -> bool:
    """False where the archived bytes are missing or others: nobody gets a figure back that he never wrote."""
    try:
        with answer.original.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == answer.submission.file_sha256
    except OSError:
        return False


def make_workbook(answer: Answer, way: str = "original") -> bytes:
    """The marked workbook of one answer; opens the original, so a child process should do it."""
    from etl.read.workbook import open_book

    book = None
    if answer.submission.readable and way != "issues" and _as_received(answer):
        with suppress(Unreadable):  # then the issues are listed without the sheets
            book = open_book(answer.original, answer.submission.file)
    return marked_workbook(answer, book, copy=way == "copy")
