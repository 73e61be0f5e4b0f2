"""What a published night says of the matters that units are held to, as values that papers and reminders are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from etl.period import Period

GRAVITY = ("red_notice", "yellow_notice", "green_notice")  # the gravest first
DRAFT = ("proposed",)
ISSUED = ("released", "replied", "accepted", "reopened")  # a paper went out, and the matter still stands
OPEN = (*DRAFT, *ISSUED, "to_verify")


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter as its paper tells it, with how it stands on the night."""

    number: str
    unit: str
    unit_name: str
    period: str  # of the facts
    kind: str  # red_notice, yellow_notice or green_notice, escalation included
    subject: str  # project, indicator, slot, error
    name: str
    ground: str
    facts: str
    crux: str
    responsible: str
    lead: str
    since: str
    running: int
    is_escalated: bool
    state: str
    due: date | None
    due_history: str
    is_past_due: bool
    reply_days: int  # working days to answer in, where no day is set
    released_by: str
    released_on: date | None

    @property
    def order(self) -> tuple[int, int, str]:
        """Gravest first, then the longest running."""
        return GRAVITY.index(self.kind), -self.running, self.number


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: what a unit is asked about a period, drafted or issued on a day."""

    unit: str
    unit_name: str
    period: str
    matters: tuple[Matter, ...]  # gravest first
    ongoing: tuple[Matter, ...] = ()  # issued with earlier papers and not over
    issued_on: date | None = None
    issued_by: str = ""


def read_matters(database: Path) -> list[Matter]:
    """Every matter of a published version with the facts of its last period, by unit and gravity."""
    return _asked(database, "n.period = a.period")


def read_issued(database: Path) -> list[Matter]:
    """Every matter that was issued, with the facts of the period that its paper was about: the last that was over by that day."""
    return _asked(
        database,
        """a.released_on IS NOT NULL AND n.period = coalesce(
               (SELECT max(m.period) FROM fct_notice m JOIN dim_period p ON p.period = m.period
                WHERE m.number = a.number AND p.period_end < a.released_on),
               (SELECT min(m.period) FROM fct_notice m WHERE m.number = a.number))""",
    )


def _asked(database: Path, which: str) -> list[Matter]:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            f"""
            SELECT a.number, a.unit, u.unit_name, n.period, a.kind, n.subject, n.subject_name, n.ground, n.figures,
                   coalesce(n.crux, ''), coalesce(n.responsible_person, ''), coalesce(n.lead_official, ''), n.since_period,
                   n.periods_running, coalesce(a.is_escalated, false), a.state, a.due, coalesce(a.due_history, ''), a.is_past_due,
                   coalesce(a.reply_days, 0), coalesce(a.released_by, ''), a.released_on
            FROM fct_accountability a
            JOIN fct_notice n ON n.number = a.number
            JOIN dim_unit u ON u.unit = a.unit
            WHERE {which}
            ORDER BY a.unit, a.number"""
        ).fetchall()
    return sorted((Matter(*row) for row in rows), key=lambda m: (m.unit, m.order))


def end_of(period: str) -> date:
    """Sorts periods by the day on which they end: 2024-Q1 beside 2024-03."""
    known = Period.read(period)
    assert known is not None  # the warehouse has no other
    return known.end


def drafts(matters: Iterable[Matter], period: str) -> list[Paper]:
    """One paper a unit of what is proposed by the end of a period, with what is still open of earlier papers."""
    papers = []
    for (unit, name), of_unit in groupby(sorted(matters, key=lambda m: (m.unit, m.order)), key=lambda m: (m.unit, m.unit_name)):
        mine = list(of_unit)
        new = tuple(m for m in mine if m.state in DRAFT and end_of(m.period) <= end_of(period))
        if new:
            papers.append(Paper(unit, name, period, new, tuple(m for m in mine if m.state in ISSUED)))
    return papers


def issued(matters: Iterable[Matter]) -> list[Paper]:
    """One paper a unit and day of release: what was released later is a paper of its own."""

    def key(m: Matter) -> tuple[str, str, str]:
        return m.unit, m.unit_name, str(m.released_on)

    papers = []
    for (unit, name, _), some in groupby(sorted(matters, key=lambda m: (key(m), m.order)), key=key):
        mine = tuple(some)
        signers = tuple(dict.fromkeys(m.released_by for m in mine))
        period = max((m.period for m in mine), key=end_of)
        papers.append(Paper(unit, name, period, mine, issued_on=mine[0].released_on, issued_by="、".join(signers)))
    return papers
