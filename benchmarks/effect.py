"""How much of a pack's error the first 20 % of the findings remove: by their effect, by the line's amount, in the files' order.

Of an amount that the pack's truth says was spoilt, in a line that counts, the error is how far it is from the figure that the months
around it demand; of a line held back it is what the sums lack by it. What a refused or missing form held nobody knows: there the
error is luodi's own estimate, the figures sent or those of the month before.
Repeat with: python -m benchmarks.effect [PACK] [--data FOLDER]
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.fixtures.places import SAMPLE
from tests.golden.score import run_night

SHARE = 20  # % of the findings that somebody has time for
# The figures of a year so far, with those of the month that make them.
YEARLY = {
    "key_project_monthly": ("completed_ytd", "completed_month"),
    "investment_monthly": ("arrived_ytd", "arrived_month"),
    "budget_execution_monthly": ("spent_ytd", "spent_month"),
}
STEADY = ("total_investment", "annual_plan", "contracted_amount", "fixed_asset_amount", "budget_initial", "budget_adjusted")

Figures = Mapping[str, Decimal]  # period -> amount, of one record and column


def before(period: str) -> str:
    return f"{period[:5]}{int(period[5:]) - 1:02}"


def after(period: str) -> str:
    return f"{period[:5]}{int(period[5:]) + 1:02}"


def demanded(form: str, column: str, period: str, figures: Mapping[str, Figures]) -> Decimal | None:
    """What a planted figure should be by the months around it; None where they do not say."""
    own = figures.get(column, {})
    if column in STEADY:
        return own.get(before(period), own.get(after(period)))
    year, month = YEARLY.get(form, ("", ""))
    sums, months = figures.get(year, {}), figures.get(month, {})
    if column == month and period in sums:
        return sums[period] if period.endswith("01") else _minus(sums[period], sums.get(before(period)))
    if column == year:
        if period.endswith("01"):
            return months.get(period)
        if before(period) in sums and period in months:
            return sums[before(period)] + months[period]
        return _minus(sums.get(after(period)), months.get(after(period)))
    return None


def _minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def planted(pack: Path) -> set[tuple[str, int, str]]:
    """File, row and column of each amount that was spoilt on purpose."""
    with (pack / "truth" / "issues.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            (i["file"], int(i["row"]), i["column"])
            for i in csv.DictReader(file)
            if i["certainty"] == "must" and i["origin"] == "injected" and i["row"] and i["column"]
        }


def errors(con: duckdb.DuckDBPyConnection, pack: Path) -> dict[str, Decimal]:
    """Line, refused submission or missing slot -> how far the published sums are off by it, 万元."""
    found: dict[str, Decimal] = {}
    spoilt = planted(pack)
    rows = con.execute("""
        SELECT a.form, a.line_id, a.column_name, a.period, a.amount, a.disposition, a.is_headline,
               l.unit || '|' || l.business_key AS record, l.file, l.row_no
        FROM build.intermediate.int_line_amount a JOIN build.marts.dim_line l USING (line_id)
        WHERE a.counts ORDER BY ALL""").fetchall()
    known: dict[tuple[str, str], dict[str, dict[str, Decimal]]] = {}
    for form, _, column, period, amount, _, _, record, file, row in rows:
        if (file, row, column) not in spoilt and record:
            known.setdefault((form, record), {}).setdefault(column, {})[period] = amount
    for form, line, column, period, amount, disposition, is_headline, record, file, row in rows:
        spoilt_here = (file, row, column) in spoilt
        right = demanded(form, column, period, known.get((form, record), {})) if spoilt_here else amount
        if disposition == "quarantined" and is_headline:
            found[line] = abs(amount if right is None else right)
        elif disposition == "published" and right is not None and right != amount:
            found[line] = max(found.get(line, Decimal(0)), abs(amount - right))
    lacking = con.execute("""
        SELECT submission_id, max(effect) FROM build.marts.fct_issue_effect
        WHERE basis IN ('missing', 'refused') GROUP BY ALL""").fetchall()
    found |= dict(lacking)
    return {key: amount for key, amount in found.items() if amount}


def removed(findings: Sequence[tuple[str | None, str]], error: Mapping[str, Decimal], share: int = SHARE) -> Decimal:
    """Which part of the error, in %, goes with the first findings: whoever opens a line for one of them sees all of it."""
    first = findings[: -(-len(findings) * share // 100)]
    seen = {key for one in first for key in one if key}
    return 100 * sum((error[key] for key in seen & error.keys()), Decimal(0)) / (sum(error.values()) or 1)


def orders(con: duckdb.DuckDBPyConnection) -> Iterable[tuple[str, list[tuple[str | None, str]]]]:
    """The findings, as line and submission, in each order that is compared."""
    largest = "coalesce(a.amount, s.amount, 0) DESC, e.issue_no"
    ways = {"by effect": "e.effect_no", "by amount": largest, "in the files' order": "e.issue_no"}
    for name, by in ways.items():
        yield (
            name,
            con.execute(f"""
            SELECT e.line_id, e.submission_id FROM build.marts.fct_issue_effect e
            LEFT JOIN (SELECT line_id, max(abs(amount)) AS amount FROM build.intermediate.int_line_amount WHERE is_headline GROUP BY ALL) a
            USING (line_id)
            LEFT JOIN (SELECT submission_id, sum(abs(amount)) AS amount FROM build.intermediate.int_line_amount
                       WHERE is_headline GROUP BY ALL) s ON s.submission_id = e.submission_id
            WHERE e.severity <> 'info' ORDER BY {by}""").fetchall(),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--data", type=Path, help="a night's data folder, instead of running one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = asked.data or Path(folder)
        if not asked.data:
            with (asked.pack / "site" / "settings.csv").open(encoding="utf-8-sig", newline="") as file:
                told = {row["key"]: row["value"] for row in csv.DictReader(file)}
            run_night(asked.pack, data, told["as_of"].replace(" ", "T"))
        with duckdb.connect() as con:
            [build] = (data / "warehouse").glob("*build*.duckdb")
            con.execute(f"ATTACH '{build}' AS build (READ_ONLY)")
            every = errors(con, asked.pack)
            counted = {line: amount for line, amount in every.items() if line in _published(con)}
            for title, error in (("all error", every), ("wrong figures of lines that count", counted)):
                print(f"{title}: {sum(error.values()):.0f} 万元 at {len(error)} places")
                for name, findings in orders(con):
                    print(f"  first {SHARE} % of {len(findings)} findings {name}: {removed(findings, error):.1f} %")


def _published(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {
        line
        for (line,) in con.execute(
            "SELECT DISTINCT line_id FROM build.intermediate.int_line_amount WHERE disposition = 'published'"
        ).fetchall()
    }


if __name__ == "__main__":
    main()
