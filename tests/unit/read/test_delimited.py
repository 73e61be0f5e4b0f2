"""Delimited text: encodings and delimiters by evidence, refusal with the line where it would take a guess."""

import pytest

from etl.model import Unreadable
from etl.read import open_book
from etl.read.delimited import is_plausible

TABLE = [["项目名称", "总投资（万元）", "备注"], ["污水处理厂改造", "1234.50", "含,逗号"], ["产业园，二期", "00800", None]]


def text(delimiter: str = ",", end: str = "\r\n") -> str:
    quoted = [[f'"{field}"' if field and delimiter in field else field or "" for field in row] for row in TABLE]
    return "".join(delimiter.join(row) + end for row in quoted)


def read(tmp_path, data: bytes, name: str = "表.csv"):
    path = tmp_path / "0f3a"
    path.write_bytes(data)
    return open_book(path, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_every_encoding_and_delimiter_of_the_inbox(encoding, delimiter, tmp_path):
    book = read(tmp_path, text(delimiter).encode(encoding))
    assert book.grids[0].rows == TABLE
    assert (book.kind, book.delimiter) == ("csv", delimiter)
    assert book.encoding == {"utf-16-be": "utf-16-be", "utf-16-le": "utf-16-le"}.get(encoding, encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_records_whatever_ends_them(end, tmp_path):
    data = f'单位,说明{end}甲,"两{end}行"{end}{end}乙,一行{end}'.encode()
    assert [row[:1] for row in read(tmp_path, data).grids[0].rows] == [["单位"], ["甲"], [], ["乙"]]


def test_big5_is_not_taken_for_gbk(tmp_path):
    table = "單位,項目名稱,總投資,備註\n交通局,縣道改造工程,1200,按計劃推進\n水務局,河道治理工程,800,進展順利\n"
    book = read(tmp_path, table.encode("big5"))
    assert book.encoding == "big5" and book.grids[0].cell(1, 1) == "縣道改造工程"


def test_traditional_gbk_and_rare_characters_are_read(tmp_path):
    table = "單位名稱,項目名稱,萬元\n龍潭鎮,㙟口村（䶮）道路硬化,12\n龍潭鎮,縣城污水處理廠擴建,13\n"
    assert read(tmp_path, table.encode("gb18030")).encoding == "gb18030"


@pytest.mark.parametrize("data, word", [
    ("部门,金额\n财政部,1\n教育".encode("gbk")[:-1], "半个字"),
    ("部门,金额\n财政部,1\n教育".encode()[:-1], "半个字"),
    ("部门,金额\n财政部,1\n教育部,2\n".encode("utf-16")[:-1], "没有传完整"),
    ("部门,备注\n财政,1\n教育,\"第一条\n第二".encode(), "没有传完整"),
    (b"name;total\nCaf\xe9", "编码认不出来"), ("name,total\nCafé Müller,1\nx,2\n".encode("latin-1"), "第 2 行有乱码"),
    ("部门,金额\n财政局,1\n".encode("gbk") + "教育局,2\n".encode() * 3, ""),
    ("部門,金額\n総務部,100\n支払済み,200\n".encode("shift_jis"), "编码"),
    ("部门,金额\n财政部,100\n".encode() + bytes(4096), "第 3 行"),
    ("部门,金额\n财政\0,1\n".encode(), "第 2 行"),
    ("部门,金额\n财政,1\n\"教育,2\n".encode() + "科技,3\n".encode() * 500, "第 3 行"),
    ('部门,金额\n"财政"局,1\n'.encode(), "第 2 行"),
    ("部门,金额,备注\n财政,1,无\n教育,2,无\n科技,3".encode(), "最后一行"),
])
def test_what_cannot_be_read_without_guessing_is_refused_with_its_line(data, word, tmp_path):
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, data)
    assert refused.value.rule == "F27" and word in refused.value.reason


def test_ragged_notes_below_a_table_are_kept(tmp_path):
    rows = read(tmp_path, "标题\n项目,金额\n甲,1\n注：单位为万元".encode()).grids[0].rows
    assert rows == [["标题"], ["项目", "金额"], ["甲", "1"], ["注：单位为万元"]]


def test_a_table_of_text_may_call_itself_a_workbook_but_prose_may_not(tmp_path):
    assert read(tmp_path, text("\t").encode("gb18030"), "导出.xls").grids[0].rows == TABLE
    with pytest.raises(Unreadable, match="不是表格"):
        read(tmp_path, "邮箱附件过大，报表另送，请查收。\n联系人：某某\n".encode(), "导出.xls")
    assert read(tmp_path, "本月无\n".encode(), "本月.csv").grids[0].rows == [["本月无"]]


def test_a_decimal_comma_does_not_make_columns(tmp_path):
    assert read(tmp_path, "名称;金额\n甲;1,5\n乙;2,5\n".encode()).delimiter == ";"


@pytest.mark.parametrize("char, common", [
    ("啊", True), ("座", True), ("亍", False), ("丐", True), ("一", True), ("籲", True), ("乂", False), ("，", True), ("％", True), ("～", True), ("　", True), ("〟", True),
    ("〠", False), ("｟", False), ("‐", True), ("※", True), ("‼", False), ("㎡", True), ("é", False), ("か", False), ("龥", False),
])
def test_which_characters_are_common_in_an_office(char, common):
    assert is_plausible(char) is common


def test_text_is_plausible_where_at_most_about_one_character_in_seven_is_uncommon():
    assert is_plausible("项" * 17 + "é" * 3) and not is_plausible("项" * 16 + "é" * 3) and is_plausible("abc")
