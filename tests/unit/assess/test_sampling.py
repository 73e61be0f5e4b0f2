"""The sample: whom the findings name, and a part of the rest that anybody can draw again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from etl.assess.sampling import Project, draw


def project(name, *findings, amount=1):
    return Project("key_project_monthly", "t01", f"s:{name}", name, Decimal(amount), findings)


QUIET = [project(f"项目{n}") for n in range(100)]


def test_errors_and_the_three_rules_are_always_visited_riskiest_first():
    drawn = draw([project("小错", ("F01", "error")), project("开工", ("P15", "error"), ("P12M", "warning")),
                  project("包装", ("P21", "warning"), amount=9), project("警告", ("P06", "warning"))], "x", Decimal(0))
    assert [(d.project.project, d.reason, d.project.risk) for d in drawn] == [("开工", "rule", 6), ("包装", "rule", 5), ("小错", "error", 3)]


def test_what_moves_the_totals_most_is_visited_first():
    small, large = project("小错", ("P15", "error"), amount=900), replace(project("大错", ("F01", "error")), effect=Decimal(2700))
    assert [d.project.project for d in draw([small, large], "x", Decimal(0))] == ["大错", "小错"]


def test_of_those_that_move_no_total_the_one_that_moves_a_score_is_visited_first():
    grave, scored = project("重", ("P15", "error"), amount=900), replace(project("分", ("F01", "error")), points=Decimal("1.25"))
    assert [d.project.project for d in draw([grave, scored], "x", Decimal(0))] == ["分", "重"]


def test_a_part_of_the_rest_is_drawn_and_rounded_up():
    assert len(draw(QUIET, "2024-03")) == 5
    assert len(draw(QUIET[:21], "2024-03")) == 2
    assert draw([], "2024-03") == []


def test_another_seed_draws_others_and_the_same_the_same():
    one, same, other = ({d.project.project for d in draw(order, seed)} for order, seed in
                        ((QUIET, "a"), (list(reversed(QUIET)), "a"), (QUIET, "b")))
    assert one == same != other


@given(st.text(), st.permutations(QUIET[:30]))
def test_the_order_of_the_lines_decides_nothing(seed, order):
    assert draw(order, seed) == draw(QUIET[:30], seed)


def test_more_projects_never_change_the_lot_of_one():
    """A project's lot does not depend on its neighbours: a late submission reshuffles nothing."""
    before = [d.project.project for d in draw(QUIET[:60], "s", Decimal(100))]
    after = [d.project.project for d in draw(QUIET, "s", Decimal(100))]
    assert set(before) <= set(after)


def test_more_is_drawn_of_a_unit_whose_last_visits_found_differences_and_nothing_else_changes():
    before, after = draw(QUIET, "s"), draw(QUIET, "s", Decimal(5), {"t01": Decimal(20), "t02": Decimal(100)})
    assert [d for d in after if d.reason == "lot"] == before and len(after) == 24          # 5 % and a fifth of what is left
    assert {d.reason for d in after} == {"lot", "visited"}
    assert len(draw(QUIET, "s", Decimal(5), {"t01": Decimal(100)})) == 100
    assert draw(QUIET, "s", Decimal(5), {"t01": Decimal(0)}) == before


def test_a_share_of_all_is_all_and_a_half_is_a_half():
    twice = [project(f"项目{n}") for n in range(200)]
    assert [len(draw(twice, "x", Decimal(share))) for share in (0, 50, 100)] == [0, 100, 200]
