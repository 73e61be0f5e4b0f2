"""The data of pages as small scripts: a page opened from a folder may load scripts, but no other file."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.explain.node import as_written

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
NOBODY = "?"  # in place of a unit or period that could not be told


class Shards:
    """Writes the scripts of one site below a folder; the same data give the same bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, data: object, *, packed: bool = False) -> None:
        """One script `name`.js; `packed` for what is large and seldom looked at (the browser unpacks it)."""
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
        if packed:
            text = json.dumps(base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode())
        path = self.folder / f"{name}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"luodi.take({json.dumps(name)},{text});\n", encoding="utf-8")


def _plain(value: object) -> object:
    """Decimals with the digits they have, days and times as ISO writes them."""
    return as_written(value)


def rows(con: DuckDBPyConnection, sql: str, values: Iterable[object] = ()) -> list[Row]:
    """The rows of a query; decimals as text without trailing zeros, so that no digit is lost on the way to the page."""
    result = con.execute(sql, list(values))
    names = [column[0] for column in result.description]
    return [
        {name: as_written(value) if isinstance(value, Decimal) else value for name, value in zip(names, row, strict=True)}
        for row in result.fetchall()
    ]
