"""The account of a night: what moved against the last version, what each step took, one page a night and a list of all."""

from __future__ import annotations

import json
from datetime import datetime

import duckdb
import pytest

from etl.mistakes import Mistake
from etl.night.account import Account, accounts, record, write_account
from etl.night.receive import Receipt
from etl.night.report import Report
from etl.settings import given
from etl.show.nights import show_nights

BEGAN = datetime(2024, 4, 15, 22, 0, 0)


def version(folder, name, value, findings):
    place = folder / name
    (place / "csv").mkdir(parents=True)
    (place / "csv" / "x.csv").write_text("1234\n")
    with duckdb.connect(str(place / "luodi.duckdb")) as con:
        con.execute("CREATE TABLE fct_indicator AS SELECT 'kp' AS form, 'rate' AS measure, '2024-03' AS period, 'county' AS grain, ?::DECIMAL(20, 6) AS value", [value])
        con.execute("CREATE TABLE fct_data_quality_issue (finding VARCHAR, rule VARCHAR, severity VARCHAR, unit VARCHAR, form VARCHAR, period VARCHAR,"
                    " sentence VARCHAR, counts BOOLEAN)")
        for finding in findings:
            con.execute("INSERT INTO fct_data_quality_issue VALUES (?, 'F01', 'error', 't01', 'kp', '2024-03', '请填写', ?)", finding)
    (place / "manifest.json").write_text(json.dumps({"tables": {"fct_indicator": 1, "fct_data_quality_issue": len(findings)}}))
    return place


@pytest.fixture
def told(tmp_path):
    before = version(tmp_path, "a", "20.5", [("1", True), ("2", True), ("9", False)])
    now = version(tmp_path, "b", "21.25", [("2", True), ("3", True)])
    account = Account(BEGAN, "nightly", before)
    for step in ("receive", "read", "transform"):
        account.heard(step, 0, 0)
    account.heard("read", 3, 9)                   # how far a step has come is no step
    account.report = Report(BEGAN, "published", "20240415-abc", Receipt(), refusals=[("<b>.xlsx", "rejected", "缺列")], published=now,
                            lines={"received": 3, "published": 2, "quarantined": 1, "superseded": 0}, verdicts={"rejected": 1}, issues={"error": 1})           # of no other severity
    return record(account, datetime(2024, 4, 15, 22, 1, 30), tmp_path / "dbt")


def test_what_moved_what_appeared_and_what_went(told):
    assert told["moved"] == {"count": 1, "rows": [("kp", "rate", "2024-03", "20.500000", "21.250000")]}
    assert [row[0] for row in told["appeared"]["rows"]] == ["3"]
    assert [row[0] for row in told["gone"]["rows"]] == ["1"]             # one that no longer counted is not told again
    assert told["rows"] == {"fct_data_quality_issue": [3, 2]}
    assert told["sizes"]["csv"] == 5 and told["seconds"] == 90
    assert [step["step"] for step in told["steps"]] == ["receive", "read", "transform"]


def test_each_night_has_a_page_and_the_list_names_all(told, tmp_path):
    folder = tmp_path / "nights"
    pages = [write_account(folder, told, "zh"), write_account(folder, told | {"state": "failed", "failure": "磁盘满"}, "zh")]
    assert [page.parent.name for page in pages] == ["20240415-220000", "20240415-220000-2"]
    page = pages[0].read_text(encoding="utf-8")
    assert "20.500000" in page and "请填写" in page and "&lt;b&gt;.xlsx" in page and "<b>.xlsx" not in page
    assert [one["state"] for one in accounts(folder)] == ["failed", "published"]
    listed = (folder / "index.html").read_text(encoding="utf-8")
    assert "磁盘满" in listed and 'href="20240415-220000/index.html"' in listed
    log = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["night"] for line in log} == {"20240415-abc"} and log[-1]["failure"] == "磁盘满"


def test_a_night_with_nothing_new_and_a_first_one_compare_nothing(tmp_path):
    now = version(tmp_path, "a", "1", [])
    for state, before in (("nothing_new", now), ("published", None)):
        account = Account(BEGAN, "nightly", before)
        account.report = Report(BEGAN, state, "n", Receipt(), published=now)
        assert record(account, BEGAN, tmp_path)["moved"] is None


def test_a_failed_night_is_told_with_its_reason(tmp_path):
    account = Account(BEGAN, "rebuild", None)
    account.failure = "磁盘满"
    told = record(account, BEGAN, tmp_path)
    assert (told["state"], told["failure"], told["kind"]) == ("failed", "磁盘满", "rebuild")
    write_account(tmp_path / "nights", told, "en")


def test_nights_are_listed_and_one_is_shown(told, tmp_path, capsys):
    settings = given(None, None, str(tmp_path), None, "zh")
    assert show_nights(settings) == 0 and "还没有运行过" in capsys.readouterr().out
    write_account(settings.nights, told, "zh")
    show_nights(settings)
    assert "已发布" in capsys.readouterr().out
    for which in ("1", "20240415-abc", "2024-04-15 22:00:00"):
        show_nights(settings, which)
        assert "kp rate 2024-03 20.500000 21.250000" in capsys.readouterr().out
    with pytest.raises(Mistake, match="没有这次运行"):
        show_nights(settings, "9")


def test_what_is_kept_and_logged_can_be_read_in_chinese_and_each_step_has_its_line(told, tmp_path):
    page = write_account(tmp_path / "nights", {**told, "failure": "磁盘满了", "hold": {"by": "王某", "at": "2024-04-15", "why": "核对"}}, "zh")
    kept, log = (path.read_text(encoding="utf-8") for path in (page.with_name("record.json"), tmp_path / "nights" / "log.jsonl"))
    assert '"王某"' in kept and '"磁盘满了"' in log
    *steps, last = map(json.loads, log.splitlines())
    assert [step["step"] for step in steps] == [step["step"] for step in told["steps"]] and last["failure"] == "磁盘满了"
