"""What a verdict means for the unit, in sentences: what counts now, and what to do by when."""

from __future__ import annotations

from collections import Counter

from etl.reply.answer import ACCEPTED, Answer
from etl.site.reviews import ASKED_AGAIN, REFUSED
from etl.texts.catalogue import speaker
from etl.texts.periods import period_name


def effect(answer: Answer) -> str:
    """What counts now for the unit, form and period."""
    say = speaker(answer.lang)
    if answer.verdict in ACCEPTED and not answer.in_force and answer.instead:
        return say("reply.replaced", instead=answer.instead)
    if answer.verdict in ACCEPTED:
        if not answer.lines:
            return say("reply.nil_counts")
        key = "reply.part_counts" if answer.quarantined else "reply.all_counts"
        return say(key, lines=answer.lines, quarantined=answer.quarantined, kept=answer.lines - answer.quarantined)
    if answer.instead:
        return say("reply.other_counts", instead=answer.instead)
    return say("reply.nothing_counts", period=period_name(answer.submission.period, answer.lang))


def todo(answer: Answer) -> list[str]:
    """What the unit has to do, most urgent first; never empty."""
    say = speaker(answer.lang)
    tasks = []
    asked = {i.severity for i in answer.issues if i.state in ("open", "lapsed")}  # nobody has answered these
    if "error" in asked:
        key = "reply.mend" if answer.verdict in ACCEPTED else "reply.send"
        tasks.append(say(f"{key}_by", deadline=answer.deadline.isoformat()) if answer.deadline else say(key))
    if "warning" in asked:
        tasks.append(say("reply.explain"))
    reviews = Counter(i.review for i in answer.issues)
    tasks += [say(f"reply.{verdict}", count=reviews[verdict]) for verdict in (REFUSED, ASKED_AGAIN) if reviews[verdict]]
    return tasks or [say("reply.nothing_to_do")]


def contact(answer: Answer) -> str:
    """Whom to ask."""
    say = speaker(answer.lang)
    return say("reply.contact", contact=answer.contact or say("reply.contact_default"))
