"""All that people read, in Chinese and English: one YAML file a subject beside this module, read when it is first needed.

A key is `subject.name`; its two texts stand side by side with the same places to fill in, `{name}`. What is sent by
units (names, sentences of theirs, addresses) is filled in and never translated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("zh", "en")
BETWEEN = {"zh": "、", "en": ", "}


class Text:
    """A text that is not said yet: its key and values travel, and the language is known where it is shown."""

    def __init__(self, key: str, /, **values: object) -> None:
        self.key, self.values = key, values

    def said(self, lang: str) -> str:
        return speaker(lang)(self.key, **self.values)

    def __str__(self) -> str:
        return self.said("zh")


@dataclass(frozen=True, slots=True)
class Say:
    """Says the texts of the catalogue in one language."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        """A text with its values filled in; several values are listed, and a `Text` among them is said too."""
        subject, _, name = key.partition(".")
        return texts(subject)[name][self.lang].format(**{place: self._filled(value) for place, value in values.items()})

    def word(self, subject: str, code: object) -> str:
        """What people read for a code, such as an outcome; the code itself where the subject has no word for it."""
        found = texts(subject).get(str(code))
        return found[self.lang] if found else str(code)

    def list(self, parts: Collection[object]) -> str:
        """Several values one after the other: 甲、乙."""
        return BETWEEN[self.lang].join(str(self._filled(part)) for part in parts)

    def _filled(self, value: object) -> object:
        if isinstance(value, Text):
            return value.said(self.lang)
        if isinstance(value, Collection) and not isinstance(value, str):
            return self.list(value)
        return value


@cache
def speaker(lang: str) -> Say:
    """The one that says texts in zh or en."""
    return Say(lang)


NUMBER = r"-?[\d.]+"
PLACE = re.compile(r"(?<!{){(\w+)}")
chinese = speaker("zh")  # what is written into the data is Chinese; `recognised` finds it again


@cache
def texts(subject: str) -> Mapping[str, Mapping[str, str]]:
    """The texts of a subject: name -> language -> text, in a site's own wording where it has one."""
    own = product(subject)
    return {**own, **{name: {**own[name], **text} for name, text in _worded.get(subject, {}).items()}} if subject in _worded else own


@cache
def product(subject: str) -> dict[str, dict[str, str]]:
    """The texts of a subject in the product's wording."""
    return yaml.load((Path(__file__).parent / f"{subject}.yaml").read_bytes(), yaml.CSafeLoader)


WORDED = frozenset({"reply", "check", "matter", "order", "night", "expected"})  # what units and offices read
Wording = Mapping[str, Mapping[str, Mapping[str, str]]]  # subject -> name -> language -> text
_worded: dict[str, Mapping[str, Mapping[str, str]]] = {}  # in use


def use_wording(folder: Path) -> None:
    """Take a site's own wording, `<subject>.yaml` in a folder, before the product's.

    Raises ValueError with the file and what is wrong: a subject or name that there is not, or other places to fill in.
    """
    try:
        found = {path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in sorted(folder.glob("*.yaml"))}
    except yaml.YAMLError as error:
        raise ValueError(f"{folder}: {str(error).partition(chr(10))[0]}") from None
    if found == _worded:
        return
    take_wording({})
    for subject, names in found.items():
        path, own = folder / f"{subject}.yaml", texts(subject) if subject in WORDED else {}
        if not isinstance(names, dict):
            raise ValueError(f"{path}: {names}")
        for name, text in names.items():
            if name not in own or not isinstance(text, dict) or not set(text) <= set(LANGUAGES):
                raise ValueError(f"{path}: {name}")
            for lang, words in text.items():
                if not isinstance(words, str) or set(PLACE.findall(words)) != set(PLACE.findall(own[name][lang])):
                    raise ValueError(f"{path}: {name}: {own[name][lang]}")
    take_wording(found)


def wording_in_use() -> Wording:
    """A site's own wording that is in use, for a process that does not inherit it: `take_wording` takes it there."""
    return dict(_worded)


def take_wording(found: Wording) -> None:
    """Say the texts of subjects in this wording from now on; what it holds was examined by `use_wording`."""
    _worded.clear()
    _worded.update(found)
    texts.cache_clear()
    _patterns.cache_clear()


def recognised(subject: str, sentence: str) -> Text | str:
    """The text of a subject that a Chinese sentence is; the sentence itself where it is none of them.

    What stands in the warehouse is Chinese, as it was published; so it is said in English too.
    """
    for name, pattern in _patterns(subject):
        if found := pattern.fullmatch(sentence):
            inside = {place: recognised(subject, value) for place, value in found.groupdict().items()}
            return Text(f"{subject}.{name}", **inside)
    return sentence


def in_words(sentence: str, subject: str, lang: str) -> str:
    """A Chinese sentence of a subject in the language asked for."""
    found = recognised(subject, sentence)
    return found.said(lang) if isinstance(found, Text) else found


def as_modelled(sentence: str | None, lang: str) -> str:
    """What a model of dbt wrote, in the language asked for; '' where it wrote nothing."""
    return in_words(sentence, "written", lang) if sentence and lang != "zh" else sentence or ""


@cache
def _patterns(subject: str) -> list[tuple[str, re.Pattern[str]]]:
    """The Chinese texts of a subject as patterns, the longest wording first: the closest one is meant.

    Beside a site's own wording the product's is known: what was landed before the site had one is said in it.
    """
    both = [*texts(subject).items(), *((name, product(subject)[name]) for name in _worded.get(subject, {}))]
    worded = sorted(both, key=lambda item: -len(re.sub(r"{.*?}", "", item[1]["zh"])))
    return [(name, re.compile(_pattern(text["zh"]), re.DOTALL)) for name, text in worded]


def _pattern(text: str) -> str:
    """A text as a pattern; a place that is filled in twice holds the same both times, `edge` and `points` hold numbers."""
    places: set[str] = set()

    def group(found: re.Match[str]) -> str:
        again, place = found[1] in places, found[1]
        places.add(place)
        return f"(?P={place})" if again else f"(?P<{place}>{NUMBER if place in ('edge', 'points') else '.+?'})"

    return re.sub(r"\\{(\w+)\\}", group, re.escape(text))
