"""Why a file cannot be read and what its sender can do about it: cause and remedy stand together, in both languages.

What a reader raises is the Chinese text; it travels in a finding's `expected` and is kept, so English is found from it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.model import Unreadable

_AGAIN = "请在自己的电脑上打开检查，没有问题的重新发送，打不开的从原文件另存为 .xlsx 再报"
_AGAIN_EN = "Open it on your own computer; send it again, or save the original anew as .xlsx and send that"
_WHOLE = "请重新发送完整的文件"
_WHOLE_EN = "Send the whole file again"
_TABLE = "请把原来的 Excel 表报来"
_TABLE_EN = "Send the Excel table itself"
_COPY = "请把表格内容复制到一个新的工作簿再报"
_COPY_EN = "Copy the table into a new workbook and send that"
_UTF8 = "请用 Excel 打开，另存为 .xlsx 再报"
_UTF8_EN = "Open it in Excel, save it as .xlsx and send that"

REASONS: dict[str, tuple[str, str]] = {
    # another kind of file
    "pdf": (f"这是 PDF 文件，不是表格。{_TABLE}", f"it is a PDF, not a workbook. {_TABLE_EN}"),
    "ofd": (f"这是 OFD 版式文件，不是表格。{_TABLE}", f"it is an OFD document, not a workbook. {_TABLE_EN}"),
    "picture": (f"这是图片，不是表格。{_TABLE}", f"it is a picture, not a workbook. {_TABLE_EN}"),
    "pasted": (f"表里贴的是图片，没有可以读取的单元格。{_TABLE}", f"it holds a picture instead of cells. {_TABLE_EN}"),
    "archive": ("这是压缩包，不是表格。请解压后把里面的表格逐个报送", "it is an archive. Unpack it and send the workbooks one by one"),
    "word": (f"这是 Word 文档，不是表格。{_TABLE}；只有 Word 表的请填到下发的模板里再报",
             f"it is a Word document, not a workbook. {_TABLE_EN}, or fill in the template"),
    "slides": (f"这是演示文稿，不是表格。{_TABLE}", f"it is a presentation, not a workbook. {_TABLE_EN}"),
    "mail": ("这是邮件，不是表格。请把邮件里的附件（Excel 表）单独存下来再报", "it is an e-mail. Save the workbook attached to it and send that"),
    "web_archive": ("这是单个文件网页（.mht），不是表格。请用 Excel 打开，另存为 .xlsx 再报",
                    "it is a web archive (.mht). Open it in Excel, save it as .xlsx and send that"),
    "web": (f"这是网页，里面没有表格。{_TABLE}", f"it is a web page without a table. {_TABLE_EN}"),
    "xml": (f"这是 XML 文件，但不是表格。{_TABLE}", f"it is XML, but no table. {_TABLE_EN}"),
    "text": ("这是一段文字，不是表格。请把数据填到下发的模板里再报", "it is prose, not a table. Put the data into the template and send that"),
    "office": (f"这是别的 Office 文件，不是表格。{_TABLE}", f"it is another kind of Office file. {_TABLE_EN}"),
    "document": (f"这是文档，不是表格。{_TABLE}", f"it is a document, not a workbook. {_TABLE_EN}"),
    # damaged, cut short
    "empty": (f"文件是空的（0 字节），没有传完整。{_WHOLE}", f"it is empty (0 bytes). {_WHOLE_EN}"),
    "blank": ("文件内没有内容。请检查是否发错了文件", "it holds nothing. Check whether it is the right file"),
    "no_sheets": ("文件内没有工作表。请检查是否发错了文件", "it holds no sheet. Check whether it is the right file"),
    "damaged": (f"文件已损坏或没有传完整，打不开。{_AGAIN}", f"it is damaged or was cut short. {_AGAIN_EN}"),
    "damaged_at": (f"文件已损坏或没有传完整，打不开（{{detail}}）。{_AGAIN}", f"it is damaged or was cut short. {_AGAIN_EN}"),
    "off_sheet": (f"文件内有超出表格范围的单元格（{{cell}}），文件可能已损坏。{_AGAIN}", f"a cell lies off the sheet ({{cell}}). {_AGAIN_EN}"),
    "twice": (f"单元格 {{cell}} 在文件内出现两次且内容不同，文件可能已损坏。{_AGAIN}",
              f"cell {{cell}} stands in it twice with two values. {_AGAIN_EN}"),
    "merges": (f"文件内的合并单元格多得异常，文件可能已损坏。{_COPY}", f"it has too many merged cells. {_COPY_EN}"),
    "overlaps": (f"文件内的合并单元格互相重叠，文件可能已损坏。{_COPY}", f"its merged cells overlap. {_COPY_EN}"),
    "nul": (f"第 {{line}} 行起有空字节，文件没有传完整。{_WHOLE}", f"zero bytes from line {{line}} on: it was cut short. {_WHOLE_EN}"),
    "cut_line": (f"最后一行（第 {{line}} 行）不完整，文件没有传完整。{_WHOLE}", f"its last line ({{line}}) breaks off. {_WHOLE_EN}"),
    "cut_character": (f"文件末尾断在半个字上，没有传完整。{_WHOLE}", f"it breaks off in the middle of a character. {_WHOLE_EN}"),
    "quotes": (f"第 {{line}} 行的引号没有配对，分不清一行到哪里为止。{_UTF8}", f"line {{line}} has a quote without its pair. {_UTF8_EN}"),
    "wide": (f"第 {{line}} 行起单元格多得异常，不像表格。{_UTF8}", f"too many cells from line {{line}} on. {_UTF8_EN}"),
    "garbled": (f"第 {{line}} 行有乱码，认不出文字编码。{_UTF8}", f"line {{line}} is garbled; its encoding is unknown. {_UTF8_EN}"),
    "encoding": (f"文字编码认不出来（不是 UTF-8、GB18030、UTF-16），内容会成乱码。{_UTF8}",
                 f"its encoding is none of UTF-8, GB18030, UTF-16. {_UTF8_EN}"),
    # not safe, too big
    "dtd": (f"文件内藏有不属于表格的定义（DTD），拒绝读取。{_COPY}", f"it hides a document type definition (DTD). {_COPY_EN}"),
    "bomb": (f"文件解压后异常庞大，拒绝读取。{_COPY}", f"it is out of all proportion once unpacked. {_COPY_EN}"),
    "big_file": ("文件超过 {mb} MB。请删去图片和多余的工作表，或拆分后报送", "it is larger than {mb} MB. Remove pictures and spare sheets, or split it"),
    "many_cells": ("一张工作表的单元格超过 {count} 个。请删去多余的行列，或拆分后报送", "a sheet has more than {count} cells. Split it"),
    "too_long": (f"读取超过 {{seconds}} 秒仍未完成，文件可能过大或已损坏。{_COPY}", f"reading it takes more than {{seconds}} seconds. {_COPY_EN}"),
    "too_big": (f"读取所需内存超过上限，文件过大或内容异常。{_COPY}", f"reading it takes more memory than is allowed. {_COPY_EN}"),
    "broken": (f"文件内容异常，无法读取。{_AGAIN}", f"its content is not what a workbook holds. {_AGAIN_EN}"),
    # shut
    "password": ("文件设置了打开密码。请取消密码后重新报送", "it has a password. Remove it and send again"),
}


BY_LIMIT = ("too_long", "too_big")


def refusal(key: str, **given: object) -> Unreadable:
    """The refusal of a file: F28 where a password keeps it shut, else F27."""
    return Unreadable("F28" if key == "password" else "F27", REASONS[key][0].format(**given))


def in_english(text: str) -> str:
    """A reason, as `refusal` worded it, in English; any other text as it is."""
    for pattern, english in _patterns():
        if found := pattern.fullmatch(text):
            return english.format(**found.groupdict())
    return text


def exceeded(text: str | None) -> str | None:
    """too_long or too_big where a reason says that a reading took more than it was allowed; more may do."""
    return next((key for key in BY_LIMIT if text and _pattern(REASONS[key][0]).fullmatch(text)), None)


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern, str]]:
    return [(_pattern(chinese), english) for chinese, english in REASONS.values()]


def _pattern(wording: str) -> re.Pattern:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(wording)))
