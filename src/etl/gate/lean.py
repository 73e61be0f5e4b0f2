"""Spare Great Expectations the work of which nothing comes: half of what the processor does at the gate.

What it makes it keeps in stores of its own, writes anew with each addition and compares with what it holds; a gate makes its suites in
the moment before it asks them, and reads what came of them at once. Each place changes how the locked version (requirements.lock) comes
to its results, and nothing of them; benchmarks/README.md says what each gives. Whoever raises the version looks at `PLACES` again:
tests/warehouse/test_lean.py asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from great_expectations.checkpoint.checkpoint import Checkpoint
from great_expectations.core import freshness_diagnostics as fresh
from great_expectations.core import id_dict
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.validation_definition import ValidationDefinition
from great_expectations.data_context import AbstractDataContext
from great_expectations.data_context.store.validation_results_store import ValidationResultsStore
from great_expectations.expectations.expectation import Expectation

_configure = vars(Expectation)["configuration"].fget
_convert = id_dict.convert_to_json_serializable
_configured: dict[int, tuple[Expectation, Any]] = {}  # with the expectation itself, or its number may be another's later


def lighten() -> None:
    """Make Great Expectations lean for the rest of this process."""
    _configured.clear()
    for owner, name, ours in PLACES:
        setattr(owner, name, ours)


def _configuration(expectation: Expectation) -> Any:
    """An expectation is put into words once, and not each time that it is asked for one of them."""
    if id(expectation) not in _configured:
        _configured[id(expectation)] = expectation, _configure(expectation)
    return _configured[id(expectation)][1]


def _plain(data: Any) -> Any:
    """A key of a metric is plain already, for the most part."""
    if all(type(value) in (str, int, bool, type(None)) for value in data.values()):
        return data
    return _convert(data)


def _as_it_was(diagnostics: type) -> Callable[[object], Any]:
    return lambda _: diagnostics(errors=[])


PLACES: tuple[tuple[Any, str, Any], ...] = (
    (Expectation, "configuration", property(_configuration)),
    (id_dict, "convert_to_json_serializable", _plain),
    # Nobody changes a suite between its making and its asking.
    (ExpectationSuite, "is_fresh", _as_it_was(fresh.ExpectationSuiteFreshnessDiagnostics)),
    (ValidationDefinition, "is_fresh", _as_it_was(fresh.ValidationDefinitionFreshnessDiagnostics)),
    (Checkpoint, "is_fresh", _as_it_was(fresh.CheckpointFreshnessDiagnostics)),
    # The context lives as long as the gate: it has no file to be kept in, and its results are read as they are given.
    (AbstractDataContext, "_save_project_config", lambda _: None),
    (ValidationResultsStore, "store_validation_results", lambda *_, **__: None),
)
