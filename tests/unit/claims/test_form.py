"""The small form: columns under their Chinese or English names, in CSV or a workbook, and what comes out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from etl import claims
from etl.mistakes import Mistake

HERE = Path(__file__).parent
HEADER = ["编号", "表述", "所列数字", "算法", "上报结果", "结果单位", "其他口径"]
ROWS = [
    ["1", "年度投资完成率", "a=3.48 亿元; b=3.46 亿元", "ratio_pct: 100*a/b", "100.6", "%", None],
    ["2", "净增与增幅", "a=3.48 亿元; i=8408 万元", "growth_from_increment: 100*i/(a*10000-i)", "32.1", "%", None],
    ["3", "到位率", "a=334.67 万元; b=861.46 万元; c=985 万元!", "ratio_pct: 100*a/b", "33.98", "%", "initial: 100*a/c"],
]


@pytest.fixture(params=["csv", "gbk", "xlsx"])
def form(request, tmp_path):
    if request.param == "xlsx":
        import xlsxwriter

        path = tmp_path / "claims.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("数字核对")
            sheet.write(0, 0, "全县讲话数字核对表")
            for number, row in enumerate([HEADER, *ROWS], 2):
                for place, value in enumerate(row):
                    sheet.write(number, place, float(value) if place == 4 and number > 2 else value)
        return path
    path = tmp_path / "claims.csv"
    with path.open("w", encoding="gb18030" if request.param == "gbk" else "utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADER, *ROWS])
    return path


def test_the_form_is_read_in_every_format(form):
    rows = claims.read_claims(form)
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert [v.verdict for v in claims.check_claims(rows)] == ["agree", "disagree", "conflict"]


def test_every_format_says_the_same_and_the_exit_code_tells_of_trouble(form):
    told = {}
    for format in ("text", "csv", "jsonl"):
        out = io.StringIO()
        assert claims.report_claims([form], out, format) == 1
        told[format] = out.getvalue()
    assert "共 3 条：相符 1，不符 1，口径不一 1，原文残缺 0，算得 0。" in told["text"]
    records = [json.loads(line) for line in told["jsonl"].splitlines()]
    assert records == list(csv.DictReader(io.StringIO(told["csv"])))
    assert [r["verdict"] for r in records] == ["agree", "disagree", "conflict"]
    assert records[1]["recomputed"] == "31.8581 % [31.7954, 31.9211]"


def test_the_published_list_is_itself_such_a_form():
    out = io.StringIO()
    claims.report_claims([HERE / "identities.csv"], out, "csv")
    with (HERE / "identities.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [row["verdict"] for row in csv.DictReader(file)]
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(out.getvalue()))] == listed


def test_a_file_without_the_columns_is_refused_with_their_names(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("项目,金额\n甲,1\n", encoding="utf-8")
    with pytest.raises(Mistake, match="所列数字、算法、上报结果"):
        claims.read_claims(path)


def test_a_row_without_number_is_named_by_its_place(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("所列数字,算法,上报结果\na=1 个; b=2 个,sum: a+b,3 个\n,,\na=1 个; b=2 个,sum: a+b,4 个\n", encoding="utf-8")
    assert [row["id"] for row in claims.read_claims(path)] == ["A2", "A4"]


def test_all_agreeing_claims_end_in_zero(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("所列数字,算法,上报结果\na=1 个; b=2 个,sum: a+b,3 个\n", encoding="utf-8")
    assert claims.report_claims([path], io.StringIO()) == 0


def test_an_unknown_format_is_a_mistake(tmp_path):
    with pytest.raises(Mistake):
        claims.report_claims([], io.StringIO(), "xml")


def test_a_statement_cannot_act_on_a_spreadsheet_or_a_terminal(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text('表述,所列数字,算法,上报结果\n"=HYPERLINK(""x"")\x1b[31m",a=1 个; b=2 个,sum: a+b,3 个\n', encoding="utf-8")
    table, text = io.StringIO(), io.StringIO()
    claims.report_claims([path], table, "csv")
    claims.report_claims([path], text, "text")
    assert next(csv.DictReader(io.StringIO(table.getvalue())))["statement"].startswith("'=") and "\x1b" not in text.getvalue()


def test_a_row_that_is_not_understood_is_named_and_the_others_are_judged(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("编号,所列数字,算法,上报结果\n甲,a=1 个; b=2 个,assess: a ~~> b,相等\n乙,a=1 个; b=2 个,sum: a+b,3 个\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(Mistake, match=r"claims.csv 第 2 行（编号 甲）：.*“a ~~> b”看不懂。请写成") as raised:
        claims.report_claims([path], out, "jsonl")
    assert [json.loads(line)["verdict"] for line in out.getvalue().splitlines()] == ["", "agree"]
    assert "1 rows were not understood" in raised.value.said("en")


def test_a_negative_number_is_a_number_in_csv(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("所列数字,算法,上报结果\nr=25 %; m=4 月,time_gap_pp: r-100*m/12,-8.3333 pp\n", encoding="utf-8")
    out = io.StringIO()
    claims.report_claims([path], out, "csv")
    [row] = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["point"], row["recomputed"], row["reported"]) == ("-8.3333333333", "-8.3333 pp [-8.8333, -7.8333]", "-8.3333 pp")


HEAD = "编号,表述,所列数字,算法,上报结果\n"
GOOD = "1,x,a=1 个; b=2 个,sum: a+b,3 个\n"


@pytest.mark.parametrize("text, said", [
    (HEAD + GOOD + '2,"没有收尾,a=1 个; b=2 个,sum: a+b,3 个\n' + GOOD, "第 3 行的英文引号没有配对"),
    (HEAD + '2,x,a=1 个; b=2 个,sum: a+b,"3"个\n', "第 2 行的英文引号没有配对"),
    (HEAD + GOOD + "2,x,a=1 个; b=2 个,sum: a+b\n" + GOOD, "第 3 行 4 格"),
    (HEAD + GOOD + "\n2,x,a=1 个; b=2 个,sum: a+b,1,005 个\n", "第 4 行 6 格"),
    (HEAD, "只有表头（第 1 行）"),
    ("全县数字核对表\n" + HEAD + ",,,,\n", "只有表头（第 2 行）"),
])
def test_a_torn_form_is_named_by_its_line(tmp_path, text, said):
    path = tmp_path / "claims.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Mistake, match=said) as raised:
        claims.read_claims(path)
    assert "claims.csv" in str(raised.value)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_header_decides_the_delimiter(tmp_path, delimiter):
    path = tmp_path / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEADER, *ROWS])
    assert [row["inputs"] for row in claims.read_claims(path)] == [row[2] for row in ROWS]


def test_empty_cells_behind_the_last_column_are_no_columns(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(HEAD + GOOD.strip() + ",,\n", encoding="utf-8")
    assert len(claims.read_claims(path)) == 1


@pytest.mark.parametrize("reported, verdict", [("30000", "agree"), ("3", "disagree")])
def test_the_header_may_name_the_unit_of_the_results(tmp_path, reported, verdict):
    path = tmp_path / "claims.csv"
    path.write_text(f"所列数字,算法,上报结果（万元）\na=1 亿元!; b=2 亿元!,sum: a+b,{reported}\n", encoding="utf-8")
    assert claims.check_claims(claims.read_claims(path))[0].verdict == verdict
