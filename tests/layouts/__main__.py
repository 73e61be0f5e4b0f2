"""Compose workbooks and print how they were read: python -m tests.layouts 2000 [--show 10] [--seed 17 --save folder]."""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.layouts.compose import compose
from tests.layouts.features import FEATURES, LATER, companions, plain_option
from tests.layouts.judge import OUTCOMES, RIGHT, Verdict, judge

ALONE = ((1000, "key_project_monthly"), (2000, "investment_monthly"), (3000, "rectification"), (4000, "annual_target"))


def one(seed: int, form: str | None, later: tuple[str, ...], forced: dict[str, str] | None = None, alone: bool = False):
    """Compose and judge one workbook; a reader that breaks is a failure like others."""
    workbook = compose(seed, form, later, forced, alone)
    try:
        verdict = judge(workbook)
    except Exception as broken:  # noqa: BLE001 - whatever the reader raises is what we look for
        verdict = Verdict("silent", [f"broken: {type(broken).__name__} {broken}"])
    return seed, workbook.wants[0].form, workbook.dress, verdict, workbook.name


def run(seeds, form, later, workers: int):
    """Judge many; in processes of their own where more than one may be used."""
    if workers == 1:
        yield from (one(seed, form, later) for seed in seeds)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(one, seeds, [form] * len(seeds), [later] * len(seeds), chunksize=20)


def each_option():
    """Every option but the plain ones, with its place among those of its feature."""
    for feature, options in FEATURES.items():
        for n, option in enumerate(options):
            if option != plain_option(feature):
                yield feature, option, n


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.layouts", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=500)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--form")
    parser.add_argument("--show", type=int, default=0, help="print seeds and differences of so many failures")
    parser.add_argument("--outcome", help="show only failures of this kind: " + ", ".join(OUTCOMES))
    parser.add_argument("--feature", help="show only failures with this option, as feature=option")
    parser.add_argument("--later", action="append", default=[], choices=sorted(LATER), help="draw also what waits for a reader")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="each option once or twice in an otherwise plain dress")
    parser.add_argument("--shrink", action="store_true", help="take from each failure what it does not need, and count what is left")
    parser.add_argument("--report", type=Path, help="write what --shrink found to this file")
    parser.add_argument("--seed", type=int, help="make this one workbook")
    parser.add_argument("--force", action="append", default=[], help="feature=option, for --seed")
    parser.add_argument("--save", type=Path, help="folder to keep the workbook of --seed in")
    given = parser.parse_args()
    later = tuple(given.later)
    forced = dict(pair.split("=", 1) for pair in given.force)
    if given.seed is not None:
        show_one(given, later, forced)
        return
    if given.shrink:
        report(given, later)
        return
    start, table, total = time.monotonic(), defaultdict(Counter), Counter()
    by_form, shown = defaultdict(Counter), 0
    if given.alone:
        results = (one(seed, form, later, companions(feature, option), True) for feature, option, n in each_option()
                   for seed, form in ALONE[:1 if given.form else None] for seed, form in [(seed + n, given.form or form)])
    else:
        results = run(range(given.first, given.first + given.count), given.form, later, given.workers)
    for seed, form, dress, verdict, name in results:
        total[verdict.outcome] += 1
        by_form[form][verdict.outcome] += 1
        for feature, option in dress.items():
            table[feature, option][verdict.outcome] += 1
        wanted = given.feature is None or dress.get(given.feature.split("=")[0]) == given.feature.split("=", 1)[1]
        if verdict.outcome != RIGHT and shown < given.show and (given.outcome in (None, verdict.outcome)) and wanted:
            shown += 1
            odd = {f: o for f, o in dress.items() if o != plain_option(f)}
            print(f"--- seed {seed} {form} {verdict.outcome} {name}\n    " + "; ".join(f"{f}={o}" for f, o in odd.items()))
            for text in verdict.differences[:8]:
                print("    " + text[:260].replace("\n", "⏎"))
    _print(table, by_form, total, time.monotonic() - start)


def shrunk(seed: int, form: str | None, later: tuple[str, ...], forced: dict[str, str] | None = None, alone: bool = False):
    """The fewest odd options with which a workbook still fails; None where it does not."""
    _, form, dress, verdict, _ = one(seed, form, later, forced, alone)
    if verdict.outcome == RIGHT:
        return None
    for feature in [f for f in dress if dress[f] != plain_option(f)]:
        _, _, less, again, _ = one(seed, form, later, {**dress, feature: plain_option(feature)}, alone)
        if again.outcome != RIGHT and sum(o != plain_option(f) for f, o in less.items()) < sum(o != plain_option(f) for f, o in dress.items()):
            dress, verdict = less, again
    odd = "; ".join(f"{f} = {o}" for f, o in dress.items() if o != plain_option(f))
    return odd or "plain", verdict.outcome, form, seed, verdict.differences[:3]


def report(given, later: tuple[str, ...]) -> None:
    """What fails by its causes: each with its count, an example seed and what came out."""
    causes = defaultdict(list)
    seeds = range(given.first, given.first + given.count)
    if given.workers > 1:
        with ProcessPoolExecutor(given.workers) as pool:
            found = list(pool.map(shrunk, seeds, [given.form] * len(seeds), [later] * len(seeds), chunksize=10))
    else:
        found = [shrunk(seed, given.form, later) for seed in seeds]
    for cause in filter(None, found):
        causes[cause[0]].append(cause)
    lines = [f"# {sum(f is not None for f in found)} of {len(found)} composed workbooks were not right, by their smallest cause", ""]
    for odd, cases in sorted(causes.items(), key=lambda item: -len(item[1])):
        outcomes = Counter(case[1] for case in cases)
        lines.append(f"## {odd}: {len(cases)} ({', '.join(f'{n} {o}' for o, n in outcomes.items())})")
        for _, _, form, seed, differences in cases[:2]:
            lines.append(f"seed {seed} {form}")
            lines += ["    " + text[:240].replace("\n", "⏎") for text in differences]
        lines.append("")
    text = "\n".join(lines)
    given.report.write_text(text, encoding="utf-8") if given.report else print(text)


def _print(table, by_form, total, seconds: float) -> None:
    count = sum(total.values())
    heads = ("drawn", *OUTCOMES)
    print(f"{'':58s}" + "".join(f"{h:>9s}" for h in heads))
    feature_before = None
    for (feature, option), n in sorted(table.items(), key=lambda item: (list(FEATURES).index(item[0][0]), -sum(item[1].values()))):
        if feature != feature_before:
            print(feature)
            feature_before = feature
        width = 56 - sum(1 for c in option if ord(c) > 0x2e80)
        print(f"  {option:{width}s}" + f"{sum(n.values()):9d}" + "".join(f"{n[o]:9d}" for o in OUTCOMES))
    print("form")
    for form, n in by_form.items():
        print(f"  {form:56s}" + f"{sum(n.values()):9d}" + "".join(f"{n[o]:9d}" for o in OUTCOMES))
    print(f"{'all':58s}" + f"{count:9d}" + "".join(f"{total[o]:9d}" for o in OUTCOMES))
    print(f"{count} workbooks in {seconds:.1f} s; right {100 * total[RIGHT] / max(count, 1):.1f} %")


def show_one(given, later, forced) -> None:
    """Print one workbook's dress and judgement, and keep it where asked."""
    workbook = compose(given.seed, given.form, later, forced, given.alone)
    for feature, option in workbook.dress.items():
        if option != plain_option(feature):
            print(f"  {feature}: {option}")
    verdict = judge(workbook)
    print(workbook.name, verdict.outcome)
    for text in verdict.differences:
        print("  " + text)
    for sheet in workbook.sheets:
        rows, cols = sheet.size
        print(f"[{sheet.name}]")
        for r in range(min(rows, 80)):
            print(f"{r + 1:3d} " + "｜".join(str(sheet.cells.get((r, c), "")).replace("\n", "⏎")[:14] for c in range(min(cols, 14))))
    if given.save:
        given.save.mkdir(parents=True, exist_ok=True)
        path = given.save / workbook.name.replace("/", "__")
        path.write_bytes(workbook.data)
        print(path)


if __name__ == "__main__":
    main()
