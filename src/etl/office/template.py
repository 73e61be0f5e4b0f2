"""Fill a Word file in which places stand as `{{ name }}`: the product's own, or one that a county has changed in Word.

What Word stored stays: page, headers, footers, styles, fixed words. A paragraph that holds nothing but the name of blocks is
replaced by them; a paragraph all of whose places are blank goes. Only texts are put in, never markup.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.mistakes import Mistake
from etl.office.word import CORE, DOCUMENT, PROLOGUE, STYLES, STYLES_PART, Block, clean, core, rendered, style_name, style_xml, zipped

PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
LARGEST = 32 * 1024 * 1024  # bytes of a template, unpacked
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper says: texts and blocks by the names of their places."""

    title: str
    author: str
    day: date
    texts: Mapping[str, str]
    blocks: Mapping[str, Sequence[Block]]


def fill_template(template: bytes, name: str, content: Content) -> bytes:
    """The paper; the same template and content give the same bytes.

    Raises Mistake with the name where the template is no Word file, lacks a style of ours by another's name, or names a place
    that there is not.
    """
    parts = _parts(template, name)
    ids, parts[STYLES_PART] = _styles(parts.get(STYLES_PART, b""), name)
    for part in sorted(parts):
        if FILLED.fullmatch(part):
            parts[part] = _filled(parts[part], name, content, ids)
    parts[CORE] = core(content.title, content.author, content.day).encode()
    return zipped({part: parts[part] for part in sorted(parts, key=lambda part: (part != "[Content_Types].xml", part))})


def _parts(template: bytes, name: str) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as file:
            if sum(entry.file_size for entry in file.infolist()) > LARGEST:
                raise Mistake("use.template", file=name)
            parts = {entry.filename: file.read(entry) for entry in file.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise Mistake("use.template", file=name) from None
    if DOCUMENT not in parts or any(part.endswith("vbaProject.bin") for part in parts):
        raise Mistake("use.template", file=name)
    return parts


def _read(part: bytes, name: str) -> Any:
    from xml.parsers.expat import ExpatError

    from defusedxml import minidom
    from defusedxml.common import DefusedXmlException

    try:
        return minidom.parseString(part)
    except (ExpatError, DefusedXmlException):
        raise Mistake("use.template", file=name) from None


def _styles(part: bytes, name: str) -> tuple[dict[str, str], bytes]:
    """The ids under which the template has our styles, found by their names, and its styles with those added that it lacks."""
    if not part:
        raise Mistake("use.template", file=name)
    known = {}
    for style in _read(part, name).getElementsByTagNameNS(SPACE, "style"):
        for named in style.getElementsByTagNameNS(SPACE, "name"):
            known[named.getAttributeNS(SPACE, "val")] = style.getAttributeNS(SPACE, "styleId")
    ids = {style: known.get(style_name(style), f"luodi-{style}") for style in STYLES}
    lacking = "".join(style_xml(style) for style in STYLES if style_name(style) not in known)
    head, end, tail = part.decode().rpartition("</w:styles>")
    if not end:
        raise Mistake("use.template", file=name)
    return ids, (head + lacking + end + tail).encode()


def _filled(part: bytes, name: str, content: Content, ids: Mapping[str, str]) -> bytes:
    page = _read(part, name)
    asked: dict[str, Sequence[Block]] = {}
    for paragraph in list(page.getElementsByTagNameNS(SPACE, "p")):
        said = "".join(text for _, text in _texts(paragraph))
        alone = PLACE.fullmatch(said.strip())
        if alone and alone[1] in content.blocks:
            mark = f"<!--luodi-{len(asked)}-->"  # no text can hold it: a < of a text is escaped
            asked[mark] = content.blocks[alone[1]]
            paragraph.parentNode.replaceChild(page.createComment(mark[4:-3]), paragraph)
        elif found := PLACE.findall(said):
            if stray := [place for place in found if place not in content.texts]:
                raise Mistake("use.template_place", file=name, place=stray[0], places=(*content.texts, *content.blocks))
            if any(content.texts[place] for place in found):
                _put(paragraph, said, content.texts)
            else:
                paragraph.parentNode.removeChild(paragraph)
    made = page.documentElement.toxml()
    for mark, blocks in asked.items():
        made = made.replace(mark, rendered(blocks, ids), 1)
    return (PROLOGUE + made).encode()


def _texts(paragraph: Any) -> Iterator[tuple[Any, str]]:
    for node in paragraph.getElementsByTagNameNS(SPACE, "t"):
        yield node, "".join(child.data for child in node.childNodes)


def _put(paragraph: Any, said: str, texts: Mapping[str, str]) -> None:
    """Put texts into their places; a place that Word has cut into several runs looks like the first of them."""
    spans = [(found.start(), found.end(), clean(texts[found[1]])) for found in PLACE.finditer(said)]
    at = 0
    for node, text in list(_texts(paragraph)):
        start, end, made, here = at, at + len(text), "", at
        for first, last, value in spans:
            if last <= start or first >= end:
                continue
            made += said[here : max(first, here)]
            made += value if start <= first else ""
            here = min(last, end)
        made += said[here:end]
        at = end
        if made != text:
            while node.firstChild:
                node.removeChild(node.firstChild)
            node.appendChild(paragraph.ownerDocument.createTextNode(made))
            node.setAttribute("xml:space", "preserve")
