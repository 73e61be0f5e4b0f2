"""The codes of published columns in words: which there are says `labels.yaml`, what they are called the catalogue of texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from etl.forms.yamlfile import load_yaml
from etl.texts.catalogue import LANGUAGES, speaker

LABELS = "labels.yaml"
EVERY = "*"
OWN = "code"  # the subject whose texts are called after their column
Label = tuple[str, str, str, str, str, int]  # mart or *, column, code, Chinese, English, place in the list of its column


def load_labels(expectations: Path) -> tuple[Label, ...]:
    """Every code of every column that `labels.yaml` names, in its order."""
    return tuple(
        (mart or EVERY, column, code, *(speaker(lang).word(subject, name) for lang in LANGUAGES), place)
        for meant, subjects in load_yaml(expectations / LABELS).items()
        for mart, _, column in [meant.rpartition(".")]
        for place, (code, subject, name) in enumerate(_words(column, subjects), 1)
    )


def _words(column: str, subjects: Mapping[str, list[str | dict[str, str]]]) -> Iterator[tuple[str, str, str]]:
    """(code, subject of the catalogue, name of the text there) of each code of a column."""
    for subject, codes in subjects.items():
        for code in codes:
            if isinstance(code, str):
                yield code, subject, f"{column}_{code}" if subject == OWN else code
            else:
                yield from ((short, subject, name) for short, name in code.items())
