"""What judging needs, loaded once: contracts, rules, and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.forms.contract import Form, load_forms
from etl.site.decisions import check
from etl.site.load import Site
from etl.site.settings import check_settings
from etl.validate.rulebook import Parameters, Rule, load_parameters, load_rulebook


@dataclass(frozen=True)
class Bench:
    """What judging needs: contracts, rules and their numbers."""

    forms: dict[str, Form]
    rulebook: dict[str, Rule]
    parameters: Parameters


def load_bench(expectations: Path, site: Site, as_of: datetime) -> Bench:
    """The rulebook with the site's numbers, as of the night's date. Raises ValueError where the project's own data are wrong.

    Raises SiteError where a setting or a decision of the site names what is not known.
    """
    check_settings(expectations, site.folder, site.settings)
    forms, rulebook = load_forms(expectations), load_rulebook(expectations / "rulebook.csv")
    check(site.decisions, site.folder, forms, rulebook)
    return Bench(
        forms, rulebook,
        load_parameters(expectations, site.settings, as_of.isoformat(sep=" ")),
    )
