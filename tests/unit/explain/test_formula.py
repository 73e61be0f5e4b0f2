"""A figure's formula with its numbers in it, as an assessor checks it in the head."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from etl.explain.figure import formula
from etl.explain.node import Statement, as_json, as_written, reaches
from etl.texts.catalogue import speaker


def row(kind, value, numerator=None, denominator=None, factor=100, minus=None, uom="%"):
    decimals = {"value": value, "numerator": numerator, "denominator": denominator, "factor": factor, "minus": minus}
    return {"kind": kind, "uom": uom} | {name: None if given is None else Decimal(str(given)) for name, given in decimals.items()}


@pytest.mark.parametrize("given, says", [
    (row("ratio", "8.302519", 2874, 34616), "100 · 2874 / 34616 = 8.302519 %"),
    (row("ratio", 90, 100, 100, minus=10), "100 · 100 / 100 − 10 = 90 %"),
    (row("sum", 1275, 1275, uom="万元"), "Σ 1275 = 1275 万元"),
    (row("growth", 20, 600, 500), "100 · (600 / 500 − 1) = 20 %"),
    (row("growth", -100, 0, 500), "100 · (0 / 500 − 1) = -100 %"),
    (row("difference", "-2.5", "10.0", "12.5", uom="万元"), "10 − 12.5 = -2.5 万元"),
    (row("root", 10, 121, 100), "100 · ((121 / 100)^½ − 1) = 10 %"),
    (row("ratio", None, 5, 0), "100 · 5 / 0 = — %"),
])
def test_every_shape_shows_the_numbers_that_it_is_made_of(given, says):
    assert formula(SimpleNamespace(say=speaker("zh")), given) == says


def test_numbers_lose_their_trailing_zeros_and_nothing_else():
    assert [as_written(Decimal(text)) for text in ("1200.000000", "0.500", "0.000000", "100", "-0.10")] == ["1200", "0.5", "0", "100", "-0.1"]


CELL = Statement("cell", "Sheet1!O7", {"sent": "1375", "understood": Decimal("1375.000000"), "note": None})
TREE = Statement("figure", "完成投资", {"adds": {"numerator": Decimal("1375.0")}}, (Statement("fact", "停车场", {}, (CELL,)), Statement("slot", "清河镇")))


def test_a_tree_is_json_without_blanks_and_with_exact_numbers():
    assert TREE.record() == {
        "kind": "figure", "title": "完成投资", "facts": {"adds": {"numerator": "1375"}}, "children": [
            {"kind": "fact", "title": "停车场", "children": [
                {"kind": "cell", "title": "Sheet1!O7", "facts": {"sent": "1375", "understood": "1375"}}]},
            {"kind": "slot", "title": "清河镇"}]}
    assert as_json(True) is True


def test_a_tree_knows_what_it_ends_in():
    assert reaches(TREE) == {"cell", "slot"}
    assert reaches(Statement("group", "nothing")) == set()
