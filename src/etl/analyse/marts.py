"""Every mart as a dictionary tells it: what it is, what a row is, its columns, which sums are safe, and which forms it rests on.

All from the manifest that dbt leaves of the project it built, so that a form and a mart of the site stand in it too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from etl.explain.published import Row


@dataclass(frozen=True, slots=True)
class ColumnDescribed:
    """A column of a mart; `refers` is the mart whose key it is, `adds_over` what it may be summed over where a measure tells."""

    name: str
    type: str
    said: tuple[str, str]  # Chinese, English
    refers: str = ""
    adds_over: str = ""


@dataclass(frozen=True, slots=True)
class MartDescribed:
    """A mart; a row is told by its `key`, `forms` are those whose lines its rows come from, near or far."""

    name: str
    subject: str
    said: tuple[str, str]
    key: tuple[str, ...]
    columns: tuple[ColumnDescribed, ...]
    forms: tuple[str, ...]


def described(manifest: dict, forms: Collection[str], measures: Mapping[tuple[str, str], Row]) -> list[MartDescribed]:
    """The marts of a project by name, from dbt's manifest; `measures` are rows of dim_measure by form and measure.

    A column of lines adds up as the measure does that is its sum, where that counts every line.
    """
    nodes, refers = manifest["nodes"], _refers(manifest)
    made = []
    for name, node in sorted(nodes.items()):
        if node["resource_type"] != "model" or node["schema"] != "marts":
            continue
        form = node["config"]["meta"].get("form")
        columns = tuple(
            ColumnDescribed(
                column["name"],
                column["data_type"] or "",
                _both(column["description"]),
                refers.get((node["name"], column["name"]), ""),
                (measures.get((form, column["name"])) or {}).get("adds_over") or "",
            )
            for column in node["columns"].values()
        )
        key = next((tuple(c["columns"]) for c in node["constraints"] if c["type"] == "primary_key"), ())
        read = tuple(sorted(above(manifest, name) & {f"source.luodi.landed.{one}" for one in forms}))
        rests_on = tuple(source.rpartition(".")[2] for source in read)
        made.append(MartDescribed(node["name"], node["path"].split("/")[1], _both(node["description"]), key, columns, rests_on))
    return made


def _both(description: str) -> tuple[str, str]:
    """A description's two halves: Chinese up to its last stop, then English."""
    chinese, stop, english = " ".join(description.split()).rpartition("。")
    return (chinese + stop, english) if stop else (english, english)


def _refers(manifest: dict) -> dict[tuple[str, str], str]:
    """(mart, column) -> the mart that it refers to, by the tests `relationships`."""
    found = {}
    for node in manifest["nodes"].values():
        told = node.get("test_metadata")
        if told and told["name"] == "relationships":
            found[node["attached_node"].rpartition(".")[2], node["column_name"]] = told["kwargs"]["to"].split("'")[1]
    return found


def above(manifest: dict, name: str) -> set[str]:
    """All nodes that a node reads, near or far."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        new = set(manifest["parent_map"].get(waiting.pop(), ())) - seen
        seen |= new
        waiting += new
    return seen
