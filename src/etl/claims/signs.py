"""Words and signs around a number that give its direction (增长, 下降, 负, ↓), its currency (¥) or nothing (共, 达)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.claims.lexicon import Lexicon

_OF_BASE = re.compile(r"[^的]{2,12}的(?=.*倍)")  # 相当于2020年的3.2倍
_THAN = re.compile(r"(?:较|比|与|同)\d{4}年(?:同期)?(?:相比)?|占\D{1,12}?的|(?<=倍)于\D+$|^\w{1,3}年(?=翻)")  # 占全部投资的, 五年翻番
_NOUN = re.compile(r"^[^\W\d]{1,8}(?:率|比|比重|比例|额|量|值)(?:为|是|达|达到)?(?=-?\d)")  # 开工率75%
_BEYOND = re.compile(r"(?:(高于|快于|高出|多于)|低于|慢于|少于)[^\W\d]{2,20}?(?=\d)")  # 高于全省平均水平1.5个百分点
_DIRECTION = {"fall": -1, "minus": -1}


@dataclass(frozen=True, slots=True)
class Sign:
    """Plus or minus, and as what it was `said`: rise, fall, excess, multiple or '' (see Figure)."""

    factor: int = 1
    said: str = ""

    def then(self, role: str) -> Sign:
        return Sign(self.factor * _DIRECTION.get(role, 1), self.said if role in ("filler", "minus") else role)


def take_sign(text: str, lexicon: Lexicon, sign: Sign | None = None) -> tuple[str, Sign]:
    """Take such words off the beginning and the end, the longest first; a longer bound (达到或超过) is left alone."""
    sign = sign or Sign()
    text = _THAN.sub("", text)
    level = next((word for word in lexicon.level_words if text.startswith(word)), "")
    if level and (found := _OF_BASE.match(text, len(level))):
        return text[found.end() :], sign.then("multiple")
    if found := _BEYOND.match(text):
        text, sign = text[found.end() :], sign.then("rise" if found[1] else "fall")
    while word := max((w for w in (*lexicon.signs, *lexicon.vague) if text.startswith(w)), key=len, default=""):
        if word not in lexicon.signs or len(word) == len(text):
            break
        text, sign = text[len(word) :], sign.then(lexicon.signs[word])
    text = _NOUN.sub("", text)
    for word in lexicon.arrows:
        if text.endswith(word) and len(text) > len(word):
            text, sign = text[: -len(word)], sign.then(lexicon.signs[word])
    return text, sign


def take_currency(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Take the sign of a currency off the beginning: ¥12万 is 12万 of 元."""
    for symbol, unit in lexicon.currencies.items():
        if text.startswith(symbol) and len(text) > len(symbol):
            return text[len(symbol) :], unit
    return text, ""
