"""Results and figures in words, with signs, brackets and mixed units: each is judged, none is taken for silence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.claims import check_claims
from etl.claims.figures import read_figure
from etl.claims.lexicon import load_lexicon
from etl.settings import home

LEXICON = load_lexicon(home() / "expectations")
with (Path(__file__).parent / "phrases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["id"])
def test_a_phrase_gets_its_verdict(row):
    [verdict] = check_claims([{key: value for key, value in row.items() if key != "verdict"}])
    assert verdict.verdict == row["verdict"], verdict.sentence


@pytest.mark.parametrize("words", ["大幅增长", "详见附件", "明显好转", "好于预期", "成效显著"])
@pytest.mark.parametrize("operation", ["growth_pct", "ratio_pct", "sum", "diff", "quotient"])
def test_words_that_nobody_understands_are_asked_about(words, operation):
    [verdict] = check_claims([{"inputs": "a=3 个; b=2 个", "operation": operation, "reported": words}])
    assert verdict.verdict == "conflict" and f"“{words}”" in verdict.sentence and "请写成" in verdict.sentence


@pytest.mark.parametrize("printed, same", [
    ("1.2（亿元）", "1.2 亿元"), ("1.2(单位：亿元)", "1.2 亿元"), ("25（%）", "25 %"), ("约25（％）", "约25 %"), ("10!（万元）", "10 万元!"),
    ("1亿2000万元", "12000 万元"), ("一亿二千万元", "12000 万元"), ("3万5千元", "35 千元"), ("￥12万", "12 万元"), ("$3.5亿", "3.5 亿美元"),
    ("负3.2%", "-3.2 %"), ("↓3.2%", "-3.2 %"), ("3.2%↑", "3.2 %"), ("增长了12%", "12 %"), ("百分之十二点五", "12.5 %"), ("八成五", "85 %"),
    ("1/2", "二分之一"), ("½", "一半"), ("七八成", "7-8成"), ("五六亿元", "5-6亿元"), ("超过一半", "过半"), ("30家（含续建）", "30 家"), ("1.2亿元（人民币）", "1.2 亿元"),
])
def test_ways_of_writing_one_figure(printed, same):
    one, other = read_figure(printed, LEXICON), read_figure(same, LEXICON)
    assert (one.value * one.unit.scale, one.unit.dims) == (other.value * other.unit.scale, other.unit.dims)
    assert (one.interval.low * one.unit.scale, one.interval.open_low) == (other.interval.low * other.unit.scale, other.interval.open_low)


@pytest.mark.parametrize("printed, open_end", [("不超过5 %", False), ("达到或超过5 %", False), (">=5 %", False), ("超过5 %", True), ("不到5 %", True)])
def test_only_the_word_that_was_taken_leaves_the_number_out(printed, open_end):
    interval = read_figure(printed, LEXICON).interval
    assert (interval.open_low or interval.open_high) == open_end


@pytest.mark.parametrize("text", ["0分之三", "1/0", "万分之", "分之一", "翻番翻番", "成五", "亿亿元", "1亿亿", "↑", "¥", "（亿元）", "半半"])
def test_half_a_phrase_breaks_nothing(text):
    for row in ({"inputs": f"a={text}; b=2 个", "reported": "1"}, {"inputs": "a=1 个; b=2 个", "reported": text}):
        [verdict] = check_claims([{"operation": "ratio_pct: 100*a/b", **row}])
        assert verdict.sentence and verdict.verdict in ("", "disagree", "conflict", "corrupt")


def test_a_difference_at_an_open_end_says_so():
    [verdict] = check_claims([{"inputs": "a=1 个; b=2 个", "operation": "ratio_pct", "reported": "超过一半"}])
    assert verdict.verdict == "disagree" and "∞ 个" not in verdict.sentence and "端点" in verdict.sentence
