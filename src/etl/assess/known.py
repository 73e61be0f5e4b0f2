"""What a scheme may speak of: forms, measures, targets and rules that exist, so that a slip of the pen changes no score."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from etl.forms.rulefiles import rule_files


@dataclass(frozen=True)
class Known:
    """Names that a scheme may use."""

    forms: tuple[str, ...]
    indicators: frozenset[str]  # of the seed indicator.csv
    targets: frozenset[str]  # indicators of annual targets
    rates: frozenset[str]  # endings of target_rate_…
    rules: frozenset[str]
    uoms: Mapping[str, str] = field(default_factory=dict)  # indicator -> its unit of measure
    bases: Mapping[tuple[str, str], str] = field(default_factory=dict)  # form and figure that growth is measured on -> its unit

    def indicator(self, name: str) -> str | None:
        """The indicator that a measure is of: the longest with which its name begins."""
        return name if name in self.indicators else max((i for i in self.indicators if name.startswith(f"{i}_")), key=len, default=None)

    def measure(self, name: str) -> bool:
        """A measure is an indicator, or an indicator and what it is about: projects_签约, target_rate_到位资金_reported."""
        if name in self.indicators:
            return True
        longest = self.indicator(name)
        if longest is None:
            return False
        about = name.removeprefix(f"{longest}_")
        return not longest.startswith("target") or about in (self.rates if longest.startswith("target_rate") else self.targets)


def load_known(expectations: Path, forms: Collection[str]) -> Known:
    """Read the names from the rulebook and from the seeds of the dbt project that lies beside `expectations`."""
    seeds = expectations.parent / "dbt_project" / "seeds"
    targets, indicators = _rows(seeds / "target_indicator.csv"), _rows(seeds / "indicator.csv")
    uoms = {row["indicator"]: row["uom"] for row in indicators}
    return Known(
        forms=tuple(forms),
        indicators=frozenset(uoms),
        uoms=uoms,
        targets=frozenset(row["indicator"] for row in targets),
        rates=frozenset(row["indicator"] + row["suffix"] for row in targets),
        rules=frozenset(rule_files(expectations)),
        bases={(row["form"], row["indicator"]): uoms[row["indicator"]] for row in _rows(seeds / "growth_basis.csv")},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
