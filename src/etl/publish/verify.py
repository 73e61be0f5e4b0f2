"""Check a published version from outside: run as a program of its own, `python verify.py FOLDER`.

A process that wrote a DuckDB file keeps answering from its own copy of it, so only another process can tell what
readers will see. Stands alone on purpose: it imports nothing of luodi. Exit 0 means that every file has the checksum
of the manifest and every table its number of rows; else what is wrong is said on stderr.
"""

import hashlib
import json
import sys
from pathlib import Path


def faults(folder: Path) -> list[str]:
    """Name what differs from the manifest."""
    import duckdb

    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [f"manifest.json: {error}"]
    found = []
    for name, expected in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected["sha256"]:
                found.append(f"{name} is damaged: its checksum is not that of the manifest")
    if found:
        return found
    con = duckdb.connect(str(folder / "luodi.duckdb"), read_only=True)
    tables = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for table, expected in manifest["tables"].items():
        if table not in tables:
            found.append(f"table {table} is missing")
            continue
        sources = {
            "luodi.duckdb": f'SELECT count(*) FROM "{table}"',
            "parquet": f"SELECT count(*) FROM read_parquet('{str(folder).replace(chr(39), chr(39) * 2)}/parquet/{table}.parquet')",
        }
        for source, query in sources.items():
            [(rows,)] = con.execute(query).fetchall()
            if rows != expected:
                found.append(f"table {table} has {rows} rows in {source}, the manifest says {expected}")
    con.close()
    return found


if __name__ == "__main__":
    wrong = faults(Path(sys.argv[1]))
    print("\n".join(wrong), file=sys.stderr)
    sys.exit(1 if wrong else 0)
