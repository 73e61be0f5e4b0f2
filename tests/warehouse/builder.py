"""Build a staged DuckDB from a few Python dicts, as the staging step leaves it, so that warehouse tests read like examples."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from etl.assess.land import land_standards as put_standards
from etl.assess.land import load_standards
from etl.forms.contract import Form, load_forms
from etl.forms.schema import SUBMISSION, TOTAL, line_columns
from etl.land.tables import EXPLANATION, SITE
from etl.land.write import Tonight, land_staged
from etl.model import Issue, Received, cell_name
from etl.normalise.text import norm

ROOT = Path(__file__).parents[2]
FORMS = load_forms(ROOT / "expectations")
RECEIVED = datetime(2024, 2, 1, 9)
UNITS = [("t01", "白石镇", "town", True), ("t02", "清河镇", "town", True), ("zsj", "县招商局", "bureau", True)]


def month_end(period: str) -> date:
    """Last day of a period written 2024-03 or 2024."""
    year, month = (int(period[:4]), int(period[5:7])) if "-" in period else (int(period), 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def submission(form: str, unit: str | None, period: str, lines: list[dict], **more) -> dict:
    """Describe one submission; `lines` are dicts of canonical columns, money in 万元 as int, str or Decimal."""
    order = more.pop("order", 1)
    file = more.pop("file", f"{unit}/{form}-{period}-{order}.xlsx")
    sha = more.pop("sha", f"{abs(hash_text(file)):064x}")
    return {
        "submission_id": f"{sha[:16]}-{form}-{period}", "file": file, "file_sha256": sha, "sheet": "Sheet1",
        "unit": unit, "unit_name": unit, "form": form, "period": period, "period_end": month_end(period),
        "received_at": RECEIVED + timedelta(hours=order), "receipt_order": order, "readable": True,
        "nil_declared": False, "line_count": len(lines), "lines": lines, "verdict": "accepted",
    } | more


def hash_text(text: str) -> int:
    """A stable number for a text: Python's own hash differs from run to run."""
    import hashlib

    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def stage(path: Path, submissions: list[dict], *, roster=(), units=UNITS, aliases=(), settings=(),
          holidays=(), totals=(), explanation=(), withdrawal=()) -> Path:
    """Write the staged DuckDB of one night and answer its path."""
    path.unlink(missing_ok=True)
    con = duckdb.connect()
    con.execute(f"ATTACH '{path}' AS house")
    con.execute("USE house")
    con.execute("CREATE SCHEMA staged")
    tables = {"submission": SUBMISSION, "total": TOTAL, "explanation": EXPLANATION, **SITE}
    tables |= {n: line_columns(f) | {"own_quarantined": "BOOLEAN"} for n, f in FORMS.items()}
    for table, columns in tables.items():
        con.execute(f'CREATE TABLE staged."{table}" ({", ".join(f"{c} {k}" for c, k in columns.items())})')
    _insert(con, "submission", submissions, SUBMISSION)
    for name, form in FORMS.items():
        rows = [line(form, s, n, values) for s in submissions if s["form"] == name
                for n, values in enumerate(s["lines"], 4)]
        _insert(con, name, rows, tables[name])
    _insert(con, "total", list(totals), TOTAL)
    _insert(con, "explanation", [dict(zip(EXPLANATION, row, strict=True)) for row in explanation], EXPLANATION)
    for table, rows in (("withdrawal", withdrawal), ("unit", units), ("unit_alias", aliases), ("roster", roster), ("setting", settings),
                        ("holiday", holidays), ("workday", workdays(dict(holidays)))):
        _insert(con, table, [dict(zip(SITE[table], row, strict=False)) for row in rows], SITE[table])
    con.close()
    return path


def workdays(holidays: dict[date, str], first: int = 2023, last: int = 2024) -> list[tuple]:
    """Count the working days of some years through, as the staging step does."""
    rows, counted, day = [], 0, date(first, 1, 1)
    while day.year <= last:
        counted += holidays.get(day, "working" if day.isoweekday() < 6 else "holiday") == "working"
        rows.append((day, 1, counted))
        day += timedelta(days=1)
    return rows


def line(form: Form, owner: dict, row: int, values: dict) -> dict:
    """One staged line: canonical values, the interval of each number, what was sent and in which cell."""
    row = values.get("row", row)
    made = {"line_id": f"{owner['submission_id']}:{row}", "submission_id": owner["submission_id"],
            "unit": owner["unit"], "period": owner["period"], "period_end": owner["period_end"],
            "sheet": owner["sheet"], "row_no": row, "business_key": _key(form, values)}
    sent, cells = {}, {}
    for index, column in enumerate(form.columns):
        value = values.get(column.name)
        if value is None:
            continue
        made[column.name] = value
        sent[column.name], cells[column.name] = str(value), cell_name(row - 1, index)
        if column.numeric and column.type != "year":
            made[f"{column.name}_low"] = made[f"{column.name}_high"] = value
        if column.type == "date":
            made[f"{column.name}_low"] = value
            made[f"{column.name}_precision"] = values.get(f"{column.name}_precision", "day")
    return made | {"raw": json.dumps(sent, ensure_ascii=False), "cells": json.dumps(cells)}


def _key(form: Form, values: dict) -> str | None:
    for key in form.business_key:
        if all(values.get(c) is not None for c in key):
            return "|".join(norm(str(values[c])) for c in key)
    return None


def _insert(con, table: str, rows: list[dict], columns: dict) -> None:
    if rows:
        lists = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
        values = [[_plain(row.get(name)) for row in rows] for name in columns]
        con.execute(f'INSERT INTO staged."{table}" SELECT {lists}', values)


def _plain(value):
    return str(value) if isinstance(value, Decimal) else value


def land_all(folder: Path, submissions: list[dict], *, issues: list[Issue] = (), quarantined=(), as_of=date(2024, 4, 15),
             files=None, rulings: Path | None = None, **site) -> Path:
    """Stage and land some submissions in `folder`, and answer the path of the landed warehouse.

    Schemes and rulings of people are read from the folder `rulings`, as from a site.
    """
    staged = stage(folder / "staged.duckdb", submissions, **site)
    landed = folder / "landed.duckdb"
    if files is None:
        files = [received(s) for s in submissions]
    land_staged(landed, staged, FORMS, Tonight(verdicts={s["submission_id"]: s["verdict"] for s in submissions},
                quarantined=set(quarantined), issues=issues, files=files, as_of=as_of))
    put_standards(landed, load_standards(ROOT / "expectations", rulings or folder, {u[0] for u in site.get("units", UNITS)},
                                         dict(site.get("settings", ())), FORMS), FORMS)
    return landed


def received(owner: dict) -> Received:
    """The file that a submission came in."""
    return Received(owner["file"], owner["file_sha256"], 1000, owner["received_at"], owner["receipt_order"], Path("x"))


def issue(owner: dict, rule: str = "F01", severity: str = "error", level: str = "cell", row: int | None = 4, **more) -> Issue:
    """An issue at a line of a submission (row None: about the submission as a whole)."""
    line_id = f"{owner['submission_id']}:{row}" if row else None
    base = {"submission_id": owner["submission_id"], "line_id": line_id, "rule": rule, "severity": severity,
            "level": level, "file": owner["file"], "sheet": owner["sheet"], "row": row, "cell": f"C{row}" if row else None,
            "column": None, "value": None, "expected": None, "difference": None, "sentence": "请核对"}
    return Issue(**(base | more))
