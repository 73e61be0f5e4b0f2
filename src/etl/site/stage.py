"""Stage decisions as tables beside what was read, and make explanations of the reasons that replies brought back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.model import Reading
from etl.period import GRAIN_OF, Period
from etl.site.decision import Decisions, Explanation
from etl.site.match import folded

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SUBMISSION = re.compile(r"[0-9a-f]{16}-(\w+)-(\d{4}[\w-]*)")
_WHO = {"reason": "VARCHAR", "decided_by": "VARCHAR"}
_WHEN = {"decided_at": "TIMESTAMP"}
_SLOT = {"unit": "VARCHAR", "form": "VARCHAR", "period": "VARCHAR"}
_CELL = {"business_key": "VARCHAR", "column_name": "VARCHAR"}  # the key as it is stored with the lines
TABLES = {
    "extension": {"decision": "VARCHAR", **_SLOT, "deadline": "DATE", **_WHO, **_WHEN},
    "waiver": {"decision": "VARCHAR", "rule": "VARCHAR", **_SLOT, **_CELL, **_WHO, "valid_from": "VARCHAR", "valid_until": "VARCHAR"},
    "suspension": {
        "decision": "VARCHAR",
        "rule": "VARCHAR",
        "form": "VARCHAR",
        "unit": "VARCHAR",
        "valid_from": "VARCHAR",
        "valid_until": "VARCHAR",
        **_WHO,
        **_WHEN,
    },
    "withdrawal": {"decision": "VARCHAR", "file": "VARCHAR", **_SLOT, "version": "INTEGER", **_WHO, **_WHEN},
    "correction": {"decision": "VARCHAR", **_SLOT, **_CELL, **_WHO, **_WHEN},
    "explanation_review": {
        "decision": "VARCHAR",
        "explanation": "VARCHAR",
        "rule": "VARCHAR",
        "unit": "VARCHAR",
        "verdict": "VARCHAR",
        "decided_by": "VARCHAR",
        "reason": "VARCHAR",
        **_WHEN,
    },
    "explanation": {
        "decision": "VARCHAR",
        "source": "VARCHAR",
        "submission_id": "VARCHAR",
        "rule": "VARCHAR",
        **_SLOT,
        **_CELL,
        "value": "VARCHAR",
        **_WHO,
        **_WHEN,
    },
}


def from_replies(readings: Iterable[Reading], names: dict[str, str], forms: Mapping[str, Form]) -> list[Explanation]:
    """The explanations that replies brought back tonight, by whoever signed the sheet, else by the unit's name.

    A reason speaks for the unit that sent it, of the form and period that its reply was about.
    """
    found = []
    for reading in readings:
        s = reading.submission
        for number, reason in enumerate(reading.reasons, start=1):
            about = _SUBMISSION.fullmatch(reason.submission_id)
            if about is None or s.unit is None:
                continue
            form = about.group(1)
            if (period := _period_of(about.group(2), forms.get(form))) is None:
                continue
            found.append(
                Explanation(
                    f"{s.submission_id}#{number}",
                    "reply",
                    reason.rule,
                    s.unit,
                    form,
                    period,
                    reason.business_key,
                    reason.column,
                    reason.value,
                    reason.text,
                    s.cover.preparer or names.get(s.unit, s.unit),
                    s.received_at.replace(tzinfo=None),
                )
            )
    return found


def _period_of(text: str, form: Form | None) -> str | None:
    """The period at the end of a submission's name; the second of one file carries a number behind it."""
    for code in (text, text.rpartition("-")[0]):
        period = Period.read(code)
        if form and period and period.grain == GRAIN_OF[form.cadence]:
            return code
    return None


def stage_decisions(con: DuckDBPyConnection, decisions: Decisions, replied: Sequence[Explanation]) -> None:
    """Create the tables of TABLES in schema `staged` of a DuckDB connection and fill them."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "extension": [(e.decision, *e.key, e.deadline, e.reason, e.by, e.at) for e in decisions.extensions],
        "waiver": [
            (w.decision, w.rule, w.unit, w.form, w.period, folded(w.business_key), w.column, w.reason, w.by, w.first, w.until)
            for w in decisions.waivers
        ],
        "suspension": [(s.decision, s.rule, s.form, s.unit, s.first, s.until, s.reason, s.by, s.at) for s in decisions.suspensions],
        "withdrawal": [(w.decision, w.file, w.unit, w.form, w.period, w.version, w.reason, w.by, w.at) for w in decisions.withdrawals],
        "correction": [
            (c.decision, c.unit, c.form, c.period, folded(c.business_key), c.column, c.reason, c.by, c.at) for c in decisions.corrections
        ],
        "explanation_review": [(r.decision, r.explanation, r.rule, r.unit, r.verdict, r.by, r.why, r.at) for r in decisions.reviews],
        "explanation": [
            (
                e.decision,
                e.source,
                e.decision.partition("#")[0] if e.source == "reply" else None,
                *e.address[:4],
                folded(e.business_key),
                e.column,
                e.value,
                e.reason,
                e.by,
                e.at,
            )
            for e in (*decisions.explanations, *replied)
        ],
    }
    for table, columns in TABLES.items():
        con.execute(f"CREATE OR REPLACE TABLE staged.{table} ({', '.join(f'{c} {t}' for c, t in columns.items())})")
        if rows[table]:
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
            con.execute(f"INSERT INTO staged.{table} SELECT {lists}", [list(values) for values in zip(*rows[table], strict=True)])
