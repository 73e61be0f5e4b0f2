"""What a night judges by, loaded once and handed on: the site, the contracts, the rules and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from etl.forms.contract import load_forms
from etl.site.decisions import check_decisions
from etl.site.load import Site
from etl.site.settings import check_settings
from etl.validate.rulebook import RuleSet, load_parameters, load_rulebook


@dataclass(frozen=True)
class Criteria(RuleSet):
    """One county's configuration and the project's own, as of a day."""

    site: Site

    @property
    def as_of(self) -> date:
        """The day as of which is judged."""
        return date.fromisoformat(self.parameters.word("as_of")[:10])

    @property
    def correctable(self) -> frozenset[str]:
        """The rules that an approved correction answers."""
        return frozenset(code for code, rule in self.rulebook.items() if rule.correctable)


def load_criteria(expectations: Path, site: Site, as_of: datetime) -> Criteria:
    """The contracts and the rulebook with the site's numbers, as of the night's date.

    Raises ValueError where the project's own data are wrong, SiteError where a setting or a decision of the site names
    what is not known.
    """
    check_settings(expectations, site.folder, site.settings)
    forms, rulebook = load_forms(expectations), load_rulebook(expectations)
    check_decisions(site.decisions, site.folder, forms, {code: rule.waivable for code, rule in rulebook.items()})
    return Criteria(forms, rulebook, load_parameters(expectations, site.settings, as_of.isoformat(sep=" ")), site)
