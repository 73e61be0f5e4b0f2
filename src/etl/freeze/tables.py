"""The tables of a version as rows of text, and what names a row of each, so that versions can be compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from etl.forms.yamlfile import load_yaml
from etl.publish.csv_file import csv_text

CORRECTIONS = "freeze.yaml"


@dataclass(frozen=True, slots=True)
class MartTable:
    """A mart as it stands in its CSV: names of columns, and one tuple of texts a row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> list[dict[str, str]]:
        return [dict(zip(self.columns, row)) for row in self.rows]


def parse_csv(content: bytes) -> MartTable:
    """The table in the bytes of a CSV; damaged bytes stay visible in the texts. Raises ValueError without a header."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "backslashreplace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ValueError(str(error)) from None
    if not rows:
        raise ValueError("no header")
    return MartTable(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def read_parquet(path: Path) -> MartTable:
    """The table of a Parquet file, every value written as the CSV of the same mart writes it. Raises duckdb.Error."""
    import duckdb

    con = duckdb.connect(config={"threads": 1, "memory_limit": "1GB"})
    try:
        found = con.execute("SELECT * FROM read_parquet(?)", [str(path)])
        return MartTable(tuple(c[0] for c in found.description), tuple(tuple(map(csv_text, row)) for row in found.fetchall()))
    finally:
        con.close()


def read_mart(version: Path, mart: str) -> MartTable:
    """The table of a mart in a published version or a set: of its CSV, or of its Parquet where it has none. Raises as these do."""
    text = version / "csv" / f"{mart}.csv"
    return parse_csv(text.read_bytes()) if text.is_file() else read_parquet(version / "parquet" / f"{mart}.parquet")


@dataclass(frozen=True, slots=True)
class Keys:
    """How rows are recognised from one version to the next, and which columns say where a row stands."""

    of: Mapping[str, tuple[str, ...]]  # mart -> columns that name a row
    origin: frozenset[str]  # columns that say where a row stands in what was sent
    evidence: frozenset[str]  # marts that accompany the figures and hold none
    standing: frozenset[str]  # marts whose rows hold beyond their period
    score: tuple[str, ...]  # columns that hold a row's score, the first that is there
    rank: tuple[str, ...]  # columns that hold its rank
    places: Mapping[str, Mapping]  # mart -> by, within, but: a rank to be worked out
    form: Mapping[str, str]  # mart -> form whose lines it holds
    named: frozenset[str] = frozenset()  # columns that name a line of the site's files
    causes: Mapping[str, Mapping] = field(default_factory=dict)  # file of the site -> how its lines reach rows
    effects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # kind of effect -> mart -> the column that it shows
    copies: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)  # mart -> column -> values of rows that stand elsewhere
    printed: Mapping[str, int] = field(default_factory=dict)  # kind of effect -> decimals that people see

    def key(self, mart: str, columns: Sequence[str]) -> tuple[str, ...]:
        """The columns that name a row of a mart; all of them where nothing is known about it."""
        return tuple(c for c in self.of.get(mart, ()) if c in columns) or tuple(columns)


@lru_cache(maxsize=4)
def load_keys(home: Path) -> Keys:
    """Read `expectations/freeze.yaml`; a mart that it leaves out is named by the primary key of its dbt model."""
    data = load_yaml(home / "expectations" / CORRECTIONS)
    of: dict[str, tuple[str, ...]] = {}
    form: dict[str, str] = {}
    for path in sorted((home / "dbt_project" / "models" / "marts").rglob("*.yml")):
        for model in (load_yaml(path) or {}).get("models", ()):
            meta = (model.get("config") or {}).get("meta") or {}
            form |= {model["name"]: meta["form"]} if meta.get("form") else {}
            key = _primary_key(model) or tuple(meta.get("order_by", ()))
            of |= {model["name"]: key} if key else {}
    of |= {mart: tuple(columns) for mart, columns in data["keys"].items()}
    return Keys(
        of,
        frozenset(data["origin"]),
        frozenset(data["evidence"]),
        frozenset(data["standing"]),
        tuple(data["score"]),
        tuple(data["rank"]),
        data["places"],
        form,
        frozenset(data["named"]),
        data["causes"],
        data["effects"],
        data["copies"],
        data["printed"],
    )


def _primary_key(model: Mapping) -> tuple[str, ...]:
    """The columns that the contract of a model declares its primary key."""
    return next((tuple(c["columns"]) for c in model.get("constraints") or () if c["type"] == "primary_key"), ())
