"""Text tables: the encoding and the delimiter are decided by evidence, and nothing is guessed over.

A detector fails on mostly-ASCII GBK, so the encodings are tried strictly, in a fixed order; GB18030
accepts almost any bytes, so what it gives must also look like the text of an office.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from etl.model import Book, Grid, Unreadable
from etl.read.cells import LAST_COL, safe_text
from etl.texts.refusals import refusal

DELIMITERS = (",", "\t", ";", "|")
MAX_CELLS = 8_000_000
LONGEST_FIELD = 32_767  # of a spreadsheet cell
FEW_BREAKS = 3  # line breaks after the last quote that opens: so few, and the file ends within the cell
MAX_BREAKS = 50  # line breaks in one quoted field before a quote counts as forgotten

_boms = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(data: bytes, named_workbook: bool = False) -> Book:
    """Read a delimited file; row n of the grid is record n of the file, every value text or None.

    `named_workbook`: the file claims to be a workbook, so only a real table is let pass.
    Raises Unreadable F27 with the line where it cannot be read without guessing.
    """
    text, encoding = decode(data)
    if "\0" in text:
        raise refusal("nul", line=text[: text.index(chr(0))].count(chr(10)) + 1)
    delimiter, records = _split(text)
    if named_workbook and not _is_table(records):
        raise refusal("text")
    _refuse_cut_end(text, records)
    return Book(
        "csv",
        (Grid("", [[safe_text(field) if field.strip() else None for field in record] for record in records]),),
        encoding=encoding,
        delimiter=delimiter,
    )


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding; raises Unreadable where none fits without replacement characters."""
    for bom, encoding in _boms:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                if error.start >= len(data) - 4:
                    raise refusal("cut_character") from error
                raise _garbled(data, error.start) from error
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = _decoded(data, encoding)
            if text and "\0" not in text and is_plausible(text):
                return text, encoding
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise refusal("nul", line=line)
    text = _decoded(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    for encoding in ("gb18030", "big5"):
        text = _decoded(data, encoding)
        if text is not None and is_plausible(text):
            return text, encoding
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _garbled(data, error.start) from error
    raise refusal("encoding")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _garbled(data: bytes, place: int) -> Unreadable:
    """Say where no encoding of ours fits: only Chinese text that ends in half a character was cut short."""
    for encoding, broken in (("utf-8", _first_break(data, "utf-8")), ("gb18030", place)):
        if broken is not None and broken >= len(data) - 4:
            before = _decoded(data[:broken], encoding)
            if before and not before.isascii() and is_plausible(before):
                return refusal("cut_character")
    whole = data[:place]
    if whole.isascii() and len(data) - place < 4 or b"\n" not in whole:
        return refusal("encoding")
    return refusal("garbled", line=whole.count(10) + 1)


def _first_break(data: bytes, encoding: str) -> int | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return None


def is_plausible(text: str) -> bool:
    """Whether decoded text reads like Chinese office text rather than another encoding's bytes.

    The commonest characters of simplified and traditional writing stand in the first levels of GB 2312
    (lead bytes B0-D7) and Big5 (A4-C6); bytes of a wrong encoding scatter far beyond them.
    """
    others = [char for char in text if char > "\x7f"]
    if not others:
        return True
    return sum(map(_common, others)) >= 0.85 * len(others)


def _common(char: str) -> bool:
    if "\u3000" <= char <= "\u301f" or "\uff01" <= char <= "\uff5e" or "\u2010" <= char <= "\u203b":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return char in "¥£€·×÷±°§㎡㎥℃％￥…—①②③④⑤⑥⑦⑧⑨⑩■□▲△●○★☆→\u00a0\ufeffⅠⅡⅢⅣⅤ"
    try:
        if 0xB0 <= char.encode("gb2312")[0] <= 0xD7:
            return True
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= char.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _split(text: str) -> tuple[str, list[list[str]]]:
    """The delimiter under which most records have one number of fields, and the records."""
    named = re.match(r"sep=(.)\r?\n", text)
    best, failure = None, None
    for order, delimiter in enumerate([named[1]] if named else DELIMITERS):
        if delimiter not in text and order:
            continue
        try:
            records = _records(text, delimiter)
        except Unreadable as error:
            failure = failure or error
            continue
        widths = Counter(len(record) for record in records if len(record) > 1 and any(record))
        width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        merit = agreeing, width, -order
        if best is None or merit > best[0]:
            best = merit, delimiter, records
    if best is None or (failure and best[0][0] == 0):
        raise failure or refusal("blank")
    return best[1], best[2]


def _records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records, line, cells = [], 1, 0
    csv.field_size_limit(LONGEST_FIELD)
    try:
        for record in reader:
            if any(field.count("\n") > MAX_BREAKS for field in record):
                raise refusal("quotes", line=line)
            cells += len(record)
            if cells > MAX_CELLS or len(record) > LAST_COL:
                raise refusal("wide", line=line)
            records.append(record)
            line = reader.line_num + 1
    except csv.Error as error:
        ends = str(error) == "unexpected end of data" and reader.line_num - line < FEW_BREAKS
        raise refusal("cut_quotes" if ends else "quotes", line=line) from error
    return records


def _is_table(records: list[list[str]]) -> bool:
    filled = [record for record in records if any(field.strip() for field in record)]
    widths = Counter(len(record) for record in filled)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return width > 1 and count >= 2 and 2 * count >= len(filled)


def _refuse_cut_end(text: str, records: list[list[str]]) -> None:
    """Refuse a file whose last record breaks off: no line end and fewer fields than all the others."""
    if len(records) < 3 or text.endswith(("\n", "\r")):
        return
    widths = {len(record) for record in records[:-1] if record}
    if len(widths) == 1 and 2 <= len(records[-1]) < widths.pop():
        raise refusal("cut_line", line=len(records))
