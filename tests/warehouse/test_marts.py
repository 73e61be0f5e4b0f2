"""What users read off the marts, on a county small enough to check by hand."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import duckdb

from etl.publish.reconcile import reconcile_warehouse
from tests.warehouse.profile import profile, read


def value(ask, form, measure, unit="t01", period="2024-01"):
    ((found,),) = ask("SELECT value FROM fct_measure"
                      f" WHERE form = '{form}' AND period = '{period}' AND unit = '{unit}' AND measure = '{measure}'")
    return found


def test_only_the_version_in_force_feeds_the_facts(ask):
    assert ask("SELECT project_name, completed_ytd FROM fct_project_progress ORDER BY row_no") == [
        ("停车场", 20), ("卫生院", 5), ("幼儿园", 7)]
    assert value(ask, "key_project_monthly", "completed_ytd") == 32


def test_rates_are_recomputed_and_blank_without_a_denominator(ask):
    assert ask("SELECT completion_rate, completion_rate_reported FROM fct_project_progress ORDER BY row_no") == [
        (20, 99), (None, 99), (14, 99)]
    assert value(ask, "key_project_monthly", "completion_rate") == Decimal("21.333333")


def test_reserves_are_no_base_of_the_start_rate(ask):
    assert value(ask, "key_project_monthly", "projects_listed") == 2
    assert value(ask, "key_project_monthly", "start_rate_reported") == 50


def test_lines_received_are_those_counted_and_those_quarantined(ask):
    assert [value(ask, "key_project_monthly", f"rows_{what}") for what in ("received", "quarantined", "counted")] == [4, 1, 3]


def test_every_fact_leads_to_its_cell(ask):
    ((file, sheet, row, cells, quality),) = ask(
        "SELECT file, sheet, row_no, cells, quality_status FROM fct_project_progress WHERE project_name = '停车场'")
    assert (file, sheet, row, quality) == ("t01/key_project_monthly-2024-01-2.xlsx", "Sheet1", 4, "accepted_with_warnings")
    assert json.loads(cells)["completed_ytd"] == "M4"


def test_held_lines_say_why(ask):
    assert ask("SELECT unit, verdict, line_rules, submission_rules FROM fct_quarantined_line ORDER BY unit NULLS LAST") == [
        ("t01", "partly_accepted", "F01", None), ("t02", "rejected", None, "F17"), (None, "rejected", None, None)]


def test_a_shared_project_is_credited_by_share_and_counted_once_by_the_county(ask):
    assert value(ask, "investment_monthly", "arrived_ytd") == 100
    assert value(ask, "investment_monthly", "arrived_ytd_credited") == 60
    assert value(ask, "investment_monthly", "arrived_ytd", "*") == 100
    assert value(ask, "investment_monthly", "arrived_ytd_project_once", "*") == 100
    assert value(ask, "investment_monthly", "projects_distinct", "*") == 1
    assert value(ask, "investment_monthly", "projects_开工", "*") == 1
    assert value(ask, "investment_monthly", "arrival_rate", "*") == 50
    assert ask("SELECT count(*) FROM dim_project WHERE is_investment") == [(1,)]
    assert ask("SELECT unit, introducing_unit_code FROM fct_investment ORDER BY unit") == [("t01", "t01"), ("zsj", "zsj")]


def test_a_nil_return_is_zero_and_a_missing_one_is_partial(ask):
    assert value(ask, "investment_monthly", "arrived_ytd", "t02") == 0
    assert value(ask, "investment_monthly", "recognition_rate", "t02") is None
    assert ask("SELECT DISTINCT is_partial, missing_units FROM fct_measure"
               " WHERE unit = '*' AND form = 'key_project_monthly' AND measure = 'completed_ytd' AND period = '2024-01'") == [(True, "t02")]
    assert ask("SELECT DISTINCT is_partial FROM fct_measure WHERE unit = '*' AND form = 'investment_monthly'") == [(False,)]


def test_who_owes_what(ask):
    assert ask("SELECT unit, form, period, status, verdict, nil_return, versions FROM fct_submission"
               " WHERE form IN ('key_project_monthly', 'investment_monthly') ORDER BY ALL") == [
        ("t01", "investment_monthly", "2024-01", "late", "accepted", False, 1),
        ("t01", "key_project_monthly", "2024-01", "on_time", "partly_accepted", False, 2),
        ("t01", "key_project_monthly", "2024-02", "missing", None, False, 0),
        ("t01", "key_project_monthly", "2024-04", "owed", None, False, 0),
        ("t02", "investment_monthly", "2024-01", "on_time", "accepted", True, 1),
        ("t02", "key_project_monthly", "2024-01", "on_time", "rejected", False, 1),
        ("zsj", "investment_monthly", "2024-01", "unexpected", "accepted", False, 1),
        (None, "key_project_monthly", "2024-01", "unexpected", "rejected", False, 1)]
    assert value(ask, "key_project_monthly", "timeliness_rate", "*", "2024-02") == 0


def test_targets_keep_their_versions_and_rates_use_the_valid_one(ask):
    assert ask("SELECT document_no, target_amount, valid_from, replaced_on, is_current FROM fct_target ORDER BY target_version") == [
        ("1号", 300, date(2024, 1, 10), date(2024, 3, 10), False), ("2号", 240, date(2024, 3, 10), None, True)]
    assert value(ask, "annual_target", "target_到位资金", period="2024") == 240
    assert value(ask, "annual_target", "target_rate_到位资金_reported") == 25
    assert value(ask, "annual_target", "target_rate_到位资金_recognised") == 20


def test_self_evaluations_stand_beside_their_recomputation(ask):
    assert ask("SELECT self_score, recomputed_score, score_deviation FROM fct_evaluation") == [(90, Decimal("67.5"), Decimal("22.5"))]
    assert ask("SELECT execution_rate, execution_score, execution_score_recomputed, self_score_total, recomputed_total, self_deviation"
               " FROM fct_programme") == [(75, 10, Decimal("7.5"), 100, 75, 25)]


def test_a_figure_tells_how_much_of_it_is_estimated(ask):
    assert ask("SELECT unit, value, value_without_estimates, estimated_pct FROM fct_measure"
               " WHERE form = 'key_project_monthly' AND period = '2024-01' AND measure = 'completed_ytd' ORDER BY unit") == [
        ("*", 32, 12, Decimal("62.5")), ("t01", 32, 12, Decimal("62.5"))]
    assert ask("SELECT columns, contribution FROM bridge_measure_line WHERE measure = 'completed_ytd' AND is_estimated AND counts_at = 'both'") == [("completed_ytd", 20)]


def test_a_quarter_is_made_of_its_months_and_says_which_it_lacks(ask):
    """February is owed and missing; of a stock that March does not tell there is no figure."""
    assert ask("SELECT measure, value, made_of, missing_periods, is_partial FROM fct_indicator WHERE period = '2024-Q1' AND grain = 'unit'"
               " AND member = 't01' AND form = 'key_project_monthly' AND measure IN ('rows_counted', 'completed_ytd')") == [
        ("rows_counted", 3, "2024-01", "2024-02", True)]
    assert ask("SELECT count(*) FROM fct_measure WHERE period IN ('2024-H1', '2024')  AND form <> 'annual_target'") == [(0,)]     # not over


def test_every_column_of_every_mart_holds_what_it_held(built):
    """Where a model was meant to change it: `python -m tests.warehouse.profile`, and read what moved."""
    assert profile(built[0]) == read()


def test_the_calendar_holds_the_longer_periods(ask):
    assert ask("SELECT period, month_no, quarter_period FROM dim_period WHERE grain = 'month' ORDER BY 1") == [
        ("2024-01", 1, "2024-Q1"), ("2024-02", 2, "2024-Q1"), ("2024-04", 4, "2024-Q2")]
    assert ask("SELECT grain, previous_period, year_before, is_over FROM dim_period WHERE period = '2024-Q1'") == [
        ("quarter", "2023-Q4", "2023-Q1", True)]
    assert ask("SELECT part, is_last FROM bridge_period_part WHERE period = '2024-Q1' ORDER BY 1") == [("2024-01", False), ("2024-02", False)]


def test_the_other_ledgers(ask):
    assert ask("SELECT execution_rate, execution_rate_initial FROM fct_budget_execution") == [(Decimal("33.333333"), None)]
    assert ask("SELECT used_days, is_overdue, approving_unit_code FROM fct_approval") == [(8, True, "zsj")]
    assert value(ask, "approval_case", "overdue_rate", "zsj") == 100
    assert ask("SELECT problem_no, is_closed, responsible_unit_code FROM fct_rectification ORDER BY 1") == [
        ("W1", True, "t02"), ("W2", False, "t02")]
    assert value(ask, "rectification", "closure_rate", "zsj") == 50


def test_every_issue_has_its_address_and_a_missing_form_its_slot(ask):
    assert ask("SELECT rule, unit, form, period, cell, counts FROM fct_data_quality_issue WHERE submission_id IS NOT NULL ORDER BY rule") == [
        ("F01", "t01", "key_project_monthly", "2024-01", "C7", True),
        ("F04", "t01", "key_project_monthly", "2024-01", "C4", True),
        ("F17", "t02", "key_project_monthly", "2024-01", None, False),
        ("F37", "t01", "key_project_monthly", "2024-02", None, False)]


def test_what_was_built_balances_with_what_was_landed(county, built, forms):
    build, marts = built
    balances = reconcile_warehouse(county, build, forms, marts, staged=county.with_name("staged.duckdb"))
    assert {(b.form, b.received, b.published, b.quarantined, b.superseded) for b in balances if b.what == "lines" and not b.file} >= {
        ("key_project_monthly", 7, 3, 3, 1), ("investment_monthly", 2, 2, 0, 0)}
    # every figure that a form asks for and a mart carries is added up
    assert {b.what for b in balances if b.form == "investment_monthly"} >= {
        "contracted_amount", "arrived_month", "arrived_ytd", "arrived_recognised", "split_ratio", "land_area_mu"}


def test_no_lock_stays_on_what_was_built(built):
    con = duckdb.connect(str(built[0]), read_only=True)
    assert con.execute("SELECT count(*) > 0 FROM marts.fct_measure").fetchone() == (True,)
    con.close()
