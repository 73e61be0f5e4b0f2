"""Sheets that no search for headers could read, read by a declared layout: whole, with nothing invented, each cell at its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.fixtures.laid import read
from tests.fixtures.sheets import grid, values


def rows(reading, *names):
    return [tuple(line.get(name) for name in names) for line in values(reading)]


def cells(reading, name):
    return reading.lines.columns[name].cells


# --- progress by ten days: columns of months become lines ------------------------------------------------------------


def ten_days(months, projects, total=True, year=2024, **more):
    """A sheet with five columns a month, its figures counted up so that each tells its place."""
    head = [["序号", "项目名称"], [None, None]]
    for month in months:
        head[0] += [f"{month}月", None, None, None, None]
        head[1] += ["上旬", "中旬", "下旬", "累计", "形象进度"]
    lines, count = [], 0
    for n, name in enumerate(projects, 1):
        line = [n, name]
        for month in months:
            figures = [count + 1, count + 2, count + 3]
            count += 3
            line += [*figures, sum(figures), f"{month}月完成{n}"]
        lines.append(line)
    sums = [None, f"合计（{len(projects)}项）"]
    for c in range(2, len(head[1])):
        column = [line[c] for line in lines]
        sums.append(sum(column) if all(isinstance(v, int) for v in column) else None)
    merges = [(2, 0, 3, 0), (2, 1, 3, 1), *((2, 2 + 5 * i, 2, 6 + 5 * i) for i in range(len(months)))]
    body = [*lines, *([sums] if total else [])]
    return grid([f"县发改局{year}年8月重点项目旬进度"], ["填报单位：县发改局", "单位：万元"], *head, *body, merges=merges, sheet="旬进度", **more)


@pytest.mark.parametrize("months", [(8,), (8, 9), (4, 5, 6, 7, 8, 9)])
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("year, projects", [(2022, ["东湖水厂"]), (2024, ["东湖水厂", "西岭公路", "南山学校"])])
def test_columns_by_month_and_ten_days_become_lines(months, total, year, projects):
    found = read(ten_days(months, projects, total, year), name="县发改局/旬进度.xlsx")
    assert {r.submission.period for r in found.values()} == {f"{year}-08"}
    done = rows(found["ten_day_done"], "project_name", "month", "ten", "done")
    assert len(done) == len(set(done)) == len(projects) * len(months) * 4
    assert done[0] == ("东湖水厂", months[0], "1", 1)
    assert {d[2] for d in done} == {"1", "2", "3", "sum"}
    for name in projects:
        for month in months:
            of = {ten: value for n, m, ten, value in done if (n, m) == (name, month)}
            assert of["sum"] == of["1"] + of["2"] + of["3"]
    words = rows(found["ten_day_words"], "project_name", "month", "progress")
    assert sorted(words) == sorted((p, m, f"{m}月完成{n}") for n, p in enumerate(projects, 1) for m in months)


def test_each_value_has_its_own_cell_and_each_line_its_own_mark():
    done = read(ten_days((8, 9), ["东湖水厂", "西岭公路"]), name="县发改局/2024年8月旬进度.xlsx")["ten_day_done"]
    assert cells(done, "done")[:3] == ["C5", "C6", "D5"]
    assert cells(done, "project_name")[:2] == ["B5", "B6"]
    assert cells(done, "month")[0] == "C3"
    marks = [done.lines.mark(i) for i in range(len(done.lines))]
    assert len(set(marks)) == len(marks)
    assert marks[:3] == ["5C", "6C", "5D"]


def test_a_total_that_is_not_the_sum_of_its_column_is_told_at_its_cell():
    sheet = ten_days((8, 9), ["东湖水厂", "西岭公路"])
    sheet.rows[6][8] += 5
    found = read(sheet, name="县发改局/2024年8月旬进度.xlsx")["ten_day_done"]
    assert [(f.cell, f.value) for f in found.findings if f.rule == "F21"] == [("I7", str(sheet.rows[6][8]))]


def test_a_blank_ten_days_is_no_line_and_a_wrong_figure_is_named_at_its_cell_and_line():
    sheet = ten_days((8,), ["东湖水厂", "西岭公路"], total=False)
    sheet.rows[4][3] = None
    sheet.rows[5][2] = "约百万上下"
    found = read(sheet, name="县发改局/2024年8月旬进度.xlsx")["ten_day_done"]
    assert len(found.lines) == 7
    told = [f for f in found.findings if f.cell == "C6"]
    assert told and {f.line for f in told} == {"6C"}


# --- sources of funds: a row that sums others and gives them its facts ------------------------------------------------


def funding(year, projects):
    lines = []
    for n, (name, sources) in enumerate(projects, 1):
        lines.append([n, name, f"{name}公司", "合计", sum(s[1] for s in sources), sum(s[2] for s in sources), 900 + n, 800 + n])
        lines += [[None, None, None, *source, None, None] for source in sources]
    head = ["序号", "项目名称", "建设单位", "资金来源", f"至{year - 1}年底累计到位", f"{year}年到位", f"{year}年计划完成", f"{year}年实际完成"]
    return grid([f"{year}年8月项目资金来源表"], ["填报单位：县发改局", None, None, "单位：万元"], head, *lines, sheet="资金")


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_row_of_a_project_gives_its_facts_to_its_sources_and_is_no_line(year):
    projects = [("东湖水厂", [("中央预算内资金", 100, 40), ("专项债券", 200, 60), ("自筹", 0, 5)]), ("西岭公路", [("银行贷款", 70, 30)])]
    found = read(funding(year, projects), name=f"县发改局/{year}年8月资金来源.xlsx")["funding"]
    assert rows(found, "project_name", "subject", "source", "paid_before", "paid_year", "year_plan", "year_done") == [
        ("东湖水厂", "东湖水厂公司", "中央预算内资金", 100, 40, 901, 801),
        ("东湖水厂", "东湖水厂公司", "专项债券", 200, 60, 901, 801),
        ("东湖水厂", "东湖水厂公司", "自筹", 0, 5, 901, 801),
        ("西岭公路", "西岭公路公司", "银行贷款", 70, 30, 902, 802),
    ]
    assert cells(found, "project_name") == ["B4", "B4", "B4", "B8"]
    assert found.submission.period == f"{year}-08"


# --- the card of a project: labels, and two tables that run to the right, one block a project --------------------------


def card(projects, below=False, year=2024):
    """One block a project; with `below` the values stand under their labels."""
    lines, merges = [], []
    for name, total, nodes, months in projects:
        lines.append(["云岭县重点项目台账"])
        if below:
            lines += [["项目名称", "项目总投资额（万元）", f"{year}年计划完成投资额（万元）"], [name, total, 100]]
        else:
            lines += [["项目名称", name, "项目总投资额（万元）", total], [f"{year}年计划完成投资额（万元）", 100, None, None]]
        lines.append(["重要节点安排", None, *(n for n, _, _ in nodes)])
        lines.append(["日期", None, *(d for _, d, _ in nodes)])
        lines.append(["责任人", None, *(p for _, _, p in nodes)])
        at = len(lines)
        lines.append(["分月计划", None, *(f"{m}月" if i == 0 else None for m, _ in months for i in range(4))])
        lines.append([None, None, *(t for _ in months for t in ("上旬", "中旬", "下旬", "小计"))])
        lines.append(["计划完成投资额（万元）", None, *(v for _, plan in months for v in (*plan, sum(plan)))])
        lines.append(["实际完成投资额（万元）", None, *(v - 1 for _, plan in months for v in (*plan, sum(plan)))])
        merges += [(at, 0, at + 1, 1), *((at, 2 + 4 * i, at, 5 + 4 * i) for i in range(len(months)))]
        merges += [(r, 0, r, 1) for r in (at - 3, at - 2, at - 1, at + 2, at + 3)]
        lines.append(["项目建设中存在的问题", None, f"{name}征地未完"])
        merges.append((len(lines) - 1, 0, len(lines) - 1, 1))
    return grid(*lines, merges=merges, sheet="台账")


PROJECTS = [
    ("东湖水厂", 5000, [("用地批复", "2024-03-31", "张某"), ("开工", "2024-05-20", "李某")], [(7, (1, 2, 3)), (8, (4, 5, 6))]),
    ("西岭公路", 8000, [("竣工", "2024-12-31", "王某")], [(8, (7, 8, 9))]),
]


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("year", [2023, 2024])
def test_cards_one_below_the_other_are_read_whole(below, year):
    found = read(card(PROJECTS, below, year), name=f"县发改局/{year}年8月项目台账.xlsx")
    assert {r.submission.period for r in found.values()} == {f"{year}-08"}
    nodes = rows(found["project_node"], "project_name", "total_investment", "problem", "node", "person")
    assert nodes == [
        ("东湖水厂", 5000, "东湖水厂征地未完", "用地批复", "张某"), ("东湖水厂", 5000, "东湖水厂征地未完", "开工", "李某"),
        ("西岭公路", 8000, "西岭公路征地未完", "竣工", "王某")]
    plans = rows(found["project_ten_day"], "project_name", "year_plan", "month", "ten", "plan", "done")
    expected = [
        (name, 100, month, ten, value, value - 1)
        for name, _, _, months in PROJECTS
        for month, plan in months
        for ten, value in zip(("1", "2", "3", "sum"), (*plan, sum(plan)))
    ]
    assert plans == [tuple(Decimal(v) if isinstance(v, int) else v for v in line) for line in expected]


def test_the_cells_of_a_turned_table_are_those_of_the_sheet():
    found = read(card(PROJECTS), name="县发改局/2024年8月项目台账.xlsx")
    assert cells(found["project_node"], "node")[:2] == ["C4", "D4"]
    assert cells(found["project_node"], "date")[:2] == ["C5", "D5"]
    assert cells(found["project_node"], "project_name")[:2] == ["B2", "B2"]
    assert cells(found["project_ten_day"], "plan")[:2] == ["C9", "D9"]
    assert [found["project_node"].lines.mark(i) for i in range(3)] == ["4C", "4D", "15C"]


# --- two twin tables, columns by year and half-year, an empty template, unit and period on the cover ------------------


def outputs(*, year=2024, rows=(("道路", 1, 2, 3, 4), ("桥梁", 5, None, 7, 8)), own=(("护栏", 9, 10, 11, 12),), period="2024年二季度"):
    head = [["产出指标", f"{year}年", None, None, None], [None, "上半年", None, "下半年", None], [], [None, "实际", "预计", "实际", "预计"]]
    empty = [["＜请选择＞", 0, 0, 0, 0], [0, None, None, None, None]]
    body = [["标准产出"], *head, *rows, *empty, [], ["说明：指标解释见附件"], ["自选产出"], *head, *own, *empty]
    cover = grid(["季度产出表"], ["项目单位", "白石镇"], ["报告期", period], sheet="封面")
    return cover, grid(*body, sheet="产出")


def test_twin_tables_are_told_apart_by_their_titles_and_placeholders_are_no_lines():
    found = read(*outputs(), name="产出表.xlsx")["output"]
    assert rows(found, "kind", "output", "year", "half", "basis", "amount") == [
        ("standard", "道路", 2024, "1", "actual", 1), ("standard", "桥梁", 2024, "1", "actual", 5),
        ("standard", "道路", 2024, "1", "forecast", 2),
        ("standard", "道路", 2024, "2", "actual", 3), ("standard", "桥梁", 2024, "2", "actual", 7),
        ("standard", "道路", 2024, "2", "forecast", 4), ("standard", "桥梁", 2024, "2", "forecast", 8),
        ("bespoke", "护栏", 2024, "1", "actual", 9), ("bespoke", "护栏", 2024, "1", "forecast", 10),
        ("bespoke", "护栏", 2024, "2", "actual", 11), ("bespoke", "护栏", 2024, "2", "forecast", 12)]


@pytest.mark.parametrize("year", [2022, 2023])
@pytest.mark.parametrize("filled", [(), (("道路", 1, 2, 3, 4),), (("道路", 1, None, None, None), ("桥梁", None, 6, 7, 8), ("涵洞", 0, 0, 0, 9))])
def test_twin_tables_of_other_years_and_fillings_are_read_whole(year, filled):
    """A figure of 0 beside the name of an output is a figure; where all are 0 and no output is named it is the template's."""
    found = read(*outputs(year=year, rows=filled, period=f"{year}年二季度"), name="产出表.xlsx")["output"]
    told = [(output, half, basis, amount) for output, *figures in filled
            for (half, basis), amount in zip((("1", "actual"), ("1", "forecast"), ("2", "actual"), ("2", "forecast")), figures) if amount is not None]
    standard = [line for line in rows(found, "kind", "output", "half", "basis", "amount", "year") if line[0] == "standard"]
    assert sorted(line[1:5] for line in standard) == sorted(told)
    assert {line[5] for line in standard} <= {year} and found.submission.period == f"{year}-Q2"


@pytest.mark.parametrize("period", ["2024年二季度", date(2024, 6, 30)])
def test_unit_and_period_stand_on_the_cover_sheet_alone(period):
    found = read(*outputs(period=period), name="产出表.xlsx")["output"]
    assert (found.submission.unit, found.submission.period) == ("t01", "2024-Q2")


def test_the_answer_below_a_long_question_is_a_table_of_one_line():
    question = "本项目自上次报告以来最重要的进展是什么，遇到了哪些困难，采取了什么措施，需要上级部门帮助解决什么问题，下一步打算怎样推进，" \
        "请用不超过五百字说明，并注明责任人、完成时限和需要协调的部门；没有变化的也请说明原因"
    found = read(grid(["2024年二季度问答"], ["填报单位", "白石镇"], [question], ["主体完工"], ["谢谢"], sheet="问答"), name="问答.xlsx")["answer"]
    assert rows(found, "answer") == [("主体完工",)]


# --- totals that name an area for the lines below, groups with figures, a row of which, notes below -------------------


def areas(year=2024):
    return grid(
        [f"{year}年8月分行业产值表（单位：万元）"], ["填报单位：县发改局"], ["序号", "企业名称", "产值", "职工数", "备注"],
        [None, "全县总计", 100, 10], [None, "白石镇合计2个", 30, 4], ["一", "工业", 30, 4], [1, "甲公司", 10, 1], [2, "乙公司", 20, 3],
        [None, "石桥乡合计2个", 70, 6], ["一", "工业", 40, 2], [3, "丙公司", 40, 2], [None, "出口", None, 1],
        ["二", "农业", 30, 4], [4, "丁公司", 30, 4, "新入库"], ["备注：本表按月报送"], ["产值按现价计算", "见说明", 5], sheet="产值")


@pytest.mark.parametrize("year", [2023, 2024])
def test_totals_and_groups_name_what_the_lines_below_belong_to(year):
    found = read(areas(year), name=f"县发改局/{year}年8月分行业产值.xlsx")["area_output"]
    assert found.submission.period == f"{year}-08"
    assert rows(found, "township", "industry", "owner", "value", "workers", "note") == [
        ("白石镇", "工业", "甲公司", 10, 1, None), ("白石镇", "工业", "乙公司", 20, 3, None),
        ("石桥乡", "工业", "丙公司", 40, 2, None), ("石桥乡", "农业", "丁公司", 30, 4, "新入库")]
    assert cells(found, "township") == ["B5", "B5", "B9", "B9"] and cells(found, "industry") == ["B6", "B6", "B10", "B13"]
    assert [f.rule for f in found.findings if f.rule == "F21"] == []


def test_a_row_that_is_no_line_is_said_at_its_cell():
    found = read(areas(), name="县发改局/2024年8月分行业产值.xlsx")["area_output"]
    assert [(f.cell, f.value) for f in found.findings if f.rule == "F50"] == [("B12", "出口、1")]


def test_a_wrong_subtotal_of_a_group_is_told():
    sheet = areas()
    sheet.rows[5][2] = 35
    found = read(sheet, name="县发改局/2024年8月分行业产值.xlsx")["area_output"]
    assert [f.cell for f in found.findings if f.rule == "F21"] == ["C6"]


def test_a_blank_cell_of_a_column_that_is_carried_down_means_the_value_above():
    sheet = grid(["2024年8月村产值表（单位：万元）"], ["填报单位：县发改局"], ["乡镇", "村", "产值"],
                 [None, "无名村", 1], ["白石镇"], [None, "东村", 2], [None, "西村", 3], ["石桥乡", "南村", 4], [None, "北村", 5])
    found = read(sheet, name="县发改局/2024年8月村产值.xlsx")["village_output"]
    assert rows(found, "township", "village", "value") == [
        (None, "无名村", 1), ("白石镇", "东村", 2), ("白石镇", "西村", 3), ("石桥乡", "南村", 4), ("石桥乡", "北村", 5)]
    assert cells(found, "township")[1:] == ["A5", "A5", "A8", "A8"]


# --- evidence checks a declared layout ---------------------------------------------------------------------------------


def test_cells_that_have_not_the_types_of_their_columns_are_said_and_not_read():
    sheet = funding(2024, [("东湖水厂", [("专项债券", 200, 60)])])
    sheet.rows.append([None, None, None, "联系人", "张某", "办公室", None, None])
    found = read(sheet, name="县发改局/2024年8月资金来源.xlsx")["funding"]
    assert len(found.lines) == 1
    assert [f.cell for f in found.findings if f.rule == "F50"] == ["D6"]


def test_a_sheet_that_is_not_laid_out_so_is_read_by_its_headers():
    sheet = grid(["2024年8月资金来源表"], ["填报单位：县发改局", "单位：万元"], ["项目名称", "建设单位", "资金来源", "本年到位"],
                 ["东湖水厂", "甲公司", "自筹", 5], sheet="资金")
    found = read(sheet, name="县发改局/2024年8月资金来源.xlsx")["funding"]
    assert rows(found, "project_name", "source", "paid_year") == [("东湖水厂", "自筹", 5)]


def test_who_signs_below_the_table_is_of_the_cover_and_no_row_that_was_left_out():
    sheet = funding(2024, [("东湖水厂", [("专项债券", 200, 60)])])
    sheet.rows.append(["填报人：", "张某", "审核人：", "李某", None])
    found = read(sheet, name="县发改局/2024年8月资金来源.xlsx")["funding"]
    assert [f.rule for f in found.findings] == [] and len(found.lines) == 1
    assert (found.submission.cover.preparer, found.submission.cover.reviewer) == ("张某", "李某")
