"""A county so small that it can be sealed in a moment: two units, a handful of projects, one source file."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import duckdb

from etl.freeze.seal import Order
from etl.publish.release import release
from etl.transform.build import Mart

ROOT = Path(__file__).parents[3]
AT = "2024-04-15T10:00:00"
SOURCE = b"the bytes of a workbook"
SHA = hashlib.sha256(SOURCE).hexdigest()
ORIGIN = ("line_id", "submission_id", "file", "sheet", "row_no", "cells")
COLUMNS = {
    "fct_investment": ("project_key", "unit", "period", "arrived_ytd", "arrival_rate", "note", *ORIGIN),
    "fct_measure": ("form", "period", "unit", "measure", "value"),
    "fct_submission_version": ("submission_id", "file", "file_sha256", "unit", "form", "period", "counts"),
}
NUMBERS = {"arrived_ytd": "DECIMAL(20,6)", "arrival_rate": "DECIMAL(20,6)", "value": "DECIMAL(20,6)", "row_no": "INTEGER", "counts": "BOOLEAN"}
AMOUNTS = {("p1", "t01"): "120.5", ("p2", "t01"): "30", ("p3", "t02"): "99"}


def lines(amounts=AMOUNTS, period="2024-03", file="白石镇.xlsx"):
    """Rows of fct_investment: the rate is computed, the amount has a cell."""
    return [
        (key, unit, period, amount, str(float(amount) / 2), f"项目{key}", f"s-{file}:{n}", f"s-{file}", file, "Sheet1", n,
         json.dumps({"arrived_ytd": f"F{n}"}))
        for n, ((key, unit), amount) in enumerate(amounts.items(), start=4)
    ]


def totals(amounts=AMOUNTS, period="2024-03"):
    """Rows of fct_measure: sums by unit and for the county."""
    sums = {}
    for (_, unit), amount in amounts.items():
        for who in (unit, "*"):
            sums[who] = sums.get(who, 0) + float(amount)
    return [("investment_monthly", period, who, "arrived_ytd", str(total)) for who, total in sorted(sums.items())]


def versions(file="白石镇.xlsx"):
    return [(f"s-{file}", file, SHA, "t01", "investment_monthly", "2024-03", True)]


def published(folder: Path, amounts=AMOUNTS, night_id="20240415-aaaa", as_of=date(2024, 4, 15), file="白石镇.xlsx") -> Path:
    """Publish a night with these amounts below `folder`; answer the folder of the version."""
    build = folder / "build.duckdb"
    build.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(str(build))
    con.execute("CREATE SCHEMA marts")
    content = {"fct_investment": lines(amounts, file=file), "fct_measure": totals(amounts), "fct_submission_version": versions(file)}
    for mart, rows in content.items():
        columns = ", ".join(f"{c} {NUMBERS.get(c, 'VARCHAR')}" for c in COLUMNS[mart])
        con.execute(f"CREATE TABLE marts.{mart} ({columns})")
        con.executemany(f"INSERT INTO marts.{mart} VALUES ({', '.join('?' * len(COLUMNS[mart]))})", rows)
    con.close()
    marts = [Mart(m, "", dict.fromkeys(COLUMNS[m], ""), COLUMNS[m][:3]) for m in sorted(COLUMNS)]
    return release(build, marts, folder / "published", night_id=night_id, as_of=as_of)


def checkout(folder: Path) -> Path:
    """A checkout with what a seal takes from it: contracts and models."""
    (folder / "expectations").mkdir(parents=True)
    shutil.copy(ROOT / "expectations" / "freeze.yaml", folder / "expectations")
    (folder / "expectations" / "parameters.yaml").write_text("reply_days: {value: 3, meaning: days}\n")
    marts = folder / "dbt_project" / "models" / "marts"
    marts.mkdir(parents=True)
    (marts / "fct_measure.yml").write_text("models:\n  - name: fct_measure\n    config: {meta: {order_by: [form, period, unit, measure]}}\n")
    (marts / "fct_investment.yml").write_text("models:\n  - name: fct_investment\n    config: {meta: {order_by: [line_id], form: investment_monthly}}\n")
    return folder


def county(folder: Path) -> Path:
    """A data folder with a published night and its archive, a site and a checkout beside it."""
    published(folder / "data")
    kept = folder / "data" / "archive" / SHA[:2] / SHA
    kept.parent.mkdir(parents=True)
    kept.write_bytes(SOURCE)
    (folder / "site").mkdir()
    for name, text in {"units.csv": "unit,name,kind,reports,aliases\nt01,白石镇,township,yes,\nt02,清河镇,township,yes,\n",
                       "roster.csv": "unit,form,period,deadline\n", "settings.csv": "key,value\n",
                       "holidays.csv": "date,kind\n"}.items():
        (folder / "site" / name).write_text(text, encoding="utf-8")
    checkout(folder / "home")
    return folder


def order(folder: Path, **other) -> Order:
    said = {"period": "2024-Q1", "by": "张某", "at": AT, "published": (folder / "data/published/current").resolve(),
            "site": folder / "site", "home": folder / "home", "archive": folder / "data/archive",
            "frozen": folder / "data/frozen", "luodi": "0.1.0", "code": "c0de", "label": "季评"}
    return Order(**said | other)
