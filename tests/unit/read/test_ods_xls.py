"""ods and xls give the same kind of grid as xlsx."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from etl.model import Unreadable
from etl.read import open_book
from etl.read.cells import serial_to_date
from etl.read.formats import kind_of
from tests.fixtures.workbooks import ods


def cell(value: str, kind: str = "float", shown: str = "", **more) -> str:
    extra = "".join(f' table:{key.replace("_", "-")}="{text}"' for key, text in more.items())
    given = {"date": f'office:date-value="{value}"', "string": ""}.get(kind, f'office:value="{value}"')
    return (f'<table:table-cell office:value-type="{kind}" {given}{extra}>'
            f"<text:p>{shown or value}</text:p></table:table-cell>")


def test_an_ods_sheet_with_repeats_percents_dates_errors_and_hidden_places(tmp_path):
    path = ods(tmp_path / "a.ods", (
        '<table:table table:name="月报" table:style-name="ta1"><table:table-column/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        "<table:table-row>" + cell("标题", "string", number_columns_spanned="3", number_rows_spanned="1")
        + '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2" table:visibility="filter">' + cell("1.50")
        + cell("0.85", "percentage", "85%") + cell("2024-03-15", "date") + "</table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        + cell("0", "float", "#REF!", formula="of:=1") + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048572"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'))
    (grid,) = open_book(path).grids
    line = [Decimal("1.50"), Decimal("0.85"), date(2024, 3, 15)]
    assert grid.rows == [["标题"], line, line, [None, None, None]]
    assert (grid.sheet, grid.visible, grid.merges) == ("月报", True, ((0, 0, 0, 2),))
    assert grid.percents == {(1, 1), (2, 1)} and grid.errors == {(3, 2): "#REF!"}
    assert (grid.hidden_rows, grid.hidden_cols) == ({1, 2}, {1, 2})


def test_ods_text_keeps_its_lines_and_leaves_comments_out(tmp_path):
    path = ods(tmp_path / "a.ods", '<table:table table:name="a"><table:table-row><table:table-cell '
               'office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>一'
               "<text:s text:c=\"2\"/>二</text:p><text:p>三</text:p></table:table-cell></table:table-row></table:table>")
    assert open_book(path).grids[0].rows == [["一  二\n三"]]


@pytest.mark.parametrize("body", [
    "<table:table-row><table:table-cell>" + cell("1") + "</table:table-cell></table:table-row>",      # a cell within a cell
    cell("1") + "<table:table-row>" + cell("2") + "</table:table-row>",                               # before any row
    "<table:table-row>" + cell("2") + "</table:table-row>" + cell("3"),                               # between the rows
])
def test_cells_out_of_place_in_an_ods_are_damage_and_never_lost(tmp_path, body):
    with pytest.raises(Unreadable):
        open_book(ods(tmp_path / "a.ods", f'<table:table table:name="a">{body}</table:table>'))


def test_a_hidden_ods_sheet_is_told(tmp_path):
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    path = ods(tmp_path / "a.ods", '<table:table table:name="a" table:style-name="ta2"/>', automatic_styles=style)
    assert not open_book(path).grids[0].visible


def test_damaged_xls_is_refused_without_a_traceback(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600))
    with pytest.raises(Unreadable, match="损坏"):
        open_book(path)


@pytest.mark.parametrize("code, kind", [
    ("0.00%", "percent"), ('yyyy"年"m"月"', "date"), ("[$-804]yyyy年m月d日", "date"), ("[h]:mm", "duration"),
    ('0.0"万元"', ""), ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", ""), ("General", ""), ("0.00E+00", ""), ('0"%"', "")])
def test_number_formats_are_told_apart(code, kind):
    assert kind_of(code) == kind


@pytest.mark.parametrize("serial, day", [
    (1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1)), (45366, date(2024, 3, 15)),
    (45366.5, datetime(2024, 3, 15, 12)), (45365.999999999, date(2024, 3, 15)), (0.5, "12:00:00")])
def test_serials_are_days_as_excel_counts_them(serial, day):
    assert serial_to_date(serial) == day


@pytest.mark.parametrize("serial", [0, -1, 60, 60.5, 2958466, float("nan")])
def test_serials_that_are_no_day_are_refused(serial):
    with pytest.raises(ValueError, match=str(serial)):
        serial_to_date(serial)


@pytest.mark.parametrize("inside, text", [
    ("一<text:s/>二", "一 二"), ('一<text:s text:c="3"/>二', "一   二"), ('一<text:s text:c="x"/>二', "一 二"), ('一<text:s text:c="0"/>二', "一 二"),
    (f'一<text:s text:c="{"9" * 19}"/>二', "一" + " " * 1000 + "二"), (f'一<text:s text:c="{"9" * 20}"/>二', "一 二"),
    ("一<text:tab/>二", "一\t二"), ("一<text:line-break/>二", "一\n二"), ("一<text:span>二</text:span>三", "一二三"),
])
def test_spaces_tabs_and_breaks_within_an_ods_text(tmp_path, inside, text):
    path = ods(tmp_path / "a.ods", '<table:table table:name="a"><table:table-row><table:table-cell office:value-type="string">'
               f"<text:p>{inside}</text:p></table:table-cell></table:table-row></table:table>")
    assert open_book(path).grids[0].rows == [[text]]
