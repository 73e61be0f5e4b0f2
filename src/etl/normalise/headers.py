"""Match the text of a header to a canonical column; an unknown header is said, never matched silently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.forms.contract import ContractError, Form
from etl.normalise.dates import arabic
from etl.normalise.text import fold, norm

_TO_MONTH = re.compile(r"(?:1月?[-—–~至到]|截[至止])(\d{1,2}|N)月[底末]?")
_ORDINAL = re.compile(r"^\d{1,2}[.、)](?=\D|1-N月)")
_BRACKET = re.compile(r"[(\[【](?:金额|计量)?(?:单位[:：]?)?([^()\[\]【】]*)[)\]】]")
_STARS = re.compile(r"[*★☆※▲△●]")  # marks of columns that must be filled in
_BETWEEN = re.compile(r"[、,，;；/]")
_MONEY = r"(?:亿|千万|百万|万|千)?(?:[美欧港日韩澳加新]?元|英镑|卢布|法郎|泰铢)"
# What may stand in a header's bracket without being part of its name: units of measure, word by word.
_MEASURE = re.compile(rf"{_MONEY}|亩|个|家|项|人|次|%|分|天|日|工作日|自然日|日历日|平方米|公顷|是|否")
# A unit may also follow without a bracket, as on a line of its own: 计划总投资⏎万元.
_TRAILING = re.compile(rf"(?<=[\u4e00-\u9fff)])[,，:：/_-]?((?:人民币)?{_MONEY}|%)$")
_NAMED_YEAR = re.compile(r"^20\d\d年度?")
_NAMED_MONTH = re.compile(r"^(1[0-2]|[1-9])月份?(?=[\u4e00-\u9fff])")
_LAST_BRACKET = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")
_ORDERS = re.compile(r"[(\[【](?:必填|选填|必须填|如有)[^()\[\]【】]*[)\]】]")
_OWN_UNIT = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")
_WHOLE = frozenset({"合计", "小计", "总计", "总额", "总数"})


@dataclass(frozen=True, slots=True)
class HeaderText:
    """One header as compared: its key, the units in its brackets, the N of 1-N月 if it names one."""

    key: str
    bare: str  # the key without any bracket, for 项目代码（24位）
    short: str  # the key without its last bracket, for 追加（减）（照批复填写）
    dated: str  # `bare` with a year or month that it names as 本年, 本月: 2024年计划投资
    units: tuple[str, ...]
    month: int | None
    words: str = ""  # folded, without stars and units, as a declared layout names it


@lru_cache(maxsize=4096)
def read_header(text: str) -> HeaderText:
    """Fold a header and take its unit brackets and its month off: 1-3月完成投资（万元） is 1N月完成投资, 万元, 3."""
    folded = _STARS.sub("", arabic(fold(str(text))))
    units: list[str] = []

    def take(found: re.Match) -> str:
        words = [word.removeprefix("人民币") for word in _BETWEEN.split(found.group(1))]
        measures = [word for word in words if _MEASURE.fullmatch(word)]
        units.extend(measures)
        return "" if measures else found.group()

    folded = _TRAILING.sub(lambda found: f"({found.group(1)})", folded)
    words = folded = _BRACKET.sub(take, _ORDERS.sub("", folded))
    month = None
    if found := _TO_MONTH.search(folded):
        month = int(found.group(1)) if found.group(1).isdigit() else None
        folded = _TO_MONTH.sub("1-N月", folded)
    dated = _NAMED_YEAR.sub("" if month else "本年", folded)
    if month is None and (found := _NAMED_MONTH.match(dated.removeprefix("本年"))):
        month, dated = int(found.group(1)), _NAMED_MONTH.sub("本月", dated.removeprefix("本年"))
    folded = _ORDINAL.sub("", folded)
    return HeaderText(
        norm(folded),
        norm(_BRACKET.sub("", folded)),
        norm(_LAST_BRACKET.sub("", folded)),
        norm(_BRACKET.sub("", dated)),
        tuple(units),
        month,
        words,
    )


def own_wording(text: str, header: str) -> str | None:
    """A header as the clerk wrote it, without units and line breaks; None where it says the standard one."""
    bare = "".join(_OWN_UNIT.sub("", str(text)).split())
    return bare if bare and read_header(text).bare not in ("", read_header(header).bare) else None


def check_headers(form: Form) -> None:
    """Refuse a contract in which one text on a sheet would name two columns of a block. Raises ContractError."""
    owner: dict[tuple[str, str], tuple[str, str]] = {}
    for column in form.columns:
        for text in (column.header, *column.aliases) if not column.support else ():
            name, first = owner.setdefault((column.block, read_header(text).key), (column.name, text))
            if name != column.name:
                path = form.folder / "form.yaml"
                lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
                begun = next((n for n, line in enumerate(lines, 1) if re.match(rf"\s*- name:\s*['\"]?{column.name}\b", line)), None)
                raise ContractError(path, begun, "form.header_twice", name=column.name, text=text, other=name, first=first)


class HeaderIndex:
    """The headers of one block of a form, by folded key."""

    def __init__(self, form: Form, block: str = "table") -> None:
        self.form = form
        self.columns: dict[str, str] = {}
        for column in form.columns:
            if column.block == block and not column.support:
                for text in (column.header, *column.aliases):
                    self.columns.setdefault(read_header(text).key, column.name)

        self._joined = "\n".join(self.columns)
        self._known: dict[tuple[HeaderText, ...], str | None] = {}

    def find(self, text: str) -> str | None:
        """The column that a label of one level names."""
        return self.match([read_header(text)])

    def hints(self, text: HeaderText) -> bool:
        """True where a text could be a header of this form, or one level of it."""
        return bool(text.bare) and (
            text.bare in self._joined or text.key in self.columns or text.short in self.columns or text.dated in self._joined
        )

    def match(self, levels: list[HeaderText]) -> str | None:
        """The column that stacked headers name, top level first."""
        key = tuple(levels)
        if key not in self._known:
            self._known[key] = self._match(levels)
        return self._known[key]

    def _match(self, levels: list[HeaderText]) -> str | None:
        """The column that stacked headers name, top level first: joined, joined the other way, then without the upper levels."""
        for keys in (
            [level.key for level in levels],
            [level.short for level in levels],
            [level.bare for level in levels],
            [level.dated for level in levels],
            [level.dated.removeprefix("本年") for level in levels],
        ):
            keys = [k for i, k in enumerate(keys) if k and k not in keys[:i]]
            if len(keys) > 1 and keys[-1] in _WHOLE:  # 到位资金 over 合计 and 其中：外资
                keys = keys[:-1]
            for start in range(len(keys)):
                for key in ("".join(keys[start:]), "".join(reversed(keys[start:]))):
                    if key in self.columns:
                        return self.columns[key]
        return None
