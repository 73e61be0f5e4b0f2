"""Split a delimited form of claims by its own header, so that a torn quote or a shifted row is named by its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from etl.claims.verdict import joined
from etl.mistakes import Mistake
from etl.model import Grid
from etl.read.cells import safe_text
from etl.read.delimited import DELIMITERS, decode
from etl.texts.catalogue import Text

_SHOWN = 5  # lines named in one sentence


def rows_from_header(path: Path, is_header: Callable[[list[str]], bool]) -> Grid | None:
    """The rows from the header on, each at its record of the file; None where no line is a header. Raises Mistake.

    The delimiter is the one that makes the header whole: semicolons also stand between the figures of a claim.
    """
    text, _ = decode(path.read_bytes())
    lines = text.splitlines(keepends=True)
    found = next(((n, d) for n, line in enumerate(lines) for d in DELIMITERS if is_header(_fields(line, d))), None)
    if found is None:
        return None
    first, delimiter = found
    records = _records(path, "".join(lines[first:]), delimiter, first + 1)
    width = len(records[0][1])
    uneven = [(line, record) for line, record in records if any(map(str.strip, record)) and _uneven(record, width)]
    if uneven:
        told = joined(
            [Text("claims_file.row", line=line, count=len(record), text=delimiter.join(record)[:30]) for line, record in uneven[:_SHOWN]]
        )
        more = Text("claims_file.more", count=len(uneven)) if len(uneven) > _SHOWN else ""
        raise Mistake("claims_file.cells", path=path, width=width, told=told, more=more)
    return Grid("", [[]] * first + [[safe_text(field) if field.strip() else None for field in record] for _, record in records])


def _uneven(record: list[str], width: int) -> bool:
    return len(record) < width or any(field.strip() for field in record[width:])


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(path: Path, text: str, delimiter: str, line: int) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first, records, start = line, [], line
    try:
        for record in reader:
            records.append((start, record))
            start = first + reader.line_num
    except csv.Error as error:
        raise Mistake("claims_file.quote", path=path, start=start) from error
    return records
