"""The one door of the read room: what a file is, by its content, and which reader it goes to."""

from __future__ import annotations

import re
from pathlib import Path

from etl.model import Book, CellValue
from etl.read.guard import MAX_TEXT
from etl.texts.refusals import refusal

MAX_FILE = 256 << 20  # bytes; a county workbook has some tens of thousands
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods", ".xlsb")
SHARING = ("xls", "xlsb")  # kinds that keep a text once for all cells that hold it; xlsx counts as it reads
FEW = 4  # a sheet no row of which has so many filled cells holds no table
NIL = "零报告"  # beside it a picture is a seal

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
# How other kinds of files begin; what they are is a key of etl.texts.refusals.
_OTHER = (
    ("pdf", re.compile(rb"[\s\xef\xbb\xbf]{0,16}%PDF-")),
    (
        "picture",
        re.compile(
            rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP"
            rb"|.{4}ftyp(?:hei[cfmsx]|hev[cx]|mif1|msf1|avif)|\xd7\xcd\xc6\x9a",
            re.DOTALL,
        ),
    ),
    ("archive", re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf\x27\x1c|\xfd7zXZ|BZh[1-9]|.{257}ustar", re.DOTALL)),
    ("word", re.compile(rb"\{\\rtf|\xdb\xa5-\0")),
)
_MAIL = re.compile(
    rb"(?:(?:return-path|received|from|to|date|message-id|x-[\w-]+|content-[\w-]+|mime-version|subject|delivered-to|dkim-signature)"
    rb":[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)
_WEB_ARCHIVE = re.compile(rb"content-type:\s*multipart/related", re.IGNORECASE)


def open_book(path: Path, name: str = "") -> Book:
    """Read a received file into grids; `name` is what its sender called it.

    Raises Unreadable: F28 where a password keeps it shut, F27 for anything else, with reason and remedy in Chinese.
    Meant to run in a child process (pool.run_bounded): a hostile file may still kill the process.
    """
    book = _open(Path(path), name or Path(path).name)
    if book.kind in SHARING and _characters(book) > MAX_TEXT:
        raise refusal("bomb")
    if any(grid.pictures for grid in book.grids) and not any(_has_table(grid.rows) for grid in book.grids):
        raise refusal("pasted")
    return book


def _characters(book: Book) -> int:
    return sum(len(value) for grid in book.grids for row in grid.rows for value in row if isinstance(value, str))


def _has_table(rows: list[list[CellValue]]) -> bool:
    return any(sum(value is not None for value in row) >= FEW or any(NIL in str(value) for value in row) for row in rows)


def _open(path: Path, name: str) -> Book:
    size = path.stat().st_size
    if size == 0:
        raise refusal("empty")
    if size > MAX_FILE:
        raise refusal("big_file", mb=MAX_FILE >> 20)
    with path.open("rb") as file:
        head = file.read(8192)
    if head.startswith(_OLE2):
        return _open_ole2(path)
    if head.startswith(_BARE_BIFF):
        from etl.read.xls import read_xls

        return read_xls(path)
    if head.startswith(_ZIP) or _junk_before_zip(path, head):
        return _open_zip(path)
    for what, begins in _OTHER:
        if begins.match(head):
            raise refusal(what)
    if _MAIL.match(head.lstrip()):
        raise refusal("web_archive" if _WEB_ARCHIVE.search(head) else "mail")
    from etl.read.markup import is_markup, read_markup

    if is_markup(head):
        return read_markup(path.read_bytes())
    from etl.read.delimited import read_delimited

    return read_delimited(path.read_bytes(), named_workbook=name.lower().endswith(WORKBOOK_ENDINGS))


def _junk_before_zip(path: Path, head: bytes) -> bool:
    """Whether a zip stands behind some bytes that a mail gateway may have put before it."""
    if b"PK\x03\x04" not in head:
        return False
    import zipfile

    return zipfile.is_zipfile(path)


def _open_zip(path: Path) -> Book:
    from etl.read import guard

    with guard.open_zip(path) as archive:
        names = {name.lower() for name in archive.namelist()}
        mimetype = (guard.read_part(archive, "mimetype") or b"") if "mimetype" in names else b""
        relations = (guard.read_part(archive, "_rels/.rels") or b"") if "_rels/.rels" in names else b""
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") or (not mimetype and "content.xml" in names):
        from etl.read.ods import read_ods

        return read_ods(path)
    if "xl/workbook.bin" in names:
        from etl.read.xlsb import read_xlsb

        return read_xlsb(path)
    kind = _kind_of_zip(names, mimetype)
    if any(name.startswith("xl/") for name in names) or kind == "archive" and b"/officeDocument" in relations:
        from etl.read.xlsx import read_xlsx

        return read_xlsx(path)
    raise refusal(kind)


def _kind_of_zip(names: set[str], mimetype: bytes) -> str:
    """What a zip is that holds no workbook, as a key of etl.texts.refusals."""
    for kind, folder, mime in (("word", "word/", b"opendocument.text"), ("slides", "ppt/", b"opendocument.presentation")):
        if mime in mimetype or any(name.startswith(folder) for name in names):
            return kind
    if "ofd.xml" in names:
        return "ofd"
    return "document" if mimetype else "archive"


def _open_ole2(path: Path) -> Book:
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return any(name.encode("utf-16-le") in data for name in (stream, stream.upper()))

    if holds("EncryptedPackage"):
        raise refusal("password")
    if not holds("Workbook") and not holds("Book"):
        kinds = (("word", "WordDocument"), ("slides", "PowerPoint Document"), ("mail", "__substg1.0_"))
        raise refusal(next((kind for kind, stream in kinds if holds(stream)), "office"))
    from etl.read.xls import read_xls

    return read_xls(path)
