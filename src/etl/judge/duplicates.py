"""Say of a second copy that its bytes were received before (F41), as an issue of the submission that they brought."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from etl.inbox.archive import Copy
from etl.model import Issue
from etl.texts.catalogue import chinese
from etl.validate.failure import Failure
from etl.validate.rulebook import Rule
from etl.validate.sentences import sentence


def duplicate_issues(copies: Iterable[Copy], brought: Callable[[str], list[str]], rulebook: Mapping[str, Rule], lang: str) -> list[Issue]:
    """One F41 for each copy; `brought` gives the submissions of a SHA-256."""
    rule = rulebook["F41"]
    issues = []
    for copy in copies:
        name, before = copy.received.name, chinese("expected.copy_of", moment=f"{copy.first_at:%Y-%m-%d %H:%M}", file=copy.first)
        words = sentence(rule, Failure(rule.code, value=name, expected=before), None, lang)
        issues += [
            Issue(
                submission_id,
                None,
                rule.code,
                rule.severity,
                rule.level,
                name,
                "",
                None,
                None,
                None,
                name,
                before,
                None,
                words,
                rule.version,
            )
            for submission_id in brought(copy.received.sha256)[:1]
        ]
    return issues
