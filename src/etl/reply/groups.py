"""Put issues in the order in which a person reads them: the gravest first, the same rule together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.model import Issue
from etl.reply.answer import SEVERITIES
from etl.site.reviews import ASKED_AGAIN, REFUSED
from etl.texts.catalogue import speaker

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_FIRST_SENTENCE = {"zh": re.compile(r"^.*?。(?!$)"), "en": re.compile(r"^.*?[.?] (?=[A-Z])")}
BEFORE_ALL = "F52"  # how the table was laid out is told before what stands in it
LISTED_CELLS = 12  # in one line; the rest is counted


@dataclass(frozen=True, slots=True)
class Group:
    """The issues of one rule in one sheet, in the order of their cells."""

    rule: str
    severity: str
    sheet: str
    issues: tuple[Issue, ...]

    def cells(self, lang: str = "zh") -> str:
        """'F17, F19, I19', shortened where there are very many; '' for an issue of the whole file."""
        names = [i.cell or (f"{i.row}:{i.row}" if i.row else "") for i in self.issues]
        names = [n for n in dict.fromkeys(names) if n]
        more = len(names) - LISTED_CELLS
        text = ", ".join(names[:LISTED_CELLS])
        return text if more <= 0 else text + speaker(lang)("reply.and_more", count=len(names))

    def advice(self, lang: str = "zh") -> str:
        """How to mend them all, where their sentences end alike; else ''."""
        ends = {split_sentence(i.sentence, lang)[1] for i in self.issues}
        return ends.pop() if len(ends) == 1 else ""

    def reviewed(self, lang: str = "zh") -> str:
        """What an assessor said to the reason given for them, the first that there is; else ''."""
        return next((reason_answered(i, lang) for i in self.issues if i.review in (ASKED_AGAIN, REFUSED)), "")


def reason_answered(issue: Issue, lang: str = "zh") -> str:
    """What became of a reason that was given and does not hold, told where it is asked for again; '' where there is none."""
    say = speaker(lang)
    if issue.explanation and issue.review in (ASKED_AGAIN, REFUSED):
        return say(f"reply.reason_{issue.review}", reason=issue.explanation, who=issue.reviewed_by, why=issue.review_why)
    if not issue.explanation or issue.severity == "error" or issue.state not in ("open", "lapsed"):
        return ""
    return say("reply.reason_lapsed" if issue.state == "lapsed" else "reply.no_reason", reason=issue.explanation)


def grouped(issues: Iterable[Issue]) -> list[Group]:
    """Groups by severity, a changed layout before them; within one, what concerns the whole file first, then what moves the
    totals most, then by sheet and cell.
    """
    ordered = sorted(issues, key=_weight)
    together: dict[tuple, list[Issue]] = {}
    for issue in ordered:
        together.setdefault((issue.severity, issue.rule, issue.sheet, issue.cell is None), []).append(issue)
    groups = [Group(rule, severity, sheet, tuple(found)) for (severity, rule, sheet, _), found in together.items()]
    return sorted(groups, key=_urgency)


def split_sentence(sentence: str, lang: str = "zh") -> tuple[str, str]:
    """A sentence of the rulebook as what is wrong and how to mend it; the second may be ''."""
    found = _FIRST_SENTENCE[lang].match(sentence)
    return (found.group().strip(), sentence[found.end() :].strip()) if found else (sentence, "")


def gravity(severity: str) -> int:
    """0 for the gravest; an unknown severity comes last."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _urgency(group: Group) -> tuple:
    """What a group's place depends on before the place of its first cell."""
    first = group.issues[0]
    effect, points = max(i.effect for i in group.issues), max(i.points for i in group.issues)
    return first.rule != BEFORE_ALL, gravity(first.severity), first.level != "submission", first.cell is not None, -effect, -points


def _weight(issue: Issue) -> tuple:
    place = _CELL.fullmatch(issue.cell or "")
    row, column = (int(place[2]), (len(place[1]), place[1])) if place else (issue.row or 0, (0, ""))
    return (
        issue.rule != BEFORE_ALL,
        gravity(issue.severity),
        issue.level != "submission",
        issue.cell is not None,
        issue.sheet,
        row,
        column,
        issue.rule,
        issue.value or "",
        issue.sentence,
    )
