"""Show where a figure comes from and what a cell feeds: a tree for the screen, or JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl.settings import Settings
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import console, visible

if TYPE_CHECKING:
    from rich.text import Text

    from etl.explain.node import Statement

MOST = 20  # branches of one statement that a screen shows
AS_IT_IS = ("column", "measure", "sent", "understood")  # never translated
STYLE = {"figure": "bold", "issue": "yellow", "cell": "cyan", "formula": "green", "slot": "magenta"}


@dataclass(frozen=True, slots=True)
class Output:
    """How an explanation is put before whoever asked."""

    format: str = "text"  # or json
    every: bool = False  # all branches, else as many as a screen shows
    pick: bool = False  # where several rows fit, the one who asks chooses


def show_explain(settings: Settings, mart: str | None, keys: Sequence[str], output: Output, assessor: bool) -> int:
    """Explain the row of a mart in which all `keys` stand; 1 where none or several do. Raises Mistake.

    `assessor` looks where results lie that wait for a release.
    """
    from etl.explain.published import Published, key_of
    from etl.explain.tree import explain

    say, published, pick = speaker(settings.lang), Published(_folder(settings, assessor)), output.pick
    try:
        if not mart:
            for name in published.marts:
                print(name)
            if not (pick and sys.stdin.isatty()):
                return 0
            mart = input(f"{say('explain.pick_mart')}: ").strip()
        found = published.find(mart, list(keys))
        if not found and mart == "fct_measure" and (below := published.find("fct_indicator", [*keys, "grain=branch"])):
            # A county of a city reports nothing itself; what all under it have is told.
            mart, found = "fct_indicator", [row for row in below if row["measure"] in keys] or below
        if not found:
            print(say("explain.no_row", mart=mart, words=" ".join(keys)), file=sys.stderr)
            if not assessor and (waiting := _waiting(settings, mart)):
                print(say("release.rows_wait", mart=mart, rows=waiting["rows"], periods=waiting["periods"]), file=sys.stderr)
            return 1
        row = found[0]
        if len(found) > 1:
            print(say("explain.rows_found"), file=sys.stderr)
            for place, each in enumerate(found, 1):
                print(visible(f"{place:3}  {key_of(each, 8)}"), file=sys.stderr)
            if not (pick and sys.stdin.isatty()):
                print(say("explain.too_many"), file=sys.stderr)
                return 1
            chosen = input(f"{say('explain.which_row')} (1-{len(found)}): ").strip()
            if not chosen.isdigit() or not 1 <= int(chosen) <= len(found):
                return 1
            row = found[int(chosen) - 1]
        _show(explain(published, mart, row, settings.lang), output, say)
        return 0
    finally:
        published.close()


def _folder(settings: Settings, assessor: bool) -> Path:
    """Where to look: the version that everybody sees, or the assessors' own."""
    from etl.publish.assessors import results_folder

    return results_folder(settings.assessors, settings.published) if assessor else settings.published / "current"


def _waiting(settings: Settings, mart: str) -> dict | None:
    """What the current version withholds of a mart."""
    from etl.publish.manifest import read_manifest

    return read_manifest(settings.published / "current").get("withheld", {}).get(mart)


def show_trace(settings: Settings, file: str, place: str, output: Output, assessor: bool) -> int:
    """Show everything that a cell feeds. Raises Mistake."""
    from etl.explain.published import Published
    from etl.explain.trace import trace

    say, published = speaker(settings.lang), Published(_folder(settings, assessor))
    try:
        _show(trace(published, file, place, settings.lang), output, say)
        return 0
    finally:
        published.close()


def _show(node: Statement, output: Output, say: Say) -> None:
    if output.format == "json":
        print(json.dumps(node.record(), ensure_ascii=False, indent=1))
        return
    from rich.tree import Tree

    def grow(branch: Tree, of: Statement) -> None:
        shown = of.children if output.every else of.children[:MOST]
        for child in shown:
            grow(branch.add(_text(child, say)), child)
        if len(shown) < len(of.children):
            branch.add(say("explain.and_more", n=len(of.children) - len(shown)))

    root = Tree(_text(node, say))
    grow(root, node)
    console().print(root)


def _text(node: Statement, say: Say) -> Text:
    from rich.text import Text

    from etl.explain.node import as_written

    text = Text(f"{say(f'explain.{node.kind}')}  ", style="dim")
    text.append(visible(node.title), style=STYLE.get(node.kind, ""))
    told = [
        say("explain.fact_line", name=say.word("explain", key), value=_value(key, visible(as_written(value)), say))
        for key, value in node.facts.items()
        if value is not None and key not in ("sha256", "line_id")
    ]
    if told:
        text.append("  " + say("explain.facts").join(told), style="dim")
    return text


def _value(key: str, text: str, say: Say) -> str:
    """A detail of a statement; what is a code of ours is said in words."""
    from etl.explain.evidence import coded

    return text if key in AS_IT_IS else coded(key, text, say)
