"""What lies beside the cells of an OOXML sheet, each in a part of its own: comments and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from etl.read.cells import cell_place, safe_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Relations = Mapping[str, tuple[str, str]]  # id -> (last word of the type, target part)


def comments_of(relations: Relations, tree_of: Callable[[str], tuple[Element | None, bool]]) -> dict[tuple[int, int], str]:
    """The comment of each cell; a conversation (threaded comments) takes the place of the stand-in that Excel keeps for it.

    Raises Unreadable on a damaged part.
    """
    parts = {kind: [target for k, target in relations.values() if k == kind] for kind in ("comments", "threadedComment")}
    comments: dict[tuple[int, int], str] = {}
    for target in parts["comments"]:
        comments |= _texts(_named(tree_of(target)[0], "comment"), "t")
    for target in parts["threadedComment"]:
        comments |= _texts(_named(tree_of(target)[0], "threadedComment"), "text")
    return dict(sorted(comments.items()))


def pictures_of(relations: Relations, relations_of: Callable[[str], Relations]) -> int:
    """How many pictures lie on the sheet."""
    drawings = [target for kind, target in relations.values() if kind == "drawing"]
    return sum(kind == "image" for part in drawings for kind, _ in relations_of(part).values())


def _texts(comments: Iterator[Element], name: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for comment in comments:
        text = safe_text("".join(piece.text or "" for piece in _named(comment, name)))
        if text and (ref := comment.get("ref")):
            at = cell_place(ref.replace("$", "").partition(":")[0])
            found[at] = f"{found[at]}\n{text}" if at in found else text
    return found


def _named(tree: Element | None, name: str) -> Iterator[Element]:
    return (e for e in (tree.iter() if tree is not None else ()) if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name)
