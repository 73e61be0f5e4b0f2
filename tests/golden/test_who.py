"""By whom and by what: an evaluation beforehand as a workbook, for whom is spent, neighbours, parks, against what was put in."""

from decimal import Decimal

from tests.golden.test_eighth_form import published


def test_an_evaluation_beforehand_is_read_and_what_does_not_hold_is_asked_about(night):
    assert published(night, "SELECT unit, period, verdict FROM fct_submission_version WHERE form = 'ex_ante_evaluation'") == [
        ("czj", "2024", "accepted_with_warnings")]
    assert published(night, "SELECT rule, cell, sentence FROM fct_data_quality_issue WHERE form = 'ex_ante_evaluation' ORDER BY rule") == [
        ("P63", "F9", "F9（评估内容）：这个项目没有评估“筹资合规性”。请补上这几项的分值、得分和依据；确不评估的在备注写明原因。"),
        ("P64", "J9", "J9（评估结论）的评估结论是“予以支持”，而总分 47 应为不通过。请核对得分和结论，不一致的说明理由。")]


def test_its_points_are_those_of_the_unit_that_asks_for_the_money(night):
    assert published(night, "SELECT implementing_unit_code, aspects, score_total, weakest_aspect, conclusion FROM fct_ex_ante_programme ORDER BY 1") == [
        ("t01", 5, 86, "投入经济性", "通过"), ("t02", 4, 47, "投入经济性", "通过")]
    assert published(night, "SELECT unit, value FROM fct_measure WHERE measure = 'ex_ante_rate' ORDER BY unit") == [
        ("*", Decimal("66.5")), ("t01", 86), ("t02", 47)]
    assert published(night, "SELECT member, value FROM fct_indicator WHERE measure = 'ex_ante_aspect_rate_立项必要性' AND grain = 'unit' ORDER BY 1") == [
        ("t01", 90), ("t02", 48)]


def test_promotion_costs_the_unit_that_it_is_spent_for_and_the_county_the_same(night):
    costs = dict(published(night, "SELECT unit, value FROM fct_measure WHERE measure = 'cost_per_100m_arrived' AND period = '2024-01'"))
    assert costs["*"] == Decimal("25.791442")
    assert costs["park"] == Decimal("24.924324") and "pcz" not in costs            # 46.11 of the branch, for 18500 that the park brought
    assert published(night, "SELECT sum(spent_for) FROM fct_promotion WHERE period = '2024-01'") == published(
        night, "SELECT value FROM fct_measure WHERE measure = 'promotion_spent' AND unit = '*' AND period = '2024-01'")


def test_the_county_stands_beside_its_neighbour(night):
    assert published(night, "SELECT county, rank_no, counties, upper_rank, growth_pct FROM fct_neighbour WHERE period = '2024-01' ORDER BY county") == [
        ("*", 2, 2, 3, None), ("东山县", 1, 2, 2, Decimal("22.5"))]


def test_a_park_has_figures_of_what_stands_in_it(night):
    assert published(night, "SELECT form, measure, value FROM fct_indicator WHERE grain = 'park' AND member = 'park' AND period = '2024-01'"
                            " AND measure IN ('completed_ytd', 'arrived_ytd') ORDER BY form") == [
        ("investment_monthly", "arrived_ytd", 21300), ("key_project_monthly", "completed_ytd", 2900)]


def test_every_project_tells_how_long_it_has_stood_at_its_stage(night):
    assert published(night, "SELECT count(*) FROM fct_stage_dwell") == published(
        night, "SELECT (SELECT count(*) FROM fct_project_progress) + (SELECT count(*) FROM fct_investment)")
    # No return of the sample says when somebody was last in touch: doubt, neither in time nor overdue.
    assert published(night, "SELECT DISTINCT contact_state, days_overdue FROM fct_contact") == [("no_date", None)]
