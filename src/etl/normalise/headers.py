"""Match the text of a header to a canonical column; an unknown header is said, never matched silently."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.forms.contract import Form
from etl.normalise.dates import arabic
from etl.normalise.text import fold, norm

_TO_MONTH = re.compile(r"1[-—–－~～至到](\d{1,2}|N)月")
_ORDINAL = re.compile(r"^\d{1,2}[.、)](?=\D)")
_BRACKET = re.compile(r"[(\[【](?:单位[:：])?([^()\[\]【】]*)[)\]】]")
# What may stand in a header's bracket without being part of its name: units of measure.
_MEASURE = re.compile(r"(?:人民币)?(?:元|万元|亿元|千元|百万元|美元|万美元|亿美元|亩|个|家|项|人|次|%|％|分|天|日|工作日|自然日|日历日|平方米|公顷|是/否|、)+")
_WHOLE = frozenset({"合计", "小计", "总计", "总额", "总数"})


@dataclass(frozen=True, slots=True)
class HeaderText:
    """One header as compared: its key, the units in its brackets, the N of 1-N月 if it names one."""

    key: str
    bare: str                              # the key without any bracket, for 项目代码（24位）
    units: tuple[str, ...]
    month: int | None


def read_header(text: str) -> HeaderText:
    """Fold a header and take its unit brackets and its month off: 1-3月完成投资（万元） is 1N月完成投资, 万元, 3."""
    folded = arabic(fold(str(text)))
    units: list[str] = []

    def take(found: re.Match) -> str:
        inner = found.group(1)
        if _MEASURE.fullmatch(inner):
            units.extend(u for u in inner.split("、") if u)
            return ""
        return found.group()

    folded = _BRACKET.sub(take, folded)
    month = None
    if found := _TO_MONTH.search(folded):
        month = int(found.group(1)) if found.group(1).isdigit() else None
        folded = _TO_MONTH.sub("1-N月", folded)
    folded = _ORDINAL.sub("", folded)
    return HeaderText(norm(folded), norm(_BRACKET.sub("", folded)), tuple(units), month)


class HeaderIndex:
    """The headers of one block of a form, by folded key."""

    def __init__(self, form: Form, block: str = "table") -> None:
        self.form = form
        self.columns: dict[str, str] = {}
        for column in form.columns:
            if column.block == block and not column.support:
                for text in (column.header, *column.aliases):
                    self.columns.setdefault(read_header(text).key, column.name)

    def match(self, levels: list[HeaderText]) -> str | None:
        """The column that stacked headers name, top level first: joined, joined the other way, the lowest alone."""
        for keys in ([level.key for level in levels], [level.bare for level in levels]):
            keys = [k for i, k in enumerate(keys) if k and k not in keys[:i]]
            if len(keys) > 1 and keys[-1] in _WHOLE:             # 到位资金 over 合计 and 其中：外资
                keys = keys[:-1]
            for key in ("".join(keys), "".join(reversed(keys)), *keys[-1:]):
                if key in self.columns:
                    return self.columns[key]
        return None

    def nearest(self, text: str) -> str:
        """The official header most like an unknown one, to propose to the clerk (F14)."""
        from rapidfuzz import process
        from rapidfuzz.distance import JaroWinkler

        best = process.extractOne(read_header(text).key, sorted(self.columns), scorer=JaroWinkler.similarity)
        return self.form.by_name[self.columns[best[0]]].header if best else ""
