"""Values of a scheme as people write them, each checked and named with file and node where it cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.mistakes import Mistake

MOST = 1_000_000_000                    # points, percents and counts stay far below


class SchemeError(Mistake):
    """A scheme that cannot be used: names file and node, and how to mend it."""

    def __init__(self, path: Path, node: str, found: str, remedy: str) -> None:
        self.path, self.node = path, node
        super().__init__(f"考核办法 {path.name}{f' 的“{node}”' if node else ''}：{found}。{remedy}。")


def first_line(error: Exception) -> str:
    """What a parser complained of, with its line where it knows it."""
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"第{mark.line + 1}行：{said}" if mark else said


def words(path: Path, node: str, word: str, value: object) -> list[str]:
    """A list of words, never blank. Raises SchemeError."""
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise SchemeError(path, node, f"{word} 写的是“{value}”", f"请写成列表，例如 {word}: [month]" if word == "grain" else f"请写成列表，例如 {word}: [town]")
    return value


def number(path: Path, node: str, word: str, value: object) -> Decimal:
    """An exact number that the warehouse can hold. Raises SchemeError."""
    try:
        number = Decimal(str(value))
        if isinstance(value, bool) or not number.is_finite() or abs(number) >= MOST or int(number.normalize().as_tuple().exponent) < -6:
            raise InvalidOperation
    except InvalidOperation:
        raise SchemeError(path, node, f"{word} 写的是“{str(value)[:30]}”", "请写数字，最多六位小数") from None
    return number


def day(path: Path, data: Mapping, word: str) -> date | None:
    """A day, or None where the word is absent. Raises SchemeError."""
    value = data.get(word)
    if value is not None and type(value) is not date:
        raise SchemeError(path, "", f"{word} 写的是“{value}”，不是日期", "请写成 2024-01-01")
    return value


def one_of(path: Path, node: str, word: str, value: object, choices: tuple[str, ...]) -> str:
    """One of the words that there are. Raises SchemeError naming them."""
    if value not in choices:
        raise SchemeError(path, node, f"{word} 写的是“{value}”", f"可选 {'、'.join(choices)}")
    return str(value)


def only(path: Path, node: str, entry: Mapping, words: set[str]) -> None:
    """No word but these: a misspelt one would be passed over. Raises SchemeError."""
    if stray := sorted(str(w) for w in entry if w not in words):
        raise SchemeError(path, node, f"不认识 {'、'.join(stray)}", f"可写 {'、'.join(sorted(words))}")
