"""Show the verdicts on files of claims: `luodi claims FILE`."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TextIO

from etl.claims.check import check_claims
from etl.claims.table import read_claims
from etl.claims.verdict import ASKED, VERDICTS, Verdict, joined
from etl.mistakes import Mistake
from etl.texts.catalogue import Text, speaker
from etl.texts.spreadsheet import harmless

FORMATS = ("text", "csv", "jsonl")
FIELDS = ("file", "id", "verdict", "statement", "reported", "recomputed", "unit", "point", "low", "high", "difference", "sentence")
CLEAN, FOUND = 0, 1


def report_claims(
    paths: Iterable[Path],
    out: TextIO,
    format: str = "text",
    expectations: Path | None = None,
    calendar: Mapping[date, str] | None = None,
    lang: str = "zh",
) -> int:
    """Judge the claims of files and write them to `out` as text, csv or jsonl.

    The answer is 1 where a claim disagrees, conflicts or is corrupt, else 0. Raises Mistake, also for rows that were not
    understood: these are told once all others are judged and written.
    """
    if format not in FORMATS:
        raise Mistake("use.format", format=format, formats=tuple(FORMATS))
    judged, unread = [], []
    for path in map(Path, paths):
        rows = read_claims(path)
        for row, verdict in zip(rows, check_claims(rows, expectations, calendar), strict=True):
            judged.append((path.name, verdict))
            if not verdict.verdict:
                sheet, _, cell = row["place"].rpartition("!")
                place = {"file": path.name, "sheet": sheet and f" {sheet}", "line": cell[1:]}
                unread.append(Text("claims_file.not_understood", id=verdict.id, said=verdict.said, **place))
    if format == "jsonl":
        out.writelines(json.dumps(verdict_record(file, verdict, lang), ensure_ascii=False) + "\n" for file, verdict in judged)
    elif format == "csv":
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in verdict_record(file, v, lang).items()} for file, v in judged)
    else:
        _text(judged, out, lang)
    if unread:
        raise Mistake("claims_file.mistakes", count=len(unread), told=joined(unread))
    return FOUND if any(v.verdict in ASKED for _, v in judged) else CLEAN


def verdict_record(file: str, verdict: Verdict, lang: str = "zh") -> dict[str, str]:
    """A verdict as the fields that other programs read; numbers as plain decimals, '' where there is none."""
    numbers = {name: getattr(verdict, name) for name in ("point", "low", "high", "difference")}
    told = {name: "" if value is None else format(value, "f") for name, value in numbers.items()}
    words = {name: getattr(verdict, name) for name in FIELDS[1:] if name not in numbers} | {"sentence": verdict.said.said(lang)}
    return {name: ({"file": file} | words | told)[name] for name in FIELDS}


def _text(judged: list[tuple[str, Verdict]], out: TextIO, lang: str) -> None:
    from etl.texts.screen import visible

    say, count = speaker(lang), Counter(v.verdict for _, v in judged)
    for _, verdict in judged:
        out.write(visible(f"{verdict.id}  {say('claims.' + (verdict.verdict or 'unjudged'))}  {verdict.statement}") + "\n")
        out.write(visible(f"    {verdict.said.said(lang)}") + "\n")
    counts = say("claims.comma").join(f"{say(f'claims.{name}')} {count[name]}" for name in VERDICTS)
    out.write(say("claims.summary", count=len(judged), counts=counts) + "\n")
    out.writelines(f"{say(f'claims.{name}')}{say('claims.colon')}{say(f'claims.means_{name}')}\n" for name in ASKED if count[name])
