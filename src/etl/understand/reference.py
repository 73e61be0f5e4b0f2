"""What reading needs to know beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.forms.contract import Form
from etl.normalise.names import UnitRegister
from etl.normalise.vocabulary import Vocabulary


@dataclass(frozen=True)
class Reference:
    """Contracts, words, the register of units, and which periods each unit owes of each form."""

    forms: dict[str, Form]
    vocabulary: Vocabulary
    register: UnitRegister
    owed: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)    # (unit, form) -> periods, in order
