"""Whether a cell has the type of its column: the evidence that tells a line from all else that may stand below a header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.forms.contract import Column
from etl.model import CellValue
from etl.normalise.dates import arabic
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary

FIRST_YEAR, LAST_YEAR = 1949, 2100
LONGEST_FIGURE = 24  # 约三千五百万元人民币（含补报）; a longer text with a digit in it is a sentence
_DIGIT = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两]")
_DATED = re.compile(r"\d年\d{1,2}月|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|^\d{1,2}月\d{1,2}日")
_WORDS = re.compile(r"[^\u4e00-\u9fff]|[〇零一二三四五六七八九十百千万亿两元美个家项人次亩天日年月约左右多余近近以上下整]")
LONGEST_WORDS = 2  # of a figure beside unit and vague words; 拟4月开工 is no figure
_DAY = re.compile(r"\d{2,4}[年.\-/、]|\d{1,2}月|季度|半年|^\d{4,8}$|^\d{5}(?:\.\d+)?$")
_YEAR = re.compile(r"(\d\d|\d{4})年?度?")
FIGURES, COUNTED, WORDS = ("amount", "number", "percent"), ("amount", "number"), ("text", "enum", "code")  # types of columns
NUMBERS = (int, Decimal)
_CODE = re.compile(r"[0-9A-Za-z\-—–]{6,}")


@dataclass(frozen=True, slots=True)
class Fit:
    """How a row fits the columns above it; counts of cells."""

    ok: int  # cells that have the type of their column (figures, days, list values, codes)
    bad: int  # cells that have not
    words: int  # filled cells of text columns that are texts
    mapped: int  # filled cells under known headers
    figures: int  # of the cells that are ok, those of amounts and numbers


def fits(column: Column, value: CellValue, vocabulary: Vocabulary) -> bool | None:
    """True or False where the cell tells; None where it could stand under any header (a text, a no-value mark)."""
    text = fold(value) if isinstance(value, str) else ""
    if isinstance(value, str) and (text in vocabulary.no_value_marks or len(text) <= 2 and not any(map(str.isalnum, text))):
        return None
    kind = column.type
    if kind == "year":
        found = _YEAR.fullmatch(text or str(value))
        return found is not None and (len(found.group(1)) == 2 or FIRST_YEAR <= int(found.group(1)) <= LAST_YEAR)
    if kind in FIGURES:
        if not isinstance(value, str):
            return not isinstance(value, (bool, date))
        vague = any(sign in text for sign in vocabulary.masked_signs) or any(w in text for w in vocabulary.vague_longest_first)
        if not _DIGIT.search(text) or len(text) > LONGEST_FIGURE:
            return None if vague else False
        if _DATED.search(text):
            return None
        return True if len(_WORDS.sub("", text)) <= LONGEST_WORDS else None
    if kind == "date":
        if not isinstance(value, str):
            return isinstance(value, date) or isinstance(value, (int, Decimal)) and not isinstance(value, bool) and 1000 < value < 10**8
        return bool(_DAY.search(arabic(text))) and len(text) <= LONGEST_FIGURE
    if kind == "enum" and not column.open:
        listed = {fold(v) for v in column.values} | set(vocabulary.enum_synonyms.get(column.name, ()))
        return text in listed or None if isinstance(value, str) and len(text) <= 8 else text in listed
    if kind == "code" and column.code:
        return True if _CODE.fullmatch(text or str(value)) else None if any(c.isdigit() for c in text) else False
    if kind == "text" and not isinstance(value, str):
        return None if isinstance(value, (int, Decimal)) else False
    return None


class Fitting:
    """How rows fit the columns above them; a text that stands often under one header is looked at once."""

    def __init__(self, columns: dict[int, Column], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.columns = {c: (column, column.type in FIGURES, column.type in COUNTED, column.type in WORDS) for c, column in columns.items()}
        self.known: dict[int, dict[str, bool | None]] = {c: {} for c in columns}  # what was found of the texts under each

    def of(self, cells: list[tuple[int, CellValue]]) -> Fit:
        """The fit of one row's filled cells."""
        ok = bad = words = mapped = figures = 0
        for c, value in cells:
            if c not in self.columns:
                continue
            column, numeric, counted, wordy = self.columns[c]
            known = self.known[c]
            mapped += 1
            if not isinstance(value, str):
                told = True if numeric and value.__class__ in NUMBERS else fits(column, value, self.vocabulary)
            elif value in known:
                told = known[value]
            else:
                told = known[value] = fits(column, value, self.vocabulary)
            if told:
                ok += 1
                figures += counted
            elif told is False:
                bad += 1
            elif wordy and isinstance(value, str):
                words += 1
        return Fit(ok, bad, words, mapped, figures)
