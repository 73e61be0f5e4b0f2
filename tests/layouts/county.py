"""Compose a whole county in hard layouts: python -m tests.layouts.county folder [--seed 1] [--months 3] [--no-reading].

Writes inbox/, arrivals.csv, site/ and truth/ as the sample packs have them, so that a night can be run on it, and prints at
once what reading alone makes of every file. Each unit keeps its own layout of each form from month to month.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path

from etl.model import Received
from tests.fixtures.places import SAMPLE
from tests.layouts.compose import Workbook, dressed
from tests.layouts.features import FEATURES, draw, plain_option
from tests.layouts.judge import OUTCOMES, RIGHT, judge
from tests.layouts.register import ALIASES, COUNTY, DIVISION, NAMES, UNITS, read_file, reference
from tests.layouts.tables import Day, month_end, table

YEAR = 2024
OWED = {"key_project_monthly": ("fgj", "zjj", "jtj", "gxj", "park", "t01", "t02", "t03", "t04"), "investment_monthly": ("zsj", "gxj", "park", "t01", "t02", "t04"),
        "budget_execution_monthly": ("czj",), "approval_case": ("zwj",), "rectification": ("sjj",)}
# What would make a second submission of another unit's or month's duty is left to the single workbooks.
_NOT_HERE = {"second list": ("other month", "other form", "other form without title", "last month under 附"), "sheets": ("previous month", "two months", "two forms", "twelve months", "same month of last year"),
             "file name": ("says nothing", "all forms of the month")}
_HARD = ("period stands", "period laid out", "unit stands", "unit laid out", "unit label", "others on the cover", "filing date", "title", "money unit stands",
         "money unit", "head", "under the head", "groups", "subtotals", "total", "pages", "between lines", "dates", "second list", "beside", "sheets", "columns")


def layout(form: str, unit: str, seed: object, size: int) -> dict[str, str]:
    """The layout that a unit has for a form: several hard features at once."""
    rng = random.Random(f"layout {seed} {form} {unit}")
    forced = {}
    for feature in rng.sample(_HARD, rng.randint(4, 8)):
        options = [o for o in FEATURES[feature] if o != plain_option(feature) and o not in _NOT_HERE.get(feature, ())]
        forced[feature] = rng.choice(options)
    forced |= {f: plain_option(f) for f, options in _NOT_HERE.items() if f not in forced}
    forced["period written"] = rng.choice(("2024年1月", "2024年1月份", "2024年01月", "2024.01", "截至2024年1月底", "2024年1-1月"))
    if rng.random() < 0.5:
        forced["period stands"] = "on the cover"
    return draw(rng, form, 2, size, forced=forced)


def compose_county(seed: object, months: int) -> list[Workbook]:
    """All files of the county by time of receipt."""
    made, names = [], set()
    for form, units in OWED.items():
        for unit in units:
            size = random.Random(f"size {seed} {form} {unit}").choice((5, 7, 9, 12, 16))
            dress = layout(form, unit, seed, size)
            for month in range(1, months + 1):
                rng = random.Random(f"county {seed} {form} {unit} {month}")
                now = {**dress, "period written": "2024年1月" if month == 1 and dress["period written"] == "2024年1-1月" else dress["period written"]}
                workbook = dressed(table(form, unit, YEAR, month, seed, size), rng, now, seed)
                if workbook.name in names:
                    workbook.name = workbook.name.rpartition("/")[0].rstrip("/") + f"/{YEAR}年{month}月/" + workbook.name.rpartition("/")[2]
                names.add(workbook.name)
                workbook.sent_at = month_end(YEAR, month) + timedelta(days=rng.randint(1, 4))
                made.append(workbook)
    return sorted(made, key=lambda w: (w.sent_at, w.name))


def write(folder: Path, workbooks: list[Workbook], months: int, holidays: Path) -> None:
    """The folder of the pack."""
    for workbook in workbooks:
        path = folder / "inbox" / workbook.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook.data)
    site, truth = folder / "site", folder / "truth"
    site.mkdir(parents=True, exist_ok=True)
    truth.mkdir(exist_ok=True)
    _csv(folder / "arrivals.csv", ["order", "received_at", "file"],
         [[n, datetime.combine(w.sent_at, time(9, n % 60)), w.name] for n, w in enumerate(workbooks, 1)])
    _csv(site / "units.csv", ["unit", "name", "kind", "reports", "aliases"],
         [[u.unit, u.name, u.kind, "yes" if u.reports else "no", "|".join(ALIASES[u.unit])] for u in UNITS])
    periods = [f"{YEAR}-{m:02d}" for m in range(1, months + 1)]
    _csv(site / "roster.csv", ["unit", "unit_name", "form", "period", "deadline"],
         [[unit, NAMES[unit], form, p, month_end(YEAR, int(p[5:])) + timedelta(days=5)] for form, units in OWED.items() for unit in units for p in periods])
    _csv(site / "settings.csv", ["key", "value", "meaning"],
         [["county", COUNTY, ""], ["home_province", "云南省", ""], ["county_division", DIVISION, ""], ["periods", " ".join(periods), ""],
          ["target_year", YEAR, ""], ["self_evaluation_year", YEAR - 1, ""], ["as_of", f"{month_end(YEAR, months) + timedelta(days=15)} 20:00:00", ""],
          ["grace_days", 0, ""], ["january_exempt", "false", ""]])
    (site / "holidays.csv").write_bytes(holidays.read_bytes())
    for form in OWED:
        _truth(truth / f"rows_{form}.csv", form, workbooks)


def _truth(path: Path, form: str, workbooks: list[Workbook]) -> None:
    columns = [c for c in reference().forms[form].columns if not c.support]
    heads = [name for c in columns for name in ((c.name, f"{c.name}_precision") if c.type == "date" else (c.name,))]
    rows = []
    for workbook in workbooks:
        for want in workbook.wants:
            for sheet, row, _, line in want.lines if want.form == form else ():
                said = {}
                for c in columns:
                    value = line.get(c.name) if c.name in want.columns else None
                    said[c.name] = value.last if isinstance(value, Day) else value
                    if isinstance(value, Day):
                        said[f"{c.name}_precision"] = value.precision
                rows.append([workbook.name, sheet, row, want.unit, want.period, *[said.get(h) for h in heads], "no", ""])
    _csv(path, ["file", "sheet", "row", "unit", "period", *heads, "quarantined", "not_compared"], rows)


def _csv(path: Path, heads: list[str], rows: list[list]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([["" if v is None else v for v in row] for row in rows])


def read_all(folder: Path, workbooks: list[Workbook]) -> Counter:
    """Read every file as it lies there, and print what is not right."""
    outcomes = Counter()
    for n, workbook in enumerate(workbooks, 1):
        received = Received(workbook.name, f"{n:064x}", len(workbook.data), datetime.combine(workbook.sent_at, time(9, 0)), n,
                            folder / "inbox" / workbook.name)
        verdict = judge(workbook, read_file(received, reference()))
        outcomes[verdict.outcome] += 1
        if verdict.outcome != RIGHT:
            print(f"{verdict.outcome:8s}{workbook.name}")
            print("        " + "; ".join(f"{f}={o}" for f, o in workbook.dress.items() if o != plain_option(f)))
            for text in verdict.differences[:6]:
                print("        " + text[:220].replace("\n", "⏎"))
    print(f"{len(workbooks)} files: " + ", ".join(f"{outcomes[o]} {o}" for o in OUTCOMES))
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.layouts.county", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--months", type=int, default=3)
    parser.add_argument("--no-reading", action="store_true")
    given = parser.parse_args()
    workbooks = compose_county(given.seed, given.months)
    write(given.folder, workbooks, given.months, SAMPLE / "site" / "holidays.csv")
    if not given.no_reading:
        read_all(given.folder, workbooks)
    as_of = month_end(YEAR, given.months) + timedelta(days=15)
    print(f"luodi run --inbox {given.folder}/inbox --site {given.folder}/site --data SOMEWHERE --as-of {as_of}")


if __name__ == "__main__":
    main()
