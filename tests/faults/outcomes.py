"""What becomes of spoiled files, of clerks' slips in a sheet and of odd words in cells, as outcomes.csv has it: what was read, or why it was refused.

After a change of reading `python -m tests.faults.outcomes` writes the table anew: read what moved, and why.
"""

from __future__ import annotations

import csv
import hashlib
import random
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from etl.inbox.identify import identify
from etl.model import Book, Grid, Received
from etl.read.workbook import open_book
from etl.understand.submission import read_file, understand_book
from tests.faults.fuzz import files, word_in_a_cell
from tests.fixtures.sheets import reference
from tests.layouts.compose import compose
from tests.layouts.register import reference as county
from tests.layouts.written import told

TABLE = Path(__file__).with_name("outcomes.csv")
HEAD = ["case", "submissions", "findings", "digest"]
SPOILED, SLIPS, WORDS, AT_ONCE = 220, 140, 4000, 100


def spoiled() -> Iterator[list[str]]:
    """Spoiled files of the sample and of the tests' own writers."""
    with tempfile.TemporaryDirectory() as folder:
        for received in islice(files(Path(folder), 7, 1), SPOILED):
            yield told(f"spoiled {received.order} {received.name}", read_file(received, reference()))


def slips() -> Iterator[list[str]]:
    """Composed sheets in which clerks wrote some cells and rows otherwise."""
    for seed in range(1001, 1001 + SLIPS):
        workbook, dice = compose(seed, forced={"kind": "xlsx"}), random.Random(f"slips {seed}")
        with tempfile.NamedTemporaryFile() as file:
            file.write(workbook.data)
            file.flush()
            book = open_book(Path(file.name), workbook.name)
        for grid in book.grids:
            for _ in range(dice.choice((2, 4, 8))):
                _slip(grid, dice)
        received = Received(workbook.name, "0" * 64, 1, datetime(2024, 4, 2, 9), 1, Path(workbook.name))
        slot = identify(workbook.name, county().forms, county().register)
        yield told(f"slips {seed}", understand_book(received, slot, county(), Book(book.kind, book.grids)))


def _slip(grid: Grid, dice: random.Random) -> None:
    """One cell or row that is another; the sheet keeps its size, so that what else is known of its cells stays true."""
    filled = [(r, c) for r, row in enumerate(grid.rows) for c, value in enumerate(row) if value is not None]
    if not filled:
        return
    (r, c), (other, place) = dice.choice(filled), dice.choice(filled)
    value = grid.rows[r][c]
    match dice.randrange(8):
        case 0:
            grid.rows[r][c] = None
        case 1:
            grid.rows[r][c] = value * 10 if isinstance(value, int) else f"{value}（预计）"
        case 2:
            grid.rows[r][c] = dice.choice(("约12", "-", "0", "1,200.50", "3万元", "2024.3", "同上", "合计", "其中：", "85%", "详见附件", "小计"))
        case 3:
            grid.rows[r][c], grid.rows[other][place] = grid.rows[other][place], value
        case 4:
            grid.rows[other] = list(grid.rows[r])
        case 5:
            grid.rows[r] = [None] * len(grid.rows[r])
        case 6:
            grid.rows[r] = [dice.choice(("注：数据为快报数", "二、续建项目", "审核人：李某", "合计")), *[None] * (len(grid.rows[r]) - 1)]
        case 7:
            grid.rows[r][c] = value + 1 if isinstance(value, int) else str(value)[::-1]


def words() -> Iterator[list[str]]:
    """What all normalisers make of words, a hundred of them in a line."""
    for first in range(0, WORDS, AT_ONCE):
        answers = [[repr(call()) for call in word_in_a_cell(random.Random(f"words {number}"))[1]] for number in range(first, first + AT_ONCE)]
        yield [f"words {first}", "", "", hashlib.sha256(repr(answers).encode()).hexdigest()[:12]]


ALL = {"spoiled": spoiled, "slips": slips, "words": words}


def written() -> dict[str, list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {line[0]: line for line in list(csv.reader(file))[1:]}


def main() -> None:
    lines = [line for some in ALL.values() for line in some()]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *lines])


if __name__ == "__main__":
    main()
