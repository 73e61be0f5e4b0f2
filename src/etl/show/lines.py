"""Show what the reader understood: canonical columns in canonical units, each line with file, sheet and row."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.desk.check import Desk, understand_files
from etl.desk.choose import form_named
from etl.forms.contract import Form, load_forms
from etl.mistakes import Mistake
from etl.model import Reading
from etl.normalise.names import UnitRegister
from etl.show.evidence import Names, evidence_table, sheets_seen, summary
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import cell, console, table, visible

UNREADABLE = 2
ROOM = 9  # characters that a column needs to be readable


def show_lines(files: Sequence[Path], desk: Desk, form: str | None, format: str, out: Path | None, evidence: bool = False) -> int:
    """Read the files and print or write their lines; with `evidence` also by what unit, form and period were told. Raises Mistake.

    Evidence goes to standard error where data goes out. The answer is 2 if a file cannot be read, or if none holds a table of any form.
    """
    settings, site, is_sample = desk
    say, lang = speaker(settings.lang), settings.lang
    if is_sample:
        print(say("use.sample_site"), file=sys.stderr)
    contracts = load_forms(settings.expectations)
    register = UnitRegister(site.units)
    names = Names(contracts, register.names, say, lang)
    form = form and form_named(form, contracts, register)
    readings = [reading for of_file in understand_files(files, settings, site, form) for reading in of_file]
    for reading in readings:
        if reading.lines is None:
            for told in _why(reading, settings.expectations, lang):
                print(visible(f"{reading.submission.file}: {told}"), file=sys.stderr)
            for told in sheets_seen(reading, say):
                print(visible(f"  {told}"), file=sys.stderr)
    read = [r for r in readings if r.submission.form and r.lines is not None and form in (None, r.submission.form)]
    if evidence:
        print(evidence_table(readings, names), file=sys.stdout if format == "table" and out is None else sys.stderr, end="")
    texts = _rendered(read, contracts, format, out, names)
    for path, text in texts.items():
        if path is None:
            sys.stdout.write(text)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8-sig" if format == "csv" else "utf-8", newline="")
            print(path, file=sys.stderr)
    nothing = all(reading.lines is None and reading.findings for reading in readings)
    return UNREADABLE if nothing or any(not r.submission.readable for r in readings) else 0


def _why(reading: Reading, expectations: Path, lang: str) -> Iterator[str]:
    """What the rulebook says of a file without lines: that it cannot be read, or that no form was found in it."""
    from etl.validate.failure import Failure
    from etl.validate.rulebook import load_rulebook
    from etl.validate.sentences import sentence

    rulebook = load_rulebook(expectations)
    for f in reading.findings:
        found = Failure(f.rule, cell=f.cell, value=f.value, expected=f.expected, sheet=f.sheet, file=reading.submission.file)
        yield sentence(rulebook[f.rule], found, None, lang)


def line_records(reading: Reading, form: Form) -> Iterator[dict[str, str | int | None]]:
    """Each line as a record: file, sheet, row, then every column of the form, dates with `<column>_precision`."""
    lines = reading.lines
    if lines is None:
        return
    for n, row in enumerate(lines.rows):
        record: dict[str, str | int | None] = {
            "file": reading.submission.file,
            "sheet": lines.sheets[n] if lines.sheets else reading.submission.sheet,
            "row": row,
        }
        for column in form.columns:
            data = lines.columns.get(column.name)
            record[column.name] = written(data.value[n]) if data else None
            if column.type == "date":
                record[f"{column.name}_precision"] = data.precision[n] if data and data.precision else None
        yield record


def written(value: object) -> str | None:
    """A value as text: decimals without exponent or trailing zeros, dates in ISO form."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, date) else str(value)


def _rendered(readings: list[Reading], contracts: dict[str, Form], format: str, out: Path | None, names: Names) -> dict[Path | None, str]:
    """Texts to write, by the path where each goes; None is the screen."""
    if format == "jsonl":
        return {out: "".join(_json_lines(readings, contracts))}
    by_form = {name: [r for r in readings if r.submission.form == name] for name in contracts}
    by_form = {name: mine for name, mine in by_form.items() if mine}
    if format == "table":
        return {out: _tables(by_form, contracts, names)}
    if len(by_form) > 1 and (out is None or out.suffix):
        raise Mistake("use.several_forms", forms=tuple(by_form))
    folder = out if out is not None and not out.suffix else None
    return {folder / f"{name}.csv" if folder else out: _csv(mine, contracts[name]) for name, mine in by_form.items()}


def _json_lines(readings: list[Reading], contracts: dict[str, Form]) -> Iterator[str]:
    for reading in readings:
        s = reading.submission
        about = {"form": s.form, "unit": s.unit, "period": s.period}
        for record in line_records(reading, contracts[s.form or ""]):
            yield json.dumps(about | record, ensure_ascii=False) + "\n"


def _csv(readings: list[Reading], form: Form) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    rows = [record for reading in readings for record in line_records(reading, form)]
    names = ["file", "sheet", "row"]
    for column in form.columns:
        names += [column.name, f"{column.name}_precision"] if column.type == "date" else [column.name]
    writer.writerow(names)
    writer.writerows([record[n] for n in names] for record in rows)
    return text.getvalue()


def _tables(by_form: dict[str, list[Reading]], contracts: dict[str, Form], names: Names) -> str:
    """Each submission as a table of the columns that its sheet has; a wide one as a block for each line."""
    say, screen = names.say, console()
    with screen.capture() as captured:
        for name, readings in by_form.items():
            form = contracts[name]
            for reading in readings:
                s = reading.submission
                used = [c for c in form.columns if reading.lines is not None and c.name in reading.lines.columns]
                screen.print(cell(f"{s.file}  {s.sheet}  {names.of('form', form.form)}  {s.unit or '?'}  {s.period or '?'}", "bold"))
                screen.print(cell(summary(reading, names)))
                lines = list(line_records(reading, form))
                if len(used) * ROOM <= screen.width:
                    shown = table("", say("heading.row"), *(c.header for c in used))
                    for record in lines:
                        shown.add_row(str(record["row"]), *(cell(record[c.name]) for c in used))
                    screen.print(shown)
                for record in lines if len(used) * ROOM > screen.width else ():
                    block = table("", f"{say('heading.row')} {record['row']}", "")
                    for column in used:
                        if record[column.name] is not None:
                            block.add_row(cell(column.header), cell(_precise(record, column.name, say)))
                    screen.print(block)
                screen.print()
    return captured.get()


def _precise(record: dict[str, str | int | None], column: str, say: Say) -> str:
    """The value, and of a date that is no day how precise it is."""
    precision = record.get(f"{column}_precision")
    return say("read.precision", value=record[column], precision=precision) if precision not in (None, "day") else str(record[column])
