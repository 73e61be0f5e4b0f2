"""The list of rooms and modules in docs/overview.md, from what each says of itself: `python -m tests.house.rooms`."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.fixtures.places import ROOT

OVERVIEW = ROOT / "docs" / "overview.md"
BEGIN, END = "<!-- rooms: made by python -m tests.house.rooms -->", "<!-- end of rooms -->"


def first_sentence(path: Path) -> str:
    """What a module says of itself, up to its first stop."""
    text = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0].split())
    head, stop, _ = text.partition(". ")
    return (head if stop else text).rstrip(".")


def listing(order: list[str]) -> str:
    """Markdown: the rooms in an order, each with its modules, then the modules beside them and the flows."""
    made = []
    for room in order:
        folder = ROOT / "src" / "etl" / room
        made += [f"### `{room}/` {first_sentence(folder / '__init__.py')}", "", *_modules(folder), ""]
    made += ["### Beside the rooms", "", *_modules(ROOT / "src" / "etl"), "", "### `flows/`", "", *_modules(ROOT / "flows"), ""]
    return "\n".join(made)


def _modules(folder: Path) -> list[str]:
    return [f"- `{path.name}` {first_sentence(path)}" for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]


def with_listing(text: str, order: list[str]) -> str:
    """The overview with its list made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{listing(order)}\n{END}{after}"


def main() -> None:
    from tests.house.test_doors import ANY, MAY_USE

    OVERVIEW.write_text(with_listing(OVERVIEW.read_text(encoding="utf-8"), [*MAY_USE, *sorted(ANY)]), encoding="utf-8")


if __name__ == "__main__":
    main()
