"""The cheap look at a zip and its XML before any fast reader may touch them.

A fast reader may abort the process, take gigabytes or lie on a file made to that end; the limits
stand far above any county workbook and were checked on some hundred genuine ones.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from etl.model import Unreadable
from etl.texts.catalogue import Text
from etl.texts.refusals import refusal

MAX_ENTRIES = 10_000
END_WITHIN = 22 + 0xFFFF  # bytes: the record at the end of a zip and its longest comment
MAX_TOTAL = 1 << 30  # bytes of all entries, inflated
BIG_ENTRY = 32 << 20  # only a big entry is judged by its ratio
MAX_RATIO = 150
PIECE = 1 << 20  # bytes that are inflated at a time
MAX_CELLS = 8_000_000  # of one sheet
MAX_MERGES = 200_000
MAX_TEXT = 32 << 20  # characters that shared strings come to, once spread over the cells of a sheet
LONGEST_TEXT = 32_767  # characters that a cell of a spreadsheet holds

_unique = re.compile(rb'<(?:\w+:)?sst\b[^>]*?\suniqueCount=["\'](\d+)')


def broken_container(detail: str = "", **given: object) -> Unreadable:
    """The refusal of a broken container; `detail` names what is odd in it."""
    return refusal("damaged_at", detail=Text(f"damage.{detail}", **given)) if detail else refusal("damaged")


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a zip after its directory has been checked; raises Unreadable F27, F28 for locked entries."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise broken_container() if _has_end(path) else refusal("cut_workbook") from error
    except (ValueError, OSError, NotImplementedError) as error:
        raise broken_container() from error
    try:
        for entry in archive.infolist():
            entry.filename = entry.filename.replace("\\", "/")  # as some .NET programs write them
        archive.NameToInfo = {entry.filename: entry for entry in archive.infolist()}
        _check_directory(archive)
    except Unreadable:
        archive.close()
        raise
    return archive


def _has_end(path: Path) -> bool:
    """Whether a zip has the record that ends every zip: one that was cut short, or padded with zeros, lacks it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END_WITHIN))
        return b"PK\x05\x06" in file.read()


def _check_directory(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise refusal("bomb")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise broken_container("twice")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal("password")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise broken_container("packing")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL or any(
        entry.file_size > BIG_ENTRY and entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in entries
    ):
        raise refusal("bomb")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise broken_container("overlap")
        end = entry.header_offset + 30 + entry.compress_size


def read_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of one part, its checksum verified; None where the archive lacks it.

    Taken in pieces: read at once, a part is inflated as far as it goes before anybody looks at the size that it claims.
    """
    try:
        with archive.open(name) as part:
            return b"".join(iter(lambda: part.read(PIECE), b""))
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise broken_container("checksum") from error


def check_xml(data: bytes) -> tuple[bytes, bool]:
    """XML as UTF-8 and whether it was so already; raises Unreadable on a document type, that is on entities."""
    was_utf8 = True
    head = data[:200]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
        was_utf8 = False
        codec = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-16-be" if head[:1] == b"\0" else "utf-16-le")
        data = _as_utf8(data, codec)
    else:
        declared = re.match(rb'(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["\']([\w.-]+)', head)
        was_utf8 = not declared or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
        if declared and not was_utf8:
            data = _as_utf8(data, declared[1].decode())
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refusal("dtd")
    return data, was_utf8


def _as_utf8(data: bytes, codec: str) -> bytes:
    """XML of another encoding as UTF-8; the parsers know few, and give up on a word that names none in ways of their own."""
    try:
        data = data.decode(codec).encode()
    except (UnicodeError, LookupError) as error:
        raise broken_container("encoding") from error
    return re.sub(rb'^((?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["\'])[^"\']*', rb"\1UTF-8", data, count=1)


def strings_fit(sst: bytes) -> int:
    """The length of the longest shared string; raises Unreadable where their count is a plain lie.

    calamine reserves memory for as many strings as the file claims and aborts (tafia/calamine #684).
    """
    claimed = _unique.search(sst[:4096])
    if claimed and int(claimed[1]) * len("<si/>") > max(len(sst), 1 << 20):
        raise broken_container("counted")
    return max(map(len, sst.split(b"</si>")), default=0)
