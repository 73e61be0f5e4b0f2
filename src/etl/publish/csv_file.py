"""Published tables as CSV: UTF-8 with a byte order mark and Windows line ends, for spreadsheets; no text in it acts as a formula."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from etl.texts.spreadsheet import CONTROL, FORMULA_STARTS, harmless

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = "\ufeff"  # before the first column's name: by it Excel knows the encoding
# Any text that `harmless` changes is among these; few are, so few leave the database to be asked about.
_DOUBTFUL = f"^[{''.join(FORMULA_STARTS).replace('-', '')}-]|{CONTROL}"


def write_csv(con: DuckDBPyConnection, select: str, path: Path) -> None:
    """Write the rows of a query as a published CSV."""
    columns = con.execute(f"DESCRIBE {select}").fetchall()
    shown = [f'{_as_text(name, kind)} AS "{MARK if first == 0 else ""}{name}"' for first, (name, kind, *_) in enumerate(columns)]
    con.create_function("harmless", harmless, ["VARCHAR"], "VARCHAR")
    try:
        con.execute(
            f"COPY (SELECT {', '.join(shown)} FROM ({select})) TO '{str(path).replace(chr(39), chr(39) * 2)}'"
            r" (FORMAT csv, HEADER, NEW_LINE '\r\n')"
        )
    finally:
        con.remove_function("harmless")


def _as_text(name: str, kind: str) -> str:
    """A column as `csv_text` writes each of its values."""
    column = f'"{name}"'
    if kind == "VARCHAR":
        return f"nullif(CASE WHEN regexp_matches({column}, '{_DOUBTFUL}') THEN harmless({column}) ELSE {column} END, '')"
    if kind.startswith("DECIMAL"):
        text = f"CAST({column} AS VARCHAR)"
        return f"CASE WHEN contains({text}, '.') THEN rtrim(rtrim({text}, '0'), '.') ELSE {text} END"
    if kind == "TIMESTAMP":
        text = f"strftime({column}, '%Y-%m-%d %H:%M:%S.%f')"
        return f"CASE WHEN suffix({text}, '.000000') THEN left({text}, 19) ELSE {text} END"
    return column


def csv_text(value: object) -> str:
    """A value as it stands in a published CSV."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
