"""Where replies lie: a folder per unit and period, and one page that lists them all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from etl.office.files import safe_name, write
from etl.reply.answer import Answer
from etl.texts.catalogue import speaker

REGISTER, INDEX = "index.json", "index.html"


def reply_path(answer: Answer) -> tuple[Path, str, str]:
    """The folder of a reply below replies/, its stem, and the stem without the verdict.

    Eight digits of the file's hash keep two files of one name apart.
    """
    say, s = speaker(answer.lang), answer.submission
    unknown = say("reply.unknown")
    folder = Path(safe_name(answer.unit_name or unknown), safe_name(s.period or unknown))
    stem = safe_name(Path(answer.file).stem)
    again = re.search(r"-(\d{1,2})$", s.submission_id.removeprefix(f"{s.file_sha256[:16]}-{s.form or 'unknown'}-{s.period or 'unknown'}"))
    base = f"{safe_name(answer.form_name or unknown)}-{stem}-{s.file_sha256[:8]}{again.group() if again else ''}"
    return folder, f"{base}-{safe_name(say(f'verdict.{answer.verdict}'))}", base


def write_reply(root: Path, answer: Answer, files: Mapping[str, bytes]) -> dict:
    """Write one reply and take away the one it replaces (the same submission under another verdict).

    `files` are the letter and, where there is one, the marked workbook, by their names. Returns the entry for the index.
    """
    folder, _, base = reply_path(answer)
    target = root / folder
    target.mkdir(parents=True, exist_ok=True)
    for old in sorted(target.iterdir()):
        if (
            old.name.startswith(f"{base}-")
            and old.suffix in (".xlsx", ".html")
            and old.name not in files
            and not re.match(r"\d{1,2}-", old.name.removeprefix(f"{base}-"))
        ):
            old.unlink()
    for name, content in files.items():
        write(target / name, content)
    paths = {Path(name).suffix: (folder / name).as_posix() for name in files}
    s = answer.submission
    return {
        "submission_id": s.submission_id,
        "unit": answer.unit_name or speaker(answer.lang)("reply.unknown"),
        "period": s.period or "",
        "form": answer.form_name,
        "file": answer.file,
        "received": f"{s.received_at:%Y-%m-%d %H:%M}",
        "verdict": answer.verdict,
        "counts": answer.counts,
        "workbook": paths.get(".xlsx", ""),
        "letter": paths[".html"],
    }


def list_replies(root: Path, entries: Iterable[dict], lang: str = "zh") -> Path:
    """Bring the list of all replies up to date and write the page; entries without their files are dropped."""
    from etl.reply.letter import pages

    known = listed(root)
    known |= {e["submission_id"]: e for e in entries}
    kept = sorted(
        (e for e in known.values() if (root / e["letter"]).is_file()),
        key=lambda e: (e["unit"], _reversed(e["period"]), e["form"], _reversed(e["received"]), e["submission_id"]),
    )
    units: dict[str, list[dict]] = {}
    for entry in kept:
        units.setdefault(entry["unit"], []).append(entry)
    root.mkdir(parents=True, exist_ok=True)
    write(root / REGISTER, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8"))
    env = pages()
    env.filters["link"] = lambda path: quote(path, safe="/")
    page = env.get_template("index.html").render(units=units, lang=lang, say=speaker(lang))
    write(root / INDEX, page.encode("utf-8"))
    return root / INDEX


def listed(root: Path) -> dict[str, dict]:
    """The entries of the list of all replies, by the submission that each is about."""
    path = root / REGISTER
    if not path.is_file():
        return {}
    return {e["submission_id"]: e for e in json.loads(path.read_text(encoding="utf-8"))}


def _reversed(text: str) -> tuple[int, ...]:
    """Sorts the latest first."""
    return tuple(-ord(c) for c in text)
