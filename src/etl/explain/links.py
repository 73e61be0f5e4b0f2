"""What the rows of a mart rest on, as data: a new mart that rests on rows of others adds a line here.

Rows that carry the address of a line, a submission or a slot need no link: they are found by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """The rows of another mart that a row rests on.

    `on` maps a column there to a column here; `=text` is a fixed text, `` a blank, `column.1` the part of a column after
    its first dot, and `column|1` the second part of a key. `facts` are columns of the row
    that are shown with what is found: a weight, the version of a target. `when` names a column that must be filled, or `column=value`.
    """

    mart: str
    on: dict[str, str]
    facts: tuple[str, ...] = ()
    when: str | None = None

    def wanted(self, row: dict) -> dict[str, object] | None:
        """Values by column there; None where the link does not hold for this row."""
        name, _, value = (self.when or "").partition("=")
        if self.when and (str(row[name]) != value if value else not row[name]):
            return None
        return {there: _value(here, row) for there, here in self.on.items()}


def _value(here: str, row: dict) -> object:
    if here.startswith("="):
        return here[1:]
    name, part = re.split("[.|]", here, maxsplit=1) if re.search("[.|]", here) else (here, "")
    if not part:
        return row[name] if name else None
    parts = str(row[name]).split("|") if "|" in here else str(row[name]).split(".", 1)
    return parts[int(part)] if int(part) < len(parts) else None


def same(*columns: str) -> dict[str, str]:
    """Join conditions on columns that have one name on both sides."""
    return {column: column for column in columns}


def sent(form: str) -> tuple[Link, ...]:
    """What a unit sent in a form for a period, which all figures of a wide row come from."""
    return (Link("fct_submission", same("unit", "period") | {"form": form}),)


SCORED = same("scheme", "version", "period", "unit")

LINKS: dict[str, tuple[Link, ...]] = {
    "fct_ex_ante_programme": (Link("fct_ex_ante", same("submission_id", "programme_name", "implementing_unit")),),
    "fct_programme": (Link("fct_evaluation", same("submission_id", "programme_name", "implementing_unit")),),
    "dim_project": (Link("fct_project_progress", same("project_key")), Link("fct_investment", same("project_key"))),
    "dim_period": (Link("fct_submission", same("period")), Link("bridge_period_part", same("period"))),
    "bridge_period_part": (Link("fct_submission", {"period": "part"}), Link("bridge_period_part", {"period": "part"})),
    "dim_unit": (Link("fct_submission", same("unit")),),
    "fct_score": (
        Link("fct_score", SCORED | {"parent_node": "node"}, when="is_leaf=False"),
        Link("fct_score", SCORED | {"parent_node": "node"}, when="source=manual"),  # what each assessor gave
        Link(
            "fct_indicator",
            {"grain": "=unit", "form": "form", "period": "source_period", "member": "unit", "measure": "measure"},
            facts=("weight", "points", "target_version"),
            when="measure",
        ),
        Link("fct_target_version", {"line_id": "target_line_id"}, facts=("target_version", "target_amount"), when="target_line_id"),
    ),
    "fct_movement": (
        Link("fct_ranking", same("scheme", "version", "period", "node", "unit"), facts=("rank_no",)),
        Link(
            "fct_ranking",
            same("scheme", "node", "unit") | {"version": "previous_version", "period": "previous_period"},
            facts=("previous_rank_no",),
            when="previous_version",
        ),
    ),
    "fct_project_change": (Link("fct_project_progress", {"line_id": "previous_line_id"}, when="previous_line_id"),),
    "fct_ranking": (Link("fct_score", SCORED | same("node"), facts=("rank_no",)),),
    "fct_data_quality_issue": (
        Link(
            "fct_ranking",
            {
                "scheme": "business_key|0",
                "version": "business_key|1",
                "unit_group": "business_key|2",
                "node": "business_key|3",
                "period": "period",
                "figure": "",
            },
            when="rule=P51",
        ),
    ),
    "fct_carried_figure": (
        Link("fct_indicator", {"grain": "=unit", "form": "form", "measure": "measure", "period": "from_period", "member": "unit"}),
    ),
    "fct_light": (
        Link(
            "fct_indicator",
            {"grain": "=unit", "form": "subject_key.0", "measure": "subject_key.1", "period": "period", "member": "unit"},
            facts=("light_scheme",),
            when="subject=indicator",
        ),
    ),
    "fct_accountability": (
        Link("fct_notice", same("number"), facts=("since_period", "periods_running")),
        Link("fct_accountability", {"number": "subject_key"}, facts=("due",), when="kind=black_list"),
        Link("fct_accountability", {"number": "subject_key"}, facts=("due",), when="kind=negative_list"),
    ),
    "fct_notice": (
        Link("fct_light", same("period", "unit", "subject_key"), when="line_id"),
        Link("fct_light", same("period", "unit", "subject", "subject_key"), when="subject=indicator"),
        Link("fct_submission", same("period", "unit"), when="subject=slot"),
        Link("fct_submission", same("period", "unit") | {"form": "subject_key.0"}, when="subject=error"),
    ),
    "fct_claim_effect": (Link("fct_claim", same("form", "period", "claim_key", "unit"), facts=("share_before", "share_after")),),
    "fct_fitness": (Link("fct_fitness_figure", same("period", "unit", "form"), facts=("verdict",)),),
    "fct_issue_effect": (Link("fct_data_quality_issue", same("issue_no")),),
    "fct_issue_score": (Link("fct_issue_effect", same("issue_no")),),
    "fct_total_error": (
        Link("fct_issue_effect", same("form", "period", "unit", "column_name")),
        Link("fct_issue_effect", same("form", "period", "column_name"), when="unit=*"),
        Link("fct_indicator", same("form", "period") | {"grain": "=unit", "member": "unit", "indicator": "column_name"}),
        Link("fct_indicator", same("form", "period") | {"grain": "=county", "indicator": "column_name"}, when="unit=*"),
    ),
    "fct_recurrence": (Link("fct_issue_life", same("unit", "rule")),),
    "fct_visit_rate": (Link("fct_visit", {"visited_unit_code": "unit", "period": "period"}),),
    "fct_neighbour": (
        Link("fct_indicator", same("form", "period", "measure") | {"grain": "=county"}, facts=("rank_no", "counties"), when="is_own=True"),
    ),
    "fct_explanation_rate": (Link("fct_explanation", same("unit", "rule")),),
    "fct_issue_life": (Link("fct_data_quality_issue", same("rule", "column_name") | {"submission_id": "last_submission_id"}),),
    "rpt_assessment": (Link("fct_score", SCORED | {"parent_node": ""}, facts=("rank_no",)),),
    "rpt_budget": sent("=budget_execution_monthly"),
    "rpt_investment": sent("=investment_monthly"),
    "rpt_key_project": sent("=key_project_monthly"),
    "rpt_quality": sent("form"),
}

# Marts whose rows are what people wrote down for the county, not what units sent: column -> where it stands.
REGISTERS = {
    "dim_unit": "unit",
    "dim_scheme": "file",
    "dim_scheme_node": "node",
    "dim_rule": "rule",
    "dim_form": "form",
    "dim_label": "code",
    "fct_base_figure": "entry",
    "fct_neighbour": "entry",
}
# Of these, marts whose figures were entered from a document: column of the figure as entered. They are told as entered.
ENTERED = {"fct_base_figure": "value", "fct_neighbour": "entered_value"}

# What of a row is told with it, where that is the point of the row (word in explain.yaml -> column): who else claims a
# project, what was ruled, and so why a unit is credited what it is.
CLAIM = {"because": "reason", "others": "others", "ruling": "ruling", "decided_by": "decided_by", "why": "why"}
FACTS = {
    "fct_score": {"document": "document", "by": "decided_by"},
    "fct_claim": {"state": "state"} | CLAIM,
    "fct_claim_effect": {"because": "reason", "ruling": "ruling"},
}
