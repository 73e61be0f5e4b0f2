"""Make any text from a workbook harmless on a screen, so that nothing in a cell can act on a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded where something is shown: a command that waits for a file loads it meanwhile
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table
    from rich.text import Text


def visible(text: object) -> str:
    """One line of visible text: control characters, escapes and direction marks become their code, as in \\x1b."""
    if text is None:
        return ""
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else " " if c in "\n\r\t" else ascii(c)[1:-1] for c in str(text)
    )


def cell(text: object, style: str = "") -> Text:
    """The same as a rich cell: square brackets are no markup."""
    from rich.text import Text

    return Text(visible(text), style=style)


def table(title: str, *columns: str) -> Table:
    """An empty table in the project's one look."""
    from rich.table import Table

    made = Table(title=title or None, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def bars(screen: Console) -> Progress:
    """How far a long piece of work has come, on a terminal: a bar with counts and the time left, where the number of pieces is known."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal)


def console(stderr: bool = False) -> Console:
    """A console that knows no emoji or markup and does not wrap when it writes to a file."""
    from rich.console import Console

    made = Console(stderr=stderr, emoji=False, markup=False, highlight=False)
    if not made.is_terminal:
        made = Console(stderr=stderr, emoji=False, markup=False, highlight=False, width=160, soft_wrap=True)
    return made
