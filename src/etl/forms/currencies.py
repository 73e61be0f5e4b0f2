"""The currencies that amounts may be in, from `currencies.yaml` beside the contracts: a new one is an entry there, no code."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from etl.forms.yamlfile import load_yaml

FILE = "currencies.yaml"


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency: how people write its units, and the unit in which its amounts are stored."""

    code: str
    stored_in: str
    units: dict[str, Decimal]  # word -> units of storage
    home: bool = False  # of which a sheet must say the unit (F17)


def load_currencies(expectations: Path) -> dict[str, Currency]:
    """The currencies by their codes; {} where a folder of contracts has none. Raises KeyError for an entry that lacks a word."""
    path = expectations / FILE
    return _loaded(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=16)
def _loaded(path: Path, _changed: int) -> dict[str, Currency]:
    return {
        code: Currency(code, of["stored_in"], {word: Decimal(factor) for word, factor in of["units"].items()}, of.get("home", False))
        for code, of in load_yaml(path).items()
    }
