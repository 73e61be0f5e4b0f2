"""The commands as people type them: on the sample's files, from any folder, and with mistakes."""

import csv
import io
import json
import os
import shutil

import pytest

from tests.fixtures.places import EXPECTATIONS, SAMPLE
from tests.fixtures.workbooks import written

pytestmark = pytest.mark.slow

INBOX = SAMPLE / "inbox"
CLEAN = INBOX / "云岭经济开发区/云岭经济开发区2024年1月预算执行情况.xlsx"
FAULTY = INBOX / "县住建局/县住建局2024年1月重点项目月报表.xlsx"
LOCKED = INBOX / "清河镇/招商引资到位资金表2024.01（清河镇）.xlsx"
TWO_FORMS = INBOX / "云峰镇/云峰镇2024年1月报表（重点项目、招商引资）.xlsx"


def test_read_gives_canonical_lines_as_csv(luodi):
    code, out, _ = luodi("read", FAULTY, "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert lines[0]["file"] == "县住建局/县住建局2024年1月重点项目月报表.xlsx"
    assert (lines[0]["sheet"], lines[0]["row"]) == ("Sheet1", "4")
    assert (lines[0]["total_investment"], lines[0]["planned_finish_date"], lines[0]["planned_finish_date_precision"]) == (
        "4500", "2025-10-31", "month")


def test_read_gives_form_unit_and_period_as_jsonl(luodi):
    _, out, _ = luodi("read", TWO_FORMS, "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    assert {(line["form"], line["unit"], line["period"]) for line in lines} == {
        ("key_project_monthly", "t04", "2024-01"), ("investment_monthly", "t04", "2024-01")}


def test_read_writes_a_file_per_form_that_excel_opens(luodi, tmp_path):
    assert luodi("read", TWO_FORMS, "--format", "csv")[0] == 2
    assert luodi("read", TWO_FORMS, "--format", "csv", "-o", "lines")[0] == 0
    assert sorted(p.name for p in (tmp_path / "lines").iterdir()) == ["investment_monthly.csv", "key_project_monthly.csv"]
    assert (tmp_path / "lines/investment_monthly.csv").read_bytes().startswith(b"\xef\xbb\xbffile,sheet,row,")
    code, out, _ = luodi("read", TWO_FORMS, "--format", "csv", "--form", "investment_monthly")
    assert code == 0 and out.startswith("file,sheet,row,")


def test_read_shows_a_table(luodi):
    code, out, _ = luodi("read", FAULTY)
    assert code == 0 and "石桥乡卫生院业务用房建设项目" in out


def test_read_says_by_what_it_knew_unit_form_and_period(luodi):
    _, out, _ = luodi("read", FAULTY)
    assert ("单位 县住建局（依据：文件夹、文件名、A2 填报单位） · 报表 重点项目月报表（依据：文件名、A1 表题、A3 表头） · "
            "所属期 2024-01（依据：文件名、A1 表题、S15 填报日期、S9 数据中最晚的日期）") in out


def test_read_shows_each_piece_of_evidence_and_which_one_contradicts(luodi, tmp_path):
    (tmp_path / "清河镇").mkdir()
    strange = shutil.copy2(FAULTY, tmp_path / "清河镇" / "2024年2月重点项目月报表.xlsx")
    _, out, _ = luodi("read", strange, "--evidence")
    rows = [[part.strip() for part in line.split("│")] for line in out.splitlines() if "│" in line]
    assert ["文件夹", "清河镇", "清河镇", "强", "一致"] in rows
    assert ["A2 填报单位", "县住建局", "县住建局", "强", "不一致"] in rows
    assert ["A3 表头", "认出 26 列（共 26 列）", "重点项目月报表", "强", "一致"] in rows
    assert ["S15 填报日期", "2024年2月1日", "2024-01", "弱", "不一致"] in rows
    assert "单位 清河镇（依据：文件夹；不一致：A2 填报单位“县住建局”）" in out
    _, out, _ = luodi("--lang", "en", "read", strange, "--evidence")
    assert "A3 header" in out and "26 of 26 columns known" in out and "weak" in out


def test_read_says_of_a_workbook_that_is_no_form_what_lay_in_it(luodi, tmp_path):
    path = written(tmp_path / "b.xlsx", [["买菜", "三斤"], ["买米", "十斤"]])
    code, out, complaint = luodi("read", path)
    assert code == 2 and "b.xlsx" in out + complaint and "表头" in out + complaint


def test_evidence_leaves_the_data_alone(luodi):
    for format in ("csv", "jsonl"):
        _, data, _ = luodi("read", FAULTY, "--format", format)
        _, beside, told = luodi("read", FAULTY, "--format", format, "--evidence")
        assert beside == data and "A2 填报单位" in told and "依据" not in data


def test_read_tells_what_lies_in_a_file_without_a_table(luodi, tmp_path):
    (tmp_path / "月报.csv").write_text("今天,天气\n很好,晴\n", encoding="utf-8")
    code, _, complaint = luodi("read", tmp_path / "月报.csv")
    assert code == 2 and "有 2 行，开头是“今天”、“天气”、“很好”、“晴”" in complaint


@pytest.mark.parametrize("name, content, zh, en", [
    ("月报.xlsx", b"%PDF-1.7", "这是 PDF 文件，不是表格。请把原来的 Excel 表报来", "it is a PDF, not a workbook. Send the Excel table itself"),
    ("月报.csv", "今天,天气\n很好,晴\n".encode(), "找不到表头", "No header was found"),
])
def test_read_says_why_there_are_no_lines(luodi, tmp_path, name, content, zh, en):
    (tmp_path / name).write_bytes(content)
    for lang, said in (("zh", zh), ("en", en)):
        code, out, complaint = luodi("--lang", lang, "read", tmp_path / name, "--format", "jsonl")
        assert (code, out) == (2, "") and said in complaint
    code, out, _ = luodi("--lang", "zh", "check", tmp_path / name)
    assert code and zh[:5] in out.replace("\n", "")


@pytest.mark.parametrize("file, code", [(CLEAN, 0), (FAULTY, 1), (LOCKED, 2)])
def test_check_tells_by_its_exit_code(luodi, file, code):
    assert luodi("check", file)[0] == code


def test_check_gives_each_issue_with_its_cell_and_sentence(luodi):
    _, out, _ = luodi("check", FAULTY, "--format", "jsonl")
    issues = [json.loads(line) for line in out.splitlines()]
    [blank] = [i for i in issues if i["rule"] == "F01"]
    assert (blank["severity"], blank["sheet"], blank["cell"], blank["row"], blank["column"]) == (
        "error", "Sheet1", "F7", 7, "responsible_unit")
    assert "F7" in blank["sentence"]
    assert {"value", "expected", "form", "unit", "period"} <= set(blank)


def test_check_judges_a_copy_elsewhere_alike(luodi, tmp_path):
    """The folder of the unit travels along; the site is found beside the inbox or given."""
    (tmp_path / "县住建局").mkdir()
    copy = shutil.copy2(FAULTY, tmp_path / "县住建局")
    os.utime(copy, (1706760000, 1706760000))
    def told(file):
        return [(i["rule"], i["cell"]) for i in map(json.loads, luodi("check", file, "--format", "jsonl", "--site", SAMPLE / "site")[1].splitlines())]
    assert told(copy) == told(FAULTY)


def test_words_from_a_workbook_do_nothing_to_a_terminal(luodi, tmp_path):
    (tmp_path / "县住建局").mkdir()
    hostile = tmp_path / "县住建局" / "县住建局2024年1月重点项目月报表[red].csv"
    hostile.write_text("县住建局2024年1月重点项目月报表\n填报单位：县住建局,单位：万元\n"
                       "序号,项目代码,项目名称,建设单位,责任单位,所属乡镇,项目级别,项目类别,建设性质,计划总投资,本年计划投资,"
                       "本月完成投资,本年累计完成投资,自开工累计完成投资\n"
                       "1,\x1b]0;owned\x07,[bold]甲[/bold],乙,县住建局,石桥乡,县重点,民生,新建,\x1b[31m红,1,1,1,1\n", encoding="utf-8")
    for words in (("check", hostile), ("read", hostile)):
        _, out, err = luodi(*words)
        assert "\x1b" not in out + err and "\x07" not in out + err


@pytest.mark.parametrize("words, says", [
    (("read", "nowhere.xlsx"), "nowhere.xlsx"),
    (("check", "."), "不是普通文件"),
    (("read", FAULTY, "--form", "no_such_form"), "no_such_form"),
    (("check", FAULTY, "--format", "xml"), "jsonl"),
    (("check", FAULTY, "--site", "nowhere"), "--site"),
    (("run", "--inbox", "nowhere"), "nowhere"),
    (("run", "--inbox", INBOX, "--as-of", "tomorrow"), "--as-of"),
    (("status", "--lang", "fr"), "fr"),
])
def test_a_mistake_is_one_sentence_and_exit_code_2(luodi, words, says):
    code, out, err = luodi(*words)
    assert code == 2 and out == ""
    assert says in err and len(err.strip().splitlines()) == 1


def test_english_is_an_option_before_and_after_the_command(luodi):
    assert "No issues" in luodi("--lang", "en", "check", CLEAN)[1]
    assert "No issues" in luodi("check", CLEAN, "--lang", "en")[1]


def test_doctor_examines_and_status_falls_back_on_the_roster(luodi, tmp_path):
    code, out, _ = luodi("doctor", "--inbox", INBOX, "--data", tmp_path / "data", "--lang", "en")
    assert "Python" in out and "fail" not in out.replace("failed", "") and code == 0
    code, out, _ = luodi("status", "--site", SAMPLE / "site", "--data", tmp_path / "data", "--as-of", "2024-02-10")
    assert code == 0 and "未报" in out and "未到期" in out
    code, out, _ = luodi("doctor", "--site", tmp_path, "--data", tmp_path / "data")
    assert code == 1 and "units.csv" in out


def test_doctor_finds_a_scheme_that_would_stop_the_night(luodi, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(SAMPLE / "site", site)
    (site / "schemes").mkdir()
    scheme = (EXPECTATIONS / "schemes/default.yaml").read_text(encoding="utf-8")
    (site / "schemes" / "ours.yaml").write_text(scheme.replace("weight: 25", "weight: 24"), encoding="utf-8")
    code, out, _ = luodi("doctor", "--site", site, "--inbox", INBOX, "--data", tmp_path / "data")
    assert code == 1 and "ours.yaml" in out and "故障" in out


def told(luodi, *words):
    return [json.loads(line) for line in luodi("check", *words, "--format", "jsonl", "--site", SAMPLE / "site")[1].splitlines()]


def test_check_takes_from_the_clerk_what_the_file_does_not_say(luodi, tmp_path):
    bare = shutil.copy2(FAULTY, tmp_path / "报表.xlsx")
    by_name = told(luodi, bare, "--unit", "县住建局", "--period", "2024年1月")
    assert {(i["unit"], i["period"], i["file"]) for i in by_name} == {("zjj", "2024-01", "报表.xlsx")}
    assert "F23" in {i["rule"] for i in told(luodi, bare, "--unit", "县住建局", "--period", "2024年2月")}
    assert luodi("check", bare, "--unit", "县住建")[0] == 2


def test_check_judges_lateness_only_where_it_is_asked_to(luodi, tmp_path):
    (tmp_path / "县住建局").mkdir()
    copy = shutil.copy2(FAULTY, tmp_path / "县住建局")
    assert "F36" not in {i["rule"] for i in told(luodi, copy)}
    assert "F36" in {i["rule"] for i in told(luodi, copy, "--as-of", "2024-03-20")}
    assert "F36" not in {i["rule"] for i in told(luodi, copy, "--as-of", "2024-02-01")}


def test_check_puts_many_issues_of_one_kind_into_one_row(luodi, tmp_path):
    (tmp_path / "县住建局").mkdir()
    many = tmp_path / "县住建局" / "县住建局2024年1月重点项目月报表.csv"
    lines = "".join(f"{n},项目{'甲乙丙丁'[n]},建设单位,县住建局,石桥乡,县重点,民生,新建,1000,100,约{n + 5},0,0\n" for n in range(4))
    many.write_text("县住建局2024年1月重点项目月报表\n填报单位：县住建局,单位：万元\n序号,项目名称,建设单位,责任单位,所属乡镇,项目级别,项目类别,建设性质,"
                    "计划总投资,本年计划投资,本月完成投资,本年累计完成投资,自开工累计完成投资\n" + lines, encoding="utf-8")
    out = luodi("check", many, "--site", SAMPLE / "site")[1]
    assert len([line for line in out.splitlines() if line.startswith("F04")]) == 1
    assert "同类问题共 4 处" in out and "K5、K6、K7" in out
    assert len([line for line in luodi("check", many, "--all", "--site", SAMPLE / "site")[1].splitlines() if line.startswith("F04")]) == 4


@pytest.mark.parametrize("words, says", [
    (("check", FAULTY, "--units", "x"), "没有选项 --units"), (("template",), "缺少参数"), (("template", "重点项目月报表"), "缺少选项 --unit"),
    (("chek",), "没有命令“chek”"), (("check", FAULTY, "--unit"), "后面要写内容"), (("status", "more"), "多写了“more”"),
])
def test_a_wrong_use_is_one_sentence_in_chinese(luodi, words, says):
    code, out, err = luodi(*words)
    assert code == 2 and out == "" and says in err and "--help" in err
    assert not [w for w in ("Usage", "Error", "Missing", "No such", "unexpected") if w in err]


def test_help_is_in_chinese_and_has_an_example(luodi):
    code, out, _ = luodi("check", "--help")
    assert code == 0 and "用法：" in out and "选项：" in out and "例：luodi check" in out
    assert not [w for w in ("Usage", "Options", "Show this", "required") if w in out]


def test_trouble_of_the_machine_is_no_wrong_use(luodi, tmp_path):
    (tmp_path / "file").touch()
    code, _, complaint = luodi("template", "重点项目月报表", "--unit", "县住建局", "--period", "2024年3月", "--site", SAMPLE / "site",
                               "-o", tmp_path / "file" / "空表.xlsx")
    assert code == 1 and complaint.startswith("没有完成：") and "空表.xlsx" in complaint and "Traceback" not in complaint


def test_a_night_that_does_not_fit_says_what_it_needs_and_where_and_writes_nothing(luodi, tmp_path, monkeypatch):
    monkeypatch.setenv("LUODI_NIGHT_MEGABYTES", "1")
    code, out, complaint = luodi("run", "--plain", "--inbox", INBOX, "--site", SAMPLE / "site", "--data", tmp_path / "data", "--as-of", "2024-04-15")
    said = "".join(complaint.split())
    assert (code, out) == (1, "") and "大约需要" in said and str(tmp_path) in said and "只能给1MB" in said and "保持不变" in said
    assert not (tmp_path / "data").exists()
