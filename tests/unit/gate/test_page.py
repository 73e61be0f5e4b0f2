"""What was proven, as a page that opens anywhere and runs nothing."""

import json
from dataclasses import replace

from etl.gate.checkpoint import Expected
from etl.gate.page import write_history, write_results

HELD = Expected("fct_boat", "fct_boat", "船只", "expect_column_values_to_be_unique", "boat 不重复", "critical", True, 0, "", ())
FAILED = replace(HELD, description="kind 只有规定的取值", success=False, failed=2, rows=("<script>alert(1)</script>", "=cmd|' /C calc'!A0"))


def test_each_expectation_stands_with_its_outcome_and_some_rows(tmp_path):
    write_results(tmp_path, "2024-04-15-ab", [HELD, FAILED])
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "共 2 项，未满足 1 项" in page and "不满足（2）" in page and "boat 不重复" in page
    assert page.index("未满足的期望") < page.index("kind 只有规定的取值") < page.index("boat 不重复")     # what is wrong comes first
    kept = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert kept["night_id"] == "2024-04-15-ab" and [one["success"] for one in kept["expectations"]] == [True, False]


def test_nothing_that_was_sent_is_markup_and_nothing_is_fetched(tmp_path):
    write_results(tmp_path, "n", [FAILED])
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page and "default-src 'none'" in page and "http" not in page.replace("http-equiv", "")


def test_the_same_results_are_the_same_bytes(tmp_path):
    for folder in ("a", "b"):
        write_results(tmp_path / folder, "n", [HELD, FAILED])
    assert (tmp_path / "a" / "index.html").read_bytes() == (tmp_path / "b" / "index.html").read_bytes()


def test_nights_are_listed_the_latest_first_with_what_failed(tmp_path):
    write_results(tmp_path / "2024-04-15-ab", "2024-04-15-ab", [HELD])
    write_results(tmp_path / "2024-04-16-cd", "2024-04-16-cd", [HELD, FAILED], lang="en")
    write_history(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.index("2024-04-16-cd") < page.index("2024-04-15-ab")
    assert "fct_boat：kind 只有规定的取值" in page and "共 1 项，未满足 0 项" in page
