"""Lineage as a picture: what was landed on the left, what is worked out in the middle, the marts on the right, by subject.

An SVG of our own, whole in itself: a browser opens it without a network, and the same project gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

Group = tuple[str, str]  # layer, subject
LAYERS = ("source", "intermediate", "marts")
LEFT = {"source": 20, "intermediate": 400, "marts": 720}
WIDTH, LINE, HEAD, GAP = 230, 15, 24, 14
TINT = {"source": "#eef3f8", "intermediate": "#f5f5f0", "marts": "#eef7ee"}
STYLE = (
    "text{font-family:sans-serif;font-size:11px;fill:#222}.head{font-weight:bold;font-size:12px}path{fill:none;stroke:#7a93ad;opacity:.55}"
)


def lineage(manifest: dict, names: Mapping[str, str]) -> str:
    """The picture of a project, from dbt's manifest: a box for each subject with its marts or sources, and a curve from subject to
    subject, the thicker the more of its models read the other's. `names` are what subjects are called."""
    groups = {node: _group(manifest, node) for node in (*manifest["sources"], *manifest["nodes"])}
    inside: dict[Group, set[str]] = {}
    for node, group in groups.items():
        if group:
            inside.setdefault(group, set()).add(node.rpartition(".")[2])
    flows: Counter[tuple[Group, Group]] = Counter()
    for node, group in groups.items():
        for parent in _beyond_staging(manifest, groups, node) if group and group[0] != "source" else ():
            other = groups[parent]
            if group and other and other != group:
                flows[other, group] += 1
    places, boxes, height = {}, [], 0
    for layer in LAYERS:
        top = 20
        for group in sorted(group for group in inside if group[0] == layer):
            shown = sorted(inside[group]) if layer != "intermediate" else []
            tall = HEAD + LINE * len(shown) + (6 if shown else 0)
            places[group] = (top, tall)
            boxes += _box(group, names.get(group[1], group[1]), top, tall, shown)
            top += tall + GAP
        height = max(height, top)
    curves = [_curve(a, b, many, places) for (a, b), many in sorted(flows.items())]
    size = f'width="{LEFT["marts"] + WIDTH + 60}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{STYLE}</style>\n' + "\n".join([*curves, *boxes]) + "\n</svg>\n"


def _group(manifest: dict, node: str) -> Group | None:
    kind, _, _ = node.partition(".")
    if kind == "source":
        return "source", manifest["sources"][node]["source_name"]
    if kind == "seed":
        return "source", "seeds"
    if kind != "model":
        return None
    layer, subject = manifest["nodes"][node]["path"].split("/")[:2]
    return (layer, subject) if layer in LAYERS else None


def _beyond_staging(manifest: dict, groups: Mapping[str, Group | None], node: str) -> Sequence[str]:
    """What a model reads; of a staging model, which only names a source, that source."""
    found: list[str] = []
    for parent in manifest["parent_map"].get(node, ()):
        found += [parent] if groups.get(parent) else _beyond_staging(manifest, groups, parent)
    return found


def _box(group: Group, name: str, top: int, tall: int, shown: Sequence[str]) -> list[str]:
    left = LEFT[group[0]]
    made = [
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{tall}" rx="4" fill="{TINT[group[0]]}" stroke="#9aa"/>',
        f'<text class="head" x="{left + 8}" y="{top + 16}">{escape(name)}</text>',
    ]
    return made + [f'<text x="{left + 8}" y="{top + HEAD + LINE * n + 10}">{escape(one)}</text>' for n, one in enumerate(shown)]


def _curve(a: Group, b: Group, many: int, places: Mapping[Group, tuple[int, int]]) -> str:
    """From the right edge of one box to the left of another; within a layer, or back, around the right side."""
    (from_top, from_tall), (to_top, to_tall) = places[a], places[b]
    start, end = from_top + min(from_tall, 80) // 2, to_top + min(to_tall, 80) // 2
    forward = LAYERS.index(a[0]) < LAYERS.index(b[0])
    x, to = LEFT[a[0]] + WIDTH, LEFT[b[0]] + (0 if forward else WIDTH)
    bend, back = (x + (to - x) // 2, to - (to - x) // 2) if forward else (max(x, to) + 45,) * 2
    title = f"<title>{escape(a[1])} → {escape(b[1])}: {many}</title>"
    return f'<path d="M{x},{start} C{bend},{start} {back},{end} {to},{end}" stroke-width="{min(1 + many / 6, 5):.1f}">{title}</path>'
