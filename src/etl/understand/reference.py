"""What reading needs to know beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from etl.forms.contract import Form
from etl.forms.taught import TaughtHeader, forms_taught
from etl.normalise.names import UnitRegister
from etl.normalise.vocabulary import Vocabulary
from etl.read.layout import Layout


@dataclass(frozen=True)
class Reference:
    """Contracts, words, the register of units, which periods each unit owes of each form, and which headers were taught."""

    forms: dict[str, Form]
    vocabulary: Vocabulary
    register: UnitRegister
    owed: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # (unit, form) -> periods, in order
    taught: tuple[TaughtHeader, ...] = ()
    layouts: tuple[Layout, ...] = ()  # of sheets that a person had to explain

    def of(self, unit: str | None) -> Reference:
        """The same for one unit, or for a file of which none is known: its contracts know the headers taught for it."""
        if not self.taught:
            return self
        return replace(self, forms=forms_taught(self.forms, self.taught, {unit, self.register.whole(unit)}), taught=())
