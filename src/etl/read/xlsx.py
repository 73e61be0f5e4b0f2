"""xlsx and xlsm: calamine reads the values, a second witness checks it and adds what it hides."""

from __future__ import annotations

import io
import posixpath
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote
from zipfile import ZipFile

from etl.model import Book, CellValue, Grid, Unreadable
from etl.read import formats, guard, witness
from etl.read.annotations import Relations, comments_of, pictures_of
from etl.read.cells import Clean, clip_merges, parse_number, safe_text, trim, uncover
from etl.read.sheet_xml import SheetReader, shared_strings
from etl.texts.refusals import refusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from python_calamine import CalamineWorkbook

_Found = TypeVar("_Found")
_Part = TypeVar("_Part")
_Parse = Callable[[bytes], "Element"]  # bytes of a part -> its tree


@dataclass(frozen=True, slots=True)
class XlsxStyles:
    """What cell styles say of the cells in them, by the number of the style."""

    kinds: dict[int, str]  # percent, date, duration
    scaling: dict[int, formats.Scaling]  # the number is shown in another size, or with a unit
    struck: frozenset[int]  # shown struck through

    @property
    def percent(self) -> frozenset[int]:
        return frozenset(style for style, kind in self.kinds.items() if kind == "percent")

    @property
    def marked(self) -> frozenset[int]:
        return frozenset({*self.scaling, *self.struck})


@dataclass(slots=True)
class Package:
    """The parts of a workbook that hold for all its sheets."""

    archive: ZipFile
    sheets: list[tuple[str, str, bool]]  # name, part, visible
    styles: XlsxStyles
    epoch_1904: bool
    targets: dict[str, str]  # number of an external link -> file name
    sst: bytes | None
    longest: int  # of the shared strings, in bytes
    plain: bool  # no part but the sheets speaks against the fast reader
    parse: _Parse
    _strings: list[str | None] | None = None

    def strings(self) -> list[str | None]:
        if self._strings is None:
            self._strings = [safe_text(text) for text in shared_strings(self.sst)] if self.sst else []
        return self._strings


def read_xlsx(path: Path) -> Book:
    """Read every worksheet of an OOXML workbook; raises Unreadable F27, F28."""
    with guard.open_zip(path) as archive:
        package = _open_package(archive)
        fast = _FastReader(path, package)
        grids = [_read_sheet(package, index, fast) for index in range(len(package.sheets))]
        macros = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    return Book("xlsx", tuple(grids), macros=macros)


def _read_sheet(package: Package, index: int, fast: _FastReader) -> Grid:
    name, part, visible = package.sheets[index]
    data = guard.read_part(package.archive, part)
    if data is None:
        raise guard.broken_container("no_sheet", name=name)
    xml, was_utf8 = guard.check_xml(data)
    rows: list[list[CellValue]] | None = None
    styles = package.styles
    if fast.usable and was_utf8 and witness.is_plain(xml) and _texts_fit(package, xml):
        fast.start(name)  # runs beside the witness
        facts = witness.read_witness(xml, styles.percent, package.targets, styles.marked)
        rows = fast.finish(facts)
    if rows is None:
        rows, facts = SheetReader(package.strings(), styles.kinds, package.epoch_1904, package.targets, styles.marked).read(xml)
    rows = trim(rows, facts.errors)
    merges = clip_merges(facts.merges, rows)
    units = formats.show_as_formatted(rows, {at: styles.scaling[s] for at, s in facts.marked.items() if s in styles.scaling})
    covered = uncover(rows, merges, facts.errors)
    width = max(map(len, rows), default=0)
    relations = _relations(package.archive, part, package.parse)
    return Grid(
        sheet=name,
        rows=rows,
        visible=visible,
        merges=merges,
        hidden_rows=frozenset(row for row in facts.hidden_rows if row < len(rows)),
        hidden_cols=frozenset(col for col in facts.hidden_cols if col < width),
        percents=frozenset(
            (row, col)
            for row, col in facts.percents
            if row < len(rows) and col < len(rows[row]) and rows[row][col].__class__ in (int, Decimal)
        ),
        errors=dict(sorted(facts.errors.items())),
        formulas={at: text for at, text in sorted(facts.formulas.items()) if at not in covered},
        units={at: unit for at, unit in units.items() if at not in covered},
        covered=covered,
        struck=frozenset(at for at, style in facts.marked.items() if style in styles.struck and at not in covered),
        comments=_beside(package, relations, comments_of, _tree) or {},
        pictures=_beside(package, relations, pictures_of, _relations) or 0,
    )


def _texts_fit(package: Package, xml: bytes) -> bool:
    """Whether the shared strings stay small however often a sheet uses them; else the slow reader counts."""
    return package.longest <= guard.LONGEST_TEXT and package.longest * xml.count(b't="s"') < guard.MAX_TEXT


def _beside(
    package: Package,
    relations: Relations,
    read: Callable[[Relations, Callable[[str], _Part]], _Found],
    get: Callable[[ZipFile, str, _Parse], _Part],
) -> _Found | None:
    """What `read` finds in the parts beside a sheet; None where they are damaged: no figure stands there."""
    try:
        return read(relations, lambda part: get(package.archive, part, package.parse))
    except Unreadable:
        return None


class _FastReader:
    """calamine on one file, believed only where the witness does not contradict it.

    calamine works without Python's lock, so a sheet is read in a thread while the witness looks at it.
    """

    def __init__(self, path: Path, package: Package) -> None:
        names = [name for name, _, _ in package.sheets]
        self.book: CalamineWorkbook | None = None
        self.raw: list[list] | None = None
        if package.plain and len(set(names)) == len(names):  # calamine finds sheets by their names only
            self.book = _calm(lambda: _calamine(path))
        self.usable = self.book is not None and set(names) <= set(self.book.sheet_names)

    def start(self, name: str) -> None:
        self.raw = None
        self.thread = threading.Thread(target=self._read, args=(name,), daemon=True)
        self.thread.start()

    def _read(self, name: str) -> None:
        book = self.book
        self.raw = None if book is None else _calm(lambda: book.get_sheet_by_name(name).to_python(skip_empty_area=False))

    def finish(self, facts: witness.Facts) -> list[list[CellValue]] | None:
        """The rows, or None where calamine failed or saw another number of cells than the witness."""
        self.thread.join()
        raw, self.raw = self.raw, None
        if raw is None or not facts.plain or sum(len(row) - row.count("") for row in raw) != facts.filled:
            return None
        clean = Clean()
        rows = [clean.row(row) for row in raw]
        for (row, col), digits in facts.exact.items():
            rows[row][col] = parse_number(digits)
        return None if clean.odd else rows


def _calamine(path: Path) -> CalamineWorkbook:
    import python_calamine

    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def _calm(read: Callable[[], _Found]) -> _Found | None:
    """What `read` gives, or None where calamine fails: the total reader then finds the cell at fault.

    Its PanicException is a BaseException.
    """
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001
        return None


def _open_package(archive: ZipFile) -> Package:
    from defusedxml.ElementTree import fromstring

    part = _main_part(archive, fromstring)
    tree, plain = _tree(archive, part, fromstring)
    if tree is None:
        raise guard.broken_container("no_workbook")
    relations = _relations(archive, part, fromstring)
    sheets = []
    for sheet in _all(tree, "sheet"):
        kind, target = relations.get(_attribute(sheet, "id") or "", ("", ""))
        if kind in ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"):
            continue
        if not target:
            raise guard.broken_container("no_sheet", name=sheet.get("name", ""))
        sheets.append((sheet.get("name", ""), target, sheet.get("state", "visible") == "visible"))
    if not sheets:
        raise refusal("no_sheets")
    named = dict(relations.values())
    styles, styles_plain = _tree(archive, named.get("styles", ""), fromstring)
    sst = guard.read_part(archive, named["sharedStrings"]) if "sharedStrings" in named else None
    longest, sst_plain = 0, True
    if sst is not None:
        sst, sst_plain = guard.check_xml(sst)
        longest = guard.strings_fit(sst)
    properties = next(_all(tree, "workbookPr"), None)
    return Package(
        archive,
        sheets,
        _cell_styles(styles),
        properties is not None and _attribute(properties, "date1904") in ("1", "true"),
        _link_targets(archive, tree, relations, fromstring),
        sst,
        longest,
        plain and styles_plain and sst_plain,
        fromstring,
    )


def _main_part(archive: ZipFile, fromstring: _Parse) -> str:
    for kind, target in _relations(archive, "", fromstring).values():
        if kind == "officeDocument":
            return target
    return "xl/workbook.xml"


def _tree(archive: ZipFile, part: str, fromstring: _Parse) -> tuple[Element | None, bool]:
    """The parsed part, or None where there is none; and whether it is UTF-8."""
    from xml.etree.ElementTree import ParseError

    data = guard.read_part(archive, part) if part else None
    if data is None:
        return None, True
    data, was_utf8 = guard.check_xml(data)
    try:
        return fromstring(data), was_utf8
    except (ParseError, ValueError) as error:
        raise guard.broken_container("broken_part", part=posixpath.basename(part)) from error


def _relations(archive: ZipFile, part: str, fromstring: _Parse) -> Relations:
    """The relations of a part: id -> (last word of the type, target part)."""
    folder, name = posixpath.split(part)
    tree, _ = _tree(archive, posixpath.join(folder, "_rels", name + ".rels"), fromstring)
    names = {entry.lower(): entry for entry in archive.namelist()}
    relations: dict[str, tuple[str, str]] = {}
    for relation in _all(tree, "Relationship"):
        target = relation.get("Target", "").replace("\\", "/")
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            target = names.get(target.lower(), target)
        relations[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], target
    return relations


def _link_targets(archive: ZipFile, tree: Element, relations: Relations, fromstring: _Parse) -> dict[str, str]:
    """The file names behind [1], [2] in formulas."""
    targets: dict[str, str] = {}
    for number, reference in enumerate(_all(tree, "externalReference"), start=1):
        _, part = relations.get(_attribute(reference, "id") or "", ("", ""))
        for kind, target in _relations(archive, part, fromstring).values() if part else ():
            if kind in ("externalLinkPath", "xlPathMissing", "externalLink"):
                targets[str(number)] = re.split(r"[/\\]", unquote(target))[-1]
    return targets


def _cell_styles(tree: Element | None) -> XlsxStyles:
    codes = {
        int(form.get("numFmtId", 0)): form.get("formatCode", "") for form in _all(tree, "numFmt") if form.get("numFmtId", "").isdigit()
    }
    fonts = [font for block in _all(tree, "fonts") for font in _all(block, "font")]
    struck_fonts = {
        number for number, font in enumerate(fonts) if any(strike.get("val", "1") not in ("0", "false") for strike in _all(font, "strike"))
    }
    kinds: dict[int, str] = {}
    scaling: dict[int, formats.Scaling] = {}
    struck: set[int] = set()
    for block in _all(tree, "cellXfs"):
        for index, style in enumerate(_all(block, "xf")):
            number = _whole(style.get("numFmtId"))
            if kind := formats.kind_of(codes[number]) if number in codes else formats.BUILTIN.get(number, ""):
                kinds[index] = kind
            elif scales := formats.scaling_of(codes.get(number, "")):
                scaling[index] = scales
            if _whole(style.get("fontId")) in struck_fonts:
                struck.add(index)
    return XlsxStyles(kinds, scaling, frozenset(struck))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _all(tree: Element | None, name: str) -> Iterator[Element]:
    """Every element of this local name, whatever the namespace (strict OOXML has another)."""
    for element in tree.iter() if tree is not None else ():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name:
            yield element


def _attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)
