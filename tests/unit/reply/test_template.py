"""A template that is filled in properly reads back as what was filled in, and passes without an issue."""

import os
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from etl.desk.check import judge_files, understand_files
from etl.forms.contract import load_forms
from etl.mistakes import Mistake
from etl.model import Book
from etl.read.workbook import open_book
from etl.reply.stamp import Stamp, stamp_in, stamp_of
from etl.reply.template import SIGN_OFF, make_template
from etl.settings import given
from etl.site.load import load_site
from tests.fixtures.places import ROOT
from tests.fixtures.sheets import grid

pytestmark = pytest.mark.slow

FORMS = load_forms(ROOT / "expectations")
SITE = load_site(ROOT / "data/sample/site")
UNIT, NAME = "zjj", "县住建局"
ON_TIME = datetime(2024, 1, 31, tzinfo=UTC).timestamp()
PERIOD = {"monthly": "2024-01", "quarterly": "2024-Q1", "yearly": "2023"}

FILLED = {
    "key_project_monthly": [{
        "project_code": "2302-530330-48-01-516539", "project_name": "石桥乡卫生院业务用房", "builder_name": "云岭县民生保障建设有限公司",
        "builder_uscc": "91530330MAQHHJAG9X", "responsible_unit": NAME, "township": "石桥乡", "level": "县重点",
        "category": "民生", "construction_nature": "新建", "total_investment": 4500, "annual_plan": 2700,
        "completed_month": 111, "completed_ytd": 111, "completed_since_start": 459, "completion_rate_reported": 4.11,
        "planned_start_date": date(2023, 10, 9), "actual_start_date": date(2023, 10, 23), "planned_finish_date": "2025年10月",
        "started": "是", "stage": "在建", "progress_text": "基础完成八成，1月末形象进度10.2%", "lead_official": "张某",
    }],
    "investment_monthly": [{
        "project_name": "绿色建材加工", "investor_name": "浙江某建材有限公司", "investor_uscc": "91440106MA1FRN977B",
        "investor_origin": "浙江省", "industry": "建材", "introducing_unit": NAME, "is_continuing": "新引进", "stage": "签约",
        "signed_date": date(2024, 1, 10), "contracted_amount": 12000, "fixed_asset_amount": 9000, "arrived_month": 310.5,
        "arrived_ytd": 310.5, "arrived_since_signing": 310.5, "arrived_ytd_out_of_province": 310.5,
        "evidence_type": "银行进账单", "evidence_no": "20240115001", "land_area_mu": 35.2,
        "park": "经济开发区", "last_contact_date": date(2024, 1, 20), "lead_official": "张某",
    }],
    "budget_execution_monthly": [{
        "unit_name": NAME, "function_code": "2120101", "fund_nature": "一般公共预算", "budget_item": "环卫一体化服务费",
        "budget_initial": 534.5, "budget_adjusted": 534.5, "spent_month": 44.37, "spent_ytd": 44.37, "execution_rate_reported": 8.3,
    }],
    "approval_case": [{
        "project_name": "石桥乡卫生院业务用房", "matter": "施工许可", "approving_unit": NAME, "accepted_date": date(2024, 1, 8),
        "promised_days": 7, "excluded_days": 0, "decided_date": date(2024, 1, 12), "document_no": "云建许〔2024〕3号",
    }],
    "rectification": [{
        "problem_no": "SJ-2024-001", "source": "审计", "problem_text": "工程款超进度支付38万元", "amount": 38, "responsible_unit": NAME,
        "measure": "收回超付款项，修订支付办法", "due_date": date(2024, 6, 30), "status": "推进中",
    }],
    "site_visit": [{
        "project_name": "石桥乡卫生院业务用房", "visited_unit": "石桥乡", "visit_date": date(2024, 1, 25), "visitor": "王某", "item": "完成投资",
        "reported": "本年完成111万元", "found": "基础完成，监理月报列98万元", "confirmed_amount": 98, "confirmed_stage": "在建", "agreement": "不一致",
    }],
    "ex_ante_evaluation": [{
        "programme_name": "环卫一体化服务费", "competent_department": NAME, "implementing_unit": NAME, "requested_amount": 534.5, "aspect": aspect,
        "weight": 20, "score": score, "grounds": "可行性研究报告", "conclusion": "通过", "evaluator": "县财政局", "evaluation_date": date(2022, 11, 20),
    } for aspect, score in (("立项必要性", 18), ("投入经济性", 16), ("绩效目标合理性", 17), ("实施方案可行性", 18), ("筹资合规性", 20))],
    "project_funding": [{
        "project_name": "石桥乡卫生院业务用房", "builder_name": NAME, "total_investment": 860, "fund_source": source, "planned_total": planned,
        "planned_year": planned, "arrived_month": month, "arrived_ytd": month, "arrived_total": month,
    } for source, planned, month in (("省市资金", 600, 120), ("县级财政资金", 260, 0))],
    "landed_result": [{
        "enterprise_name": "绿色建材有限公司", "enterprise_uscc": "91440106MA1FRN977B", "project_name": "绿色建材加工", "township": "石桥乡",
        "production_date": date(2022, 6, 18), "land_mu": 35.2, "promised_output": 9000, "promised_tax": 320, "promised_jobs": 120,
        "output_quarter": 2450.5, "output_ytd": 2450.5, "tax_quarter": 81.3, "tax_ytd": 81.3, "jobs": 118, "local_jobs": 90, "tax_per_mu_reported": 2.31,
    }],
    "project_milestone": [{
        "project_name": "石桥乡卫生院业务用房", "builder_name": NAME, "node": "基础验收", "planned_start_date": date(2023, 12, 1),
        "planned_date": date(2024, 1, 20), "actual_date": date(2024, 1, 18), "quantity_unit": "立方米", "planned_quantity": 420, "done_quantity": 420,
        "responsible_unit": NAME, "responsible_person": "张某", "lead_official": "王某",
    }],
    "project_problem": [{
        "problem_no": "YS-2024-001", "project_name": "石桥乡卫生院业务用房", "problem_type": "配套", "problem_text": "用地红线内10千伏线路没有迁改",
        "help_level": "县级", "help_wanted": "请县供电公司2月底前迁改", "responsible_unit": NAME, "responsible_person": "张某",
        "raised_date": date(2024, 1, 9), "due_date": date(2024, 2, 29), "handling": "办理中",
    }],
    "annual_target": [{
        "department": NAME, "indicator": "固定资产投资", "year": 2023, "target_value": 3.5, "target_unit": "亿元",
        "issued_date": date(2023, 1, 20), "document_no": "云政发〔2023〕2号",
    }],
    "performance_self_evaluation": [{
        "indicator_level1": one, "indicator_level2": two, "indicator_level3": three, "comparator": "≥", "target_value": target,
        "indicator_unit": unit, "actual_value": actual, "weight": weight, "self_score": score, "deviation_reason": reason,
    } for one, two, three, target, unit, actual, weight, score, reason in (
        ("产出", "数量指标", "道路养护里程", "124", "公里", "136", 50, 50, None),
        ("效益", "生态效益指标", "绿化覆盖率提升", "2", "%", "2", 30, 30, None),
        ("满意度", "服务对象满意度指标", "服务对象满意度", "90", "%", "85.5", 10, 9.5, "投诉处理不及时，已增派人员"),
    )],
}
ABOVE = {               # head and money block of the self-evaluation, by label and by column header
    "项目名称*": "环卫一体化服务费", "主管部门*": NAME, "实施单位*": NAME,
    "年初预算数*": (534.5, 534.5, 0), "全年预算数*": (534.5, 534.5, 0), "全年执行数*": (498.37, 498.37, 0), "执行率（%）": (93.24,),
    "分值*": (10,), "得分*": (9.32,),
}


def fill(path, form):
    """Write the examples into a template as a clerk does: below each header, beside each label."""
    book = load_workbook(path)
    sheet = book[book.sheetnames[0]]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    columns = [c for c in form.columns if c.block == "table" and not c.support]
    head = max(n for n, row in enumerate(rows) if any(isinstance(v, str) and v.startswith(columns[0].header) for v in row))
    for n, line in enumerate(FILLED[form.form], start=head + 2):
        for col, column in enumerate(columns, start=1):
            if column.name in line:
                sheet.cell(n, col).value = line[column.name]
    for n, row in enumerate(rows):
        for col, text in enumerate(row):
            if text in SIGN_OFF:
                sheet.cell(n + 1, col + 2).value = "2024年2月1日" if "日期" in text else "张某"
            if text in ABOVE and n < head and form.layout == "blocks":
                value = ABOVE[text]
                if isinstance(value, str):
                    area = next((m for m in sheet.merged_cells.ranges if sheet.cell(n + 1, col + 1).coordinate in m), None)
                    sheet.cell(n + 1, (area.max_col if area else col + 1) + 1).value = value
                else:
                    for down, figure in enumerate(value, start=2):
                        sheet.cell(n + down, col + 1).value = figure
    book.save(path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """All templates, filled in, under the names that they are handed out with."""
    folder = tmp_path_factory.mktemp("inbox") / NAME
    folder.mkdir()
    paths = {}
    for name, form in FORMS.items():
        period = PERIOD[form.cadence]
        path = folder / f"{NAME}{period}{form.name}.xlsx"
        path.write_bytes(make_template(form, UNIT, period, SITE))
        fill(path, form)
        os.utime(path, (ON_TIME, ON_TIME))
        paths[name] = path
    return paths


@pytest.fixture(scope="module")
def readings(filled):
    settings = given(site=SITE.folder)
    return {r.submission.form: r for of_file in understand_files(list(filled.values()), settings, SITE) for r in of_file}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_filled_template_reads_back_as_what_was_filled_in(form, readings):
    reading = readings[form]
    assert reading.findings == () and len(reading.lines) == len(FILLED[form])
    assert (reading.submission.unit, reading.submission.period) == (UNIT, PERIOD[FORMS[form].cadence])
    for n, line in enumerate(FILLED[form]):
        for name, value in line.items():
            got = reading.lines.columns[name].value[n]
            if isinstance(value, int | float):
                assert Decimal(got) == Decimal(str(value)), name
            elif value == "2025年10月":
                assert got == date(2025, 10, 31)
            else:
                assert got == value, name


def test_the_blocks_above_a_self_evaluation_are_read_too(readings):
    columns = readings["performance_self_evaluation"].lines.columns
    got = {name: columns[name].value[0] for name in ("programme_name", "implementing_unit", "budget_initial_fiscal",
                                                     "budget_executed", "execution_rate_reported", "execution_score")}
    assert list(map(str, got.values())) == ["环卫一体化服务费", NAME, "534.5", "498.37", "93.24", "9.32"]


def test_filled_templates_pass_the_check_without_an_issue(filled):
    judged = judge_files(list(filled.values()), given(site=SITE.folder), SITE, "zh")
    assert {(s.form, v, i.rule, i.cell) for s, v, issues in judged for i in issues} == set()
    assert {v for _, v, _ in judged} == {"accepted"} and len(judged) == len(FORMS)


def test_the_stamp_survives_the_clerks_office_and_names_form_version_unit_and_period(filled):
    form = FORMS["key_project_monthly"]
    assert stamp_in(open_book(filled[form.form])) == stamp_of(form, UNIT, "2024-01") == Stamp(
        form.form, stamp_of(form, UNIT, "2024-01").version, UNIT, "2024-01")
    assert stamp_in(Book("csv", (grid(["luodi"]),))) is None


def sheet_of(content, tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    book = load_workbook(path)
    return book, book[book.sheetnames[0]]


def test_labels_are_locked_cells_are_open_and_lists_are_offered(tmp_path):
    book, sheet = sheet_of(make_template(FORMS["key_project_monthly"], UNIT, "2024-03", SITE), tmp_path)
    assert sheet["A1"].value == "云岭县2024年3月重点项目月报表" and sheet["A2"].value == f"填报单位：{NAME}"
    header = {sheet.cell(3, c).value: get_column_letter(c) for c in range(1, sheet.max_column + 1)}
    assert sheet.protection.sheet and sheet["A3"].protection.locked and not sheet["A4"].protection.locked
    assert sheet["A4"].number_format == "@" and book[book.sheetnames[1]].sheet_state == "veryHidden"
    asked = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    stage = asked[f"{header['项目阶段*']}4"]
    listed = [c[0].value for c in book["luodi"][stage.formula1.lstrip("=").split("!")[1]]]
    assert listed == list(FORMS["key_project_monthly"].by_name["stage"].values) and stage.showErrorMessage
    assert "必填" in asked[f"{header['计划总投资*']}4"].prompt and "万元" in asked[f"{header['计划总投资*']}4"].prompt


def test_running_projects_are_carried_over_and_cumulatives_go_on_from_last_month(tmp_path):
    last = [FILLED["key_project_monthly"][0] | {"completed_ytd": Decimal("211.5"), "completed_since_start": Decimal(670)}]
    _, sheet = sheet_of(make_template(FORMS["key_project_monthly"], UNIT, "2024-03", SITE, last), tmp_path)
    row = {sheet.cell(3, c).value.rstrip("*"): sheet.cell(4, c) for c in range(1, sheet.max_column + 1)}
    assert row["项目名称"].value == "石桥乡卫生院业务用房" and row["计划总投资"].value == 4500
    month = row["本月完成投资"].coordinate
    assert row["本年累计完成投资"].value == f"=211.5+{month}" and row["自开工累计完成投资"].value == f"=670+{month}"
    assert [row[h].value for h in ("本月完成投资", "投资完成率（%）", "形象进度")] == [None, None, None]
    _, sheet = sheet_of(make_template(FORMS["key_project_monthly"], UNIT, "2024-01", SITE, last), tmp_path)
    assert sheet[row["本年累计完成投资"].coordinate].value == f"=0+{month}"              # a new year begins


def test_what_was_wrong_last_month_is_marked_where_it_was_and_its_figure_left_out(tmp_path):
    last = [FILLED["key_project_monthly"][0] | {"total_investment": None}, FILLED["key_project_monthly"][0]]
    marks = [{"total_investment": "K4 疑似单位填错。", "": "与第5行是同一条记录。"}, {}]
    _, sheet = sheet_of(make_template(FORMS["key_project_monthly"], UNIT, "2024-03", SITE, last, marks), tmp_path)
    first, second = ({sheet.cell(3, c).value.rstrip("*"): sheet.cell(row, c) for c in range(1, sheet.max_column + 1)} for row in (4, 5))
    assert first["计划总投资"].value is None and first["计划总投资"].fill.fgColor.rgb == "FFFFE699"
    assert "疑似单位填错" in first["计划总投资"].comment.text and first["计划总投资"].comment.text.startswith("————")
    assert "同一条记录" in first["项目代码"].comment.text and first["项目代码"].value == second["项目代码"].value
    assert first["项目名称"].value and first["项目名称"].comment is None
    assert not [c for c in second.values() if c.comment]


def test_townships_are_offered_where_townships_belong(tmp_path):
    book, sheet = sheet_of(make_template(FORMS["key_project_monthly"], UNIT, "2024-03", SITE), tmp_path)
    header = {sheet.cell(3, c).value.rstrip("*"): sheet.cell(3, c).column_letter for c in range(1, sheet.max_column + 1)}
    asked = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    def offered(name):
        return [c[0].value for c in book["luodi"][asked[f"{header[name]}4"].formula1.lstrip("=").split("!")[1]]]
    kinds = {u.name: u.kind for u in SITE.units}
    assert set(offered("责任单位")) == set(kinds)
    assert {kinds[name] for name in offered("所属乡镇")} <= {"town", "township", "park"} and offered("所属乡镇")


def test_the_same_template_has_the_same_bytes():
    form = FORMS["investment_monthly"]
    assert make_template(form, UNIT, "2024-03", SITE) == make_template(form, UNIT, "2024-03", SITE)


@pytest.mark.parametrize("unit, period, said", [("nobody", "2024-03", "没有单位代码"), (UNIT, "2024", "所属期不能是"), (UNIT, "2024-13", "所属期不能是")])
def test_a_wrong_unit_or_period_is_said(unit, period, said):
    with pytest.raises(Mistake, match=said):
        make_template(FORMS["key_project_monthly"], unit, period, SITE)


def test_an_empty_template_is_no_submission_of_data(tmp_path):
    path = tmp_path / NAME / f"{NAME}2024-03重点项目月报表.xlsx"
    path.parent.mkdir()
    path.write_bytes(make_template(FORMS["key_project_monthly"], UNIT, "2024-03", SITE))
    shutil.copy(path, tmp_path / "copy.xlsx")
    [[reading]] = understand_files([path], given(site=SITE.folder), SITE)
    assert [f.rule for f in reading.findings] == ["F25"]
