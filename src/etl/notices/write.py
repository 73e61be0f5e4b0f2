"""Write the papers of a published night: issued ones beside the letters to the units, drafts into a folder of the assessor's own."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.notices.matters import GRAVITY, Matter, Paper, drafts, end_of, issued, read_issued, read_matters
from etl.notices.paper import as_word, wording
from etl.office.files import safe_name, write
from etl.office.sender import office_of
from etl.site.rulings import COLUMNS
from etl.texts.catalogue import speaker


@dataclass(frozen=True, slots=True)
class Written:
    """A paper and the file that holds it; `is_new` where tonight made it."""

    paper: Paper
    path: Path
    is_new: bool


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where papers lie: drafts below `drafts`, what was issued below `replies`, and once for all below `record`."""

    drafts: Path
    replies: Path
    record: Path


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which period (None: the last one with matters) and unit (None: all) papers are written, in which language."""

    period: str | None = None
    unit: str | None = None
    lang: str = "zh"


def write_papers(
    database: Path, site: Path, settings: Mapping[str, str], shelves: Shelves, as_of: date, wanted: Wanted = Wanted()
) -> list[Written]:
    """Write the drafts of a period, and what was issued; issued ones first.

    What was issued is made once and kept on record: a paper that went out does not change with later figures. A draft
    is made anew every time, and goes with what it proposed.
    """
    office, text, say = office_of(settings), wording(site), speaker(wanted.lang)
    period, unit, lang, replies, record, out = wanted.period, wanted.unit, wanted.lang, shelves.replies, shelves.record, shelves.drafts
    matters = read_matters(database)
    chosen = period or max((m.period for m in matters if m.state == "proposed"), key=end_of, default="")
    made = []
    for paper in issued(m for m in read_issued(database) if unit in (None, m.unit)):
        of_unit, stem = safe_name(paper.unit_name), f"{say('matter.file')}-{paper.issued_on}"
        kept = sorted((record / of_unit).glob(f"{stem}*.docx"))
        told = "".join(map(_said_in, kept))
        left = tuple(m for m in paper.matters if m.number not in told)
        if left:
            path = record / of_unit / (f"{stem}.docx" if not kept else f"{stem}-{len(kept) + 1}.docx")
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, as_word(replace(paper, matters=left), office, text, as_of, lang))
            kept.append(path)
        (replies / of_unit).mkdir(parents=True, exist_ok=True)
        for one in kept:
            write(replies / of_unit / one.name, one.read_bytes())
        made.append(Written(paper, replies / of_unit / kept[-1].name, bool(left)))
    folder = out / safe_name(chosen or "-")
    proposed = drafts((m for m in matters if unit in (None, m.unit)), chosen)
    for paper in proposed:
        path = folder / f"{say('matter.file')}-{safe_name(paper.unit_name)}（{say('matter.draft')}）.docx"
        is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, as_word(paper, office, text, as_of, lang))
        made.append(Written(paper, path, is_new))
    if unit is None:
        _tidy(out, {one.path for one in made})
    if proposed and unit is None:
        write(folder / f"{say('matter.register')}.csv", _register([m for paper in proposed for m in paper.matters]))
    return made


def _said_in(path: Path) -> str:
    """What stands in a paper, by which it is known which matters it told."""
    with zipfile.ZipFile(path) as file:
        return file.read("word/document.xml").decode()


def _tidy(out: Path, kept: set[Path]) -> None:
    """Take away the drafts of earlier nights: what is proposed no more lies nowhere."""
    for path in sorted(out.glob("*/*.docx")):
        if path not in kept:
            path.unlink()


def _register(matters: Sequence[Matter]) -> bytes:
    """What is proposed as lines of answers.csv: whoever releases fills in who, why and when, and copies them."""
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    columns = (*COLUMNS["answers.csv"], "evidence")
    rows.writerow((*columns, "unit", "kind", "matter", "facts"))
    for m in sorted(matters, key=lambda m: (GRAVITY.index(m.kind), m.unit, m.order)):
        line = {"number": m.number, "action": "released"}
        rows.writerow((*(line.get(c, "") for c in columns), m.unit_name, speaker("zh")(f"matter.{m.kind}"), m.name, m.facts))
    return b"\xef\xbb\xbf" + made.getvalue().encode()
