"""Where a damaged table is damaged: mart, row and column, and what the cell was while the mart's other copy knows it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.freeze.prints import cell_print, differences
from etl.freeze.tables import MartTable, parse_csv, read_parquet

SECONDS = 120  # for a damaged Parquet file, read by a process of its own


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was sealed; `what` is a key of freeze.yaml."""

    what: str
    seal: str = ""
    file: str = ""  # inside the set; 'archive/<aa>/<sha256>' for a source
    mart: str = ""
    key: str = ""
    column: str = ""  # column of a table, or field of manifest, seal or chain
    row: int | None = None
    was: str | None = None  # None where it can no longer be told
    now: str | None = None
    detail: str = ""


def table_faults(folder: Path, name: str, mart: str, about: Mapping, intact: set[str]) -> Iterator[Fault]:
    """Where a file of a mart is not as it was sealed: by its fingerprints, with old values from the mart's other copy."""
    columns, key = about["columns"], about["key"]
    printed = folder / "prints" / f"{mart}.tsv"
    other = f"marts/parquet/{mart}.parquet" if name.endswith(".csv") else f"marts/csv/{mart}.csv"
    sibling, _ = _read(folder / other, child=other not in intact)
    table, reason = (sibling, "") if printed == folder / name else _read(folder / name, child=True)
    if table is None:
        yield Fault("unreadable_table", file=name, mart=mart, detail=reason)
        return
    if printed != folder / name and f"prints/{mart}.tsv" not in intact:
        yield Fault("changed_unplaced", file=name, mart=mart)
        return
    places = differences(printed.read_bytes() if printed.is_file() else b"", columns, key, table)
    rows = _by_key(sibling, columns, key)
    for place in places:
        if printed == folder / name:
            yield Fault("print", file=name, mart=mart, key=place.key, column=place.column, row=place.row)
            continue
        was = (
            next(
                (
                    v
                    for v in (row[columns.index(place.column)] for row in rows.get(place.key, ()) if place.column in columns)
                    if cell_print(v) == place.seal
                ),
                None,
            )
            if place.what == "cell"
            else None
        )
        yield Fault(
            place.what,
            file=name,
            mart=mart,
            key=place.key,
            column=place.column,
            row=place.row,
            was=was,
            now=place.now if place.what in ("cell", "header") else None,
        )
    if not places:
        yield Fault("same_cells", file=name, mart=mart)


def _by_key(table: MartTable | None, columns: list[str], key: list[str]) -> dict[str, list[tuple[str, ...]]]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for row in table.rows if table else ():
        if len(row) == len(columns):
            name = json.dumps([row[columns.index(c)] for c in key], ensure_ascii=False)
            rows.setdefault(name, []).append(row)
    return rows


def _read(path: Path, child: bool) -> tuple[MartTable | None, str]:
    """A table and, where it cannot be read, why; damaged Parquet goes to a process that may die of it."""
    import duckdb

    if not path.is_file():
        return None, "missing"
    try:
        if path.suffix == ".csv":
            return parse_csv(path.read_bytes()), ""
        return (_in_child(read_parquet, path) if child else read_parquet(path)), ""
    except (duckdb.Error, ValueError, OSError, RuntimeError, MemoryError) as error:
        return None, str(error).strip().partition("\n")[0] or type(error).__name__


def _in_child(work: Callable[[Path], MartTable], path: Path) -> MartTable:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, path).result(timeout=SECONDS)
