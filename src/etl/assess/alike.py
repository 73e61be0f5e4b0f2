"""Names that are alike, with how much, so that the warehouse can lay evidence for one project beside that against it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from etl.validate.similar import scored_pairs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAMES = {         # form -> columns whose names are compared with those of the same place in the other form
    "investment_monthly": ("project_name", "investor_name"),
    "key_project_monthly": ("project_name", "builder_name"),
}


def alike(texts: Iterable[str], at_least: float) -> list[tuple[str, str, str]]:
    """Ordered pairs of different folded names and their Jaro-Winkler similarity in %, two decimals, where at least so high."""
    return [(one, other, f"{score * 100:.2f}") for one, other, score in scored_pairs(texts, at_least) if one != other]


def names_in_force(con: DuckDBPyConnection, place: int) -> list[str]:
    """Folded names of projects (place 0) or of their owners (1) in the submissions that count; `con` uses the landed file."""
    parts = [
        f'SELECT n.norm FROM landed."{form}" l JOIN landed.submission s USING (submission_id)'
        f" JOIN landed.name n ON n.text = l.{columns[place]} WHERE s.counts"
        for form, columns in NAMES.items()
    ]
    return [norm for (norm,) in con.execute(" UNION ".join(parts)).fetchall() if norm]
