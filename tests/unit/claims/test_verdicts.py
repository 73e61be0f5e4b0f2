"""Verdicts as listed: the published figures of identities.csv, and cases of the same kind made for this test."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from etl.claims import check_claims
from etl.claims.verdict import REASONS, VERDICTS
from etl.normalise.text import fold
from etl.settings import home
from etl.texts.catalogue import texts

HERE = Path(__file__).parent
UNITS = ("名", "人", "元", "万元", "亿元", "万", "亿", "年", "月", "成", "倍", "㎡", "亩", "个", "家", "项", "套")


def listed(name):
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def asked(row):
    """A row as a sender gives it, without the answer."""
    return {key: row[key] for key in ("id", "statement_zh", "inputs", "operation", "reported", "alternatives") if key in row}


IDENTITIES, CASES, STATEMENTS = listed("identities.csv"), listed("cases.csv"), listed("statements.csv")


@pytest.mark.parametrize("row", IDENTITIES, ids=lambda row: row["id"])
def test_a_published_figure_gets_the_verdict_and_the_value_that_are_listed(row):
    [verdict] = check_claims([asked(row)])
    assert (verdict.verdict, verdict.recomputed) == (row["verdict"], row["recomputed"]), verdict.sentence


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["id"])
def test_a_case_of_the_kind_gets_its_verdict(row):
    [verdict] = check_claims([asked(row)])
    assert verdict.verdict == row["verdict"], verdict.sentence


@pytest.mark.parametrize("row", STATEMENTS, ids=lambda row: row["id"])
def test_a_statement_in_the_style_of_published_reports_gets_its_verdict_and_its_reason(row):
    [verdict] = check_claims([asked(row)])
    assert verdict.verdict == row["verdict"] and row["because"] in verdict.sentence, verdict.sentence


def test_every_reason_has_one_verdict_and_stands_in_the_catalogue():
    reasons = [reason for reasons in REASONS.values() for reason in reasons.split()]
    assert len(reasons) == len(set(reasons)) and set(reasons) <= set(texts("claims"))


def test_the_page_defines_each_verdict_in_the_words_of_the_catalogue():
    page = (home() / "docs" / "claims.md").read_text(encoding="utf-8")
    for verdict in VERDICTS:
        word, meaning = (texts("claims")[name]["zh"] for name in (verdict, f"means_{verdict}"))
        assert f"| {word} {verdict} | {meaning} |" in page


@pytest.mark.parametrize("row", [*IDENTITIES, *CASES, *STATEMENTS], ids=lambda row: row["id"])
def test_english_is_english_but_for_what_the_report_says(row):
    [verdict] = check_claims([asked(row)])
    said, told = verdict.said.said("en"), fold(" ".join(row.values()))
    for run in re.findall(r"[\u3400-\u9fff，。；：、]+", said):
        assert run in told or run in UNITS, said


def test_the_cases_hold_fifteen_of_each_verdict():
    assert min(Counter(row["verdict"] for row in CASES).values()) >= 15


def test_no_verdict_depends_on_the_name_of_the_row():
    renamed = [asked(row) | {"id": str(number)} for number, row in enumerate(IDENTITIES)]
    assert [v.verdict for v in check_claims(renamed)] == [row["verdict"] for row in IDENTITIES]


NUMERIC = [row for row, v in zip(IDENTITIES, check_claims(map(asked, IDENTITIES)), strict=True)
           if v.verdict == "agree" and v.difference is not None and "partition" not in row["operation"]]


@pytest.mark.parametrize("row", NUMERIC, ids=lambda row: row["id"])
@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_a_result_that_is_a_fifth_off_disagrees(row, factor):
    number, _, unit = row["reported"].partition(" ")
    [verdict] = check_claims([asked(row) | {"reported": f"{float(number) * factor:.2f} {unit}"}])
    wanted = "corrupt" if "可能是" in verdict.sentence else "disagree"      # 10.80 个 cannot be counted
    assert verdict.verdict == wanted, verdict.sentence


@pytest.mark.parametrize("row", [r for r in IDENTITIES if "[" in r["recomputed"]], ids=lambda row: row["id"])
def test_the_sentence_holds_the_recomputed_number(row):
    [verdict] = check_claims([asked(row)])
    assert row["recomputed"].split()[0] in verdict.sentence


def test_the_difference_is_reported_less_recomputed():
    [verdict] = check_claims([{"inputs": "p1=91 个; p2=204 个", "operation": "sum: p1+p2", "reported": "300 个"}])
    assert (verdict.point, verdict.low, verdict.high, verdict.difference, verdict.unit) == (295, 295, 295, 5, "个")


def test_a_lost_leading_digit_is_remarked_but_not_assumed():
    [verdict] = check_claims([{"inputs": "a=6.2261 万元; b=10 万元!", "operation": "ratio_pct: 100*a/b", "reported": "2.26 %"}])
    assert verdict.verdict == "disagree" and "62.26" in verdict.sentence


def test_working_days_follow_the_holiday_calendar():
    from datetime import date

    from etl.site.load import load_site

    calendar = {day.day: day.kind for day in load_site(home() / "data" / "sample" / "site").holidays}
    row = {"inputs": "start=2024-09-27; end=2024-10-11", "operation": "working_days: end-start", "reported": "6 个工作日"}
    assert date(2024, 10, 1) in calendar
    assert check_claims([row], calendar=calendar)[0].verdict == "agree"
    assert check_claims([row])[0].verdict == "disagree"            # without the holidays there are ten
