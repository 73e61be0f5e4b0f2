"""The wording of papers line by line: a style, a bar, a text; `table|` and `page|` for what is no text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from etl.mistakes import Mistake
from etl.office.word import STYLES, Block, NewPage, PaperTable, Paragraph


def blocks_of(text: str, file: str, tables: Mapping[str, Callable[[], PaperTable]]) -> list[Block]:
    """The blocks of a wording. Raises Mistake with file and line where a line has no style, or names a table that there is not."""
    made: list[Block] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        style, bar, said = line.partition("|")
        style, said = style.strip(), said.strip(" ")
        if style == "table" and said.strip() in tables:
            made.append(tables[said.strip()]())
        elif style == "page" and bar:
            made.append(NewPage())
        elif bar and style in STYLES:
            made.append(Paragraph(style, said))
        else:
            raise Mistake("use.wording", file=file, line=number, text=line[:40], styles=(*STYLES, "table", "page"))
    return made
