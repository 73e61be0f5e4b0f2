"""Let the lines through that are credited with a project which several units report (P18); the others stay held back.

Who is credited is ruled in claims.csv. Where nobody has ruled, the setting `unsettled` (indicators.md 26) credits nobody,
the unit that reported first, or all in equal parts; the shares themselves are worked out by the model int_claim_settled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.forms.contract import CLAIMED, Form, with_roles
from etl.forms.schema import is_there
from etl.model import ANSWERED, Issue
from etl.texts.catalogue import chinese

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RULE = "P18"
BY_SETTING = "settings.csv:unsettled"

# A ruling names the project by any of its keys: as the line has it, as people renamed it, or as a line of the same firm
# and name has it.
KEYED = """
    WITH keyed AS (
        SELECT l.line_id, l.submission_id, l.period, {claimant} AS claimant,
               l.{owner_code} || '|' || l.{project_name}_norm AS firm_and_name,
               coalesce(l.{project_code}, coalesce(l.{project_name}_norm, '') || '@' || coalesce(l.{owner_name}_norm, '')) AS key
        FROM gathered.{form} l WHERE l.in_force
    ),
    named AS (
        SELECT line_id, period, claimant, key FROM keyed
        UNION SELECT k.line_id, k.period, k.claimant, i.same_as FROM keyed k
              JOIN {landed}.project_identity i ON i.project_key = k.key AND i.kind <> 'distinct' AND k.period >= i.first_period
        UNION SELECT k.line_id, k.period, k.claimant, o.key FROM keyed k
              JOIN keyed o ON o.period = k.period AND o.firm_and_name = k.firm_and_name
    ),
    ruled AS (
        SELECT n.line_id, arg_max((r.ruling, r.why, r.decided_by, r.decided_at, r.share_pct), (r.first_period, r.form, r.ruling)) AS ruling
        FROM named n JOIN {landed}.claim_ruling r
          ON r.project_key = n.key AND r.unit = n.claimant AND r.form IN ('', '{form}')
         AND n.period >= r.first_period AND (r.last_period = '' OR n.period <= r.last_period)
        GROUP BY n.line_id
    )
"""
RULED = KEYED + "SELECT line_id, ruling FROM ruled"
# The lines of one project in the order in which they were received; a project of which any line is ruled is settled.
FIRST_COME = (
    KEYED
    + """,
    chained AS (
        SELECT keyed.*, s.received_at, s.receipt_order, ruled.line_id IS NOT NULL AS is_ruled,
               min(key) OVER (PARTITION BY keyed.period, coalesce(firm_and_name, keyed.line_id)) AS by_firm
        FROM keyed JOIN gathered.submission s USING (submission_id) LEFT JOIN ruled USING (line_id)
        WHERE keyed.line_id IN (SELECT unnest(?::VARCHAR[]))
    ),
    grouped AS (SELECT *, min(by_firm) OVER (PARTITION BY period, key) AS claim FROM chained)
    SELECT line_id, row_number() OVER (PARTITION BY period, claim ORDER BY received_at, receipt_order, line_id)
    FROM grouped QUALIFY NOT bool_or(is_ruled) OVER (PARTITION BY period, claim)
"""
)


def settled(con: DuckDBPyConnection, forms: Mapping[str, Form], issues: Sequence[Issue], landed: str) -> list[Issue]:
    """The same issues; those of P18 on a line that is credited are waived, with who ruled, why and when.

    `con` has lines and settings laid out as schema `gathered` and the rulings in schema `landed` (with its catalog);
    where no rulings are landed, nothing changes.
    """
    claimed = {i.line_id for i in issues if i.rule == RULE and i.line_id}
    if not claimed or not is_there(con, f"{landed}.claim_ruling"):
        return list(issues)
    [(unsettled,)] = con.execute("SELECT coalesce(max(value), '') FROM gathered.setting WHERE key = 'unsettled'").fetchall()
    alone = sorted(claimed - _wrong(con, issues, landed)) if unsettled in ("first", "equal") else []
    credited: dict[str, Sequence] = {}
    for name, form in with_roles(forms, *CLAIMED).items():
        filled = {"form": name, "claimant": _claimant(form), "landed": landed, **{role: form.role[role] for role in CLAIMED}}
        for line_id, ruling in con.execute(RULED.format(**filled)).fetchall():
            *said, share = ruling.values() if isinstance(ruling, dict) else ruling
            if share > 0:
                credited[line_id] = said
        if alone:
            for line_id, place in con.execute(FIRST_COME.format(**filled), [alone]).fetchall():
                if place == 1 or unsettled == "equal":
                    credited[line_id] = (BY_SETTING, chinese(f"ruling.unsettled_{unsettled}"), None, None)
    return [_waived(i, credited[i.line_id]) if i.rule == RULE and i.line_id in credited else i for i in issues]


def _claimant(form: Form) -> str:
    """Who claims the project of line l, as SQL: the unit that it is credited to, where that is one of the register, else the sender."""
    if "claimant" not in form.role:
        return "l.unit"
    code = f"l.{form.role['claimant']}_code"
    return f"CASE WHEN {code} IN (SELECT unit FROM gathered.unit) THEN {code} ELSE l.unit END"


def _wrong(con: DuckDBPyConnection, issues: Sequence[Issue], landed: str) -> set[str]:
    """The lines with another error that nobody has answered for: no claim until they are corrected."""
    found = {i.line_id for i in issues if i.rule != RULE and i.severity == "error" and i.line_id and i.state not in ANSWERED}
    return found | {
        line_id
        for (line_id,) in con.execute(
            f"SELECT DISTINCT line_id FROM {landed}.issue WHERE found_by = 'own' AND severity = 'error' AND line_id IS NOT NULL"
            f" AND coalesce(state, 'open') NOT IN {ANSWERED}"
        ).fetchall()
    }


def _waived(issue: Issue, said: Sequence) -> Issue:
    ruling, why, by, at = said
    return replace(issue, state="waived", decision=ruling, explanation=why, explained_by=by, explained_at=at)
