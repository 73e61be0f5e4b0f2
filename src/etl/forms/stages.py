"""The stages of a project, said once: their order, and what a project in each of them is (parameters stage_order and beside it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.forms.rulefiles import Value


@dataclass(frozen=True)
class Stages:
    """The stages from first to last, and where contract, works and their end begin; `given_up` stand outside the order."""

    order: tuple[str, ...]
    signed_from: str
    begun_from: str
    finished_from: str
    given_up: tuple[str, ...]

    @property
    def signed(self) -> Sequence[str]:
        return self._from(self.signed_from)

    @property
    def signed_only(self) -> Sequence[str]:
        """Signed, and its works are not over."""
        return [stage for stage in self.signed if stage not in self.finished]

    @property
    def begun(self) -> Sequence[str]:
        return self._from(self.begun_from)

    @property
    def not_begun(self) -> Sequence[str]:
        return [stage for stage in self.order if stage not in self.begun]

    @property
    def under_way(self) -> Sequence[str]:
        return [stage for stage in self.begun if stage not in self.finished]

    @property
    def finished(self) -> Sequence[str]:
        return self._from(self.finished_from)

    @property
    def ended(self) -> Sequence[str]:
        """No longer reported: finished, or given up."""
        return [*self.finished, *self.given_up]

    def _from(self, first: str) -> Sequence[str]:
        return self.order[self.order.index(first) :] if first in self.order else ()


def stages_of(parameters: Mapping[str, Value]) -> Stages:
    """The stages as a site has them: its own order may stand in settings.csv."""
    order, given_up = (tuple(parameters[key]) for key in ("stage_order", "given_up"))
    signed, begun, finished = (str(parameters[key]) for key in ("signed_from", "begun_from", "finished_from"))
    return Stages(order, signed, begun, finished, given_up)
