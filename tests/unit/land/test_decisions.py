"""Landing with decisions: what is withdrawn, what only echoes, what parts of a unit send, and what a version changed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.fixtures.warehouse import land_all, submission
from tests.unit.land.test_write import ask, everything

pytestmark = pytest.mark.slow

FORM = "budget_execution_monthly"
AS_OF = date(2024, 4, 15)


def budget(order, *lines, verdict="accepted", **more):
    made = [{"unit_name": "白石镇", "function_code": "2230105", "fund_nature": "财政", "budget_item": item, "spent_ytd": spent}
            for item, spent in lines]
    return submission(FORM, "t01", "2024-01", made, order=order, verdict=verdict, **more)


def withdrawal(at="2024-02-20 23:59:59", file="", slot=("t01", FORM, "2024-01"), version=None, number=2):
    return (f"withdrawals.csv:{number}", file, *(("", "", "") if file else slot), version, "发错了", "王某", datetime.fromisoformat(at))


def standing(landed):
    return ask(landed, "SELECT receipt_order, version, counts, withdrawal FROM landed.submission ORDER BY 1")


FIRST, SECOND = budget(1, ("办公", 100)), budget(2, ("办公", 120))


@pytest.mark.parametrize("taken, left", [
    ([], [(1, 1, False, None), (2, 2, True, None)]),
    ([withdrawal(version=2)], [(1, 1, True, None), (2, 2, False, "withdrawals.csv:2")]),
    ([withdrawal(file=SECOND["file"])], [(1, 1, True, None), (2, 2, False, "withdrawals.csv:2")]),
    ([withdrawal()], [(1, 1, False, "withdrawals.csv:2"), (2, 2, False, "withdrawals.csv:2")]),
    # what came after the withdrawal is not meant, and one of tomorrow is not known yet
    ([withdrawal(at="2024-02-01 10:30:00")], [(1, 1, False, "withdrawals.csv:2"), (2, 2, True, None)]),
    ([withdrawal(at="2024-04-16 08:00:00")], [(1, 1, False, None), (2, 2, True, None)]),
    ([withdrawal(slot=("t02", FORM, "2024-01"))], [(1, 1, False, None), (2, 2, True, None)]),
])
def test_what_is_withdrawn_counts_no_more_and_the_version_before_stands_again(tmp_path, taken, left):
    assert standing(land_all(tmp_path, [FIRST, SECOND], as_of=AS_OF, withdrawal=taken)) == left


def test_a_withdrawal_reaches_what_was_landed_before_and_can_be_taken_back(tmp_path):
    before = everything(land_all(tmp_path, [FIRST, SECOND], as_of=AS_OF))
    assert standing(land_all(tmp_path, [], as_of=AS_OF, withdrawal=[withdrawal(version=2)]))[0] == (1, 1, True, None)
    assert everything(land_all(tmp_path, [], as_of=AS_OF)) == before


def test_parts_of_a_unit_do_not_overwrite_each_other(tmp_path):
    north, south = budget(1, ("办公", 1), sub_unit="north"), budget(2, ("办公", 2), sub_unit="south")
    again = budget(3, ("办公", 3), sub_unit="south")
    landed = land_all(tmp_path, [north, south, again])
    assert standing(landed) == [(1, 1, True, None), (2, 1, False, None), (3, 2, True, None)]


def changes(landed):
    return ask(landed, "SELECT c.kind, c.business_key, c.column_name, c.old_value, c.new_value FROM landed.change c ORDER BY ALL")


def test_a_resubmission_says_what_it_changed(tmp_path):
    first = budget(1, ("办公", 100), ("差旅", 7), ("培训", 3))
    second = budget(2, ("培训", 3), ("办公", "120.50"), ("会议", 9))
    assert changes(land_all(tmp_path, [first, second])) == [
        ("added", "白石镇|2230105|财政|会议", None, None, None), ("changed", "白石镇|2230105|财政|办公", "spent_ytd", "100", "120.5"),
        ("removed", "白石镇|2230105|财政|差旅", None, None, None)]


def test_an_unchanged_resubmission_is_recognised(tmp_path):
    landed = land_all(tmp_path, [FIRST, budget(2, ("办公", "100.00"))])
    assert changes(landed) == [("unchanged", None, None, None, None)]


def test_a_version_is_compared_with_the_last_one_that_could_be_read(tmp_path):
    unread = budget(2, verdict="unreadable", readable=False)
    landed = land_all(tmp_path, [FIRST, unread, budget(3, ("办公", 5))])
    assert ask(landed, "SELECT submission_id, previous_id FROM landed.change") == [
        (budget(3)["submission_id"], FIRST["submission_id"])]


def test_changes_are_the_same_night_by_night(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    third = budget(3, ("办公", 7))
    together = everything(land_all(one, [FIRST, SECOND, third]))
    for each in (SECOND, third, FIRST):
        landed = land_all(two, [each])
    assert everything(landed) == together


def reply(order, *lines, **more):
    return budget(order, *lines, answers=FIRST["file_sha256"][:16], **more)


def test_a_reply_that_came_back_unchanged_is_no_version(tmp_path):
    """An old reply that returns with reasons must not put its old figures in the place of a correction."""
    landed = land_all(tmp_path, [FIRST, SECOND, reply(3, ("办公", 100))])
    assert standing(landed) == [(1, 1, False, None), (2, 2, True, None), (3, 2, False, None)]
    assert ask(landed, "SELECT is_echo FROM landed.submission ORDER BY receipt_order") == [(False,), (False,), (True,)]


def test_a_reply_with_corrected_figures_is_a_version_and_one_with_issues_alone_is_none(tmp_path):
    assert standing(land_all(tmp_path, [FIRST, reply(2, ("办公", 130))]))[1] == (2, 2, True, None)
    assert standing(land_all(tmp_path, [reply(3)]))[1:] == [(2, 2, True, None), (3, 2, False, None)]


def test_explanations_of_replies_stay_and_those_of_the_site_are_replaced(tmp_path):
    def told(decision, source, submission_id):
        return (decision, source, submission_id, "P27", "t01", FORM, "2024-01", "白石镇|办公", "spent_ytd", "100", "补付", "张某",
                datetime(2024, 2, 3))

    land_all(tmp_path, [FIRST], explanation=[
        told("explanations.csv:2", "site", None), told(f"{FIRST['submission_id']}#1", "reply", FIRST["submission_id"])])
    landed = land_all(tmp_path, [SECOND])
    assert ask(landed, "SELECT source FROM landed.explanation") == [("reply",)]
    assert ask(land_all(tmp_path, [FIRST]), "SELECT count(*) FROM landed.explanation") == [(0,)]
