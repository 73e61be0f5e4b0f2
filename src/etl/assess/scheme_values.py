"""Values of a scheme as people write them, each checked and named with file and node where it cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.mistakes import Mistake
from etl.texts.catalogue import Text, recognised

MOST = 1_000_000_000  # points, percents and counts stay far below


class SchemeError(Mistake):
    """A scheme that cannot be used: names file and node, and how to mend it."""

    def __init__(self, path: Path, node: str, key: str, /, **values: object) -> None:
        super().__init__("scheme.error_at" if node else "scheme.error", file=path.name, node=node, said=Text(key, **values))
        self.path, self.node = path, node


def first_line(error: Exception) -> Text | str:
    """What a parser complained of, with its line where it knows it."""
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Text("scheme.at_line", line=mark.line + 1, problem=recognised("form", said)) if mark else recognised("form", said)


def words(path: Path, node: str, word: str, value: object) -> list[str]:
    """A list of words, never blank. Raises SchemeError."""
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise SchemeError(path, node, "scheme.no_words", word=word, value=value, example="month" if word == "grain" else "town")
    return value


def exact_number(path: Path, node: str, word: str, value: object) -> Decimal:
    """An exact number that the warehouse can hold. Raises SchemeError."""
    try:
        number = Decimal(str(value))
        if isinstance(value, bool) or not number.is_finite() or abs(number) >= MOST or int(number.normalize().as_tuple().exponent) < -6:
            raise InvalidOperation
    except InvalidOperation:
        raise SchemeError(path, node, "scheme.no_number", word=word, value=str(value)[:30]) from None
    return number


def scheme_day(path: Path, data: Mapping, word: str) -> date | None:
    """A day, or None where the word is absent. Raises SchemeError."""
    value = data.get(word)
    if value is not None and type(value) is not date:
        raise SchemeError(path, "", "scheme.no_day", word=word, value=value)
    return value


def one_of(path: Path, node: str, word: str, value: object, choices: tuple[str, ...]) -> str:
    """One of the words that there are. Raises SchemeError naming them."""
    if value not in choices:
        raise SchemeError(path, node, "scheme.no_choice", word=word, value=value, choices=tuple(choices))
    return str(value)


def only(path: Path, node: str, entry: Mapping, words: set[str]) -> None:
    """No word but these: a misspelt one would be passed over. Raises SchemeError."""
    if stray := sorted(str(w) for w in entry if w not in words):
        raise SchemeError(path, node, "scheme.stray", stray=tuple(stray), words=sorted(words))
