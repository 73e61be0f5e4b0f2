"""Names that are alike, with how much, so that the warehouse can lay evidence for one project beside that against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from etl.forms.contract import CLAIMED, Form, with_roles
from etl.validate.similar import alike_claims

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KINDS = {"project": "name", "owner": "owner"}  # of names, and what a claim calls them


def alike(con: DuckDBPyConnection, forms: Mapping[str, Form], at_least: float) -> Iterator[tuple[str, str, str, str]]:
    """(kind, name, other name, their Jaro-Winkler similarity in %, two decimals), in both orders, of what may claim one project.

    `con` uses the landed file. Names are folded, kinds are project and owner.
    """
    found = alike_claims(con, [_landed(name, form) for name, form in with_roles(forms, *CLAIMED).items()], at_least)
    for kind, name in KINDS.items():
        for one, other, score in found[name]:
            if one != other:
                yield kind, one, other, f"{score * 100:.2f}"
                yield kind, other, one, f"{score * 100:.2f}"


def _landed(name: str, form: Form) -> str:
    """What the lines of a form claim, of versions that count and of refused ones, which claim their projects, too."""
    role = form.role
    texts = {"name": role["project_name"], "owner": role["owner_name"]} | ({"claimant": role["claimant"]} if "claimant" in role else {})
    joins = " ".join(f"LEFT JOIN landed.name AS {of} ON {of}.text = l.{column}" for of, column in texts.items())
    claimant = "coalesce(claimant.norm, l.unit)" if "claimant" in texts else "l.unit"
    place = f"l.{role['place']}" if "place" in role else "NULL"
    return (
        f"SELECT l.period, {claimant} AS claimant, l.{role['project_code']} AS code, name.norm AS name, owner.norm AS owner,"
        f" l.{role['owner_code']} AS owner_code, {place} AS place, l.{role['total']} AS amount"
        f" FROM landed.{name} AS l JOIN landed.submission AS s USING (submission_id) {joins} WHERE s.counts OR s.verdict = 'rejected'"
    )
