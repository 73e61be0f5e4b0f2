"""The one kind of error that a person can put right; its text is the whole answer and no traceback is shown."""

from __future__ import annotations

from typing import Self

from etl.texts.catalogue import Text


class Said(Exception):
    """An error that says itself in the language of whoever reads it; Chinese where nobody asked."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.text = Text(key, **values)
        self.lang = "zh"

    def to(self, lang: str) -> Self:
        """Itself, for a reader of that language: where nobody catches it, it is said so."""
        self.lang = lang
        return self

    def said(self, lang: str) -> str:
        return self.text.said(lang)

    def __str__(self) -> str:
        return self.said(self.lang)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.__dict__)  # a child of another process hands it on whole


class Mistake(Said):
    """A wrong option, path, setting or site file; the text says what, where, and what to do."""


def _again(kind: type[Said], content: dict[str, object]) -> Said:
    error = kind.__new__(kind)
    error.__dict__.update(content)
    return error
