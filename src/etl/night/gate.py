"""Step: what was built is held against what is expected of it, or the night ends here."""

from __future__ import annotations

from etl.gate.checkpoint import Expected, Unexpected, hold_against
from etl.gate.page import write_history, write_results
from etl.gate.suites import suites_of
from etl.inbox.journal import enter
from etl.mistakes import Said
from etl.night.name import fingerprint
from etl.night.night import Night
from etl.night.verdict import Judgement
from etl.texts.catalogue import speaker
from etl.validate.queries import sentences

PUBLISH = "publish"  # of the parameter `unjudged`; whatever else stands there holds


class Unjudged(Said):
    """Rules that find errors did not run, and the county does not publish what they did not judge."""


def gate(night: Night, judgement: Judgement) -> tuple[Expected, ...]:
    """What came of every expectation, kept in `quality/` whatever it was, with the rules that did not run.

    Raises Unexpected, Unjudged, and GateError where nothing can be told.
    """
    settings, not_run = night.settings, judgement.not_run
    if not_run and settings.ledger_url:  # by which rules they did not run: once those are other ones, what they guard is judged again
        told = [{"rule": one.rule, "form": one.form, "path": one.path, "reason": one.reason} for one in not_run]
        enter(settings.archive, [{"kind": "not_run", "night": night.id, "code": fingerprint(settings.home), "rules": told}])
    results = hold_against(settings.build, settings.landed, suites_of(settings.home))
    say = speaker(settings.lang)
    write_results(settings.data / "quality" / night.id, night.id, results, settings.lang, sentences(not_run, say))
    write_history(settings.data / "quality", settings.lang)
    if failed := [one for one in results if one.blocks]:
        raise Unexpected(failed)
    setting = night.criteria.parameters.word("unjudged")
    grave = [one for one in not_run if night.criteria.rulebook[one.rule].severity == "error"]
    if grave and setting != PUBLISH:
        raise Unjudged("night.unjudged", rules=tuple(sentences(grave, say)), setting=setting)
    return results
