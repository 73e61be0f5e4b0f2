"""The audit gate lets a whole warehouse through, and names the numbers of one that is not."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from etl.publish.reconcile import AuditFailure, reconcile_warehouse
from etl.transform.build import Mart
from tests.fixtures.warehouse import FORMS, land_all, submission

pytestmark = pytest.mark.slow

FORM = {"budget_execution_monthly": FORMS["budget_execution_monthly"]}
MART = Mart("fct_budget_execution", "", {"spent_ytd": "", "file": "", "line_id": ""}, ("line_id",), "budget_execution_monthly")
HELD = Mart("fct_quarantined_line", "", {}, ("line_id",), may_be_empty=True)
ITEM = {"unit_name": "白石镇", "budget_initial": 10}


@pytest.fixture
def house(tmp_path):
    """Three versions of one budget: superseded, in force with a quarantined line, rejected; and the marts built of them."""
    versions = [
        submission("budget_execution_monthly", "t01", "2024-01", order=order, verdict=verdict, lines=[
            ITEM | {"budget_item": name, "spent_ytd": Decimal(amount)} for name, amount in lines])
        for order, verdict, lines in [
            (1, "accepted", [("办公", "1.1"), ("差旅", "2.2")]),
            (2, "partly_accepted", [("办公", "1.15"), ("差旅", "2.25"), ("会议", "4.05")]),
            (3, "rejected", [("办公", "9.9")]),
        ]
    ]
    held = [f"{versions[1]['submission_id']}:6"]
    landed = land_all(tmp_path, versions, quarantined=held)
    build = tmp_path / "build.duckdb"
    con = duckdb.connect(str(build))
    con.execute(f"ATTACH '{landed}' AS house (READ_ONLY)")
    con.execute("CREATE SCHEMA marts")
    lines = "house.landed.budget_execution_monthly l JOIN house.landed.submission s USING (submission_id)"
    con.execute(f"CREATE TABLE marts.fct_budget_execution AS SELECT l.*, s.file FROM {lines}"
                " WHERE s.counts AND quality_status <> 'quarantined'")
    con.execute(f"CREATE TABLE marts.fct_quarantined_line AS SELECT l.line_id, s.file, 'budget_execution_monthly' AS form"
                f" FROM {lines} WHERE s.counts AND quality_status = 'quarantined' OR s.verdict = 'rejected'")
    con.close()
    return landed, build


def change(build, sql):
    con = duckdb.connect(str(build))
    con.execute(sql)
    con.close()


def test_lines_and_sums_balance_for_all_files_and_for_each(house):
    balances = {(b.what, b.file): b for b in reconcile_warehouse(*house, FORM, [MART, HELD])}
    total = balances["spent_ytd", ""]
    assert (total.received, total.published, total.quarantined, total.superseded) == (
        Decimal("20.65"), Decimal("3.4"), Decimal("13.95"), Decimal("3.3"))
    lines = balances["lines", ""]
    assert (lines.received, lines.published, lines.quarantined, lines.superseded) == (6, 2, 2, 2)
    assert balances["lines", "t01/budget_execution_monthly-2024-01-2.xlsx"].published == 2


def test_a_lost_line_is_named_with_its_file_and_its_amount(house):
    change(house[1], "DELETE FROM marts.fct_budget_execution WHERE spent_ytd = 1.15")
    with pytest.raises(AuditFailure) as caught:
        reconcile_warehouse(*house, FORM, [MART, HELD])
    assert any("spent_ytd: received 20.65" in reason and "published 2.25" in reason for reason in caught.value.reasons)
    assert any("t01/budget_execution_monthly-2024-01-2.xlsx" in reason for reason in caught.value.reasons)


def test_a_doubled_line_does_not_balance(house):
    change(house[1], "INSERT INTO marts.fct_budget_execution SELECT * FROM marts.fct_budget_execution LIMIT 1")
    with pytest.raises(AuditFailure, match="lines"):
        reconcile_warehouse(*house, FORM, [MART, HELD])


def test_a_sum_that_moved_by_one_millionth_does_not_balance(house):
    change(house[1], "UPDATE marts.fct_budget_execution SET spent_ytd = spent_ytd + 0.000001 WHERE spent_ytd = 1.15")
    with pytest.raises(AuditFailure, match="spent_ytd"):
        reconcile_warehouse(*house, FORM, [MART, HELD])


def test_an_empty_mart_is_an_audit_failure_although_nothing_else_is_wrong(house):
    change(house[1], "CREATE TABLE marts.dim_unit (unit VARCHAR)")
    with pytest.raises(AuditFailure, match="dim_unit is empty"):
        reconcile_warehouse(*house, FORM, [MART, HELD, Mart("dim_unit", "", {}, ("unit",))])


def test_a_form_without_a_mart_cannot_be_published(house):
    with pytest.raises(AuditFailure, match="no mart"):
        reconcile_warehouse(*house, FORM, [HELD])


def test_a_line_read_but_not_landed_is_noticed(house):
    con = duckdb.connect()
    con.execute(f"ATTACH '{house[0]}' AS house")
    con.execute("UPDATE house.landed.submission SET line_count = 9 WHERE receipt_order = 1")
    con.close()
    with pytest.raises(AuditFailure, match="read 9 <> landed 2"):
        reconcile_warehouse(*house, FORM, [MART, HELD])


def test_tonights_staged_lines_are_compared_too(house, tmp_path):
    reconcile_warehouse(*house, FORM, [MART, HELD], staged=tmp_path / "staged.duckdb")
    con = duckdb.connect()
    con.execute(f"ATTACH '{tmp_path / 'staged.duckdb'}' AS tonight")
    con.execute("UPDATE tonight.staged.budget_execution_monthly SET spent_ytd = 0 WHERE spent_ytd = 9.9")
    con.close()
    with pytest.raises(AuditFailure, match=r"spent_ytd: staged 10\.75"):
        reconcile_warehouse(*house, FORM, [MART, HELD], staged=tmp_path / "staged.duckdb")
