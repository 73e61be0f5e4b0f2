"""The dashboard of docs/bi/superset, imported into a real Superset and opened in a browser, shows the figures of the marts to the digit."""

import pytest

from tests.bi.expected import expected

pytestmark = [pytest.mark.bi, pytest.mark.slow]


def in_order(charts):
    return {title: sorted(rows, key=lambda row: sorted((name, str(value)) for name, value in row.items() if isinstance(value, str)))
            for title, rows in charts.items()}


def test_a_leader_who_opens_it_sees_the_last_month_as_the_marts_have_it(board, marts, as_of, months):
    assert in_order(board.shown()) == in_order(expected(marts, as_of, months[0]))


def test_every_month_is_shown_as_the_marts_have_it(by_month, marts, as_of):
    assert len(by_month) > 2
    for month, charts in by_month.items():
        assert in_order(charts) == in_order(expected(marts, as_of, month)), month


def test_every_chart_has_something_to_show(by_month, board):
    assert {title for charts in by_month.values() for title, rows in charts.items() if any(rows)} == set(board.titles.values())


def test_no_other_machine_is_asked_for_anything(board):
    assert board.elsewhere == []
