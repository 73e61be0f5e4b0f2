"""The one door of the read room: what a file is, by its content, and which reader it goes to."""

from __future__ import annotations

from pathlib import Path

from etl.model import Book, Unreadable

MAX_FILE = 256 << 20            # bytes; a county workbook has some tens of thousands
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods", ".xlsb")

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_OTHER = {b"%PDF": "PDF 文件", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"GIF8": "图片", b"\x1f\x8b": "压缩包",
          b"Rar!": "压缩包", b"7z\xbc\xaf": "压缩包", b"{\\rtf": "文档"}


def open_book(path: Path, name: str = "") -> Book:
    """Read a received file into grids; `name` is what its sender called it.

    Raises Unreadable: F28 where a password keeps it shut, F27 for anything else, with the reason in Chinese.
    Meant to run in a child process (pool.run_bounded): a hostile file may still kill the process.
    """
    path = Path(path)
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("F27", "文件是空的（0 字节）")
    if size > MAX_FILE:
        raise Unreadable("F27", f"文件超过 {MAX_FILE >> 20} MB，请拆分后报送")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_OLE2):
        return _open_ole2(path)
    if head.startswith(_BARE_BIFF):
        from etl.read.xls import read_xls
        return read_xls(path)
    if head.startswith(_ZIP) or _junk_before_zip(path, head):
        return _open_zip(path)
    for magic, what in _OTHER.items():
        if head.startswith(magic):
            raise Unreadable("F27", f"这是{what}，不是表格")
    from etl.read.delimited import read_delimited
    return read_delimited(path.read_bytes(), named_workbook=(name or path.name).lower().endswith(WORKBOOK_ENDINGS))


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
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") or (
            not mimetype and "content.xml" in names):
        from etl.read.ods import read_ods
        return read_ods(path)
    if "xl/workbook.bin" in names:
        raise Unreadable("F27", "这是 .xlsb 二进制工作簿，请另存为 .xlsx")
    if any(name.startswith("xl/") for name in names) or b"/officeDocument" in relations and not any(
            name.startswith(("word/", "ppt/")) for name in names):
        from etl.read.xlsx import read_xlsx
        return read_xlsx(path)
    if any(name.startswith(("word/", "ppt/")) for name in names) or mimetype:
        raise Unreadable("F27", "这是文档，不是表格")
    raise Unreadable("F27", "这是压缩包，不是表格，请解压后报送")


def _open_ole2(path: Path) -> Book:
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return any(name.encode("utf-16-le") in data for name in (stream, stream.upper()))

    if holds("EncryptedPackage"):
        raise Unreadable("F28", "文件设置了打开密码")
    if not holds("Workbook") and not holds("Book"):
        raise Unreadable("F27", "这是别的 Office 文件，不是表格")
    from etl.read.xls import read_xls
    return read_xls(path)
