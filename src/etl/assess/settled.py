"""Let the lines through that a ruling of claims.csv credits: rule P18 holds the others back until they withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.model import Issue

RULE = "P18"
OWNERS = {"investment_monthly": "investor", "key_project_monthly": "builder"}

# A ruling names the project by any of its keys: as the line has it, as people renamed it, or as a line of the same firm
# and name has it.
SETTLED = """
    WITH keyed AS (
        SELECT l.line_id, l.period, {claimant} AS claimant, l.{owner}_uscc || '|' || l.project_name_norm AS firm_and_name,
               coalesce(l.project_code, coalesce(l.project_name_norm, '') || '@' || coalesce(l.{owner}_name_norm, '')) AS key
        FROM gathered.{form} l WHERE l.in_force
    ),
    named AS (
        SELECT line_id, period, claimant, key FROM keyed
        UNION SELECT k.line_id, k.period, k.claimant, i.same_as FROM keyed k
              JOIN {landed}.project_identity i ON i.project_key = k.key AND i.kind <> 'distinct' AND k.period >= i.first_period
        UNION SELECT k.line_id, k.period, k.claimant, o.key FROM keyed k
              JOIN keyed o ON o.period = k.period AND o.firm_and_name = k.firm_and_name
    )
    SELECT n.line_id, arg_max((r.ruling, r.why, r.decided_by, r.decided_at, r.share_pct), (r.first_period, r.form, r.ruling))
    FROM named n JOIN {landed}.claim_ruling r
      ON r.project_key = n.key AND r.unit = n.claimant AND r.form IN ('', '{form}')
     AND n.period >= r.first_period AND (r.last_period = '' OR n.period <= r.last_period)
    GROUP BY n.line_id
"""


def settled(con, issues: Sequence[Issue], landed: str) -> list[Issue]:
    """The same issues; those of P18 on a line that a ruling credits are waived, with who ruled, why and when.

    `con` has the lines laid out as schema `gathered` and the rulings in schema `landed` (with its catalog); where no
    rulings are landed, nothing changes.
    """
    catalog, _, schema = landed.rpartition(".")
    (there,) = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND schema_name = ? AND table_name = 'claim_ruling'",
        [catalog, schema]).fetchone()
    if not there or not any(issue.rule == RULE for issue in issues):
        return list(issues)
    credited = {}
    for form, owner in OWNERS.items():
        claimant = "l.unit" if form == "key_project_monthly" else (
            "CASE WHEN l.introducing_unit_code IN (SELECT unit FROM gathered.unit) THEN l.introducing_unit_code ELSE l.unit END")
        query = SETTLED.format(form=form, owner=owner, claimant=claimant, landed=landed)
        for line_id, ruling in con.execute(query).fetchall():
            *said, share = ruling.values() if isinstance(ruling, dict) else ruling
            if share > 0:
                credited[line_id] = said
    return [_waived(i, credited[i.line_id]) if i.rule == RULE and i.line_id in credited else i for i in issues]


def _waived(issue: Issue, said: Sequence) -> Issue:
    ruling, why, by, at = said
    return replace(issue, state="waived", decision=ruling, explanation=why, explained_by=by, explained_at=at)
