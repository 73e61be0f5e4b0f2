"""From what is landed to what is said to the units: one answer a submission, made again only when it says something new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from etl.forms.contract import Form
from etl.forms.schema import is_there
from etl.land.recall import issues_read
from etl.land.tables import quoted
from etl.land.write import ANOTHER_UNIT
from etl.model import ANSWERED, SUSPENDED, Issue, Submission
from etl.normalise.names import UnitRegister
from etl.reply.answer import Answer
from etl.reply.folder import listed
from etl.reply.notice import Notice, write_notices
from etl.reply.write import Seen, unseen, write_replies
from etl.settings import Settings
from etl.site.load import Site
from etl.texts.catalogue import chinese
from etl.validate.rulebook import RuleSet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ISSUE = (
    "submission_id, line_id, rule, severity, level, file, sheet, row_no, cell, column_name, value, expected, "
    "difference, sentence, rule_version, state, decision, explanation, explained_by, explained_at, likely, finding, "
    "review, reviewed_by, review_why"
)


def answer_all(settings: Settings, site: Site, rules: RuleSet, results: Path | None = None, seen: Seen = unseen) -> list[dict]:
    """Answer every submission whose judgement is not the one last told, below `replies/`; the entries of the index.

    What was told is in the index itself, so a night killed before its replies is made good by the next one. `results` is the folder of
    the version whose findings order what is told, `published/current` where none is given.
    """
    everything = answers_landed(settings, site, rules, results)
    told = {key: entry.get("said", "") for key, entry in listed(settings.replies).items()}
    due = [a for a in everything if told.get(a.submission.submission_id) != answer_hash(a)]
    made = write_replies(due, settings.replies, settings, {a.submission.submission_id: answer_hash(a) for a in due}, seen)
    return made + write_notices(notices(everything, UnitRegister(site.units)), settings.replies)


def notices(everything: Iterable[Answer], register: UnitRegister) -> list[Notice]:
    """What has to be told to the units whose name stands in a file that lies under another unit."""
    found = []
    for answer in everything:
        issue = next((i for i in answer.issues if i.rule == ANOTHER_UNIT and i.state not in ANSWERED), None)
        owner = issue and register.whole(register.find(issue.value) or register.find_in(issue.value or ""))
        if issue and owner and owner != answer.submission.unit:
            found.append(
                Notice(
                    answer.submission,
                    register.names[owner],
                    answer.unit_name,
                    issue.cell or "",
                    answer.form_name,
                    answer.day,
                    answer.contact,
                    answer.lang,
                )
            )
    return found


def answer_hash(answer: Answer) -> str:
    """SHA-256 of all that an answer says but the day it is said."""
    said = (
        answer.verdict,
        answer.in_force,
        answer.instead,
        answer.lines,
        answer.quarantined,
        answer.contact,
        answer.lang,
        answer.office,
        answer.number,
        answer.phone,
        answer.copies,
        answer.most_warnings,
        [str(issue) for issue in answer.issues],
    )
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def answers_landed(settings: Settings, site: Site, rules: RuleSet, results: Path | None = None) -> list[Answer]:
    """The answer to every submission landed, by file and form."""
    import duckdb

    effects = _effects(results or settings.published / "current")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{quoted(settings.landed)}' AS house (READ_ONLY)")
        con.execute("USE house")
        issues: dict[str, list[Issue]] = {}
        con.execute(f"""
            SELECT {ISSUE} FROM landed.issue WHERE state IS DISTINCT FROM '{SUSPENDED}'
            ORDER BY file, sheet, row_no, cell, rule, line_id""")
        for issue in issues_read(con):
            found = effects.get((issue.submission_id, issue.rule, issue.line_id, issue.cell, issue.column))
            issues.setdefault(issue.submission_id, []).append(replace(issue, effect=found[0], points=found[1]) if found else issue)
        keys: dict[str, dict[str, str]] = {}
        for name in rules.forms:
            for submission, line, key in con.execute(
                f'SELECT submission_id, line_id, business_key FROM landed."{name}" WHERE business_key IS NOT NULL ORDER BY 2'
            ).fetchall():
                keys.setdefault(submission, {})[line] = key
        files = {
            row[:4]: row[4]
            for row in con.execute("SELECT unit, sub_unit, form, period, file FROM landed.submission WHERE counts").fetchall()
        }
        rows = [
            _Row(*row)
            for row in con.execute(
                f"SELECT {', '.join(_Row._fields)} FROM landed.submission ORDER BY file, form, period, submission_id"
            ).fetchall()
        ]
        cfg = rules.parameters
        deadline, most = _deadline(con, settings.as_of.date(), int(cfg.word("reply_days"))), int(cfg.word("digest_cap"))
    named = {code: rule.name_en if settings.lang == "en" else rule.name_zh for code, rule in rules.rulebook.items()}
    known = _Known(settings, site, rules.forms, named, issues, keys, files, deadline, most)
    return [known.answer(row) for row in rows]


def _effects(results: Path) -> dict[tuple, tuple[Decimal, Decimal]]:
    """What each finding of a published version would move, by its place: expected 万元, and points of the unit's score."""
    import duckdb

    published = results / "luodi.duckdb"
    if not published.is_file():
        return {}
    with duckdb.connect(str(published), read_only=True) as con:
        if not is_there(con, "fct_issue_score"):
            return {}  # published before effects were
        rows = con.execute("""
            SELECT i.submission_id, i.rule, i.line_id, i.cell, i.column_name,
                max(coalesce(e.expected_effect, 0)), max(coalesce(abs(s.score_change), 0))
            FROM fct_issue_effect e JOIN fct_data_quality_issue i USING (issue_no) LEFT JOIN fct_issue_score s USING (issue_no)
            WHERE e.effect > 0 OR s.issue_no IS NOT NULL GROUP BY ALL""").fetchall()
    return {tuple(place): (effect, points) for *place, effect, points in rows}


class _Row(NamedTuple):
    """What is asked of a submission, by the columns of landed.submission."""

    submission_id: str
    file: str
    file_sha256: str
    sheet: str | None
    unit: str | None
    form: str | None
    period: str | None
    received_at: datetime
    receipt_order: int
    readable: bool | None
    verdict: str
    line_count: int | None
    quarantined: int | None
    counts: bool | None
    sub_unit: str | None


@dataclass(frozen=True)
class _Known:
    """What was landed and what the county says of itself: all that an answer is made of."""

    settings: Settings
    site: Site
    forms: Mapping[str, Form]
    rules: Mapping[str, str]  # code -> name
    issues: Mapping[str, list[Issue]]  # by submission
    keys: Mapping[str, dict[str, str]]  # submission -> line -> business key
    files: Mapping[tuple, str]  # slot -> the file that counts
    deadline: date | None
    most_warnings: int

    def answer(self, row: _Row) -> Answer:
        """The answer to one submission."""
        sha256, counts = row.file_sha256, row.counts
        submission = Submission(
            row.submission_id,
            row.file,
            sha256,
            row.sheet or "",
            row.unit,
            row.form,
            row.period,
            row.received_at,
            row.receipt_order,
            readable=bool(row.readable),
        )
        mine = tuple(i for i in self.issues.get(row.submission_id, ()) if not i.file or i.file == row.file)
        contract = self.forms.get(row.form or "")
        stands = self.files.get((row.unit, row.sub_unit, row.form, row.period))
        return Answer(
            submission,
            row.verdict,
            mine,
            self.settings.archive / sha256[:2] / sha256,
            self.settings.as_of.date(),
            unit_name=self.site.names.get(row.unit or "", ""),
            form_name="" if contract is None else contract.name_en if self.settings.lang == "en" else contract.name,
            lines=row.line_count or 0,
            quarantined=row.quarantined or 0,
            in_force=bool(counts),
            instead=None if counts else stands,
            deadline=self.deadline if any(i.severity == "error" and i.state not in ANSWERED for i in mine) else None,
            contact=self.site.settings.get("reply_contact", ""),
            office=self.site.settings.get("letter_office", ""),
            number=_number(self.site.settings.get("letter_word", ""), row.received_at, row.receipt_order),
            phone=self.site.settings.get("letter_phone", ""),
            copies=self.site.settings.get("letter_copies", ""),
            most_warnings=self.most_warnings,
            rules=self.rules,
            keys=self.keys.get(row.submission_id, {}),
            lang=self.settings.lang,
        )


def _number(word: str, received_at: datetime, order: int | None) -> str:
    """The number of a letter, 云数审〔2024〕17号: the county's word, the year and the place in the sequence of receipt."""
    return chinese("reply.document_number", word=word, year=received_at.year, order=order) if word and order else ""


def _deadline(con: DuckDBPyConnection, day: date, days: int) -> date | None:
    """So many working days after a day (cadence.md section 2: three); None where that year's calendar is not known."""
    [(found,)] = con.execute(
        """
        SELECT min(b.day) FROM landed.workday a JOIN landed.workday b USING (stretch)
        WHERE a.day = ? AND b.counted = a.counted + ?""",
        [day, days],
    ).fetchall()
    return found
