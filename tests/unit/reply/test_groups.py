"""The order in which a unit reads its findings: the gravest first, and of equals what moves the totals most."""

from __future__ import annotations

from decimal import Decimal

from etl.model import Issue
from etl.reply.groups import grouped


def issue(rule, severity, cell, effect=0, points=0):
    return Issue("s", "s:5", rule, severity, "cell", "a.xlsx", "Sheet1", 5, cell, "completed_ytd", "1", None, None, "句。", effect=Decimal(effect),
                 points=Decimal(points))


def test_within_one_severity_the_greatest_effect_comes_first_and_cells_keep_their_order():
    found = [issue("P06", "warning", "C5", 9000), issue("P05", "error", "C5"), issue("P03", "error", "D9", 2700), issue("P03", "error", "D7", 20)]
    assert [(g.rule, g.cells()) for g in grouped(found)] == [("P03", "D7, D9"), ("P05", "C5"), ("P06", "C5")]


def test_of_findings_that_move_no_total_the_one_that_moves_the_score_comes_first():
    found = [issue("F01", "error", "C5"), issue("F06", "error", "D9", points=5), issue("P03", "error", "E7", 20)]
    assert [g.rule for g in grouped(found)] == ["P03", "F06", "F01"]
