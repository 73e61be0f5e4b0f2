"""The currencies that amounts may be in, from `currencies.yaml` beside the contracts.

A new one is an entry there; words for its units that `normalise.headers` does not know are read in cells and notes, not in a header.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from etl.forms.checks import ContractError, line_of, load_entries

FILE = "currencies.yaml"


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency: how people write its units, and the unit in which its amounts are stored."""

    code: str
    stored_in: str
    units: dict[str, Decimal]  # word -> units of storage
    home: bool = False  # of which a sheet must say the unit (F17)


def load_currencies(expectations: Path) -> dict[str, Currency]:
    """The currencies by their codes; {} where a folder of contracts has none. Raises ContractError."""
    path = expectations / FILE
    return _loaded(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=16)
def _loaded(path: Path, _changed: int) -> dict[str, Currency]:
    found = {}
    for code, of in load_entries(path).items():
        try:
            units = {word: Decimal(str(factor)) for word, factor in of["units"].items()}
            found[code] = Currency(code, str(of["stored_in"]), units, of.get("home") is True)
        except (KeyError, TypeError, AttributeError, ArithmeticError):
            raise ContractError(path, line_of(path, f"{code}:"), "form.currency_entry", code=code) from None
    if sum(currency.home for currency in found.values()) != 1:
        raise ContractError(path, None, "form.home")
    return found
