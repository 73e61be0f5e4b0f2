"""Judge what the reader made of a composed workbook: right, asked, told, refused, or wrong in silence."""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path

from etl.model import Reading, Received
from etl.validate.rulebook import load_rulebook
from tests.fixtures.places import EXPECTATIONS
from tests.layouts.compose import Want, Workbook
from tests.layouts.register import read_file, reference
from tests.layouts.tables import Day

OUTCOMES = ("right", "asked", "told", "refused", "silent")
RIGHT, ASKED, TOLD, REFUSED, SILENT = OUTCOMES
# Notices that an option of the dress deserves: they take nothing from a right reading.
DESERVED = {("columns", "own columns"): {"F14"}, ("columns", "many own columns"): {"F14"}, ("columns", "hidden helper"): {"F14", "F30"},
            ("columns", "own columns near to the form's"): {"F14"}, ("columns", "unit in a column"): {"F14"},
            ("panes", "zero-width column"): {"F30"}, ("panes", "hidden row"): {"F30"}, ("sheets", "hidden last month"): {"F30"}}
_UNREAD = {"F50", "F51"}         # says that a part of the sheet was not read: so it is told


@dataclass
class Verdict:
    """What came out for one workbook; `differences` says it in words."""

    outcome: str
    differences: list[str] = field(default_factory=list)


@cache
def rulebook() -> dict[str, tuple[str, str]]:
    """Severity and level of each rule."""
    return {code: (rule.severity, rule.level) for code, rule in load_rulebook(EXPECTATIONS).items()}


def read(workbook: Workbook) -> list[Reading]:
    """What the reader makes of the workbook's bytes."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(workbook.data)
        file.flush()
        received = Received(workbook.name, hashlib.sha256(workbook.data).hexdigest(), len(workbook.data),
                            datetime.combine(workbook.sent_at, time(9, 0)), 1, Path(file.name))
        return read_file(received, reference())


def judge(workbook: Workbook, readings: list[Reading] | None = None) -> Verdict:
    """Compare every cell of every line with the known table."""
    readings = read(workbook) if readings is None else readings
    said, worst = [], RIGHT
    left = list(readings)
    for want in workbook.wants:
        own = [r for r in left if (r.submission.form, r.submission.period, r.submission.unit) == (want.form, want.period, want.unit)]
        left = [r for r in left if r not in own]
        outcome, found = _compare(want, own, readings, workbook)
        said += found
        worst = max(worst, outcome, key=OUTCOMES.index)
    for reading in left:
        outcome, text = _unwanted(reading)
        said.append(text)
        worst = max(worst, outcome, key=OUTCOMES.index)
    return Verdict(worst, said)


def _unwanted(reading: Reading) -> tuple[str, str]:
    s = reading.submission
    errors = sorted({f.rule for f in reading.findings if _refuses(f)})
    rows = len(reading.lines) if reading.lines is not None else 0
    text = f"unwanted: {s.form} {s.unit} {s.period} on {s.sheet!r}, {rows} lines, {' '.join(errors) or 'no error'}"
    return (REFUSED if errors or not rows else SILENT), text


def _refuses(finding) -> bool:
    return rulebook().get(finding.rule, ("warning", "cell")) == ("error", "submission")


def _words(finding) -> str:
    return f"{finding.rule} {finding.cell or ''} {finding.column or ''} {finding.value!r} expected {finding.expected!r}"


def _compare(want: Want, own: list[Reading], everything: list[Reading], workbook: Workbook) -> tuple[str, list[str]]:
    name = f"{want.form} {want.unit} {want.period}"
    findings = [f for r in own for f in r.findings]
    if not own:
        told = any(f.rule in _UNREAD for r in everything for f in r.findings)
        if not want.must and told:
            return RIGHT, []
        return (SILENT if not want.must else REFUSED), [f"missing: {name}; read as " + "; ".join(
            f"{r.submission.form} {r.submission.unit} {r.submission.period} ({' '.join(sorted({f.rule for f in r.findings}))})" for r in everything)]
    refused = [f"refused: {name} by {_words(f)}" for f in findings if _refuses(f)]
    if refused:
        return REFUSED, refused + _wrong(want, own, findings)[1][:3]
    outcome, wrong = _wrong(want, own, findings)
    if wrong:
        return outcome, wrong
    deserved = set().union(*(rules for (feature, option), rules in DESERVED.items() if workbook.dress[feature] == option), _UNREAD)
    asked = [f"asked: {name}: {_words(f)}" for f in findings if f.rule not in deserved]
    return (ASKED if asked else RIGHT), asked


def _wrong(want: Want, own: list[Reading], findings) -> tuple[str, list[str]]:
    """Lines that are lost or invented and values that differ; in silence if nothing is said at that place."""
    got = defaultdict(list)
    for reading in own:
        for i, row in enumerate(reading.lines.rows if reading.lines is not None else ()):
            sheets = getattr(reading.lines, "sheets", ())
            got[sheets[i] if sheets else reading.submission.sheet, row].append((reading.lines, i))
    if len({sheet for sheet, *_ in want.lines}) == 1 and len({sheet for sheet, _ in got}) == 1:
        got = {("", row): found for (_, row), found in got.items()}          # a reader may name a lone sheet as it likes
        wanted = [("", *line[1:]) for line in want.lines]
    else:
        wanted = want.lines
    asked_rows = {f.row for f in findings if f.row}
    asked_cells = {f.cell for f in findings if f.cell}
    asked_columns = {f.column for f in findings if f.column and not f.row}
    asked_columns |= {c.name for c in reference().forms[want.form].columns for f in findings if f.rule == "F14"
                      if any(_text(word) in _text(f"{f.value} {f.expected}") for word in (c.header, *c.aliases))}
    unread = any(f.rule in _UNREAD for f in findings)
    said, silent = [], False
    for sheet, row, _, line in wanted:
        found = got.get((sheet, row), [])
        if not found:
            said.append(f"lost: row {row} {next(iter(line.values()))}")
            silent = silent or not (unread or row in asked_rows)
            continue
        best = min(found, key=lambda one: len(_differences(want, line, *one)))
        found.remove(best)
        for column, text, cell in _differences(want, line, *best):
            said.append(f"wrong: {text}")
            silent = silent or not (cell in asked_cells or column in asked_columns or row in asked_rows)
    for (_, row), found in got.items():
        for lines, i in found:
            filled = {n: d.raw[i] for n, d in lines.columns.items() if d.raw[i] is not None}
            said.append(f"invented: row {row} {dict(list(filled.items())[:4])}")
            silent = silent or row not in asked_rows
    return (SILENT if silent else TOLD), said


def _differences(want: Want, line: dict, lines, i: int) -> list[tuple[str, str, str]]:
    out = []
    for column in sorted(want.columns | {n for n in lines.columns if n in line}):
        data = lines.columns.get(column)
        value = data.value[i] if data else None
        precision = data.precision[i] if data and data.precision else None
        if column not in want.columns:
            continue
        if not same(want.form, column, line.get(column), value, precision):
            raw = data.raw[i] if data else "(no column)"
            out.append((column, f"row {lines.rows[i]} {column}: want {line.get(column)!r} got {value!r} {precision or ''} from {raw!r}",
                        data.cells[i] if data else ""))
    return out


def same(form: str, column: str, want, got, precision: str | None) -> bool:
    """One cell: decimals exactly, dates by value and precision, units by the register, texts by their characters."""
    if want is None or got is None:
        return want is None and got is None
    if isinstance(want, Day):
        return want.last == got and want.precision == (precision or "day")
    if isinstance(want, (Decimal, int)):
        return isinstance(got, (Decimal, int)) and Decimal(want) == Decimal(got)
    if _text(want) == _text(got):
        return True
    spec = reference().forms[form].by_name[column]
    register = reference().register
    return spec.register == "unit" and register.find(want) is not None and register.find(want) == register.find(str(got))


def _text(value) -> str:
    return "".join(unicodedata.normalize("NFKC", str(value)).split())
