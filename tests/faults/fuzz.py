"""Spoil whole files, words and contracts without end, and see that each is read or refused in words, the same way twice, within bounds.

`python -m tests.faults.fuzz --seed 1 --seconds 120` prints what was tried and what fell: the seed and the number of each case bring it
back (`--only readers --from 731 --cases 1`). A case that fell becomes a test of its room in `tests/unit`. Exit 1 where any fell.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import yaml

from etl.forms.checks import ContractError
from etl.forms.contract import load_form, load_forms
from etl.forms.yamlfile import load_yaml
from etl.model import Received, Unreadable
from etl.normalise.codes import read_code
from etl.normalise.columns import understand_column
from etl.normalise.dates import read_date
from etl.normalise.headers import check_headers, read_header
from etl.normalise.kinds import Context, Sent
from etl.normalise.numbers import read_number
from etl.normalise.numerals import chinese_number
from etl.normalise.periods import find_period, period_said
from etl.normalise.targets import split_target
from etl.period import GRAIN_OF
from etl.read.layout import load_layouts
from etl.read.pool import run_bounded
from etl.understand.submission import read_file
from tests.faults import mutate
from tests.fixtures.places import EXPECTATIONS, SAMPLE
from tests.fixtures.sheets import LINES, NAMES, plain, reference
from tests.fixtures.workbooks import cells, ods, part_by_part, written_grids

LAID = Path(__file__).parents[1] / "fixtures" / "laid"
MEGABYTES, SECONDS = 300, 10  # of any one file
SHARES = {"readers": 0.7, "normalisers": 0.15, "contracts": 0.15}  # of the time


class Fall(NamedTuple):
    """A case that fell, and by what."""

    room: str
    number: int
    what: str
    why: str


# --- readers ---------------------------------------------------------------------------------------------------------


@cache
def corpus(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Whole files: the sample's inbox, and what the tests' own writers make, by the name that each had in the inbox."""
    made = [(NAMES[form], written_grids(folder / "a.xlsx", [plain(form)]).read_bytes()) for form in LINES]
    rows = "".join("<table:table-row>" + "".join(f"<table:table-cell office:value-type='string'><text:p>{v or ''}</text:p></table:table-cell>" for v in row)
                   + "</table:table-row>" for row in plain("budget_execution_monthly").rows)
    made.append((NAMES["budget_execution_monthly"], ods(folder / "a.ods", f"<table:table table:name='Sheet1'>{rows}</table:table>").read_bytes()))
    table = "".join("<tr>" + "".join(f"<td>{v if v is not None else ''}</td>" for v in row) + "</tr>" for row in plain("rectification").rows)
    made.append((NAMES["rectification"], f"<html><meta charset=utf-8><table border=1>{table}</table></html>".encode()))
    xml = "".join("<Row>" + "".join(f'<Cell><Data ss:Type="String">{v}</Data></Cell>' if v is not None else "<Cell/>" for v in row) + "</Row>"
                  for row in plain("approval_case").rows)
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    made.append((NAMES["approval_case"], f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
                 f'<Worksheet ss:Name="a"><Table>{xml}</Table></Worksheet></Workbook>'.encode()))
    made.append((NAMES["annual_target"], part_by_part(
        folder / "b.xlsx", cells('<c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>1+1</f><v>2</v></c>', '<c r="A2" s="1"><v>45292</v></c><c r="B2" t="e"><v>#REF!</v></c>')
        + '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>', strings="<sst><si><r><t>序</t></r><r><t>号</t></r></si></sst>",
        styles='<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>').read_bytes()))
    inbox = SAMPLE / "inbox"
    return (*made, *((path.relative_to(inbox).as_posix(), path.read_bytes()) for path in sorted(inbox.rglob("*.*"))))


def files(folder: Path, seed: int, first: int) -> Iterator[Received]:
    """Spoiled files, one after the other; the number of each is its order of receipt."""
    number = first
    while True:
        dice = random.Random(f"readers {seed} {number}")
        name, whole = dice.choice(corpus(folder))
        content = mutate.spoiled(whole, dice)
        path = folder / f"{number}"
        path.write_bytes(content)
        yield Received(name, hashlib.sha256(content).hexdigest(), len(content), datetime(2024, 4, 2, 9), number, path)
        number += 1


def read_twice(received: Received) -> str:
    """How a file was read; raises what no reader may, and Differs where a second look saw something else."""
    looks = [repr(read_file(received, reference())) for _ in range(2)]
    if looks[0] != looks[1]:
        raise AssertionError("the same bytes were read otherwise the second time")
    return "refused" if "'F27'" in looks[0] or "'F28'" in looks[0] else "read"


def fuzz_readers(folder: Path, seed: int, first: int, wanted: Callable[[int], bool]) -> Iterator[Fall | str]:
    """Each spoiled file in a child that has the bounds of the promise; a refusal is an outcome, a broken child is a fall."""
    corpus(folder)

    def some() -> Iterator[Received]:
        for one in files(folder, seed, first):
            if not wanted(one.order - first):
                return
            yield one

    for received, outcome in run_bounded(some(), read_twice, workers=1, seconds=SECONDS, megabytes=MEGABYTES):
        if isinstance(outcome, Unreadable):
            shutil.copy(received.path, folder.parent / f"luodi-fuzz-{seed}-{received.order}")
            yield Fall("readers", received.order, received.name, "\n".join(outcome.__notes__) or outcome.reason)
        else:
            yield str(outcome)
        received.path.unlink()


# --- normalisers -----------------------------------------------------------------------------------------------------


def fuzz_normalisers(seed: int, first: int, wanted: Callable[[int], bool]) -> Iterator[Fall | str]:
    """Every normaliser on words that clerks might write."""
    number = first
    while wanted(number - first):
        yield _tried("normalisers", number, *word_in_a_cell(random.Random(f"normalisers {seed} {number}")))
        number += 1


def word_in_a_cell(dice: random.Random) -> tuple[str, tuple[Callable[[], object], ...]]:
    """What stands in a cell, and all who may be asked what it means."""
    vocabulary, year = reference().vocabulary, dice.choice((None, 2024))
    column = dice.choice([column for form in reference().forms.values() for column in form.columns])
    text, cadence, delimited = mutate.word(dice), dice.choice(sorted(GRAIN_OF)), dice.random() < 0.5
    cell = dice.choice((text, text, text, _number(dice)))
    context = Context(vocabulary, "Sheet1", unit_word=dice.choice((None, "万元")), percent_header=dice.random() < 0.3, delimited=delimited, year=year)
    return f"{cell!r} {text!r} {column.name}", (
        lambda: read_number(cell, vocabulary, vocabulary.money_units["CNY"]),
        lambda: read_date(cell, delimited=delimited, year_of_title=year),
        lambda: read_code(cell),
        lambda: chinese_number(text),
        lambda: find_period(text, cadence, year),
        lambda: period_said(text),
        lambda: split_target(text),
        lambda: read_header(text),
        lambda: understand_column(column, [Sent(cell, "A1", 1), Sent(text, "A2", 2, True)], context),
    )


def _number(dice: random.Random) -> int | Decimal:
    return dice.choice((0, -1, 45292, 60, 2024, 20240101, 10**18, Decimal("0.1"), Decimal("2024.1"), Decimal("1E+300"), Decimal("1E-300"), Decimal(dice.random())))


def _tried(room: str, number: int, what: str, calls: tuple[Callable[[], object], ...]) -> Fall | str:
    for call in calls:
        begun = time.process_time()
        try:
            answers = [repr(call()) for _ in range(2)]
        except ContractError as refused:
            if not str(refused):
                return Fall(room, number, what, "refused without a word")
            return "refused"
        except Exception:  # noqa: BLE001  (this is what is looked for)
            return Fall(room, number, what, traceback.format_exc()[-1500:])
        if answers[0] != answers[1]:
            return Fall(room, number, what, "another answer the second time")
        if time.process_time() - begun > 1:
            return Fall(room, number, what, f"took {time.process_time() - begun:.1f} s")
    return "read"


# --- contracts -------------------------------------------------------------------------------------------------------


def fuzz_contracts(folder: Path, seed: int, first: int, wanted: Callable[[int], bool]) -> Iterator[Fall | str]:
    """Contracts and layouts with an entry that is lost or of another kind, and files that are no YAML any more."""
    house = folder / "expectations"
    shutil.copytree(EXPECTATIONS, house, ignore=shutil.ignore_patterns("rules", "suites"))
    shutil.copytree(LAID, house, dirs_exist_ok=True)
    wholes = {path: path.read_text(encoding="utf-8") for path in sorted([*house.glob("*/form.yaml"), *house.glob("layouts/*.yaml")])}
    entries, forms = {path: load_yaml(path) for path in wholes}, load_forms(house)
    layouts, number = [path for path in wholes if path.parent.name == "layouts"], first
    while wanted(number - first):
        dice = random.Random(f"contracts {seed} {number}")
        path = dice.choice(layouts if dice.random() < 0.5 else sorted({*wholes} - {*layouts}))
        if dice.random() < 0.75:
            content = entries[path]
            for _ in range(dice.choice((1, 1, 2))):
                content = mutate.entry(content, dice)
            text = yaml.dump(content, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogateescape")
        else:
            text = dice.choice((mutate.flipped, mutate.cut, mutate.repeated, mutate.blanked))(wholes[path].encode(), dice)
        path.write_bytes(text)
        call = partial(_load, path) if path.name == "form.yaml" else partial(load_layouts, house, forms)
        yield _tried("contracts", number, path.relative_to(house).as_posix(), (call,))
        path.write_text(wholes[path], encoding="utf-8")
        number += 1


def _load(path: Path) -> object:
    form = load_form(path)
    check_headers(form)
    return form


# --- all -------------------------------------------------------------------------------------------------------------


def fuzz(seed: int, seconds: float, only: str | None = None, first: int = 0, cases: int | None = None) -> tuple[Counter[str], list[Fall]]:
    """How many cases came out how, and those that fell; ends after `seconds`, or after `cases` of each room."""
    counted: Counter[str] = Counter()
    falls: list[Fall] = []
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        for room, share in SHARES.items():
            if only not in (None, room):
                continue
            until = time.monotonic() + seconds * (1 if only else share)

            def wanted(done: int, until: float = until) -> bool:
                return done < cases if cases is not None else time.monotonic() < until

            cases_of = {"readers": lambda w: fuzz_readers(folder, seed, first, w), "normalisers": lambda w: fuzz_normalisers(seed, first, w),
                        "contracts": lambda w: fuzz_contracts(folder, seed, first, w)}  # fmt: skip
            for outcome in cases_of[room](wanted):
                if isinstance(outcome, Fall):
                    falls.append(outcome)
                counted[f"{room} {outcome if isinstance(outcome, str) else 'fell'}"] += 1
    return counted, falls


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--only", choices=SHARES)
    options.add_argument("--from", type=int, default=0, dest="first", help="the number of the first case")
    options.add_argument("--cases", type=int, help="end after so many of each room, whatever the time")
    given = options.parse_args()
    counted, falls = fuzz(given.seed, given.seconds, given.only, given.first, given.cases)
    for fall in falls:
        print(f"{fall.room} --seed {given.seed} --from {fall.number} --cases 1: {fall.what}\n{fall.why}\n")
    print(f"seed {given.seed}: " + ", ".join(f"{count} {what}" for what, count in sorted(counted.items())))
    return bool(falls)


if __name__ == "__main__":
    sys.exit(main())
