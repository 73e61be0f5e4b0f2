"""Fold the many ways of writing one text into one, so that words can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Marks of damage (F39): private use, the replacement character, pinyin in brackets after a Han character.
_DAMAGE = re.compile(r"[\ue000-\uf8ff\ufffd]")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň"
_PINYIN = re.compile(rf"(?<=[\u3400-\u9fff])[(（][a-zü{_TONES}]+[)）]")
_TONED = re.compile(rf"(?<=[\u3400-\u9fff])[(（][a-zü]*[{_TONES}][a-zü{_TONES}]*[)）]")
_MAYBE_DAMAGED = re.compile(rf"[\ue000-\uf8ff\ufffd{_TONES}]")
_NO_REASON = frozenset(
    {"", "无", "暂无", "没有", "无说明", "无原因", "没有原因", "空", "略", "待定", "待报", "不详", "na", "none", "null", "nil", "tbd"}
)
_NOT_WORD = re.compile(r"[\W_]+")
ALIKE = 0.8  # Jaro-Winkler: from here on one text may be the other in other words; it is proposed, never taken
_SPACE = re.compile(r"\s+")
# Spellings that differ by habit, not by meaning.
_VARIANTS = str.maketrans({"帐": "账", "著": "着"})


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=65536)
def simplify(text: str) -> str:
    """Traditional characters to simplified ones, so that 單位 reads as 单位."""
    return text if text.isascii() else _converter().convert(text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """One width and one script, no white space: for labels, titles, enumerations and numbers."""
    if text.isascii():
        return "".join(text.split())
    return _SPACE.sub("", simplify(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=65536)
def norm(text: str) -> str:
    """`fold` without punctuation, digits kept: the form in which names are compared (judging.md, section 1)."""
    return _NOT_WORD.sub("", fold(text).translate(_VARIANTS)).lower()


def gives_no_reason(text: str) -> bool:
    """True where a text in place of a reason says nothing: 无, -, /, N/A, 。"""
    return norm(text) in _NO_REASON


def has_mojibake(text: str) -> bool:
    """True where a text holds characters that no keyboard wrote (F39); (app) is a word, (àn) is damage."""
    return bool(_MAYBE_DAMAGED.search(text) and (_DAMAGE.search(text) or _TONED.search(text)))


def without_pinyin(text: str) -> str:
    """Remove pinyin in brackets after a Han character; digits and percents in brackets are data and stay."""
    return _PINYIN.sub("", text) if _TONED.search(text) else text
