"""Lay a site's own forms, rules, words and models over the product's: by the same paths, merged, never edited in place.

`site/expectations/…` and `site/dbt_project/…` hold files by the product's paths. What only the site has is added. Of a file that
both have,

- YAML is merged entry by entry: the site's value wins, lists get the site's members too, entries of a list that have a
  `name` are merged by it (`remove: true` takes one out), and an entry that is blank in the site's file is taken out;
- of CSV the rows whose first field the site has too are the site's, all others stay;
- anything else (SQL) is the site's.

The merged folder lies under the data folder, named by what it was made of, so that an upgrade of either side makes a new one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from etl.forms.contract import load_forms
from etl.forms.merged import ORIGIN, PRODUCT, SITE
from etl.forms.models import LISTED, STAGED, entries_of, list_of_forms, models_of
from etl.forms.yamlfile import load_yaml
from etl.mistakes import Mistake

ROOMS = ("expectations", "dbt_project")
KEPT = ("src", "flows", "requirements.lock")  # of the product, as they are
LEFT_BY_TOOLS = {"target", "logs", "dbt_packages", "__pycache__"}
REMOVE = "remove"


def overlaid(product: Path, site: Path, data: Path) -> Path:
    """The folder to work from: the product's own, or, for a site that lays something over it, the two merged.

    Raises yaml.YAMLError, UnicodeDecodeError and csv.Error for a file that cannot be merged.
    """
    if not any((site / room).is_dir() for room in ROOMS):
        return product
    merged = data / "merged" / _fingerprint(product, site)
    if not merged.is_dir():
        _make(product, site, merged)
    return merged


def laid_over(site: Path) -> list[Path]:
    """The site's own files, relative to the site, in their order."""
    return [path.relative_to(site) for room in ROOMS for path in _files(site / room)]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not LEFT_BY_TOOLS & set(path.relative_to(folder).parts):
            yield path


def _fingerprint(product: Path, site: Path) -> str:
    digest = hashlib.sha256(f"{product.resolve()}\0{site.resolve()}\0".encode())  # the folder leads to these two and no others
    for home in (product, site):
        for room in ROOMS:
            for path in _files(home / room):
                digest.update(f"{path.relative_to(home).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _make(product: Path, site: Path, merged: Path) -> None:
    draft = merged.with_name(f"{merged.name}.{os.getpid()}")
    try:
        _fill(draft, product, site)
        draft.rename(merged)
    except OSError:
        if not merged.is_dir():  # else another command was faster
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(draft: Path, product: Path, site: Path) -> None:
    for room in ROOMS:
        for path in _files(product / room):
            inside = path.relative_to(product)
            _write(draft / inside, path, site / inside)
    for inside in laid_over(site):
        if not (product / inside).is_file():
            _link(draft / inside, site / inside)
    (draft / PRODUCT).symlink_to(product.resolve())
    (draft / SITE).symlink_to(site.resolve())
    for kept in KEPT:
        if (product / kept).exists():
            (draft / kept).symlink_to(product / kept)
    _add_models(draft)


def _add_models(home: Path) -> None:
    """The dbt models of every form that has none (`etl.forms.models`)."""
    forms = load_forms(home / "expectations")
    _instead(home / "dbt_project" / LISTED, list_of_forms(forms))
    for form in forms.values():
        if (home / "dbt_project" / STAGED.format(form=form.form)).exists():
            continue
        for path, text in models_of(form).items():
            target = home / "dbt_project" / path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        for path, entries in entries_of(form).items():
            _merge_into(home / path, entries)


def _merge_into(path: Path, entries: Mapping[str, Any]) -> None:
    """A shared file with further entries."""
    merged = merge(yaml.safe_load(path.read_text(encoding="utf-8")), entries)
    _instead(path, yaml.safe_dump(merged, allow_unicode=True, sort_keys=False, width=1000))


def _instead(path: Path, text: str) -> None:
    """The file becomes one of the merged folder's own: it may be a link to another's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


def _write(target: Path, product: Path, site: Path) -> None:
    try:
        _join(target, product, site)
    except (yaml.YAMLError, ValueError, csv.Error) as wrong:
        raise Mistake("use.overlay", path=site, reason=str(wrong).partition("\n")[0]) from None


def _join(target: Path, product: Path, site: Path) -> None:
    if not site.is_file():
        return _link(target, product)
    target.parent.mkdir(parents=True, exist_ok=True)
    if product.suffix in (".yaml", ".yml"):
        both = merge(load_yaml(product), load_yaml(site))
        text = ORIGIN + yaml.safe_dump(both, allow_unicode=True, sort_keys=False, width=1000)
        target.write_text(text, encoding="utf-8")
    elif product.suffix == ".csv":
        target.write_text(merge_rows(product.read_text(encoding="utf-8-sig"), site.read_text(encoding="utf-8-sig")), encoding="utf-8")
    else:
        _link(target, site)
    return None


def _link(target: Path, source: Path) -> None:
    """A file as it is: whoever is told of a mistake in it is told where it really lies (`really_at`)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(source)


def merge(product: Any, site: Any) -> Any:
    """What a product's entry and a site's make together."""
    if isinstance(product, Mapping) and isinstance(site, Mapping):
        merged = {key: merge(value, site[key]) if key in site else value for key, value in product.items()}
        merged |= {key: value for key, value in site.items() if key not in product}
        return {key: value for key, value in merged.items() if not (key in site and site[key] is None)}
    if isinstance(product, list) and isinstance(site, list):
        return _merge_lists(product, site)
    return site


def _merge_lists(product: list, site: list) -> list:
    named = {one["name"]: one for one in site if isinstance(one, Mapping) and "name" in one}
    known = {one.get("name") for one in product if isinstance(one, Mapping)}
    merged = [merge(one, named[one["name"]]) if isinstance(one, Mapping) and one.get("name") in named else one for one in product]
    merged += [one for one in site if (one["name"] not in known if isinstance(one, Mapping) and "name" in one else one not in product)]
    return [one for one in merged if not (isinstance(one, Mapping) and one.get(REMOVE) is True)]


def merge_rows(product: str, site: str) -> str:
    """CSV of both: rows whose first field the site has too are the site's. Raises ValueError where their first lines differ."""
    head, *rows = csv.reader(io.StringIO(product))
    own_head, *own = csv.reader(io.StringIO(site))
    if own_head != head:
        raise ValueError(",".join(head))
    taken = {row[0] for row in own if row}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [head, *(row for row in rows if row and row[0] not in taken), *(row for row in own if row)]
    )
    return out.getvalue()
