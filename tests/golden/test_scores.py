"""A night over the sample county: what is over has been assessed, and the lists of a quarter stand on it."""

from __future__ import annotations

import duckdb
import pytest


@pytest.fixture(scope="module")
def ask(night):
    with duckdb.connect(str(night / "published" / "current" / "luodi.duckdb"), read_only=True) as con:
        yield lambda sql: con.execute(sql).fetchall()


def test_every_unit_that_owes_has_a_score_for_every_month_that_is_over(ask):
    owing = set(ask("SELECT DISTINCT s.unit, s.period FROM fct_submission s JOIN dim_period p USING (period)"
                    " JOIN dim_unit u USING (unit) JOIN dim_scheme_group g ON g.kind = u.kind WHERE s.is_owed AND p.is_over AND p.grain = 'month'"))
    assert owing and not owing - set(ask("SELECT unit, period FROM fct_ranking WHERE node = '总分' AND score IS NOT NULL"))


def test_a_place_is_told_of_how_many_and_lies_within_its_range(ask):
    assert ask("SELECT count(*) FROM fct_ranking WHERE rank_no IS NOT NULL AND (ranked_units < 3 OR tied_units IS NULL)") == [(0,)]
    assert ask("SELECT count(*) FROM fct_score WHERE NOT (score_low <= score AND score <= score_high)") == [(0,)]
    assert ask("SELECT count(*) FROM fct_score WHERE status = 'zero' AND reason = 'missing' AND points <> 0") == [(0,)]


def test_a_quarter_has_its_list(ask):
    assert ask("SELECT DISTINCT period FROM fct_accountability WHERE kind IN ('red_list', 'black_list') AND rule IN ('top_of_group', 'last_of_group')") == [
        ("2024-03",)]
