"""Files of tags: what kind they are, and in which encoding they speak."""

from __future__ import annotations

import re

from etl.model import Book
from etl.read import guard
from etl.read.delimited import decode
from etl.texts.refusals import refusal

_begins = re.compile(r"\ufeff?\s*<(?:[?!]|(?:\w+:)?[a-z]+[\s>/])", re.IGNORECASE)
_charset = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_workbook = re.compile(r"<(?:\w+:)?Workbook[\s>]")
_declared = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_spreadsheet = "urn:schemas-microsoft-com:office:spreadsheet"
_word = ('progid="Word.Document"', "schemas.microsoft.com/office/word/2003", "wordprocessingml", "<w:wordDocument")
LOOKED_AT = 8192


def is_markup(head: bytes) -> bool:
    """Whether a file begins as HTML or XML does."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return bool(_begins.match(head[: len(head) & ~1].decode("utf-16", "replace")))
    return bool(_begins.match(head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")))


def read_markup(data: bytes) -> Book:
    """Read a spreadsheet of tags; raises Unreadable that names any other kind."""
    text = _text(data)
    head = text[:LOOKED_AT]
    if _workbook.search(head) and _spreadsheet in head:
        from etl.read.xml2003 import read_xml2003

        xml, _ = guard.check_xml(_declared.sub("", text).removeprefix("\ufeff").strip().encode("utf-8", "replace"))
        return read_xml2003(xml)
    if any(mark in head for mark in _word):
        raise refusal("word")
    if re.search(r"<table[\s>]", text, re.IGNORECASE):
        from etl.read.html import read_html

        return read_html(text)
    if _declared.match(text) and not re.search(r"<html[\s>]", head, re.IGNORECASE):
        raise refusal("xml")
    raise refusal("pasted" if re.search(r"<img[\s>]", text, re.IGNORECASE) else "web")


def _text(data: bytes) -> str:
    """The text: UTF-8 where it is that, which no other encoding is by chance, else as declared, else as fits."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _charset.search(data[:LOOKED_AT])
    if declared and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        name = declared[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936") else name
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)[0]
