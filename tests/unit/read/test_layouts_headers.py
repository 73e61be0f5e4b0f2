"""The same table under other headers: one line or three, in other words, with units and marks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fixtures.layouts import MONEY, TOP, Layouts, amounts, scaled
from tests.fixtures.sheets import SIGNED, TITLES, body_of, columns_of, grid, headers_of, read, reference, rules, values

layout = Layouts()


@layout()
def line_breaks_and_spaces_in_headers(form):
    broken = [h[:2] + "\n" + " ".join(h[2:]) for h in headers_of(form)]
    return grid([TITLES[form]], [TOP, "单位：万元"], broken, *body_of(form), [SIGNED])


@layout()
def required_marks(form):
    marked = [f"*{h}" if i % 3 == 0 else f"{h}＊" if i % 3 == 1 else f"★{h}（必填）" for i, h in enumerate(headers_of(form))]
    return grid([TITLES[form]], [TOP, "单位：万元"], marked, *body_of(form), [SIGNED])


@layout()
def numbered_headers(form):
    return grid([TITLES[form]], [TOP, "单位：万元"], [f"{i}.{h}" for i, h in enumerate(headers_of(form), 1)], *body_of(form), [SIGNED])


@layout()
def traditional_characters(form):
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    return grid([convert(TITLES[form])], [convert(TOP), "單位：萬元"], [convert(h) for h in headers_of(form)], *body_of(form), [convert(SIGNED)])


@layout()
def first_aliases(form):
    by_name = reference().forms[form].by_name
    heads = [(by_name[c].aliases or (by_name[c].header,))[-1] for c in columns_of(form)]
    heads = [h.replace("1-N月", "1-3月") + ("（工作日）" if c == "promised_days" else "") for h, c in zip(heads, columns_of(form))]
    return grid([TITLES[form]], [TOP, "单位：万元"], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_in_every_header(form):
    money = set(amounts(form))
    heads = [h + "（万元）" if c in money else h for h, c in zip(headers_of(form), columns_of(form))]
    return grid([TITLES[form]], [TOP], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_in_headers_without_brackets(form):
    money = set(amounts(form))
    heads = [h + "\n万元" if c in money else h for h, c in zip(headers_of(form), columns_of(form))]
    return grid([TITLES[form]], [TOP], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_with_an_explanation(form):
    money = set(amounts(form))
    heads = [h + "（单位：万元，保留两位小数）" if c in money else h + "（照批复填写）" for h, c in zip(headers_of(form), columns_of(form))]
    if "promised_days" in columns_of(form):
        heads = [h.replace("（照批复填写）", "") for h in heads]
    return grid([TITLES[form]], [TOP], heads, *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def yuan(form):
    return grid([TITLES[form]], [TOP, "金额单位：元"], headers_of(form), *scaled(form, "10000"), [SIGNED])


@layout(*MONEY, "rectification")
def thousands_of_yuan(form):
    return grid([TITLES[form]], [TOP, "计量单位：千元、%"], headers_of(form), *scaled(form, "10"), [SIGNED])


@layout(*MONEY, "rectification")
def hundred_millions(form):
    return grid([TITLES[form]], [TOP, "单位：人民币亿元"], headers_of(form), *scaled(form, "0.0001"), [SIGNED])


@layout(*MONEY)
def header_overrides_the_note(form):
    money = amounts(form)[0]
    heads = [h + "（亿元）" if c == money else h for h, c in zip(headers_of(form), columns_of(form))]
    rows = [[Decimal(str(v)) / 10000 if c == money else v for c, v in zip(columns_of(form), row)] for row in body_of(form)]
    return grid([TITLES[form]], [TOP, "单位：万元、个、%"], heads, *rows, [SIGNED])


@layout(*MONEY, "rectification")
def unit_in_the_title(form):
    return grid([TITLES[form] + "（万元）"], [TOP], headers_of(form), *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_note_of_many_words(form):
    return grid([TITLES[form]], [TOP + "        计量单位：万元 个 %        报表期：月报"], headers_of(form), *body_of(form), [SIGNED])


@layout(*MONEY, "rectification")
def unit_note_below(form):
    return grid([TITLES[form]], [TOP], headers_of(form), *body_of(form), ["注：本表金额单位为万元。"], [SIGNED])


@layout("key_project_monthly")
def stacked_headers_merged(form):
    heads = headers_of(form)
    at = heads.index("本月完成投资")
    upper = heads[:at] + ["投资完成情况（万元）", None, None] + heads[at + 3:]
    lower = [None] * at + heads[at:at + 3] + [None] * (len(heads) - at - 3)
    merges = [(2, c, 3, c) for c in range(len(heads)) if not at <= c < at + 3] + [(2, at, 2, at + 2)]
    return grid([TITLES[form]], [TOP, "单位：万元"], upper, lower, *body_of(form), [SIGNED], merges=merges)


@layout("key_project_monthly")
def stacked_headers_unmerged(form):
    heads = headers_of(form)
    at = heads.index("本月完成投资")
    upper = heads[:at] + ["投资完成情况", None, None] + heads[at + 3:]
    lower = [None] * at + heads[at:at + 3] + [None] * (len(heads) - at - 3)
    return grid([TITLES[form]], [TOP, "单位：万元"], upper, lower, *body_of(form), [SIGNED])


@layout("key_project_monthly")
def three_levels_that_must_be_joined(form):
    heads = headers_of(form)
    at = heads.index("本月完成投资")
    width = len(heads)
    top = heads[:at] + ["投资情况", None, None] + heads[at + 3:]
    middle = [None] * at + ["完成投资", None, None] + [None] * (width - at - 3)
    lower = [None] * at + ["本月", "本年累计", "自开工累计"] + [None] * (width - at - 3)
    merges = [(2, c, 4, c) for c in range(width) if not at <= c < at + 3] + [(2, at, 2, at + 2), (3, at, 3, at + 2)]
    return grid([TITLES[form]], [TOP, "单位：万元"], top, middle, lower, *body_of(form), [SIGNED], merges=merges)


@layout("investment_monthly")
def groups_with_a_whole_and_its_parts(form):
    heads = headers_of(form)
    at = heads.index("协议总投资")
    upper = heads[:at] + ["协议总投资", None] + heads[at + 2:]
    lower = [None] * at + ["合计", "其中：固定资产投资"] + [None] * (len(heads) - at - 2)
    merges = [(2, c, 3, c) for c in range(len(heads)) if not at <= c < at + 2] + [(2, at, 2, at + 1)]
    return grid([TITLES[form]], [TOP, "单位：万元"], upper, lower, *body_of(form), [SIGNED], merges=merges)


@layout("key_project_monthly")
def title_merged_over_a_two_row_header_in_the_first_rows(form):
    return grid(headers_of(form), *body_of(form), [TOP], [SIGNED], ["单位：万元"], sheet="2024年3月")


@pytest.mark.parametrize("name, form", layout.cases)
def test_layout_reads_as_the_plain_one(name, form):
    layout.reads_as_the_plain_one(name, form)


@pytest.mark.parametrize("span", ["1-3月", "1—3月", "1～3月", "１－３月", "1至3月", "截至3月"])
def test_header_of_the_year_to_date(span):
    heads = [span + "完成投资" if h == "本年累计完成投资" else h for h in headers_of("key_project_monthly")]
    found = read(grid([TITLES["key_project_monthly"]], [TOP, "单位：万元"], heads, *body_of("key_project_monthly"), [SIGNED]))
    assert rules(found) == []
    assert values(found[0])[0]["completed_ytd"] == 333


@pytest.mark.parametrize("span", ["1-2月", "1—2月", "截至2月"])
def test_header_of_last_month_is_left_over(span):
    heads = [span + "完成投资" if h == "本年累计完成投资" else h for h in headers_of("key_project_monthly")]
    found = read(grid([TITLES["key_project_monthly"]], [TOP, "单位：万元"], heads, *body_of("key_project_monthly"), [SIGNED]))
    assert rules(found) == ["F23"]
