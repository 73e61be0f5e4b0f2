"""A night over the sample county: the rows of every mart can be followed to the cells that they came from."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from fractions import Fraction

import pytest

from etl.explain.evidence import coded
from etl.explain.node import Statement, as_written, reaches
from etl.explain.published import Published
from etl.explain.tree import explain
from etl.texts.catalogue import speaker
from tests.fixtures.places import ROOT
from tests.golden.conftest import FACTS

MANY = 150  # rows of one mart; of more than twice as many every second, third … is walked, the same ones every time


@pytest.mark.long  # tests/warehouse/test_explain.py follows every row of a smaller county
def test_rows_of_every_mart_reach_cells_or_say_which_slot_stayed_empty(night):
    published = Published(night / "published" / "current")
    lost, walked, unasked, formulas, codes = defaultdict(list), 0, set(), set(), set()
    for mart in published.marts:
        rows = list(published.select(mart))
        for row in rows[::max(1, len(rows) // MANY)]:
            walked += 1
            told = explain(published, mart, row)
            formulas.update(node.title for node in told.walk() if node.kind == "formula")
            codes.update((mart, code) for node in told.walk() for code in bare_codes(node))
            ends = reaches(told)
            if not ends:
                lost[mart].append(row)
            if ends == {"register"}:
                unasked.add(mart)
    # A row of labels names the table and the column whose code it puts into words, and that code.
    named = {word for label in published.select("dim_label") for word in (label["mart"], label["column_name"], label["code"])}
    published.close()
    assert not {mart: rows[:2] for mart, rows in lost.items()}
    assert walked > 2500 and "fct_land_supply" in published.marts
    # Only what rests on lists of the county, or on nothing that was asked for, ends in them.
    assert not {mart for mart in unasked if mart.startswith(("bridge_", "dim_line", "dim_project", "fct_measure", "fct_indicator"))}
    assert [text for text in sorted(formulas) if not adds_up(text)] == []
    assert sum(bool(re.search("[·×÷/−]", text)) for text in formulas) > 500
    # Of the two forms that are data alone nobody wrote in Chinese what they and their columns are called.
    data_alone = set(FACTS).union(*(columns for _, columns in FACTS.values())) | {"pvc"}  # and that is a unit's own word
    assert {(mart, code) for mart, code in codes if code not in data_alone | (named if mart == "dim_label" else set())} == set()


ADDRESSES = {"mart", "column", "measure", "sent", "understood", "file", "sheet", "cell", "line_id", "sha256"}  # what a command is given
# Files, places of a sentence, numbers of notices and of findings.
NO_CODES = re.compile(r"\S*\.(?:xlsx?|ods|csv|txt|yaml)\S*|{\w+}|〔\d{4}〕\S+|[A-Z]\d+-[0-9a-f]{6,}")
CODE = re.compile(r"[A-Za-z]+(?:[_:][A-Za-z_]+)+|(?<![A-Za-z0-9])[a-z]{3,}(?![A-Za-z0-9])")


def bare_codes(node):
    """What a statement says in Chinese that is a code and no word: `without:zero`, `light_worst`, `cross_unit`."""
    say = speaker("zh")
    said = [] if node.kind in ("cell", "file", "nil", "register") else [node.title]
    for key, value in node.facts.items():
        if value is not None and key not in ADDRESSES:
            said += [say.word("explain", key), coded(key, as_written(value), say)]
    return [code for text in said for code in CODE.findall(NO_CODES.sub("", text))]


def test_a_code_is_seen_and_a_word_and_an_address_are_none():
    assert bare_codes(Statement("row", "清河镇 2024-01 light_worst", {"status": "without:zero", "file": "t.xlsx", "state": "proposed"})) == [
        "light_worst", "without:zero"]
    told = "督办〔2024〕jtj-553d68be 见 adjustments.csv:2，请填写{expected}；F17-3cfbdcfb 另存为 .xlsx"
    assert bare_codes(Statement("row", told, {"verdict": "rejected"})) == []


SIGNS = {"·": "*", "×": "*", "÷": "/", "−": "-", "，": ",", "^½": "**0.5"}


def adds_up(formula: str) -> bool:
    """Whether what stands left of each result comes to it, as somebody with a calculator would find."""
    for part in formula.split("；"):
        if " → " in part:                                      # in words = in numbers → result
            shown, _, result = part.rpartition(" = ")[2].partition(" → ")
        else:
            shown, _, result = part.removeprefix("Σ ").removeprefix("下级得分之和 ").rpartition("=")
        result, least, most = result.split()[0] if result.strip() else "—", None, None
        if clamped := re.fullmatch("(.*)，(?:([0-9.]+)至([0-9.]+)|不低于([0-9.]+))", shown):
            shown, least, most = clamped[1], clamped[2] or clamped[4], clamped[3]
        if result == "—" or not re.fullmatch(r"(?:min|max|[-0-9.() +/·×÷−，]|\^½)+", shown):
            continue                                           # a median, a band, a figure that is blank or told in words
        for sign, plain in SIGNS.items():
            shown = shown.replace(sign, plain)
        value = eval(re.sub(r"\d+(?:\.\d+)?", r"Fraction('\g<0>')", shown), {"Fraction": Fraction, "min": min, "max": max})
        value = max(Fraction(least), value) if least else value
        value = min(Fraction(most), value) if most else value
        if abs(value - Fraction(result)) > Fraction(5, 10**7) + (1e-9 if isinstance(value, float) else 0):
            return False                                       # beyond half of the last digit that is kept
    return True


def test_a_sum_that_does_not_add_up_is_seen():
    right = ("100 · 2874 / 34616 = 8.302519 %", "100 · 2 / 3 − 33.333333 = 33.333334 百分点", "100 · ((121 / 100)^½ − 1) = 10 %", "中位数 = 6 工作日",
             "进度差 = 完成率 − 时间进度 = 40.5 − (400/12) → 7.166667", "100×40.505÷50=81.01；min(81.01，110)÷100×25=20.2525", "7-1×max(0，9-0)，不低于0=0", "下级得分之和 26 · 100 / 80 + 2，不低于0 = 34.5")
    assert [text for text in right if not adds_up(text)] == []
    assert [text for text in ("100×40.5÷50=81.01", "下级得分之和 79.28 · 100 / 100 = 81.28", "Σ 5 − 2 = 4 个", "完成率 = 甲/乙 = 1/3 → 0.33333") if adds_up(text)] == []


def test_the_commands_tell_it_in_both_languages_and_as_json(night, luodi):
    code, out, _ = luodi("explain", "fct_measure", "key_project_monthly", "2024-01", "t01", "completion_rate", "--data", night)
    assert code == 0 and "公式" in out and "单元格" in out
    code, out, _ = luodi("explain", "fct_measure", "key_project_monthly", "2024-01", "t01", "completion_rate", "--data", night,
                         "--format", "json", "--lang", "en")
    told = json.loads(out)
    assert told["kind"] == "figure"
    (cell, *_) = [n for fact in told["children"][1:] for s in fact["children"] for n in s.get("children", ()) if n["kind"] == "cell"]
    of = next(s["facts"]["file"] for fact in told["children"][1:] for s in fact["children"] if s["kind"] == "submission")
    code, out, _ = luodi("trace", of, cell["title"], "--data", night)
    assert code == 0 and "年度投资完成率" in out


def test_what_cannot_be_found_is_one_sentence(night, luodi):
    assert luodi("explain", "fct_measure", "no_such_measure", "--data", night)[0] == 1
    code, _, err = luodi("explain", "fct_nothing", "--data", night)
    assert code == 2 and "fct_measure" in err
    code, _, err = luodi("explain", "fct_measure", "t01", "--data", night)
    assert code == 1 and "--pick" in err


def test_the_page_of_assessors_names_commands_that_find_what_they_say(night):
    """docs/assessment.md, 用哪条命令看."""
    table = (ROOT / "docs/assessment.md").read_text(encoding="utf-8").rpartition("## 用哪条命令看")[2]
    asked = [command.split() for command in re.findall("`luodi explain ([^`]+)`", table)]
    published = Published(night / "published" / "current")
    assert len(asked) >= 10 and [words for words in asked if not published.find(words[0], words[1:])] == []
    published.close()
