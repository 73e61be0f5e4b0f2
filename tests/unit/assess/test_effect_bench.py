"""The bench of effects: what a spoilt figure should have been, and how much error goes with the first findings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from benchmarks.effect import demanded, removed

MONTHS = {"completed_month": {"2024-01": Decimal(10), "2024-03": Decimal(30)},
          "completed_ytd": {"2024-01": Decimal(10), "2024-02": Decimal(35), "2024-03": Decimal(65)}, "annual_plan": {"2024-01": Decimal(500)}}


@pytest.mark.parametrize("column, period, right", [
    ("completed_month", "2024-02", 25), ("completed_month", "2024-01", 10), ("completed_ytd", "2024-03", 65),
    ("completed_ytd", "2024-01", 10), ("annual_plan", "2024-02", 500), ("completed_since_start", "2024-02", None),
])
def test_the_months_around_say_what_a_spoilt_figure_should_be(column, period, right):
    assert demanded("key_project_monthly", column, period, MONTHS) == (None if right is None else Decimal(right))


def test_whoever_opens_a_line_for_one_finding_sees_all_of_its_error():
    findings = [("a", "s"), ("a", "s"), ("b", "s"), (None, "missing:t01"), ("c", "s")]
    error = {"a": Decimal(60), "b": Decimal(10), "missing:t01": Decimal(30)}
    assert removed(findings, error, 40) == 60
    assert removed(findings, error, 80) == removed(findings, error, 100) == 100
