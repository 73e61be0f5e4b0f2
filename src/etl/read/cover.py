"""What a sheet says of itself around its table: title, unit, period, signatures, nil declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.model import Cover, Grid, cell_name
from etl.normalise.text import fold
from etl.normalise.vocabulary import Vocabulary

_STAMP = re.compile(r"[(（](?:盖章|公章|签章)[)）]")
_UNIT_NOTE = re.compile(r"(?:计量|金额|货币)?(?<!填报)(?<!报送)(?<!编制)(?<!填表)(?<!申报)(?<!报表)(?<!建设)(?<!责任)单位[:：]([^:：\s()（）]*)")


@dataclass(frozen=True, slots=True)
class UnitNote:
    """One note 单位：万元 of a sheet, with its cell."""

    units: tuple[str, ...]
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Around:
    """The cover block and the addresses that findings about it need."""

    cover: Cover
    title_cell: str | None
    department_cell: str | None
    notes: tuple[UnitNote, ...]
    titles: tuple[str, ...]                  # every text above the table that is no label


def read_cover(grid: Grid, rows: list[int], above: int, vocabulary: Vocabulary, empty: bool = False) -> Around:
    """Read the rows that are no table; `above` is its first row (titles stand before it), `empty` says it has no lines."""
    labels = {w: field for field, ws in vocabulary.sign_off.items() for w in ws}
    labels |= {w: "department" for w in vocabulary.department_labels}
    words = "|".join(sorted((re.escape(w) for w in labels), key=len, reverse=True))
    label = re.compile(rf"({words})(?:[(（][^)）]{{0,6}}[)）])?[:：]")
    found: dict[str, str] = {}
    titles, notes = [], []
    title_cell = department_cell = None
    nil = False
    for r in rows:
        cells = [(c, str(v)) for c, v in enumerate(grid.rows[r]) if v is not None and str(v).strip()]
        for place, (c, text) in enumerate(cells):
            folded = _STAMP.sub(" ", re.sub(r"[ \t\u3000\xa0]{2,}|\n", "  ", text))
            squeezed = fold(text)
            nil = nil or _declares_nil(squeezed, vocabulary, empty)
            for note in _UNIT_NOTE.finditer(fold_keep_space(folded)):
                units = tuple(u for u in re.split(r"[、,，;；/]", note.group(1)) if u in vocabulary.all_money_units)
                if units:
                    notes.append(UnitNote(units, cell_name(r, c), text.strip()))
            marks = list(label.finditer(fold_keep_space(folded)))
            line = fold_keep_space(folded)
            for i, mark in enumerate(marks):
                end = marks[i + 1].start() if i + 1 < len(marks) else len(line)
                value = line[mark.end():end].strip().split("  ")[0].strip()
                if not value and i + 1 == len(marks) and place + 1 < len(cells) and not label.match(fold(cells[place + 1][1])):
                    value = cells[place + 1][1].strip()
                field = labels[mark.group(1)]
                if value and field not in found:
                    found[field] = value
                    if field == "department":
                        department_cell = cell_name(r, c)
            if r < above and not marks and len(_UNIT_NOTE.sub("", squeezed)) > 3:
                titles.append(text.strip())
                if title_cell is None:
                    title_cell = cell_name(r, c)
    department = found.get("department")
    cover = Cover(
        title=titles[0] if titles else None,
        department=_STAMP.sub("", department).strip() if department else None,
        money_unit=notes[0].units[0] if notes else None,
        nil_declared=nil,
        preparer=found.get("preparer"), reviewer=found.get("reviewer"), head=found.get("head"),
        filled_date=found.get("filled_date"),
    )
    return Around(cover, title_cell, department_cell, tuple(notes), tuple(titles))


def _declares_nil(text: str, vocabulary: Vocabulary, empty: bool) -> bool:
    """A hint in the notes (无数据请注明零报告) declares nothing."""
    if text.startswith(("注", "说明", "填表说明")) or len(text) > 30:
        return False
    return any(w in text for w in vocabulary.nil_words) or (empty and any(w in text for w in vocabulary.empty_words))


def fold_keep_space(text: str) -> str:
    """Fold width and script, but keep the spaces that part one label from the next."""
    return "  ".join(fold(part) if not part.isspace() else "" for part in re.split(r"\s{2,}", text))
