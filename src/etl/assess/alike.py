"""Names that are alike, with how much, so that the warehouse can lay evidence for one project beside that against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.validate.similar import scored_pairs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def alike(texts: Iterable[str], at_least: float) -> list[tuple[str, str, str]]:
    """Ordered pairs of different folded names and their Jaro-Winkler similarity in %, two decimals, where at least so high."""
    return [(one, other, f"{score * 100:.2f}") for one, other, score in scored_pairs(texts, at_least) if one != other]


def names_in_force(con: DuckDBPyConnection, forms: Mapping[str, Form], role: str) -> list[str]:
    """Folded names of one role in the submissions of some forms that count; `con` uses the landed file."""
    parts = [
        f'SELECT n.norm FROM landed."{name}" l JOIN landed.submission s USING (submission_id)'
        f" JOIN landed.name n ON n.text = l.{form.role[role]} WHERE s.counts"
        for name, form in forms.items()
    ]
    return [norm for (norm,) in con.execute(" UNION ".join(parts)).fetchall() if norm]
