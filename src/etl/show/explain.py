"""Show where a figure comes from and what a cell feeds: a tree for the screen, or JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from etl.settings import Settings
from etl.texts.screen import console, plain

if TYPE_CHECKING:
    from rich.text import Text

    from etl.explain.node import Node
    from etl.explain.words import Words

MOST = 20                              # branches of one statement that a screen shows
AS_IT_IS = ("column", "measure", "sent", "understood")      # never translated
STYLE = {"figure": "bold", "issue": "yellow", "cell": "cyan", "formula": "green", "slot": "magenta"}


def show_explain(
    settings: Settings, mart: str | None, keys: Sequence[str], format: str, pick: bool, every: bool, say: Callable[..., str]
) -> int:
    """Explain the row of a mart in which all `keys` stand; 1 where none or several do. Raises Mistake."""
    from etl.explain.published import Published, key_of
    from etl.explain.tree import explain
    from etl.explain.words import Words

    words, published = Words(settings.lang), Published(settings.published / "current", say)
    try:
        if not mart:
            for name in published.marts:
                print(name)
            if not (pick and sys.stdin.isatty()):
                return 0
            mart = input(f"{words('pick_mart')}: ").strip()
        found = published.find(mart, list(keys))
        if not found:
            print(words("no_row", mart=mart, words=" ".join(keys)), file=sys.stderr)
            return 1
        row = found[0]
        if len(found) > 1:
            print(words("rows_found"), file=sys.stderr)
            for place, each in enumerate(found, 1):
                print(plain(f"{place:3}  {key_of(each, 8)}"), file=sys.stderr)
            if not (pick and sys.stdin.isatty()):
                print(words("too_many"), file=sys.stderr)
                return 1
            chosen = input(f"{words('which_row')} (1-{len(found)}): ").strip()
            if not chosen.isdigit() or not 1 <= int(chosen) <= len(found):
                return 1
            row = found[int(chosen) - 1]
        _show(explain(published, mart, row, settings.lang), format, every, words)
        return 0
    finally:
        published.close()


def show_trace(settings: Settings, file: str, place: str, format: str, every: bool, say: Callable[..., str]) -> int:
    """Show everything that a cell feeds. Raises Mistake."""
    from etl.explain.published import Published
    from etl.explain.trace import trace
    from etl.explain.words import Words

    published = Published(settings.published / "current", say)
    try:
        _show(trace(published, file, place, settings.lang), format, every, Words(settings.lang))
        return 0
    finally:
        published.close()


def _show(node: Node, format: str, every: bool, words: Words) -> None:
    if format == "json":
        print(json.dumps(node.record(), ensure_ascii=False, indent=1))
        return
    from rich.tree import Tree

    def grow(branch: Tree, of: Node) -> None:
        shown = of.children if every else of.children[:MOST]
        for child in shown:
            grow(branch.add(_text(child, words)), child)
        if len(shown) < len(of.children):
            branch.add(words("and_more", n=len(of.children) - len(shown)))

    root = Tree(_text(node, words))
    grow(root, node)
    console().print(root)


def _text(node: Node, words: Words) -> Text:
    from rich.text import Text

    from etl.explain.node import number

    text = Text(f"{words(node.kind)}  ", style="dim")
    text.append(plain(node.title), style=STYLE.get(node.kind, ""))
    told = [f"{words(key)}：{plain(number(value)) if key in AS_IT_IS else words(plain(number(value)))}" for key, value in node.facts.items()
            if value is not None and key not in ("sha256", "line_id")]
    if told:
        text.append("  " + "；".join(told), style="dim")
    return text
