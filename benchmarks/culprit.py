"""How often the cell that luodi calls most likely wrong is the one with the slip: `make bench-culprit`.

Lines of three forms are made so that all their identities hold, beside the month before and two neighbours; then one
slip of a known kind is planted in one cell. Only lines in which an identity is broken then count: of the others nobody
could tell. A fifth of the lines have no month before, a quarter no rate, and three in ten of the rates are formulas,
which follow the wrong figure. All is drawn from a seed.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.forms.contract import Form, load_forms
from etl.normalise.numbers import printed_interval, without_exponent
from etl.validate.rulebook import load_parameters
from etl.validate.systems import Figures, line_system

EXPECTATIONS = Path(__file__).parents[1] / "expectations"
MONTHLY = {  # month, year to date, since the beginning, whole, share of the whole
    "key_project_monthly": ("completed_month", "completed_ytd", "completed_since_start"),
    "investment_monthly": ("arrived_month", "arrived_ytd", "arrived_since_signing"),
    "budget_execution_monthly": ("spent_month", "spent_ytd", None),
}
RATES = {"completion_rate_reported", "execution_rate_reported"}
KINDS = (
    "x10",
    "/10",
    "x10000",
    "/10000",
    "rate x100",
    "rate /100",
    "digit more",
    "digit less",
    "digit wrong",
    "swapped",
    "sign",
    "neighbour",
    "month for year",
    "year for month",
    "last month",
)
TELLING_RULES = {"P01", "P02", "P03", "P07", "P08", "P09", "P10", "P25", "P26", "P27", "P29", "P42", "F21", "F35"}
Amounts = dict[str, Decimal]


@dataclass(frozen=True)
class Planted:
    """A line with one slip: where, of which kind, and what had stood there."""

    form: str
    kind: str
    column: str
    right: Decimal
    line: Figures
    before: Figures | None


@dataclass
class Score:
    """Hits of some lines."""

    lines: int = 0
    first: int = 0
    three: int = 0
    value: int = 0  # first, and the value said is the right one
    none: int = 0  # no explanation at all
    told: int = 0  # likely enough to be said to the clerk
    told_right: int = 0


def figures(amounts: Amounts, month: int, near: tuple[Amounts, Amounts] = ({}, {})) -> Figures:
    """Amounts as a sheet in 万元 prints them."""
    numbers = {column: (value, *printed_interval(value)) for column, value in amounts.items()}
    return Figures(
        "line",
        month,
        numbers,
        {column: without_exponent(value) for column, value in amounts.items()},
        {column: f"{chr(65 + i)}7" for i, column in enumerate(amounts)},
        *near,
    )


def history(form: str, draw: random.Random, month: int) -> tuple[Amounts | None, Amounts]:
    """Two consecutive months of one record, every identity kept."""
    budget = form == "budget_execution_monthly"
    places = 2 if budget or draw.random() < 0.2 else 0

    def amount(low: float, high: float) -> Decimal:
        return Decimal(str(round(draw.uniform(low, high), places)))

    total = amount(1500, 90000) if budget or draw.random() < 0.3 else Decimal(draw.randrange(15, 900) * 100)
    plan = min(total, amount(float(total) * 0.1, float(total) * 0.7))
    first, then = amount(float(plan) * 0.02, float(plan) * 0.15), amount(float(plan) * 0.01, float(plan) * 0.12)
    past = first * (month - 1 if month > 1 else draw.randrange(1, 13))
    since = amount(0, float(total) * 0.3) + past
    total = max(total, since + then)
    rate_places = draw.choice((1, 2))

    def month_of(done: Decimal, ytd: Decimal, since: Decimal) -> Amounts:
        if form == "key_project_monthly":
            made = {
                "total_investment": total,
                "annual_plan": plan,
                "completed_month": done,
                "completed_ytd": ytd,
                "completed_since_start": since,
            }
            return made | {"completion_rate_reported": round(100 * ytd / plan, rate_places)}
        if form == "investment_monthly":
            return {
                "contracted_amount": total,
                "fixed_asset_amount": round(total * Decimal("0.7"), places),
                "arrived_month": done,
                "arrived_ytd": ytd,
                "arrived_since_signing": since,
                "arrived_ytd_out_of_province": ytd,
                "arrived_recognised": round(ytd * Decimal("0.9"), places),
            }
        return {
            "budget_initial": total,
            "budget_change": plan - total // 2,
            "budget_adjusted": total + plan - total // 2,
            "spent_month": done,
            "spent_ytd": ytd,
            "execution_rate_reported": round(100 * ytd / (total + plan - total // 2), rate_places),
        }

    return month_of(first, past, since), month_of(then, then if month == 1 else past + then, since + then)


def planted(forms: dict[str, Form], seed: int) -> Iterator[Planted]:
    """Lines with one slip each, without end."""
    draw = random.Random(seed)
    while True:
        form = draw.choice(sorted(MONTHLY))
        month = draw.randrange(1, 13)
        before, now = history(form, draw, month)
        near = (history(form, draw, month)[1], history(form, draw, month)[1])
        if draw.random() < 0.2:
            before = None
        if draw.random() < 0.25:
            now = {c: v for c, v in now.items() if c not in RATES}
        kind = draw.choice(KINDS)
        column = draw.choice([c for c in now if (c in RATES) == kind.startswith("rate")] or list(now))
        wrong = slip(kind, column, now, before, near, form, draw)
        if wrong is None or wrong[1] == now[wrong[0]] or abs(wrong[1]) >= 10**12:
            continue
        column, value = wrong
        sent = {**now, column: value}
        if draw.random() < 0.3:  # the rate is a formula, and follows the wrong figure
            sent |= {rate: rate_of(sent, form, now[rate]) for rate in RATES & set(sent) - {column}}
        yield Planted(form, kind, column, now[column], figures(sent, month, near), figures(before, month - 1 or 12) if before else None)


def rate_of(sent: Amounts, form: str, was: Decimal) -> Decimal:
    """The rate that a formula gives with as many decimals as it had; the one there was where the whole is 0."""
    part, whole = ("completed_ytd", "annual_plan") if form == "key_project_monthly" else ("spent_ytd", "budget_adjusted")
    return round(100 * sent[part] / sent[whole], -was.as_tuple().exponent) if sent[whole] else was


def slip(kind: str, column: str, now: Amounts, before: Amounts | None, near, form: str, draw: random.Random):
    """The column and the value that a slip of a kind leaves there; None where it cannot happen."""
    month, year, _ = MONTHLY[form]
    value = now[column]
    digits = without_exponent(abs(value))
    if kind in ("x10", "/10", "x10000", "/10000", "rate x100", "rate /100"):
        factor = Decimal(kind.rsplit("x", maxsplit=1)[-1].rsplit("/", maxsplit=1)[-1])
        moved = value * factor if "x" in kind else value / factor
        return column, moved.normalize()
    if kind == "sign":
        return (column, -value) if value else None
    if kind == "neighbour":
        return column, draw.choice(near).get(column, value)
    if kind == "month for year":
        return year, now[month]
    if kind == "year for month":
        return month, now[year]
    if kind == "last month":
        moving = [c for c in MONTHLY[form] if c]
        column = draw.choice(moving)
        return (column, before[column]) if before else None
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    i = draw.choice(places)
    if kind == "digit more":
        changed = digits[:i] + str(draw.randrange(10)) + digits[i:]
    elif kind == "digit less":
        changed = digits[:i] + digits[i + 1 :]
    elif kind == "digit wrong":
        changed = digits[:i] + str(draw.randrange(10)) + digits[i + 1 :]
    else:
        pairs = [i for i in places if i + 1 in places]
        if not pairs:
            return None
        i = draw.choice(pairs)
        changed = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    if not changed.strip("."):
        return None
    return column, Decimal(changed).copy_sign(value)


def measure(lines: int, seed: int = 7, show: int = 0) -> tuple[dict[str, Score], float]:
    """Hits by kind of slip over so many failing lines, and the milliseconds that one took."""
    forms, cfg = load_forms(EXPECTATIONS), load_parameters(EXPECTATIONS)
    scores: dict[str, Score] = defaultdict(Score)
    spent, done = 0.0, 0
    for case in planted(forms, seed):
        if done == lines:
            break
        begun = time.process_time()
        problems = line_system(forms[case.form], cfg, case.line, case.before).problems()
        took = time.process_time() - begun
        if not problems:
            continue
        spent, done = spent + took, done + 1
        if not judge(scores[case.kind], case, problems) and show:
            show -= 1
            explain(case, problems)
    return scores, 1000 * spent / max(1, done)


def judge(score: Score, case: Planted, problems) -> bool:
    """Count one line; False where its first suggestion is another cell."""
    ranked = [s for problem in problems for s in problem.suggestions]
    ranked.sort(key=lambda s: s.cost)
    cells = [{c.key for c in s.changes} for s in ranked]
    hit = bool(cells) and cells[0] == {("", case.column)}
    score.lines += 1
    score.none += not cells
    score.first += hit
    score.value += hit and ranked[0].changes[0].slip.value == case.right
    score.three += any(("", case.column) in each for each in cells[:3])
    told = [s for problem in problems for s in problem.told()]
    score.told += bool(told)
    score.told_right += any(("", case.column) in {c.key for c in s.changes} for s in told)
    return hit


def explain(case: Planted, problems) -> None:
    """Show a line that was not found, for whoever calibrates."""
    print(f"\n{case.form} {case.kind} {case.column}: {without_exponent(case.right)} sent as {case.line.sent[case.column]}")
    print("  now   ", dict(case.line.sent))
    print("  before", dict(case.before.sent) if case.before else None)
    for problem in problems:
        print("  broken", [sorted(map(str, b.keys)) for b in problem.broken])
        for s in problem.suggestions[:4]:
            print(f"    {s.cost:.2f}", [(c.key, c.sent, c.fitting, c.slip.kind) for c in s.changes])


def table(scores: dict[str, Score]) -> list[str]:
    """The hit rates as lines of text, kinds in their order, all together last."""
    rows = [f"{'slip':<15} {'lines':>6} {'first':>7} {'among 3':>8} {'value':>7} {'none':>6} {'told':>7} {'of these right':>15}"]
    every = Score(*(sum(getattr(s, f) for s in scores.values()) for f in Score.__dataclass_fields__))
    for name, s in [*((k, scores[k]) for k in KINDS if k in scores), ("all", every)]:
        n = s.lines or 1
        rows.append(
            f"{name:<15} {s.lines:>6} {s.first / n:>7.1%} {s.three / n:>8.1%} {s.value / n:>7.1%} {s.none / n:>6.1%}"
            f" {s.told / n:>7.1%} {s.told_right / (s.told or 1):>15.1%}"
        )
    return rows


def ask_pack(pack: Path) -> list[str]:
    """What is told of the failing lines of a pack, beside the cell in which its truth says that the error was put."""
    import duckdb

    from etl.inbox.archive import archive_file
    from etl.inbox.find import find
    from etl.judge.compare import beside
    from etl.judge.criteria import load_criteria
    from etl.settings import given
    from etl.site.load import load_site
    from etl.understand.intake import load_reference, read_all
    from etl.validate.queries import CONTEXT

    with tempfile.TemporaryDirectory() as folder:
        site = load_site(pack / "site")
        settings = given(inbox=pack / "inbox", site=pack / "site", data=Path(folder), as_of=site.settings.get("as_of"))
        received = [archive_file(candidate, settings.archive) for candidate in find(settings.inbox, settings.settle).files]
        once = {one.sha256: one for one in sorted(received, key=lambda one: one.order, reverse=True)}
        readings = [
            r
            for _, of_file in read_all(sorted(once.values(), key=lambda one: one.order), load_reference(EXPECTATIONS, site), settings)
            for r in of_file
        ]
        with duckdb.connect(":memory:") as con:
            issues, _ = beside(con, readings, load_criteria(EXPECTATIONS, site, settings.as_of), over=CONTEXT)
    with (pack / "truth" / "issues.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = {(row["file"], row["sheet"], row["row"], row["rule"]): row for row in csv.DictReader(file) if row["row"]}
    rows = [f"F21  found at {i.cell}: {i.value}, {i.expected} | {i.likely or '-'}" for i in issues if i.rule == "F21"]
    named, asked = 0, 0
    for issue in issues:
        want = truth.get((issue.file, issue.sheet, str(issue.row), issue.rule))
        if want is None or issue.rule not in TELLING_RULES:
            continue
        injected = want["origin"] in ("injected", "planned")
        cells = {want["cell"], *want["also_cells"].split(";")}
        hit = bool(issue.likely) and bool(
            cells & {*re.findall(r"[A-Z]+[0-9]+", issue.likely), *([issue.cell] if "（" not in issue.likely else [])}
        )
        asked, named = asked + injected, named + (injected and hit)
        rows.append(
            f"{issue.rule:<4} {want['origin']:<11} put at {want['cell']:<5} ({want['also_cells']}) found at {issue.cell}: "
            f"{issue.value} | {issue.likely or '-'}"
        )
    return [*rows, f"{named} of {asked} name a cell at which the truth accepts the finding; the rest are told nothing, or another"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pack", nargs="?", type=Path, help="a pack with its truth beside it")
    parser.add_argument("--lines", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="show so many lines that were not found")
    given = parser.parse_args()
    scores, milliseconds = measure(given.lines, given.seed, given.show)
    print("\n".join(table(scores)))
    print(f"{milliseconds:.2f} ms a failing line")
    if given.pack:
        print("\n".join(ask_pack(given.pack)))


if __name__ == "__main__":
    main()
