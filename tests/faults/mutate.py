"""Spoil what is whole, by a seed: bytes, zips, tags, cells of text tables, words of clerks, entries of YAML."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib

# What a value is replaced by: the edges of numbers, of the sheet and of what Python takes for a digit.
NASTY = (
    "", " ", "0", "-1", "1", "00", "4294967295", "2147483648", "9" * 20, "9" * 400, "1e9", "1e309", "1e-400", "1E999999999", "NaN", "-inf", "Infinity",
    "0x1F", "1_000", "²", "１２", "٣", "½", "一万亿亿", "真", "A1", "A0", "XFD1048576", "XFE1", "ZZZ9", "A1:XFD1048576", "B2:A1", "$A$1", "true", "TRUE",
    "s", "b", "e", "d", "str", "inlineStr", "#REF!", "&#0;", "&#55296;", "&#1114112;", "&amp;#x;", "_x0000_", "_xD800_", "\x00", "\x1b[31m", "\ufeff",
    "../../x.xml", "/xl/workbook.xml", "file:///dev/zero", "2024-02-30", "0000-00-00", "2958466", "-693594", "60", "general", "[$-804]yyyy", '0!.0,"万元"',
    "[>=1e999]0", "@", "\\", '"', "'", "%s", "{0}", "{{ x }}", "hidden", "veryHidden", "PT99H", "P1Y", "99:99:99", "=1+1", "１，２３４．５", "－5", "㈱", "\u202e",
)  # fmt: skip
_VALUE = re.compile(r'="[^"]*"|>[^<>]+<')
_ELEMENT = re.compile(r"<(\w[\w:.-]*)(?:\s[^<>]*)?/>|<(\w[\w:.-]*)(?:\s[^<>]*)?>[^<>]*</\2>|</?\w[^<>]*>")


def spoiled(seed: bytes, dice: random.Random) -> bytes:
    """A file with one to four things wrong."""
    content = seed
    for _ in range(dice.choice((1, 1, 2, 4))):
        kinds = [flipped, cut, repeated, blanked]
        if content.startswith(b"PK"):
            kinds = [*kinds, *[parts_changed] * 8]
        elif is_text(content):
            kinds = [*kinds, *([tags_changed] * 6 if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") else [cells_changed] * 6)]
        else:
            kinds = [*kinds, numbers_changed, numbers_changed]
        content = dice.choice(kinds)(content, dice)
    return content


def is_text(content: bytes) -> bool:
    return b"\0" not in content[:2000]


def flipped(content: bytes, dice: random.Random) -> bytes:
    """A few bytes are others."""
    changed = bytearray(content)
    for _ in range(dice.choice((1, 3, 20)) if changed else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(content: bytes, dice: random.Random) -> bytes:
    """The end, or a stretch from the middle, did not arrive."""
    first, last = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + (content[last:] if dice.random() < 0.4 else b"")


def repeated(content: bytes, dice: random.Random) -> bytes:
    """A stretch arrived twice."""
    first = dice.randrange(len(content) + 1)
    return content[: first + dice.randrange(200)] + content[first:]


def blanked(content: bytes, dice: random.Random) -> bytes:
    """Zeros stand where a disk wrote nothing."""
    first = dice.randrange(len(content) + 1)
    size = min(len(content) - first, dice.choice((4, 64, 512)))
    return content[:first] + bytes(size) + content[first + size :]


def numbers_changed(content: bytes, dice: random.Random) -> bytes:
    """Two or four bytes of a binary file are a number at its edge."""
    edge = dice.choice((b"\0\0", b"\xff\xff", b"\xff\x7f", b"\xff\xff\xff\xff", b"\0\0\0\x80", b"\x01\0\0\0"))
    first = dice.randrange(len(content) + 1)
    return content[:first] + edge + content[first + len(edge) :]


def parts_changed(content: bytes, dice: random.Random) -> bytes:
    """A zip with one part that is spoiled, lost, doubled or in the place of another; a zip that cannot be read any more is cut."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError):
        return cut(content, dice)
    if not parts:
        return content
    at = dice.randrange(len(parts))
    name, inner = parts[at]
    match dice.randrange(12):
        case 0:
            del parts[at]
        case 1:
            parts[at] = name, dice.choice(parts)[1]
        case 2:
            parts[at] = name.swapcase(), inner
        case 3:
            parts[at] = name, flipped(inner, dice)
        case 4:
            parts[at] = name, cut(inner, dice)
        case _:
            parts[at] = name, tags_changed(inner, dice) if is_text(inner) else numbers_changed(inner, dice)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in parts:
            archive.writestr(zipfile.ZipInfo(name), inner, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def tags_changed(content: bytes, dice: random.Random) -> bytes:
    """A value between tags or of an attribute is another, or an element is lost, doubled or moved."""
    text = content.decode("utf-8", "surrogateescape")
    if dice.random() < 0.7 and (found := _somewhere(_VALUE, text, dice)):
        old = found.group()
        new = dice.choice(NASTY)
        text = text[: found.start()] + (f'="{new}"' if old[0] == "=" else f">{new}<") + text[found.end() :]
    elif found := _somewhere(_ELEMENT, text, dice):
        there = dice.randrange(len(text) + 1) if dice.random() < 0.2 else found.end()
        doubled = found.group() * dice.choice((1, 1, 2, 300))
        text = text[: found.start()] + text[found.end() :] if dice.random() < 0.4 else text[:there] + doubled + text[there:]
    return text.encode("utf-8", "surrogateescape")


def _somewhere(pattern: re.Pattern, text: str, dice: random.Random) -> re.Match | None:
    start = dice.randrange(len(text) + 1)
    return pattern.search(text, start) or pattern.search(text)


def cells_changed(content: bytes, dice: random.Random) -> bytes:
    """A text table with a cell that is another, a quote that is not closed, a line that is short or long, or another encoding."""
    encoding = "utf-8" if content.startswith(b"\xef\xbb\xbf") else dice.choice(("utf-8", "gb18030"))
    lines = content.decode(encoding, "surrogateescape").splitlines(keepends=True)
    if not lines:
        return content
    at = dice.randrange(len(lines))
    cells = lines[at].split(",")
    column = dice.randrange(len(cells))
    match dice.randrange(7):
        case 0:
            cells[column] = '"' + cells[column]
        case 1:
            del cells[column]
        case 2:
            cells[column:column] = [""] * dice.choice((1, 40))
        case 3:
            lines[at:at] = lines[at : at + 1] * dice.choice((1, 50))
        case 4:
            return "".join(lines).encode(dice.choice(("utf-16", "gb18030", "utf-8-sig", "utf-16-be")), "replace")
        case _:
            cells[column] = dice.choice(NASTY)
    lines[at] = ",".join(cells)
    return "".join(lines).encode(encoding, "surrogateescape")


# What clerks write, in pieces that a text is put together from.
PIECES = (
    *"0123456789.,-+/%年月日 ()~一二三四五六七八九十百千万亿元零〇两点", "１２", "．", "，", "－", "＋", "％", "−", "–", "—", "⑴", "²", "½", "٣", "Ⅳ", "㎡", "㈠",
    "2024", "24", "1月", "元月", "上旬", "底", "第一季度", "Q1", "上半年", "星期一", "下午3点", "12:30", "Jan", "45292", "1e", "E+", "e999999999", "约", "左右", "多",
    "不低于", "≥", "万元", "亿元", "万美元", "千", "个", "亩", "公里", "分之", "至", "到", "截至", "NaN", "inf", "XX", "某", "*", "#", "_", "\u3000", "\u200b", "\ufeff",
    "\0", "\n", "'", '"', "（", "）", "〔2024〕5号", "W09", "-X1", "2302-530330-48-01-516539", "91350100M000100Y43", "无", "同上", "9" * 30, "〇" * 9, "亿" * 9,
)  # fmt: skip


def word(dice: random.Random) -> str:
    """Something that might stand in a cell."""
    return "".join(dice.choice(PIECES) for _ in range(dice.choice((1, 2, 3, 4, 6, 9, 40))))


def entry(value: object, dice: random.Random) -> object:
    """What a YAML file holds, with something in it lost, renamed, doubled or of another kind."""
    strange: tuple[object, ...] = (None, True, 0, -1, 10**30, 1.5, float("nan"), "", "x", [], {}, [[]], {"a": {}}, [None], ["a", "a"], "(", "[a-", dice.choice(NASTY))
    if isinstance(value, dict) and value and dice.random() < 0.9:
        changed, key = dict(value), dice.choice(list(value))
        match dice.randrange(8):
            case 0:
                del changed[key]
            case 1:
                changed[dice.choice((key if not isinstance(key, str) else key + "s", None, 1, (1, 2)))] = changed.pop(key)
            case 2:
                changed[dice.choice(("form", "name", "type", "role", "values", "unit"))] = dice.choice(strange)
            case _:
                changed[key] = entry(value[key], dice)
        return changed
    if isinstance(value, list) and value and dice.random() < 0.9:
        changed, at = list(value), dice.randrange(len(value))
        match dice.randrange(5):
            case 0:
                del changed[at]
            case 1:
                changed.append(changed[at])
            case _:
                changed[at] = entry(value[at], dice)
        return changed
    return dice.choice(strange)
