"""The account of a night, kept beside what it published: what came, what moved against the last version, and what each step took.

One record (JSON) and one page a night, also of a night with nothing new and of one that failed; `nights/index.html` lists them.
Times come from the clock: nothing of an account is published, and no later night depends on one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from etl.gate.page import html_page
from etl.night.report import Report
from etl.publish.export import DATABASE
from etl.publish.manifest import read_manifest

RECORD, PAGE, LOG = "record.json", "index.html", "log.jsonl"
BLANK = (
    "as_of",
    "night",
    "files",
    "lines",
    "issues",
    "verdicts",
    "refusals",
    "replies",
    "submissions",
    "hold",
    "not_run",
    "version",
    "sizes",
    "models",
    "before",
    "rows",
    "moved",
    "appeared",
    "gone",
)  # what a night may have nothing to tell of
LISTED = 200  # findings, figures and models that a page lists; the record says how many there are

MOVED = """
SELECT coalesce(a.form, b.form), coalesce(a.measure, b.measure), coalesce(a.period, b.period), b.value::VARCHAR, a.value::VARCHAR
FROM (FROM now.fct_indicator WHERE grain = 'county') AS a
FULL JOIN (FROM before.fct_indicator WHERE grain = 'county') AS b
    ON (a.form, a.measure, a.period) = (b.form, b.measure, b.period)
WHERE a.value IS DISTINCT FROM b.value ORDER BY ALL
"""
FINDINGS = """
SELECT finding, rule, severity, unit, form, period, sentence FROM {there}.fct_data_quality_issue WHERE counts
AND finding NOT IN (SELECT finding FROM {other}.fct_data_quality_issue WHERE counts) ORDER BY ALL
"""


@dataclass(slots=True)
class Account:
    """What is known of a night so far; filled while it runs."""

    started: datetime
    kind: str  # nightly, backfill, rebuild
    before: Path | None  # the version that readers saw when it began
    steps: list[dict[str, Any]] = field(default_factory=list)  # name and seconds
    report: Report | None = None
    failure: str = ""
    _since: float = field(default_factory=monotonic)

    def heard(self, step: str, _done: int, total: int) -> None:
        """A step has begun: the one before it is over."""
        if not total:
            self.over()
            self.steps.append({"step": step, "seconds": 0.0})

    def over(self) -> None:
        """The step that was under way has ended."""
        if self.steps:
            self.steps[-1]["seconds"] = round(monotonic() - self._since, 2)
        self._since = monotonic()

    @property
    def state(self) -> str:
        return "failed" if self.report is None else self.report.state


def record(account: Account, ended: datetime, work: Path) -> dict[str, Any]:
    """The account as plain values; `work` is where dbt left what its models took."""
    account.over()
    report, said = account.report, dict.fromkeys(BLANK)
    if report is not None:
        receipt = report.receipt
        said |= {
            "as_of": report.as_of.isoformat(sep=" "),
            "night": report.night_id,
            "files": {
                "files": receipt.files,
                "new": [one.name for one in receipt.new],
                "duplicates": len(receipt.copies),
                "known": receipt.known,
                "waiting": list(receipt.waiting),
            },
            **{part: getattr(report, part) for part in ("submissions", "verdicts", "issues", "lines", "replies", "refusals")},
            "hold": report.hold and {key: str(value) for key, value in report.hold.items()},
            "not_run": [asdict(one) for one in report.not_run],
        }
    now = report.published.resolve() if report is not None and report.published is not None and report.state == "published" else None
    return {
        "kind": account.kind,
        "state": account.state,
        "started": account.started.isoformat(sep=" "),
        "seconds": round((ended - account.started).total_seconds()),
        "steps": account.steps,
        "failure": account.failure,
        **said,
        **(_against(account.before, now) | {"version": now.name, "sizes": _sizes(now), "models": _models(work)} if now else {}),
    }


def _against(before: Path | None, now: Path) -> dict[str, Any]:
    """What this version holds that the one before it did not, and the other way round; nothing beside a first version."""
    if before is None or before == now or not (before / DATABASE).is_file():
        return {}
    import duckdb

    old, new = (read_manifest(version).get("tables", {}) for version in (before, now))
    with duckdb.connect() as con:
        for name, version in (("before", before), ("now", now)):
            path = str(version / DATABASE).replace("'", "''")
            con.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        try:
            moved = con.execute(MOVED).fetchall()
            appeared, gone = (
                con.execute(FINDINGS.format(there=there, other=other)).fetchall() for there, other in (("now", "before"), ("before", "now"))
            )
        except duckdb.Error:  # the version before is of an earlier luodi, with other columns
            moved, appeared, gone = [], [], []
    return {
        "before": before.name,
        "rows": {mart: [old.get(mart, 0), new.get(mart, 0)] for mart in sorted({*old, *new}) if old.get(mart, 0) != new.get(mart, 0)},
        "moved": {"count": len(moved), "rows": moved[:LISTED]},
        "appeared": {"count": len(appeared), "rows": appeared[:LISTED]},
        "gone": {"count": len(gone), "rows": gone[:LISTED]},
    }


def _sizes(version: Path) -> dict[str, int]:
    """Bytes of each part of a version."""
    made: dict[str, int] = {}
    for path in sorted(version.rglob("*")):
        if path.is_file():
            part = path.relative_to(version).parts[0]
            made[part] = made.get(part, 0) + path.stat().st_size
    return made


def _models(work: Path) -> list[tuple[str, float]]:
    """What dbt's models took, the longest first."""
    try:
        ran = json.loads((work / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    except (OSError, ValueError, KeyError):
        return []
    took = sorted(((round(one["execution_time"], 3), one["unique_id"].rpartition(".")[2]) for one in ran), reverse=True)
    return [(name, seconds) for seconds, name in took[:20]]


def write_account(folder: Path, told: Mapping[str, Any], lang: str) -> Path:
    """Keep the account below `folder`, add it to the log there, and make the list anew; answer its page."""
    place = _place(folder, told["started"])
    place.mkdir(parents=True)
    text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    (place / RECORD).write_text(text + "\n", encoding="utf-8")
    (place / PAGE).write_text(html_page("account.html", lang, Path(__file__).parent, one=json.loads(text)), encoding="utf-8")
    with (folder / LOG).open("a", encoding="utf-8") as log:
        for step in told["steps"]:
            log.write(json.dumps({"night": told["night"], "started": told["started"], **step}, ensure_ascii=False) + "\n")
        short = {key: told[key] for key in ("night", "kind", "state", "started", "seconds", "version", "failure") if told[key]}
        log.write(json.dumps(short, ensure_ascii=False, default=str) + "\n")
    (folder / PAGE).write_text(html_page("accounts.html", lang, Path(__file__).parent, accounts=accounts(folder)), encoding="utf-8")
    return place / PAGE


def accounts(folder: Path) -> list[dict[str, Any]]:
    """Every account kept below a folder, the latest first, each with its `place`; one that cannot be read is passed over."""
    found = []
    for path in sorted(folder.glob(f"*/{RECORD}"), reverse=True):
        try:
            found.append(json.loads(path.read_text(encoding="utf-8")) | {"place": path.parent.name})
        except (OSError, ValueError):
            continue
    return found


def _place(folder: Path, started: str) -> Path:
    """A folder of its own, also for nights of one second."""
    name = started.replace("-", "").replace(":", "").replace(" ", "-")
    number = 1
    while (place := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return place
