"""From a table in a grid to the lines of a submission, each value with its cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from etl.model import OWN, ColumnData, Finding, Lines, Total
from etl.normalise.columns import understand_column
from etl.normalise.headers import own_wording
from etl.normalise.kinds import Context, Sent
from etl.normalise.names import UnitRegister
from etl.normalise.numbers import read_number
from etl.normalise.periods import find_year
from etl.normalise.targets import split_target
from etl.normalise.vocabulary import Vocabulary
from etl.read.blocks import Blocks, matrix_scale, read_blocks
from etl.read.scale import scale_by_sums
from etl.read.table import Table, fill_from_groups, money_scale, sent_column
from etl.read.totals import read_totals

CALENDAR_DAYS = ("自然日", "日历日")
_DAYS_SAID = re.compile("工作|自然|日历")


def read_lines(
    table: Table, vocabulary: Vocabulary, register: UnitRegister, delimited: bool
) -> tuple[Lines, list[Total], list[Finding], list[str]]:
    """Understand every column of a table; returns lines, totals, findings and the amount columns without a unit.

    A column that the sheet lacks is lacking in the lines too, unless its group rows name its value.
    """
    blocks = read_blocks(table) if table.form.layout == "blocks" else None
    base = Context(
        vocabulary,
        table.grid.sheet,
        delimited=delimited,
        year=next(
            (
                y
                for t in (*table.around.titles, *(s.text for s in table.around.said if s.field in ("period", "year")))
                if (y := find_year(t))
            ),
            None,
        ),
    )
    sent, findings = _sent_columns(table, blocks, register)
    contexts, unitless = _contexts(table, blocks, base, vocabulary, sent)
    columns, found = _columns(table, sent, contexts)
    told = scale_by_sums(table.form.identities, columns, unitless, vocabulary.money_units[vocabulary.home]) if unitless else None
    if told and all(name in table.place for name in unitless):
        contexts |= {name: replace(contexts[name], scale=told[0], unit_word=told[1]) for name in unitless}
        columns, found = _columns(table, sent, contexts)
        found.append(_unit_by_sums(table, min(unitless, key=table.place.__getitem__), told[1]))
        unitless = []
    findings += found
    _split_targets(table, columns)
    _say_which_days(table, columns)
    ordered = {c.name: columns[c.name] for c in table.form.columns if c.name in columns}
    totals, found = read_totals(table, ordered, contexts)
    rows = [table.grid.number(r) for r in table.rows.data]
    lines = Lines(rows, ordered, _marks(table, rows), headers=_own_headers(table))
    return lines, totals, findings + found, unitless


def _marks(table: Table, rows: list[int]) -> tuple[str, ...]:
    """Lines of one row are told apart by the column that each stands under."""
    if len(set(rows)) == len(rows):
        return ()
    return tuple(f"{row}{table.grid.letter(r, OWN)}" for row, r in zip(rows, table.rows.data))


def _columns(table: Table, sent: dict[str, list[Sent]], contexts: dict[str, Context]) -> tuple[dict[str, ColumnData], list[Finding]]:
    """Each column as understood; those with rates that others decide come last."""
    columns: dict[str, ColumnData] = {}
    findings: list[Finding] = []
    for column in sorted((table.form.by_name[name] for name in sent), key=lambda c: bool(c.recompute)):
        ratio = _ratio(columns, column.recompute) if column.recompute else None
        columns[column.name], found = understand_column(column, sent[column.name], contexts[column.name], ratio)
        findings += _once(found) if column.block != "table" or table.grid.origin else found
    return columns, findings


def _unit_by_sums(table: Table, first: str, word: str) -> Finding:
    """F17W: columns that name no unit, read in the one in which sums and rates hold; one finding at the first of them."""
    col = table.place[first]
    header = table.grid.name(table.head.rows.get(col, table.head.last), col)
    return Finding("F17W", table.grid.sheet, None, first, header, table.head.texts.get(col), word)


def _own_headers(table: Table) -> dict[str, str]:
    """The headers that are not the standard ones, so that a clerk is told of a column by the words that stand over it."""
    written = {name: table.head.texts.get(col, "") for name, col in table.place.items()}
    return {name: own for name, text in written.items() if (own := own_wording(text, table.form.by_name[name].header))}


def _say_which_days(table: Table, columns: dict[str, ColumnData]) -> None:
    """Calendar days that only the header tells go with what was sent: 10 under 承诺时限（自然日） is 10（自然日）.

    Header or cell may say it (indicators.md 28); whoever counts days reads the word beside the figure.
    """
    for name, data in columns.items():
        words = [u for u in table.head.units.get(table.place.get(name, -1), ()) if u in CALENDAR_DAYS]
        if words and table.form.by_name[name].unit == "工作日":
            data.raw[:] = [f"{raw}（{words[0]}）" if raw and not _DAYS_SAID.search(raw) else raw for raw in data.raw]


def join_lines(parts: list[Lines]) -> Lines:
    """The lines of several tables on one sheet as one; a column that a table lacks is blank there."""
    if len(parts) == 1:
        return parts[0]
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    headers = {name: text for part in reversed(parts) for name, text in part.headers.items()}
    return Lines(
        [r for part in parts for r in part.rows],
        {name: _joined(name, parts) for name in names},
        tuple(m for part in parts for m in part.marks),
        tuple(s for part in parts for s in part.sheets),
        headers,
    )


def _joined(name: str, parts: list[Lines]) -> ColumnData:
    def cells(field: str, blank: str | None = None) -> list:
        return [value for part in parts for value in (getattr(part.columns[name], field) if name in part.columns else [blank] * len(part))]

    kept = {
        f: cells(f)
        for f in ("low", "high", "precision", "reason")
        if all(getattr(p.columns[name], f) is not None for p in parts if name in p.columns)
    }
    return ColumnData(cells("raw"), cells("value"), cells("cells", ""), **kept)


def _sent_columns(table: Table, blocks: Blocks | None, register: UnitRegister) -> tuple[dict[str, list[Sent]], list[Finding]]:
    sent: dict[str, list[Sent]] = {}
    findings: list[Finding] = []
    for column in table.form.columns:
        if column.name in table.place:
            sent[column.name], found = sent_column(table, column.name)
            findings += found
        elif blocks and column.name in blocks.cells:
            sent[column.name] = [blocks.cells[column.name]] * len(table.rows.data)
        elif column.required and (filled := fill_from_groups(table, column.name, register)):
            sent[column.name] = filled
    return sent, findings


def _contexts(
    table: Table, blocks: Blocks | None, base: Context, vocabulary: Vocabulary, sent: dict[str, list[Sent]]
) -> tuple[dict[str, Context], list[str]]:
    contexts: dict[str, Context] = {}
    unitless: list[str] = []
    for name, cells in sent.items():
        column = table.form.by_name[name]
        context = base
        if column.type == "amount":
            if blocks is None or name in table.place:
                scale, word = money_scale(table, name, table.around.notes, vocabulary)
            else:
                scale, word = matrix_scale(table.form, blocks, table.around.notes, vocabulary)
            if scale is None:
                scale, word = _told_by_cells(cells, vocabulary.money_units[column.unit or ""], vocabulary)
            if scale is None:
                unitless.append(name)
            context = replace(base, scale=scale or Decimal(1), unit_word=word)
        elif column.type == "percent" and name in table.place:
            context = replace(base, percent_header="%" in table.head.units.get(table.place[name], ()))
        contexts[name] = context
    return contexts, unitless


def _told_by_cells(sent: list[Sent], units: dict[str, Decimal], vocabulary: Vocabulary) -> tuple[Decimal | None, str | None]:
    """The unit of a column of which every figure but 0 carries its own, written or shown by its number format."""
    numbers = [read_number(one.raw, vocabulary, units) for one in sent if one.raw is not None]
    own = [number.own_unit for number in numbers if number.value]
    words = [word for word in own if word is not None]
    if not words or len(words) < len(own):
        return None, None
    word, _ = Counter(words).most_common(1)[0]
    return units[word], word


def _ratio(columns: dict[str, ColumnData], parts: tuple[str, ...]) -> list[Decimal | None] | None:
    if any(p not in columns for p in parts):
        return None
    over, under = (columns[p].figures for p in parts)
    return [100 * a / b if a is not None and b else None for a, b in zip(over, under)]


def _once(findings: list[Finding]) -> list[Finding]:
    """A cell of the head is repeated on every line, but it is one cell."""
    return list({(f.rule, f.cell): f for f in reversed(findings)}.values())[::-1]


def _split_targets(table: Table, columns: dict[str, ColumnData]) -> None:
    """Take comparator and number out of a glued target; the target itself stays as written."""
    for text, number in (("target_value", "target_number"), ("actual_value", "actual_number")):
        if number not in table.form.by_name or text not in columns:
            continue
        source = columns[text]
        parts = [split_target(v if isinstance(v, str) else None) for v in source.value]
        numbers = [n for _, n in parts]
        columns[number] = ColumnData(source.raw, numbers, source.cells, numbers, numbers)
        if text == "target_value" and "comparator" in table.form.by_name and "comparator" not in columns:
            columns["comparator"] = ColumnData(source.raw, [c for c, _ in parts], source.cells)
