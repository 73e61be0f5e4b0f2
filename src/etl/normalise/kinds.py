"""What each kind of column makes of one cell: a value with its interval, or null with a reason and a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, overload

from etl.forms.contract import Column
from etl.model import CellValue, Value
from etl.normalise.codes import read_code
from etl.normalise.dates import read_date
from etl.normalise.numbers import LARGEST, Number, decimals, masked, printed_interval, read_number, without_exponent
from etl.normalise.text import fold, has_mojibake, without_pinyin
from etl.normalise.vocabulary import Vocabulary
from etl.texts.catalogue import chinese

_MAYBE_MASKED = re.compile(r"[xXｘＸ×*＊﹡_＿&＆﹠某]")  # in any width, so that most texts need no folding
_MASKED_TEXT = re.compile(r"[xX×*_&]{2,}|[*]年|某(?=[县市区乡镇局]|公司|单位)")
_WHOLE_CODE = re.compile(r"[0-9A-Z]{18}")
_DAYS = re.compile(r"(?<=[\d一二三四五六七八九十])个?(工作日|自然日|日历日|天|日)(?:内|以内)?$")
_WHEN = re.compile(r"\(.*\)|时间|日期|年月|期限|时限|时点")


class Sent(NamedTuple):
    """One cell of a column as sent. `raw` None is blank; `error` is a formula error, '' one without a result."""

    raw: CellValue
    cell: str
    row: int  # from 1
    percent: bool = False  # shown in a percent format
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the sheet says that a cell alone does not."""

    vocabulary: Vocabulary
    sheet: str
    scale: Decimal = Decimal(1)  # units of storage that one printed unit is
    unit_word: str | None = None  # the printed unit of the column
    percent_header: bool = False  # the header says %
    delimited: bool = False
    year: int | None = None  # year of the title, for dates without one


@dataclass(slots=True)
class ReadCell:
    """One cell as understood; `expected` helps the sentence of its finding."""

    value: Value = None
    low: Value = None
    high: Value = None
    precision: str | None = None
    reason: str | None = None
    rule: str | None = None
    expected: str | None = None
    extra: str | None = None  # a second, milder rule on the same cell


Reader = Callable[[Sent], ReadCell]
Ratio = list[Decimal | None] | None  # percents recomputed from other columns, line by line


def masked_text(text: str) -> bool:
    """True where sample signs stand in a text: XX公司, 某镇, 20xx年 (P54)."""
    return bool(_MAYBE_MASKED.search(text) and _MASKED_TEXT.search(fold(text)))


@overload
def sent_text(raw: None) -> None: ...
@overload
def sent_text(raw: str | int | Decimal | date) -> str: ...
def sent_text(raw: CellValue) -> str | None:
    """The cell as the clerk reads it back in a reply."""
    if raw is None:
        return None
    if isinstance(raw, Decimal):
        return without_exponent(raw)
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time().isoformat() == "00:00:00" else raw.isoformat(sep=" ")
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw)


def _no_value(column: Column) -> ReadCell:
    """A mark in place of a value is null with its reason; only a required cell makes it a finding (F05)."""
    return ReadCell(reason="no_value", rule="F05" if column.required else None)


def _amounts(column: Column, sent: list[Sent], context: Context, _ratio: Ratio) -> Reader:
    units = context.vocabulary.money_units.get(column.unit or "", {})
    storage = column.stored_in

    def read(one: Sent) -> ReadCell:
        number = read_number(one.raw, context.vocabulary, units)
        if number.rule == "F05":
            return _no_value(column)
        foreign = number.own_unit is None and isinstance(one.raw, str) and fold(one.raw).endswith(("万", "亿"))  # 两万 of dollars
        if number.value is None or number.percent_sign or foreign:
            return ReadCell(reason=number.reason or "not_a_number", rule=number.rule or "F03")
        scale = units[number.own_unit] if number.own_unit else context.scale
        cell = _with_interval(number, scale)
        if not isinstance(cell.value, Decimal):  # too large
            return cell
        if number.own_unit and scale != context.scale:
            cell.extra = "F19"
            cell.expected = f"{without_exponent(cell.value)}{storage}"
        elif number.rule == "F04":
            cell.expected = f"{without_exponent(cell.value)}{storage}"
        return cell

    return read


def _with_interval(number: Number, scale: Decimal, exact: bool = False) -> ReadCell:
    assert number.value is not None  # who asks has looked
    value = number.value * scale
    if abs(value) > LARGEST:
        return ReadCell(reason="too_large", rule="F03")
    low: Decimal
    high: Decimal | None
    if exact:
        low = high = value
    else:
        low, high = printed_interval(number.value, scale)
    if number.rule == "F04" and number.low is not None:
        low = number.low * scale
        high = None if number.high is None else number.high * scale
    return ReadCell(value, low, high, rule=number.rule, reason="estimate" if number.rule == "F04" else None)


def _numbers(column: Column, sent: list[Sent], context: Context, _ratio: Ratio) -> Reader:
    exact = column.unit != "亩"  # counts, points and days are exact, areas are printed

    def read(one: Sent) -> ReadCell:
        raw = one.raw
        extra = None
        if isinstance(raw, str) and (word := _DAYS.search(fold(raw))) and column.unit == "工作日":
            kind = context.vocabulary.day_words.get(word.group(1))
            extra = "P50" if kind == "unclear" else None
            raw = fold(raw)[: word.start()]
        number = read_number(raw, context.vocabulary, {"亩": Decimal(1)} if column.unit == "亩" else {})
        if number.rule == "F05":
            return _no_value(column)
        if number.value is None or number.percent_sign:
            return ReadCell(reason=number.reason or "not_a_number", rule=number.rule or "F03")
        cell = _with_interval(number, Decimal(1), exact)
        if number.rule == "F04" and isinstance(cell.value, Decimal):
            cell.expected = without_exponent(cell.value)
        if extra:
            cell.expected = "工作日"
        cell.extra = extra
        return cell

    return read


def _percents(column: Column, sent: list[Sent], context: Context, ratio: Ratio) -> Reader:
    """`%` decides; a cell in percent format is times 100; else the whole column is decided by recomputing."""
    bare_scale = Decimal(1) if context.percent_header else _bare_scale(sent, context, ratio)

    def read(one: Sent) -> ReadCell:
        number = read_number(one.raw, context.vocabulary)
        if number.rule == "F05":
            return _no_value(column)
        if number.value is None:
            return ReadCell(reason=number.reason, rule=number.rule)
        scale = Decimal(1) if number.percent_sign else Decimal(100) if one.percent else bare_scale
        cell = _with_interval(number, scale)
        if number.rule == "F04" and isinstance(cell.value, Decimal):
            cell.expected = f"{without_exponent(cell.value)}%"
        return cell

    return read


def _bare_scale(sent: list[Sent], context: Context, ratio: Ratio) -> Decimal:
    bare = []
    for place, one in enumerate(sent):
        if one.raw is None or one.percent or one.error is not None or one.raw.__class__ is str and one.raw[-1:] == "%":
            continue
        number = read_number(one.raw, context.vocabulary)
        if number.value and not number.percent_sign:
            bare.append((number.value, ratio[place] if ratio else None))
    as_is = sum(1 for v, r in bare if r is not None and abs(v - r) <= abs(v * 100 - r))
    times = sum(1 for v, r in bare if r is not None and abs(v - r) > abs(v * 100 - r))
    if as_is or times:
        return Decimal(100) if times > as_is else Decimal(1)
    return Decimal(100) if bare and all(abs(v) <= 1 for v, _ in bare) else Decimal(1)


def _years(column: Column, sent: list[Sent], context: Context, _ratio: Ratio) -> Reader:
    def read(one: Sent) -> ReadCell:
        raw = fold(one.raw).removesuffix("度").removesuffix("年") if isinstance(one.raw, str) else one.raw
        number = read_number(raw, context.vocabulary)
        if number.rule == "F05":
            return _no_value(column)
        if number.value is None or decimals(number.value):
            return ReadCell(reason=number.reason or "not_a_number", rule=number.rule or "F03")
        year = int(number.value)
        if year > 99999:
            return ReadCell(reason="not_a_number", rule="F03")
        return ReadCell(year, year, year)

    return read


def _own_words(column: Column) -> tuple[str, ...]:
    """What a column asks for, which says nothing new behind a date: 2024年1月开工 under 实际开工时间, longest first."""
    names = {_WHEN.sub("", fold(header)) for header in (column.header, *column.aliases)}
    return tuple(sorted({n for name in names for n in (name, name[-2:]) if len(n) > 1}, key=len, reverse=True))


def _dates(column: Column, sent: list[Sent], context: Context, _ratio: Ratio) -> Reader:
    own = _own_words(column)

    def read(one: Sent) -> ReadCell:
        raw = one.raw
        if isinstance(one.raw, str):
            text = one.raw.strip()
            if text in context.vocabulary.no_value_marks or fold(text) in context.vocabulary.no_value_marks:
                return _no_value(column)
            if masked(fold(text), context.vocabulary):
                return ReadCell(reason="masked", rule="P54")
            word = next((w for w in own if text.endswith(w) and text != w), "")
            raw = text.removesuffix(word)
        dated = read_date(raw, delimited=context.delimited, year_of_title=context.year)
        expected = dated.expected or (chinese("expected.date") if dated.rule == "F06" else None)
        return ReadCell(dated.value, dated.low, dated.value, dated.precision, dated.reason, dated.rule, expected)

    return read


def _enums(column: Column, sent: list[Sent], context: Context, _ratio: Ratio) -> Reader:
    listed = {fold(v): v for v in column.values}
    synonyms = context.vocabulary.enum_synonyms.get(column.name, {})

    def read(one: Sent) -> ReadCell:
        text = fold(str(one.raw))
        if text in context.vocabulary.no_value_marks and text not in listed:
            return _no_value(column)
        value = listed.get(text) or synonyms.get(text)
        if value is None and (dashed := re.sub(r"[–—~～至]", "-", text)) in listed:
            value = listed[dashed]
        if value is not None or column.open:
            return ReadCell(value if value is not None else str(one.raw).strip())
        if column.required and masked_text(text):
            return ReadCell(reason="masked", rule="P54")
        return ReadCell(str(one.raw).strip(), reason="not_in_list", rule="F08", expected=chinese.list(column.values))

    return read


def _codes(column: Column, sent: list[Sent], context: Context, _ratio: Ratio) -> Reader:
    def read(one: Sent) -> ReadCell:
        if isinstance(one.raw, str):
            text = one.raw.strip()
            if text in context.vocabulary.no_value_marks or fold(text) in context.vocabulary.no_value_marks:
                return _no_value(column)
            if masked_text(text) and not _WHOLE_CODE.fullmatch(fold(text).upper()):
                return ReadCell(reason="masked", rule="P54")
        code, rule = read_code(one.raw)
        return ReadCell(
            code,
            rule=rule,
            reason="digits_lost" if rule else None,
            expected=chinese(f"expected.{column.code or 'whole_code'}") if rule else None,
        )

    return read


def _texts(column: Column, sent: list[Sent], context: Context, _ratio: Ratio) -> Reader:
    def read(one: Sent) -> ReadCell:
        text = (sent_text(one.raw) or "").strip()
        if text in context.vocabulary.no_value_marks and not column.required:
            return ReadCell(reason="no_value")
        if column.required and masked_text(text):
            return ReadCell(reason="masked", rule="P54")
        if has_mojibake(text):
            return ReadCell(without_pinyin(text), rule="F39")
        return ReadCell(text)

    return read


READERS = {
    "amount": _amounts,
    "number": _numbers,
    "percent": _percents,
    "year": _years,
    "date": _dates,
    "enum": _enums,
    "code": _codes,
    "text": _texts,
}
