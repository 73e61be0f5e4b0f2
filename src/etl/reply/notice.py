"""Tell a unit that a file filled in in its name lies under another unit: one short letter, without the file's figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.model import Submission
from etl.office.files import safe_name, write
from etl.reply.folder import list_replies, listed
from etl.reply.letter import pages
from etl.texts.catalogue import speaker
from etl.texts.periods import period_name

MARK = ":owner"  # behind the submission's id: the entry of its owner's letter in the index


@dataclass(frozen=True, slots=True)
class Notice:
    """A submission that lies under one unit (`holder`) and names another (`owner`) at `cell`."""

    submission: Submission
    owner: str  # both by name
    holder: str
    cell: str  # '' where the file's name says it
    form_name: str
    day: date
    contact: str = ""
    lang: str = "zh"


def notice_sentence(notice: Notice) -> str:
    """The one sentence that the owner has to know."""
    say, s = speaker(notice.lang), notice.submission
    key = "reply.notice_file" if not notice.cell else "reply.notice_sheet" if s.sheet else "reply.notice_cell"
    return say("reply.notice", holder=notice.holder, where=say(key, file=s.file, sheet=s.sheet, cell=notice.cell))


def write_notices(notices: Iterable[Notice], root: Path) -> list[dict]:
    """Write the letters, take away those that hold no more, and bring the index up to date; the entries of those made or changed."""
    notices = list(notices)
    entries = {n.submission.submission_id + MARK: _entry(n) for n in notices}
    before = {key: e for key, e in listed(root).items() if key.endswith(MARK)}
    gone = {e["letter"] for e in before.values()} - {e["letter"] for e in entries.values()}
    for letter in sorted(gone):
        (root / letter).unlink(missing_ok=True)
    due = [
        n
        for n in notices
        if (key := n.submission.submission_id + MARK) not in before
        or before[key]["said"] != notice_sentence(n)
        or before[key]["letter"] != entries[key]["letter"]
        or not (root / before[key]["letter"]).is_file()
    ]
    for notice in due:
        path = root / entries[notice.submission.submission_id + MARK]["letter"]
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, page(notice).encode("utf-8"))
    made = [entries[n.submission.submission_id + MARK] for n in due]
    if made or gone:
        list_replies(root, made, notices[0].lang if notices else next(iter(before.values()))["lang"])
    return made


def page(notice: Notice) -> str:
    """The letter as HTML."""
    say = speaker(notice.lang)
    return (
        pages()
        .get_template("notice.html")
        .render(
            notice=notice,
            lang=notice.lang,
            say=say,
            period=period_name(notice.submission.period, notice.lang),
            told=notice_sentence(notice),
            contact=say("reply.contact", contact=notice.contact or say("reply.contact_default")),
        )
    )


def _entry(notice: Notice) -> dict:
    say, s = speaker(notice.lang), notice.submission
    folder = Path(safe_name(notice.owner), safe_name(s.period or say("reply.unknown")))
    stem = f"{safe_name(notice.form_name or say('reply.unknown'))}-{safe_name(Path(s.file).stem)}-{s.submission_id[:8]}"
    return {
        "submission_id": s.submission_id + MARK,
        "unit": notice.owner,
        "period": s.period or "",
        "form": notice.form_name,
        "file": s.file,
        "received": f"{s.received_at:%Y-%m-%d %H:%M}",
        "verdict": "misplaced",
        "counts": {},
        "workbook": "",
        "lang": notice.lang,
        "letter": (folder / f"{stem}-{safe_name(say('reply.misplaced'))}.html").as_posix(),
        "said": notice_sentence(notice),
    }
