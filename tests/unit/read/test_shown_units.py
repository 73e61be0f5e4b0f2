"""A unit that a number format shows counts as if the clerk had written it into the cell."""

from decimal import Decimal

import pytest

from tests.fixtures.sheets import SIGNED, TITLES, body_of, grid, headers_of, read, rules, values

FORM = "key_project_monthly"
HEAD, LINES = headers_of(FORM), body_of(FORM)
TOTAL = HEAD.index("计划总投资")
FIGURES = [4500, 2300, 12600]


def sheet(units, figures=FIGURES, note="单位：万元", head=HEAD, lines=LINES, after=(), more_units=()):
    lines = [[*line[:TOTAL], figure, *line[TOTAL + 1:]] for line, figure in zip(lines, figures)]
    shown = {(3 + i, TOTAL): unit for i, unit in enumerate(units) if unit} | dict(more_units)
    return grid([TITLES[FORM]], ["填报单位：县发改局", note], head, *lines, *after, [SIGNED], units=shown)


def totals_read(*args, **more):
    (found,) = read(sheet(*args, **more))
    return [line["total_investment"] for line in values(found)]


def test_a_unit_like_the_columns_needs_no_word():
    made = sheet(["万元"] * 3)
    assert rules(read(made)) == [] and totals_read(["万元"] * 3) == FIGURES


def test_another_unit_is_converted_and_asked_about_at_its_cell():
    figures = [Decimal("0.45"), 2300, 12600]
    (found,) = read(sheet(["亿元", None, None], figures))
    assert [(f.rule, f.cell, f.value, f.expected) for f in found.findings] == [("F19", "J4", "0.45亿元", "4500万元")]
    assert [line["total_investment"] for line in values(found)] == FIGURES


@pytest.mark.parametrize("units, fires", [
    (["万元"] * 3, False), (["万元", "亿元", "万元"], False), (["万元", None, "万元"], True), ([None] * 3, True)])
def test_where_every_figure_shows_its_unit_none_is_missing(units, fires):
    head = [h if h == "计划总投资" else h + "（万元）" if "投资" in h else h for h in HEAD]
    assert ("F17" in rules(read(sheet(units, note=None, head=head)))) == fires


def test_figures_that_write_their_unit_tell_it_as_well():
    head = [h if h == "计划总投资" else h + "（万元）" if "投资" in h else h for h in HEAD]
    assert rules(read(sheet([None] * 3, ["4500万元", "2300万元", "12600万元"], None, head))) == []


def test_a_total_is_taken_in_the_unit_that_it_shows():
    row = ["合计", *[None] * (TOTAL - 1), Decimal("1.94"), *[None] * (len(HEAD) - TOTAL - 1)]
    assert rules(read(sheet([None] * 3, after=[row], more_units={(6, TOTAL): "亿元"}))) == []
    assert rules(read(sheet([None] * 3, after=[row]))) == ["F21"]


def test_twin_columns_are_compared_in_the_units_that_they_show():
    lines = [[*line, figure] for line, figure in zip(LINES, ["0.45", "0.23", "1.26"])]
    lines = [[*line[:-1], Decimal(line[-1])] for line in lines]
    shown = {(3 + i, len(HEAD)): "亿元" for i in range(3)}
    assert rules(read(sheet([None] * 3, head=[*HEAD, "总投资"], lines=lines, more_units=shown))) == []
    assert rules(read(sheet([None] * 3, head=[*HEAD, "总投资"], lines=lines))) == ["F16"]
