"""Put a finding into words that tell a clerk which cell to mend and how."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.forms.contract import Column, Form
from etl.normalise.dates import read_date
from etl.normalise.numbers import without_exponent
from etl.normalise.slips import slip
from etl.texts.catalogue import Say, Text, chinese, in_words, recognised, speaker, texts
from etl.validate.failure import Failure
from etl.validate.rulebook import Rule
from etl.validate.verdict import of_a_column

_GUESS = re.compile(r"\[([^\[\]]*\{expected\}[^\[\]]*)\]")
_SENT = re.compile(r"\[([^\[\]|]*\{value\}[^\[\]|]*)\|([^\[\]|]*)\]")
# Rules whose value is no text of the unit: the reader or the query put it together.
WORDED = ("F26", "F30", "F58")
LONGEST_HEADER = 24
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


def wanted(rule: str, column: Column | None, form: Form | None) -> str | None:
    """What a cell should hold, in words, for a finding that does not say so itself."""
    if column is None:
        return form.name if form and rule in ("F15", "F22", "P56") else None
    kind = _kind(column)
    if rule != "F01":
        return kind
    return (
        chinese("expected.filled", header=column.header)
        if column.type == "text"
        else chinese("expected.filled_as", header=column.header, kind=kind)
    )


def _kind(column: Column) -> str:
    """What a column holds, as it is published."""
    if column.register == "unit":
        return chinese("expected.register")
    if column.type == "enum":
        return chinese.list(column.values)
    if column.type not in ("amount", "number"):
        return chinese(f"expected.{column.type}", header=column.header)
    unit = column.stored_in or column.unit
    return chinese("expected.number_in", unit=unit) if unit else chinese("expected.number")


def sentence(rule: Rule, found: Failure, column: Column | None, lang: str) -> str:
    """The rule's sentence with cell, value, expectation and the remedy that fits filled in; nothing in it ever reads None.

    What stands in [brackets] around {expected} is a guess, and left out where the rule made none; [about {value}|other words]
    are the other words where nothing was sent. The difference of a finding about a whole column is its extent (9行).
    """
    cell, value, expected = found.cell, found.value, found.expected
    template = rule.sentence_en if lang == "en" else rule.sentence_zh
    template = _SENT.sub(r"\2" if value in (None, "") else r"\1", template)
    say = speaker(lang)
    place = cell or say("finding.sheet")
    if cell and column:
        place = say("finding.place", cell=cell, column=_named(column, found.header, say))
    remedy = rule.remedies.get(_slip(rule.code, column, value, expected), ("", ""))[lang == "en"]
    if value in (None, ""):
        value = found.file if rule.code in ("F27", "F28", "F29", "F41") else found.sheet if rule.code == "F33" else say("finding.blank")
    if lang != "zh":
        expected = expected and in_language(expected, rule.code, lang)
        value = in_language(value, rule.code, lang) if rule.code in WORDED else value
    if of_a_column(found) and found.difference and cell and column:
        place = say("finding.whole_column", cell=cell, header=column.header, extent=recognised("expected", found.difference))
    guessed = found.expected and found.expected != wanted(rule.code, column, None)  # what any such cell should hold is no guess
    template = _GUESS.sub(r"\1" if guessed else "", template)
    if lang == "zh" and not place[-1].isascii():
        template = template.replace("{cell} ", "{cell}")
    value = _shown(value, column, found.understood, say)
    filled = {"value": value.replace("\n", " "), "expected": expected or _unsaid(rule.code, say)}
    return template.format(cell=place, remedy=remedy.format(**filled), **filled)


def in_language(text: str, code: str, lang: str) -> str:
    """What a rule expects, said anew: its query put it together, or the reader, or a refusal did."""
    if code == "F27":
        return in_words(text, "refusal", lang)
    found = recognised("judged", text)
    return found.said(lang) if isinstance(found, Text) else in_words(text, "expected", lang)


def _named(column: Column, header: str | None, say: Say) -> str:
    """A column by the words that stand over it, and what they are in the form: 项目总投资，即“计划总投资”."""
    if not header:
        return column.header
    own = header if len(header) <= LONGEST_HEADER else header[:LONGEST_HEADER] + "…"
    return say("finding.own_name", own=own, header=column.header)


def _shown(value: str, column: Column | None, understood: str | None, say: Say) -> str:
    """A value as sent, so that it compares with what is expected: a day and not its serial, an amount in the unit of storage too."""
    if column is None:
        return value
    if column.type == "date" and _SERIAL.fullmatch(value):
        return str(read_date(Decimal(value)).value)
    if column.type == "amount" and understood and _PLAIN.fullmatch(value) and Decimal(value) != Decimal(understood):
        amount = without_exponent(Decimal(understood)) + (column.stored_in or "")
        return say("finding.in_unit", value=value, amount=amount)
    return value


def _slip(code: str, column: Column | None, value: str | None, expected: str | None) -> str:
    """Which of a rule's remedies fits."""
    if code in ("F01", "F05"):
        return "figure" if column is not None and column.numeric else "other"
    return slip(code, value)


def _unsaid(code: str, say: Say) -> str:
    """What stands for an expectation that nobody worked out."""
    key = f"unsaid_{code}"
    return say(f"finding.{key}" if key in texts("finding") else "finding.unsaid")
