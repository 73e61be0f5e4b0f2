"""What was proven of a night as a page and as JSON: both whole in themselves, and nothing sent is ever markup in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from etl.gate.checkpoint import Expected
from etl.texts.catalogue import speaker

PAGE, RESULTS = "index.html", "results.json"


def write_results(folder: Path, night_id: str, results: Sequence[Expected], lang: str = "zh", not_run: Sequence[str] = ()) -> None:
    """Write both into a folder, made where it is not there; the same bytes for the same results.

    `not_run` says which rules did not run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RESULTS).write_text(
        json.dumps(
            {"night_id": night_id, "expectations": [asdict(one) for one in results]} | ({"not_run": list(not_run)} if not_run else {}),
            ensure_ascii=False,
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    suites = [(title, mart, list(of)) for (title, mart), of in groupby(results, key=lambda one: (one.title, one.mart))]
    page = html_page("results.html", lang, night_id=night_id, suites=suites, results=results, not_run=not_run)
    (folder / PAGE).write_text(page, encoding="utf-8")


def write_history(folder: Path, lang: str = "zh") -> None:
    """A page that lists the results kept below a folder, one folder a night, the latest night first."""
    nights = []
    for path in sorted(folder.glob(f"*/{RESULTS}"), reverse=True):
        found = json.loads(path.read_text(encoding="utf-8"))["expectations"]
        failed = [one for one in found if not one["success"]]
        nights.append((path.parent.name, len(found), failed))
    (folder / PAGE).write_text(html_page("history.html", lang, nights=nights), encoding="utf-8")


def html_page(name: str, lang: str, folder: Path = Path(__file__).parent, **content: object) -> str:
    """A page from a template of ours that lies in `folder`, in the manner of all pages of a night; nothing in it is markup."""
    import jinja2

    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, Path(__file__).parent]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return pages.get_template(name).render(say=speaker(lang), lang=lang, **content)
