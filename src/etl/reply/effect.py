"""What a verdict means for the unit, in sentences: what counts now, and what to do by when."""

from __future__ import annotations

from etl.reply.answer import ACCEPTED, Answer
from etl.reply.words import period_name, speaker


def effect(answer: Answer) -> str:
    """What counts now for the unit, form and period."""
    say = speaker(answer.lang)
    if answer.verdict in ACCEPTED and not answer.in_force and answer.instead:
        return say("replaced", instead=answer.instead)
    if answer.verdict in ACCEPTED:
        if not answer.lines:
            return say("nil_counts")
        key = "part_counts" if answer.held else "all_counts"
        return say(key, lines=answer.lines, held=answer.held, kept=answer.lines - answer.held)
    if answer.instead:
        return say("other_counts", instead=answer.instead)
    return say("nothing_counts", period=period_name(answer.submission.period, answer.lang))


def todo(answer: Answer) -> list[str]:
    """What the unit has to do, most urgent first; never empty."""
    say = speaker(answer.lang)
    tasks = []
    asked = {i.severity for i in answer.issues if i.state in ("open", "lapsed")}      # nobody has answered these
    if "error" in asked:
        key = "mend" if answer.verdict in ACCEPTED else "send"
        tasks.append(say(f"{key}_by", deadline=answer.deadline.isoformat()) if answer.deadline else say(key))
    if "warning" in asked:
        tasks.append(say("explain"))
    return tasks or [say("nothing_to_do")]


def contact(answer: Answer) -> str:
    """Whom to ask."""
    say = speaker(answer.lang)
    return say("contact", contact=answer.contact or say("contact_default"))
