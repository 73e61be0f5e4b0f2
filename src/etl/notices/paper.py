"""Make a paper of its matters: the wording of `paper.txt`, or of the site's file of that name, with tables of facts and a slip."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from etl.mistakes import Mistake
from etl.notices.matters import GRAVITY, Matter, Paper
from etl.office.sender import Office
from etl.office.word import Block, PaperTable, document
from etl.office.wording import blocks_of
from etl.texts.catalogue import Say, speaker
from etl.texts.periods import period_name

WORDING = "paper.txt"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def wording(site: Path) -> str:
    """The text of papers: the site's own where it has one."""
    own = site / WORDING
    return (own if own.is_file() else Path(__file__).with_name(WORDING)).read_text(encoding="utf-8")


def number_of(paper: Paper, office: Office, say: Say) -> str:
    """The paper's number (文号), of its period and unit: 督办〔2024〕6-t01号."""
    year, _, part = paper.period.partition("-")
    word = office.word or say("matter.word")
    return say("matter.document_number", word=word, year=year, month=f"{part.lstrip('0')}-" if part else "", unit=paper.unit)


def as_word(paper: Paper, office: Office, text: str, as_of: date, lang: str = "zh") -> bytes:
    """The paper as a Word document; its day is that of its release, of a draft the night's. Raises Mistake where the wording is wrong."""
    say = speaker(lang)
    day = paper.issued_on or as_of
    return document(blocks(paper, office, text, as_of, say), number_of(paper, office, say), office.name or office.county, day)


def blocks(paper: Paper, office: Office, text: str, as_of: date, say: Say) -> list[Block]:
    """The paper line by line. Raises Mistake where a line of the wording has no style, or names what there is not."""
    tables: dict[str, Callable[[], PaperTable]] = {
        "matters": lambda: _matters(paper, say),
        "ongoing": lambda: _ongoing(paper.ongoing, say),
        "slip": lambda: _slip(paper.matters, say),
    }
    return blocks_of(_filled(paper, office, text, as_of, say), WORDING, tables)


def _filled(paper: Paper, office: Office, text: str, as_of: date, say: Say) -> str:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    count = Counter(m.kind for m in paper.matters)
    kinds = [say("matter.kind_count", kind=say(f"matter.{kind}"), count=count[kind]) for kind in GRAVITY if count[kind]]
    days = {m.reply_days for m in paper.matters}
    topics = dict.fromkeys(say(f"matter.topic_{m.subject}") for m in paper.matters)
    values = {
        "head": office.head or say("matter.head", county=office.county),
        "county": office.county,
        "office": office.name,
        "phone": office.phone,
        "copies": office.copies,
        "document": number_of(paper, office, say),
        "draft": paper.issued_on is None,
        "period": period_name(paper.period, say.lang),
        "topic": next(iter(topics)),
        "several": len(topics) > 1,
        "unit": paper.unit_name,
        "as_of": _day(say, as_of),
        "count": len(paper.matters),
        "kinds": say("matter.kinds", parts=kinds),
        "days": "" if paper.issued_on else say("matter.days", days=days.pop()) if len(days) == 1 else say("matter.days_by_kind"),
        "ongoing": len(paper.ongoing),
        "day": _day(say, paper.issued_on or as_of),
        "signed_by": say("matter.signed", by=paper.issued_by, day=_day(say, paper.issued_on)) if paper.issued_on else "",
    }
    try:
        return SandboxedEnvironment(undefined=jinja2.StrictUndefined).from_string(text).render(values)
    except jinja2.TemplateError as wrong:
        raise Mistake("use.wording_place", file=WORDING, wrong=str(wrong), places=tuple(values)) from None


def _matters(paper: Paper, say: Say) -> PaperTable:
    rows = [tuple(say(f"matter.{head}") for head in ("serial", "matter", "facts", "crux", "persons", "due"))]
    for number, m in enumerate(paper.matters, start=1):
        rows.append(
            (
                str(number),
                "\n".join((m.name, m.number, f"【{say(f'matter.{m.kind}')}】")),
                "\n".join(_facts(m, paper.period, say)),
                m.crux or (say("matter.crux_unknown") if m.subject != "slot" else "—"),
                "\n".join(filter(None, (m.responsible, m.lead))) or say("matter.person_unknown"),
                _day(say, m.due) if m.due and paper.issued_on else say("matter.in_days", days=m.reply_days),
            )
        )
    return PaperTable((7, 45, 59, 15, 15, 15), tuple(rows), centred=(0, 4, 5))


def _facts(m: Matter, period: str, say: Say) -> Iterable[str]:
    facts = _dated(m.facts, say) + "。"
    yield facts if m.period == period else say("matter.earlier", period=period_name(m.period, say.lang), facts=facts)
    if m.running > 1:
        yield say("matter.lasting", since=period_name(m.since, say.lang), running=m.running)
    if m.is_escalated:
        yield say("matter.escalated", kind=say(f"matter.{m.kind}"))
    if "；" in m.due_history:
        yield say("matter.history", history=_dated(m.due_history, say))
    yield say("matter.asked", asked=say(f"matter.{m.ground}"))


def _dated(text: str, say: Say) -> str:
    """A text with its days as people write them."""
    return ISO_DAY.sub(lambda found: _day(say, date.fromisoformat(found.group())), text)


def _ongoing(matters: Iterable[Matter], say: Say) -> PaperTable:
    rows = [tuple(say(f"matter.{head}") for head in ("serial", "matter", "issued_on", "due", "state"))]
    for number, m in enumerate(matters, start=1):
        state = say.word("state", m.state) + (say("matter.past_due") if m.is_past_due else "")
        rows.append((str(number), f"{m.name}\n{m.number}", _day(say, m.released_on), _day(say, m.due), state))
    return PaperTable((8, 70, 27, 27, 24), tuple(rows), centred=(0, 2, 3, 4))


def _slip(matters: Iterable[Matter], say: Say) -> PaperTable:
    rows = [tuple(say(f"matter.{head}") for head in ("serial", "matter", "cause", "measures", "finish", "person"))]
    rows += [(str(number), f"{m.name}\n{m.number}", "", "", "", "") for number, m in enumerate(matters, start=1)]
    return PaperTable((8, 50, 30, 36, 17, 15), tuple(rows), centred=(0,), height=18)


def _day(say: Say, day: date | None) -> str:
    """2024年7月16日; blank for none."""
    return say("matter.calendar_day", year=day.year, month=day.month, day=day.day) if day else ""
