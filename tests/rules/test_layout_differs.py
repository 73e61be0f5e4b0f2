# ruff: noqa: C408  (cells read better as dict(column=text))
"""F52 in words: what differs from the layout of the last version that counts, and what is no difference."""

from __future__ import annotations

import pytest

from tests.fixtures.submissions import judged, sheet

pytestmark = pytest.mark.slow

KP = "key_project_monthly"
BEFORE = "项目代码 项目名称 建设单位 项目级别 备注"


def told(now: str, before: str = BEFORE, **given) -> list[tuple[str | None, str | None]]:
    found = judged(KP, sheet(dict(), period="2024-02", layout=before), sheet(dict(), layout=now, **given), rules={"F52"}, night=True).issues
    return [(i.value, i.expected) for i in found]


@pytest.mark.parametrize("now, said", [
    ("项目代码 项目名称 主管领导 建设单位 项目级别 备注", "多出一列“主管领导”（C列）"),
    ("项目代码 项目名称 项目级别 备注", "少了一列“建设单位”（原在C列）"),
    ("项目代码 项目名称 项目级别 备注 建设单位", "“建设单位”从C列移到E列"),
    ("建设单位 项目代码 项目代码", "少了一列“项目名称”（原在B列）、“项目级别”（原在D列）、“备注”（原在E列）；“建设单位”从C列移到A列"),
    ("建设单位 项目代码 项目名称 项目级别", "少了一列“备注”（原在E列）；“建设单位”从C列移到A列"),
    ("备注 项目代码 项目名称 项目等次 建设单位 审批人",
     "多出一列“项目等次”（D列）、“审批人”（F列）；少了一列“项目级别”（原在D列）；“备注”从E列移到A列"),
])
def test_tells_what_is_new_missing_and_moved(now, said):
    assert told(now) == [(said, "2024-02")]


@pytest.mark.parametrize("now, before", [
    (BEFORE, BEFORE),
    ("项目代码 项目名称 业主单位 项目级别 备注", BEFORE),                 # another word for the same column
    (f"{BEFORE} (审批人)", BEFORE),                                     # nothing stands under it
    (BEFORE, f"{BEFORE} (审批人)"),
    (f"{BEFORE} 审批人", f"{BEFORE} (审批人)"),                          # it was there, and is filled in now
    (BEFORE, ""),                                                       # how it was laid out is not known
    ("", BEFORE),                                                       # a nil report without a table
])
def test_says_nothing_of_a_layout_that_is_the_same(now, before):
    assert told(now, before) == []


def test_another_unit_and_a_later_month_are_no_measure():
    assert told(f"{BEFORE} 审批人", unit="t02") == []
    assert told(BEFORE, f"{BEFORE} 审批人", period="2024-01") == [("多出一列“审批人”（F列）", "2024-01")]


def test_a_column_read_by_a_taught_header_is_the_one_that_was_unknown_before():
    assert told("项目代码 项目名称 等次=项目级别", "项目代码 项目名称 等次") == []


def test_many_columns_are_counted():
    [(said, _)] = told(" ".join([BEFORE, *(f"甲{n}" for n in range(8))]))
    assert said.endswith("“甲5”（K列）等8列")


def test_it_comes_before_the_issues_of_cells():
    found = judged(KP, sheet(dict(), period="2024-02", layout=BEFORE), sheet(dict(completed_month="-1"), layout=f"{BEFORE} 审批人"), night=True).issues
    mine = [i for i in found if i.submission_id.endswith("2024-03")]
    rules, rows = [i.rule for i in mine], [i.row for i in mine]
    assert "F52" in rules and rows[rules.index("F52"):].count(None) < len(rows) - rules.index("F52")
    assert not any(rows[:rules.index("F52")])
