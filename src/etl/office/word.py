"""Write a paper as a Word document in the layout of official papers (公文); the same paper always gives the same bytes.

A document is a list of blocks: paragraphs by style, tables, page breaks. Only what such a paper needs is written, as
WordprocessingML (ECMA-376): a library would bring a second XML parser, which openpyxl would then use for what is received.
The look of a style stands in the document's styles and nowhere else, so that whoever changes a style in Word changes all of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from xml.sax.saxutils import escape

from etl.texts.catalogue import chinese

FANGSONG, HEITI, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
OTHERS = {FANGSONG: "仿宋", HEITI: "SimHei", TITLE: "宋体"}  # what a machine without the font takes instead
MM = 1440 / 25.4  # twentieths of a point in a millimetre
BREAK = "⏎"  # within a line of the wording: what follows stands on the next line


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; sizes in half points (三号 is 32), lines in twentieths of a point."""

    font: str = FANGSONG
    size: int = 32
    align: str = "left"  # LibreOffice drops a comma that ends a justified line
    indent: int = 0  # of the first line, in hundredths of a character
    right: int = 0  # in hundredths of a character
    line: int = 579
    colour: str = ""
    before: int = 0
    after: int = 0
    border: str = ""  # below, as colour and width in eighths of a point
    bold: bool = False


STYLES = {
    "head": Style(TITLE, 72, "center", line=960, colour="FF0000", after=280),
    "number": Style(align="center", before=120),
    "rule": Style(size=8, line=120, border="FF0000 24"),
    "draft": Style(HEITI, align="center", colour="C00000", before=200),
    "title": Style(TITLE, 44, "center", line=640, before=400, after=320),
    "to": Style(align="left"),
    "body": Style(indent=200, after=60),
    "point": Style(HEITI, indent=200, before=160),
    "office": Style(align="right", right=200, before=560),
    "day": Style(align="right", right=400),
    "note": Style(size=24, align="left", line=440),
    "copies": Style(size=28, align="left", line=480, border="000000 6"),
    "cell": Style(size=20, align="left", line=310),
    "centre": Style(size=20, align="center", line=310),
    "figure": Style(size=18, align="right", line=310),
    "heading": Style(HEITI, 20, "center", line=310),
    "remark": Style(size=21, align="left", line=360),
}


IDS = {style: f"luodi-{style}" for style in STYLES}  # of styles, in a document of our own
CORE, DOCUMENT, STYLES_PART = "docProps/core.xml", "word/document.xml", "word/styles.xml"
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEADINGS = ("title", "to", "point")
SIGNATURE = ("office", "day")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in a style of STYLES."""

    style: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Rows of cells, the first row repeated on every page; a line break within a cell begins a paragraph."""

    widths: tuple[int, ...]  # mm
    rows: tuple[tuple[str, ...], ...]
    centred: tuple[int, ...] = ()  # columns
    figures: tuple[int, ...] = ()  # columns of numbers, set to the right
    height: int = 0  # mm, at least, of every row but the head
    has_head: bool = True  # the first row; without it the centred columns are the heads
    is_whole: bool = False  # stays on one page


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Paragraph | PaperTable | NewPage


def document(blocks: Sequence[Block], title: str, author: str, day: date) -> bytes:
    """The file; `day` is that of the paper, and the only date in it."""
    return zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _RELATIONS,
            CORE: core(title, author, day),
            "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
            DOCUMENT: _DOCUMENT.format(body=rendered(blocks, IDS)),
            "word/fontTable.xml": _FONTS.format(
                fonts="".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                    for name, other in OTHERS.items()
                )
            ),
            "word/settings.xml": _SETTINGS,
            "word/footer1.xml": _footer("right"),
            "word/footer2.xml": _footer("left"),
            STYLES_PART: _STYLES.format(own="".join(style_xml(name) for name in STYLES)),
        }
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts of a document as its file; texts are those of XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            file.writestr(entry, part if isinstance(part, bytes) else (PROLOGUE + part).encode())
    return made.getvalue()


def core(title: str, author: str, day: date) -> str:
    """The properties of a document."""
    return _CORE.format(title=escape(clean(title)), author=escape(clean(author)), day=f"{day.isoformat()}T00:00:00Z")


def clean(text: str) -> str:
    """A text without the characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def style_name(style: str) -> str:
    """What a style is called in Word, in whatever language the paper is: by that name a changed one is found again."""
    return chinese(f"papers.style_{style}")


def style_xml(style: str) -> str:
    """A style as it stands in the styles of a document."""
    s, edge = STYLES[style], ""
    if s.border:
        colour, width = s.border.split()
        edge = f'<w:pBdr><w:bottom w:val="single" w:sz="{width}" w:space="1" w:color="{colour}"/></w:pBdr>'
    rule = "atLeast" if style == "head" else "exact"
    colour = f'<w:color w:val="{s.colour}"/>' if s.colour else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{IDS[style]}"><w:name w:val="{style_name(style)}"/><w:qFormat/>'
        f'<w:pPr>{edge}<w:spacing w:before="{s.before}" w:after="{s.after}" w:line="{s.line}" w:lineRule="{rule}"/>'
        f'<w:ind w:firstLineChars="{s.indent}" w:firstLine="{_twips(s.indent, s)}"'
        f' w:rightChars="{s.right}" w:right="{_twips(s.right, s)}"/><w:jc w:val="{s.align}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{s.font}"/>{"<w:b/>" if s.bold else ""}{colour}'
        f'<w:sz w:val="{s.size}"/><w:szCs w:val="{s.size}"/></w:rPr></w:style>'
    )


def rendered(blocks: Sequence[Block], ids: Mapping[str, str]) -> str:
    """Blocks as they stand in the body of a document whose styles have these ids."""
    return "".join(_block(block, after, ids) for block, after in pairwise((*blocks, NewPage())))


def _block(block: Block, after: Block, ids: Mapping[str, str]) -> str:
    if isinstance(block, NewPage):
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    if isinstance(block, PaperTable):
        return _table(block, ids, keeps=isinstance(after, Paragraph))
    return _paragraph(ids[block.style], block.text, keeps=_leads(block, after))


def _leads(block: Paragraph, after: Block) -> bool:
    """Whether a paragraph stays on the page of what follows: no heading ends a page, and no page bears a signature alone."""
    leads_table = isinstance(after, PaperTable) and bool(block.text)
    return block.style in HEADINGS or leads_table or (isinstance(after, Paragraph) and after.style in SIGNATURE)


def _paragraph(style_id: str, text: str, keeps: bool = False) -> str:
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(clean(part))}</w:t>' for part in text.split(BREAK))
    look = f'<w:pPr><w:pStyle w:val="{style_id}"/>{"<w:keepNext/>" if keeps else ""}</w:pPr>'
    return f"<w:p>{look}<w:r>{said}</w:r></w:p>" if text else f"<w:p>{look}</w:p>"


def _twips(chars: int, s: Style) -> int:
    """Hundredths of a character in twentieths of a point, for programs that count no characters."""
    return chars * s.size // 10


def _columns(widths: Sequence[int]) -> list[int]:
    """Widths that add up to that of the whole, in twentieths of a point."""
    edges = [round(sum(widths[:number]) * MM) for number in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _table(table: PaperTable, ids: Mapping[str, str], keeps: bool) -> str:
    """A table; its last row stays on the page of what follows where it `keeps`."""
    widths = _columns(table.widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    look = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    last = len(table.rows) - 1
    rows = "".join(
        _row(table, row, ids, is_head=table.has_head and number == 0, keeps=keeps if number == last else table.is_whole)
        for number, row in enumerate(table.rows)
    )
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(table: PaperTable, row: Sequence[str], ids: Mapping[str, str], *, is_head: bool, keeps: bool) -> str:
    height = f'<w:trHeight w:val="{round(table.height * MM)}" w:hRule="atLeast"/>' if table.height and not is_head else ""
    look = f"<w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' if is_head else ''}</w:trPr>"
    cells = []
    for column, (width, text) in enumerate(zip(_columns(table.widths), row, strict=True)):
        style = _cell_style(table, column, is_head)
        inside = "".join(_paragraph(ids[style], line, keeps) for line in text.split("\n"))
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>')
    return f"<w:tr>{look}{''.join(cells)}</w:tr>"


def _cell_style(table: PaperTable, column: int, is_head: bool) -> str:
    if is_head or (column in table.centred and not table.has_head):
        return "heading"
    return "centre" if column in table.centred else "figure" if column in table.figures else "cell"


def _footer(side: str) -> str:
    """The page's number, — 1 —, a character from the outer edge of a sheet that is printed on both sides."""
    look = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
    dash = f'<w:r>{look}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    number = f'<w:fldSimple w:instr=" PAGE "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    edge = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    return f"<w:ftr {_W}><w:p><w:pPr>{edge}</w:pPr>{dash.format('— ')}{number}{dash.format(' —')}</w:p></w:ftr>"


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_OFFICE}.fontTable+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_OFFICE}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_OFFICE}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{_OFFICE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATION}/fontTable" Target="fontTable.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATION}/footer" Target="footer1.xml"/>'
    f'<Relationship Id="rId4" Type="{_RELATION}/footer" Target="footer2.xml"/>'
    f'<Relationship Id="rId5" Type="{_RELATION}/settings" Target="settings.xml"/></Relationships>'
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
)
_DOCUMENT = (
    f"<w:document {_W}><w:body>{{body}}<w:sectPr>"
    '<w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1361" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
_FONTS = f"<w:fonts {_W}>{{fonts}}</w:fonts>"
_SETTINGS = f"<w:settings {_W}><w:evenAndOddHeaders/></w:settings>"
_STYLES = (
    f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{FANGSONG}"/><w:sz w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>{own}</w:styles>'
)
