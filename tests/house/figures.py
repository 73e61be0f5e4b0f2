"""Figures of the house, each counted the same way every time: `python -m tests.house.figures`.

Modules beside rooms, rooms, edges between them and depth; repeated code; citations of pages; form names in rules and code.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "etl"
WINDOW = 6                         # lines that have to be equal before they count as repeated
FORMS = sorted(path.parent.name for path in (ROOT / "expectations").glob("*/form.yaml"))


def modules() -> list[Path]:
    """Every Python file of the package."""
    return sorted(p for p in SOURCE.rglob("*.py") if "__pycache__" not in p.parts)


def edges() -> dict[str, set[str]]:
    """For each place the other places that it imports, within functions too."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        own = path.relative_to(SOURCE).with_suffix("").parts[0]
        found[own] |= {room for room in _imported(ast.parse(path.read_text(encoding="utf-8"))) if room != own}
    return found


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("etl"):
            below = (node.module or "").split(".")[1:]
            yield from [below[0]] if below else [name.name for name in node.names]
        elif isinstance(node, ast.Import):
            yield from (name.name.split(".")[1] for name in node.names if name.name.startswith("etl."))


def depth(graph: dict[str, set[str]]) -> int:
    """How many places stand upon each other at most."""
    height: dict[str, int] = {}
    for node in TopologicalSorter(graph).static_order():
        height[node] = 1 + max((height[below] for below in graph.get(node, ())), default=0)
    return max(height.values())


def repeated() -> int:
    """Lines of code that stand in WINDOW equal lines or more at another place too, imports, comments and blank lines aside."""
    seen: dict[tuple[str, ...], list[tuple[Path, int]]] = defaultdict(list)
    for path in modules():
        text = path.read_text(encoding="utf-8")
        imports = {i for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)
                   for i in range(node.lineno - 1, node.end_lineno or node.lineno)}
        lines = [(i, line.strip()) for i, line in enumerate(text.splitlines()) if i not in imports]
        lines = [(i, line) for i, line in lines if line and not line.startswith("#")]
        for at in range(len(lines) - WINDOW + 1):
            seen[tuple(line for _, line in lines[at:at + WINDOW])].append((path, lines[at][0]))
    return len({(path, first + i) for places in seen.values() if len(places) > 1 for path, first in places for i in range(WINDOW)})


def citations() -> tuple[int, int]:
    """Mentions of pages of Markdown in code, rules, models and seeds, and how many of them name no page that exists."""
    pages = {path.name for path in ROOT.rglob("*.md") if ".venv" not in path.parts}
    kinds = {".py", ".sql", ".yaml", ".yml", ".csv"}
    texts = [path.read_text(encoding="utf-8") for folder in ("src", "flows", "expectations", "dbt_project", "tests")
             for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    cited = [page for text in texts for page in re.findall(r"\b([a-z_]+\.md)\b", text)]
    return len(cited), sum(page not in pages for page in cited)


def switches() -> tuple[int, int]:
    """How often a form is named in the rules' SQL, and in Python."""
    def count(paths: Iterator[Path]) -> int:
        return sum(len(re.findall("|".join(FORMS), path.read_text(encoding="utf-8"))) for path in paths)

    return count((ROOT / "expectations").rglob("*.sql")), count(iter(modules()))


def main() -> None:
    graph = edges()
    beside = [p.stem for p in SOURCE.glob("*.py") if p.stem != "__init__"]
    lines = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in modules())
    sizes = sorted(((len(p.read_text(encoding="utf-8").splitlines()), str(p.relative_to(SOURCE))) for p in modules()), reverse=True)
    cited, lost = citations()
    in_rules, in_code = switches()
    print(f"modules beside rooms      {len(beside)} ({', '.join(sorted(beside))})")
    print(f"rooms and such modules    {len(graph)}, with {sum(map(len, graph.values()))} edges, {depth(graph)} deep")
    print(f"modules, lines            {len(modules())}, {lines}; the longest {sizes[0][1]} with {sizes[0][0]}")
    print(f"lines repeated            {repeated()} (in {WINDOW} equal lines or more)")
    print(f"citations of pages        {cited}, of which {lost} name none")
    print(f"form names                {in_rules} in the rules' SQL, {in_code} in Python")


if __name__ == "__main__":
    main()
