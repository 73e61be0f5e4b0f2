"""What a site lays over the product, entry by entry: for who upgrades, and for who wonders why two counties differ."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.forms.yamlfile import load_yaml
from etl.site.overlay import REMOVE, laid_over


@dataclass(frozen=True, slots=True)
class LaidOver:
    """One entry of a file: `kind` added, changed, removed or replaced; the product's value and the site's."""

    file: str
    kind: str
    entry: str = ""
    product: str = ""
    site: str = ""


def laid_over_entries(product: Path, site: Path) -> list[LaidOver]:
    """Every difference, in the order of the site's files."""
    return [one for inside in laid_over(site) for one in _of_file(inside, product / inside, site / inside)]


def _of_file(inside: Path, product: Path, site: Path) -> Iterator[LaidOver]:
    name = inside.as_posix()
    if not product.is_file():
        yield LaidOver(name, "added")
    elif product.suffix in (".yaml", ".yml"):
        yield from _entries(name, "", load_yaml(product), load_yaml(site))
    elif product.suffix == ".csv":
        yield from _rows(name, product.read_text(encoding="utf-8-sig").splitlines(), site.read_text(encoding="utf-8-sig").splitlines())
    else:
        yield LaidOver(name, "replaced")


def _entries(file: str, entry: str, product: Any, site: Any) -> Iterator[LaidOver]:
    if isinstance(product, Mapping) and isinstance(site, Mapping):
        for key, value in site.items():
            inner = f"{entry}.{key}".lstrip(".")
            if key not in product:
                yield LaidOver(file, "added", inner, site=_text(value))
            elif value is None:
                yield LaidOver(file, "removed", inner, product=_text(product[key]))
            else:
                yield from _entries(file, inner, product[key], value)
    elif isinstance(product, list) and isinstance(site, list):
        named = {one["name"]: one for one in product if isinstance(one, Mapping) and "name" in one}
        for one in site:
            name = one.get("name") if isinstance(one, Mapping) else None
            if isinstance(one, Mapping) and name in named:
                inner = f"{entry}.{name}"
                if one.get(REMOVE) is True:
                    yield LaidOver(file, "removed", inner)
                else:
                    yield from _entries(file, inner, named[name], {k: v for k, v in one.items() if k != "name"})
            elif one not in product:
                yield LaidOver(file, "added", f"{entry}.{name}" if name else entry, site=_text(one))
    elif product != site:
        yield LaidOver(file, "changed", entry, _text(product), _text(site))


def _rows(file: str, product: list[str], site: list[str]) -> Iterator[LaidOver]:
    """By the first field, as rows are merged: what the product says under it, and what the site does."""
    (_, theirs), (_, own) = _by_first(product), _by_first(site)
    for first, rows in own.items():
        if rows != theirs.get(first):
            kind = "changed" if first in theirs else "added"
            yield LaidOver(file, kind, first, "；".join(theirs.get(first, ())), "；".join(rows))


def _by_first(lines: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    head, *rows = csv.reader(lines)
    found: dict[str, list[str]] = {}
    for row in rows:
        if row:
            found.setdefault(row[0], []).append(",".join(row))
    return head, found


def _text(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=1000).strip().removesuffix("...").strip()
    )
