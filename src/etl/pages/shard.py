"""The data of pages as small scripts: a page opened from a folder may load scripts, but no other file."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.explain.node import as_written

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
LONG = 100_000  # characters
NOBODY = "?"  # in place of a unit or period that could not be told


class Shards:
    """Writes the scripts of one site below a folder; the same data give the same bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, data: object) -> None:
        """One script `name`.js; packed where it is long."""
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
        (self.pack if len(text) > LONG else self._write)(name, text)

    def pack(self, name: str, text: str) -> None:
        """One script of JSON that the browser unpacks: a tenth of its length."""
        self._write(name, json.dumps(base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode()))

    def path(self, name: str) -> Path:
        """Where a script lies."""
        return self.folder / f"{name}.js"

    def _write(self, name: str, text: str) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"luodi.take({json.dumps(name)},{text});\n", encoding="utf-8")


def _plain(value: object) -> object:
    """Decimals with the digits they have, days and times as ISO writes them."""
    return as_written(value)


def rows(con: DuckDBPyConnection, sql: str, values: Iterable[object] = ()) -> list[Row]:
    """The rows of a query; decimals as text without trailing zeros, so that no digit is lost on the way to the page."""
    given = list(values)
    decimals = [name for name, kind, *_ in con.execute(f"DESCRIBE {sql}", given).fetchall() if kind.startswith("DECIMAL")]
    if decimals:
        texts = ", ".join(f"regexp_replace({name}::VARCHAR, '\\.?0+$', '') AS {name}" for name in decimals)
        sql = f"SELECT * REPLACE ({texts}) FROM ({sql})"
    result = con.execute(sql, given)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
