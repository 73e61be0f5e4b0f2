"""Landing: every version stays, the last good one counts, and landing again changes nothing."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.land.seen import UNKNOWN, holding, submissions_holding
from etl.land.settle import settle
from etl.land.tables import landed_tables
from etl.model import Received
from tests.fixtures.warehouse import FORMS, issue, land_all, received, submission

pytestmark = pytest.mark.slow

TARGET = {"department": "白石镇", "indicator": "固定资产投资", "year": 2024, "target_value": "3.3", "target_unit": "亿元",
          "issued_date": date(2024, 1, 18), "document_no": "云发改〔2024〕5号"}


def targets(order=1, verdict="accepted", lines=(TARGET,), **more):
    return submission("annual_target", "t01", "2024", list(lines), order=order, verdict=verdict, **more)


def ask(landed, *questions):
    """What each of some questions is answered with; of one, its rows alone."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{landed}' AS house (READ_ONLY)")
        con.execute("USE house")
        rows = [con.execute(sql).fetchall() for sql in questions]
    return rows if len(rows) > 1 else rows[0]


def everything(landed):
    return ask(landed, *(f'SELECT * FROM landed."{table}" ORDER BY ALL' for table in landed_tables(FORMS)))


def standing(landed):
    return ask(landed, "SELECT receipt_order, version, counts FROM landed.submission ORDER BY receipt_order, submission_id")


def test_a_line_keeps_its_value_its_interval_and_its_cell(tmp_path):
    landed = land_all(tmp_path, [targets()])
    assert ask(landed, "SELECT target_value, target_value_low, raw->>'target_unit', cells->>'target_value'"
                       " FROM landed.annual_target") == [(Decimal("3.3"), Decimal("3.3"), "亿元", "D4")]


def test_the_last_accepted_version_counts_and_every_version_stays(tmp_path):
    landed = land_all(tmp_path, [targets(1), targets(2, "partly_accepted"), targets(3, "rejected")])
    assert standing(landed) == [(1, 1, False), (2, 2, True), (3, 3, False)]
    assert ask(landed, "SELECT count(*) FROM landed.annual_target") == [(3,)]


def test_a_file_read_again_as_another_period_leaves_nothing_of_what_it_was(tmp_path):
    before = targets(1)
    after = submission("annual_target", "t01", "2023", [TARGET | {"year": 2023}], order=1, file_sha256=before["file_sha256"],
                       submission_id=f"{before['file_sha256'][:16]}-annual_target-2023")
    land_all(tmp_path, [before])
    landed = land_all(tmp_path, [after])
    assert ask(landed, "SELECT period FROM landed.submission") == [("2023",)]
    assert ask(landed, "SELECT period FROM landed.annual_target") == [("2023",)]


def test_the_earlier_version_stays_in_force_until_its_replacement_is_accepted(tmp_path):
    first, second = targets(1), targets(2, "unreadable", lines=())
    land_all(tmp_path, [first])
    assert standing(land_all(tmp_path, [second])) == [(1, 1, True), (2, 2, False)]


def test_a_file_received_earlier_but_landed_later_does_not_take_over(tmp_path):
    land_all(tmp_path, [targets(5)])
    assert standing(land_all(tmp_path, [targets(2)])) == [(2, 1, False), (5, 2, True)]


def test_two_sheets_of_one_file_are_one_version_and_only_one_counts(tmp_path):
    first, second = targets(1, file="a.xlsx"), targets(1, file="a.xlsx")
    second |= {"submission_id": second["submission_id"] + "-2", "sheet": "Sheet2"}
    landed = land_all(tmp_path, [first, second, targets(2, "rejected")])
    assert standing(landed) == [(1, 1, False), (1, 1, True), (2, 2, False)]
    assert ask(landed, "SELECT supersedes FROM landed.submission WHERE version = 2") == [(first["submission_id"],)]


def another_unit(sub, **more):
    return issue(sub, "F24", level="submission", row=None, **more)


def test_a_file_of_another_unit_is_no_version_of_the_folders_unit(tmp_path):
    stray = targets(2, "rejected")
    landed = land_all(tmp_path, [targets(1), stray, targets(3)], issues=[another_unit(stray)])
    assert standing(landed) == [(1, 1, False), (2, 1, False), (3, 2, True)]
    [(second, first)] = ask(landed, "SELECT supersedes, (SELECT submission_id FROM landed.submission WHERE receipt_order = 1)"
                                    " FROM landed.submission WHERE receipt_order = 3")
    assert second == first
    assert ask(landed, "SELECT receipt_order FROM landed.submission WHERE is_misplaced") == [(2,)]
    assert ask(landed, "SELECT count(*) FROM landed.change WHERE submission_id LIKE '%' || (SELECT submission_id FROM landed.submission"
                       " WHERE is_misplaced) OR previous_id = (SELECT submission_id FROM landed.submission WHERE is_misplaced)") == [(0,)]


def test_a_file_of_another_unit_that_somebody_let_pass_is_a_version_like_any(tmp_path):
    passed = targets(2, "accepted_with_warnings")
    landed = land_all(tmp_path, [targets(1), passed], issues=[another_unit(passed, state="waived")])
    assert standing(landed) == [(1, 1, False), (2, 2, True)]


def test_withdrawing_a_version_leaves_the_file_of_another_unit_alone(tmp_path):
    stray, own = targets(1, "rejected"), targets(2)
    taken = ("withdrawals.csv:2", "", "t01", "annual_target", "2024", 1, "作废", "王某", datetime(2024, 3, 1))
    landed = land_all(tmp_path, [stray, own], issues=[another_unit(stray)], withdrawal=[taken])
    assert ask(landed, "SELECT receipt_order FROM landed.submission WHERE withdrawal IS NOT NULL") == [(2,)]


def test_a_submission_whose_unit_nobody_knows_never_counts(tmp_path):
    stray = submission("annual_target", None, "2024", [TARGET])
    assert standing(land_all(tmp_path, [stray])) == [(1, 1, False)]


def test_landing_the_same_again_changes_nothing(tmp_path):
    subs = [targets(1), targets(2)]
    issues = [issue(subs[1], row=4), issue(subs[1], "F14", "warning", "submission", row=None)]
    held = {f"{subs[1]['submission_id']}:4"}
    landed = land_all(tmp_path, subs, issues=issues, quarantined=held)
    before = everything(landed)
    assert everything(land_all(tmp_path, subs, issues=issues, quarantined=held)) == before


def test_two_nights_end_as_one_night_does(tmp_path):
    subs = [targets(1), targets(2)]
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    together = everything(land_all(one, subs))
    land_all(two, subs[:1])
    assert everything(land_all(two, subs[1:])) == together


def test_quality_follows_the_issues_of_the_line(tmp_path):
    sub = targets(lines=[TARGET, TARGET | {"year": 2023}, TARGET | {"year": 2022}])
    issues = [issue(sub, row=4), issue(sub, "F04", "warning", row=5), issue(sub, "F14", "warning", "submission", row=None)]
    landed = land_all(tmp_path, [sub], issues=issues, quarantined=[f"{sub['submission_id']}:4"])
    assert ask(landed, "SELECT row_no, quality_status FROM landed.annual_target ORDER BY 1") == [
        (4, "quarantined"), (5, "accepted_with_warnings"), (6, "accepted")]
    assert ask(landed, "SELECT errors, warnings, quarantined FROM landed.submission") == [(1, 2, 1)]


def test_a_second_judgement_replaces_the_first_without_its_lines_being_staged_again(tmp_path):
    from etl.land.write import Tonight, land_staged
    from tests.fixtures.warehouse import stage

    sub = targets()
    line = f"{sub['submission_id']}:4"
    landed = land_all(tmp_path, [sub], issues=[issue(sub, "F14", "warning", "submission", row=None)])
    land_staged(landed, stage(tmp_path / "later.duckdb", []), FORMS, Tonight(verdicts={sub["submission_id"]: "partly_accepted"},
                quarantined={line}, issues=[issue(sub, "P18", level="cross_unit")], files=[], as_of=date(2024, 4, 16)))
    assert ask(landed, "SELECT verdict, errors, warnings, quarantined FROM landed.submission") == [("partly_accepted", 1, 0, 1)]
    assert ask(landed, "SELECT rule FROM landed.issue") == [("P18",)]


def test_a_copy_of_the_same_bytes_leaves_a_file_and_its_issue_only(tmp_path):
    sub = targets()
    copy = Received("t01/副本.xlsx", sub["file_sha256"], 1000, datetime(2024, 2, 9), 7, Path("x"))
    note = issue(sub, "F41", "info", "submission", row=None, file=copy.name)
    landed = land_all(tmp_path, [sub], files=[copy, received(sub)], issues=[note])
    assert ask(landed, "SELECT file, duplicate_of FROM landed.file ORDER BY receipt_order") == [
        (sub["file"], None), (copy.name, sub["file"])]
    assert ask(landed, "SELECT count(*) FROM landed.submission") == [(1,)]
    # the next night says nothing of the copy, and its issue stays
    land_all(tmp_path, [targets(3)])
    assert ask(landed, "SELECT rule, file FROM landed.issue") == [("F41", copy.name)]


def test_what_a_comparison_found_replaces_what_the_one_before_found(tmp_path):
    first, second = targets(1, lines=[TARGET, TARGET | {"year": 2023}]), targets(2, unit_name="x")
    landed = land_all(tmp_path, [first, second], issues=[issue(first, "F04", "warning", row=5)])
    lost = issue(first, "F37", level="submission", row=None, submission_id="missing:t02:annual_target:2024", file="", sheet="")
    line = f"{first['submission_id']}:4"
    ids = [first["submission_id"], second["submission_id"]]
    changed = settle(landed, FORMS, issues=[lost, issue(first, "P18", level="cross_unit", row=4)],
                     verdicts={ids[0]: "partly_accepted", ids[1]: "accepted"}, quarantined={line})
    assert changed == [ids[0]]
    assert ask(landed, "SELECT rule, found_by FROM landed.issue ORDER BY 1") == [("F04", "own"), ("F37", "context"), ("P18", "context")]
    assert ask(landed, "SELECT own_verdict, verdict, errors, quarantined FROM landed.submission ORDER BY receipt_order") == [
        ("accepted", "partly_accepted", 1, 1), ("accepted", "accepted", 0, 0)]
    assert settle(landed, FORMS, issues=[], verdicts=dict.fromkeys(ids, "accepted"), quarantined=()) == [ids[0]]
    assert ask(landed, "SELECT rule FROM landed.issue") == [("F04",)]
    assert ask(landed, "SELECT row_no, quality_status FROM landed.annual_target WHERE submission_id = '" + ids[0] + "' ORDER BY 1") == [
        (4, "accepted"), (5, "accepted_with_warnings")]


def test_a_comparison_never_changes_which_version_counts(tmp_path):
    first, second = targets(1), targets(2, "partly_accepted")
    landed = land_all(tmp_path, [first, second])
    settle(landed, FORMS, issues=[], verdicts={s["submission_id"]: "rejected" for s in (first, second)}, quarantined=())
    assert standing(land_all(tmp_path, [targets(3, "rejected")])) == [(1, 1, False), (2, 2, True), (3, 3, False)]

def test_a_staged_submission_without_a_verdict_lands_nothing(tmp_path):
    from etl.land.write import Tonight, land_staged
    from tests.fixtures.warehouse import stage

    landed = land_all(tmp_path, [targets(1)])
    before = everything(landed)
    with pytest.raises(ValueError, match="without a verdict"):
        land_staged(landed, stage(tmp_path / "later.duckdb", [targets(2)]), FORMS, Tonight(verdicts={}, quarantined=(), issues=(),
                    files=(), as_of=date(2024, 4, 15)))
    assert everything(landed) == before


def test_a_landing_that_fails_at_its_end_lands_nothing(tmp_path, monkeypatch):
    landed = land_all(tmp_path, [targets(1)])
    before = everything(landed)
    with monkeypatch.context() as broken:
        broken.setattr("etl.land.write.find_changes", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            land_all(tmp_path, [targets(2)])
    assert everything(landed) == before
    assert standing(land_all(tmp_path, [targets(2)])) == [(1, 1, False), (2, 2, True)]


def test_a_column_new_in_a_contract_is_added_to_what_is_landed(tmp_path):
    landed = land_all(tmp_path, [targets()])
    con = duckdb.connect()
    con.execute(f"ATTACH '{landed}' AS house")
    con.execute("ALTER TABLE house.landed.annual_target DROP COLUMN supersedes")
    con.close()
    land_all(tmp_path, [targets(2)])
    assert ask(landed, "SELECT count(*), count(supersedes) FROM landed.annual_target") == [(2, 0)]


def test_names_are_folded_once_for_the_warehouse(tmp_path):
    landed = land_all(tmp_path, [targets(lines=[TARGET | {"department": "白石镇 （政府）"}])])
    assert ("白石镇 （政府）", "白石镇政府") in ask(landed, "SELECT text, norm FROM landed.name")


def test_what_is_added_to_own_issues_is_replaced_by_each_comparison(tmp_path):
    sub = targets(lines=[TARGET, TARGET | {"year": 2023}])
    landed = land_all(tmp_path, [sub], issues=[issue(sub, "P31", "warning", row=4), issue(sub, "P31", "warning", row=5)])
    sid = sub["submission_id"]
    (place,) = ask(landed, "SELECT submission_id, line_id, row_no, rule, column_name, cell FROM landed.issue WHERE row_no = 5")

    def compared(likely):
        changed = settle(landed, FORMS, issues=[issue(sub, "P18", row=4, likely="最可能：乙。")], verdicts={sid: "accepted"}, quarantined=(),
                         likely=likely)
        return changed, ask(landed, "SELECT rule, row_no, likely FROM landed.issue ORDER BY ALL")

    compared({})
    told = [("P18", 4, "最可能：乙。"), ("P31", 4, None), ("P31", 5, "最可能：甲。")]
    fits = ("最可能：甲。", place[1], "target_value", Decimal(300))
    assert compared({place: fits}) == ([sid], told)
    assert compared({place: fits}) == ([], told)                               # said already
    assert ask(landed, "SELECT likely_line, likely_column, likely_value FROM landed.issue WHERE row_no = 5") == [
        (place[1], "target_value", Decimal(300))]
    assert compared({}) == ([sid], [*told[:2], ("P31", 5, None)])


def numbered(landed):
    return dict(ask(landed, "SELECT submission_id || ' ' || rule || ' ' || coalesce(line_id, '') || ' ' || coalesce(value, ''), finding FROM landed.issue"))


def test_a_finding_keeps_its_number_whatever_else_is_found_and_in_the_next_version(tmp_path):
    one, two = targets(1), targets(2, lines=(TARGET | {"document_no": "1号"}, TARGET))
    before = numbered(land_all(tmp_path, [one], issues=[issue(one, column="target_value", value="3.3")]))
    after = numbered(land_all(tmp_path, [one, two], issues=[
        issue(one, "F02", row=None), issue(one, column="target_value", value="3.3"),
        issue(two, row=4, column="target_value", value="3"), issue(two, row=5, column="target_value", value="3.3")]))
    key = f"{one['submission_id']} F01 {one['submission_id']}:4 3.3"
    assert before[key] == after[key] and re.fullmatch(r"F01-[0-9a-f]{8}", before[key])
    # the same record with the same finding, one row further down in the second version; another record has another number
    assert [after[f"{two['submission_id']} F01 {two['submission_id']}:{row} {value}"] == before[key] for row, value in ((4, "3"), (5, "3.3"))] == [False, True]
    assert len(set(after.values())) == len(after) - 1


def test_findings_alike_in_one_record_are_told_apart(tmp_path):
    one = targets(1)
    found = numbered(land_all(tmp_path, [one], issues=[issue(one, value="a"), issue(one, value="b")]))
    assert len(set(found.values())) == 2


def test_what_no_form_took_is_chosen_as_the_form_unknown(tmp_path):
    """A changed contract may read it: so it is read again with the form's own files, and no others are."""
    landed = land_all(tmp_path, [
        targets(1, file="甲.xlsx"), submission(None, "t01", "2024", [], order=2, verdict="rejected", file="乙.xlsx"),
        submission("rectification", "t01", "2024-01", [], order=3, nil_declared=True, file="丙.xlsx")]).rename(tmp_path / "kept.duckdb")
    assert [name for name, *_ in holding(landed, (), (), ["annual_target", UNKNOWN])] == ["甲.xlsx", "乙.xlsx"]
    assert [name for name, *_ in holding(landed, (), (), ["annual_target"])] == ["甲.xlsx"]
    assert submissions_holding(landed, ["rectification", UNKNOWN]) == 2
