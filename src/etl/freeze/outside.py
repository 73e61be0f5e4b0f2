"""What everybody may see of a frozen set: its tables without results that nobody has released.

The set itself is the assessors' and stays whole; this part of it lies in published/frozen/<seal>/ and can be made anew
from it whenever more is released.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from etl.inbox.flush import flush, flush_tree
from etl.publish.csv_file import write_csv
from etl.publish.manifest import MANIFEST, checksums
from etl.publish.withhold import Border

BUILDING = ".building-frozen"


def publish_seal(sealed: Path, place: Path, border: Border, head: str) -> dict[str, dict]:
    """Write the public part of a frozen set to `place`, whole or not at all; answer what it withholds, by mart."""
    import duckdb

    ready = place.parent / BUILDING
    shutil.rmtree(ready, ignore_errors=True)
    for kind in ("csv", "parquet"):
        (ready / kind).mkdir(parents=True)
    withheld = {}
    with duckdb.connect(config={"threads": 1}) as con:
        for path in sorted((sealed / "marts" / "parquet").glob("*.parquet")):
            mart, table = path.stem, f"read_parquet({_quoted(path)})"
            select = border.shown(mart, table)
            con.execute(f"COPY ({select}) TO {_quoted(ready / 'parquet' / path.name)} (FORMAT parquet)")
            if (sealed / "marts" / "csv" / f"{mart}.csv").is_file():
                write_csv(con, select, ready / "csv" / f"{mart}.csv")
            if waiting := border.withheld(con, mart, table):
                withheld[mart] = waiting
    told = {"seal": sealed.name, "hash": head, "withheld": withheld, "files": checksums(ready)}
    (ready / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    flush_tree(ready)
    shutil.rmtree(place, ignore_errors=True)
    os.replace(ready, place)
    flush(place.parent)
    return withheld


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
