"""Measure luodi against a pack with its truth beside it: `make score PACK=path/to/pack`.

A pack has inbox/, arrivals.csv, site/ and truth/ (see the README in its truth folder, whose rules of
comparison are followed here). Prints the share of cells read exactly, precision and recall of every rule, and
how verdicts and facts compare; exits 1 where a figure is below the promise.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.inbox.find import find
from etl.settings import Settings, given
from etl.site.load import load_site

CELLS, RECALL, FALSE = Decimal("0.99"), Decimal("0.97"), Decimal("0.03")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def text(value) -> str:
    return unicodedata.normalize("NFKC", str(value or "")).strip()


class Truth:
    """The truth of a pack, indexed for comparison."""

    def __init__(self, pack: Path) -> None:
        self.folder = pack / "truth"
        self.manifest = rows(self.folder / "manifest.csv")
        self.issues = rows(self.folder / "issues.csv")
        self.judged = {r["rule"]: r for r in rows(self.folder / "coverage.csv")}
        self.facts = rows(self.folder / "facts.csv")
        self.forms = sorted(p.stem.removeprefix("rows_") for p in self.folder.glob("rows_*.csv")
                            if p.stem != "rows_performance_money")

    def lines(self, form: str) -> list[dict[str, str]]:
        return rows(self.folder / f"rows_{form}.csv")


# --- reading -----------------------------------------------------------------------------------------------------

def same(column, want: str, precision: str, got, got_precision, register) -> bool:
    """One cell as the truth's README compares it: decimals to a millionth, dates to their precision, text after NFKC."""
    got = "" if got is None else str(got)
    if want == "" or got == "":
        return want == got
    if column.type in ("amount", "number", "percent", "year"):
        try:
            return abs(Decimal(want) - Decimal(got)) <= Decimal("0.000001")
        except InvalidOperation:
            return False
    if column.type == "date":
        keep = {"day": 10, "month": 7, "quarter": 7, "half": 7, "year": 4}[precision or "day"]
        if column.name == "due_date":
            keep = 10
        return want[:keep] == got[:keep] and (not got_precision or got_precision == (precision or "day"))
    if text(want) == text(got):
        return True
    return column.register == "unit" and register.find(want) is not None and register.find(want) == register.find(got)


def compare_reading(truth: Truth, readings, forms, register, show: int) -> dict[str, tuple[int, int, int, int]]:
    """Per form: cells compared, cells right, rows missing, rows invented."""
    got = defaultdict(dict)
    for reading in readings:
        s = reading.submission
        if reading.lines is not None:
            for i, row in enumerate(reading.lines.rows):
                got[s.form][(s.file, s.sheet, row)] = (reading.lines, i)
    duplicates = {m["file"] for m in truth.manifest if m["duplicate_of"]}
    result = {}
    for form in truth.forms:
        cells = right = missing = 0
        wanted = {(w["file"], w["sheet"], int(w["row"])): w for w in truth.lines(form)}
        for key, want in wanted.items():
            if key[0] in duplicates:
                continue
            if key not in got[form]:
                missing += 1
                if show:
                    print("  missing row", form, *key)
                continue
            lines, i = got[form][key]
            skip = set(want["not_compared"].split(";"))
            for column in forms[form].columns:
                if column.name not in want or column.name in skip:
                    continue
                data = lines.columns.get(column.name)
                value = data.value[i] if data else None
                precision = data.precision[i] if data and data.precision else None
                cells += 1
                if column.name in ("target_number", "actual_number") and (value is None or not want[column.name]):
                    ok = True
                else:
                    ok = same(column, want[column.name], want.get(column.name + "_precision", ""), value, precision, register)
                right += ok
                if not ok and show:
                    raw = data.raw[i] if data else "(no column)"
                    print(f"  {form} {key} {column.name}: want {want[column.name]!r} got {value!r} {precision} raw {raw!r}")
        invented = [k for k in got[form] if k not in wanted]
        for k in invented if show else []:
            print("  invented row", form, k)
        result[form] = (cells, right, missing, len(invented))
    return result


# --- issues ------------------------------------------------------------------------------------------------------

def cells_of(issue: dict[str, str]) -> set[str]:
    return {c for c in [issue["cell"], *issue["also_cells"].split(";")] if c}


def compare_issues(truth: Truth, raised: list[dict], show: int):
    """Per rule: demanded, found, raised, false."""
    rejected = {(m["file"], m["form"]) for m in truth.manifest if m["expected_verdict"] in ("rejected", "unreadable")}
    duplicates = {m["file"] for m in truth.manifest if m["duplicate_of"]}
    by_file = defaultdict(list)
    for r in raised:
        by_file[r["file"], r["rule"]].append(r)
    table = defaultdict(Counter)

    def found(issue) -> bool:
        if issue["rule"] == "F37":
            return any(r["unit"] == issue["unit"] and r["form"] == issue["form"] and r["period"] == issue["period"]
                       for r in raised if r["rule"] == "F37")
        candidates = by_file[issue["file"], issue["rule"]]
        if not issue["row"]:
            return any(r["form"] == issue["form"] or not r["form"] for r in candidates)
        return any(r["cell"] in cells_of(issue) and (not issue["sheet"] or r["sheet"] == issue["sheet"]) for r in candidates)

    groups = defaultdict(list)
    for issue in truth.issues:
        rule = issue["rule"]
        if issue["certainty"] != "must":
            continue
        if (issue["file"], issue["form"]) in rejected and issue["level"] != "submission":
            continue
        groups[issue["any_of"] or issue["id"], rule].append(issue)
    for (_, rule), members in groups.items():
        table[rule]["must"] += 1
        hit = any(found(i) for i in members)
        table[rule]["found"] += hit
        if not hit and show:
            i = members[0]
            print("  not found", rule, i["file"], i["sheet"], i["cell"], i["also_cells"][:40], "value", i["value"])
    for r in raised:
        rule = r["rule"]
        if truth.judged.get(rule, {}).get("judged") != "both":
            continue
        if (r["file"], r["form"]) in rejected and r["level"] != "submission":
            continue
        if r["file"] in duplicates and rule != "F41":
            continue
        table[rule]["raised"] += 1
        known = any(
            (i["rule"] == rule and (
                (rule == "F37" and i["unit"] == r["unit"] and i["form"] == r["form"] and i["period"] == r["period"])
                or (i["file"] == r["file"] and rule != "F37"
                    and (not i["row"] or not r["row"] or r["cell"] in cells_of(i) or str(r["row"]) == i["row"]))))
            for i in truth.issues)
        if not known:
            table[rule]["false"] += 1
            if show:
                print("  false", rule, r["file"], r["sheet"], r["cell"], "value", r["value"], "expected", r["expected"])
    return table


# --- verdicts and facts ------------------------------------------------------------------------------------------

def compare_verdicts(truth: Truth, verdicts: dict[tuple[str, str], str], forms: set[str], show: int):
    right = total = 0
    for m in truth.manifest:
        if m["duplicate_of"] or m["form"] not in forms:
            continue
        total += 1
        got = verdicts.get((m["file"], m["form"]), "(none)")
        ok = got in (m["expected_verdict"], *m["verdict_also_ok"].split("|"))
        right += ok
        if not ok and show:
            print("  verdict", m["file"], m["form"], "want", m["expected_verdict"], m["verdict_also_ok"], "got", got)
    return right, total


def compare_facts(truth: Truth, measures: dict, forms: set[str], show: int):
    """Sums and counts to a millionth, rates to 0.0001 points; uncertain lines left out as the README says."""
    right = total = 0
    for f in truth.facts:
        key = (f["form"], f["period"], f["unit"], f["measure"])
        if f["form"] not in forms or re.search("not certain|left out", f["note"]):
            continue
        total += 1
        want, got = f["value"], measures.get(key)
        slack = Decimal("0.0001") if f["uom"] == "%" else Decimal("0.000001")
        try:
            ok = (want == "" and got in (None, "")) or abs(Decimal(want) - Decimal(str(got))) <= slack
        except InvalidOperation:
            ok = False
        right += ok
        if not ok and show:
            print("  fact", *key, "want", want, "got", got, f["note"])
    return right, total


# --- the command -------------------------------------------------------------------------------------------------

def read_pack(pack: Path, settings: Settings, site):
    from etl.inbox.archive import archive_file
    from etl.understand.intake import load_reference
    from etl.understand.submission import read_file

    reference = load_reference(settings.expectations, site)
    forms, register = reference.forms, reference.register
    with tempfile.TemporaryDirectory() as data:
        seen, readings = set(), []
        for candidate in find(pack / "inbox", settle=0).files:
            received = archive_file(candidate, Path(data))
            if received.sha256 not in seen:
                seen.add(received.sha256)
                readings += read_file(received, reference)
    return readings, forms, register


def run_night(pack: Path, data: Path, as_of: str) -> None:
    command = [sys.executable, "-c", "from etl.cli import main; main()", "run", "--plain", "--inbox", str(pack / "inbox"),
               "--site", str(pack / "site"), "--data", str(data), "--as-of", as_of]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--show", action="store_true", help="name every difference")
    parser.add_argument("--reading-only", action="store_true")
    parser.add_argument("--data", type=Path, help="a night's data folder to judge, instead of running one")
    args = parser.parse_args()
    settings, truth = given(inbox=args.pack / "inbox", site=args.pack / "site"), Truth(args.pack)
    site = load_site(args.pack / "site")
    readings, forms, register = read_pack(args.pack, settings, site)
    good = True
    print(f"{'form':30} {'cells':>7} {'right':>7} {'share':>9} {'rows missing':>13} {'rows invented':>14}")
    for form, (cells, right, missing, invented) in compare_reading(truth, readings, forms, register, args.show).items():
        share = Decimal(right) / cells if cells else Decimal(1)
        good &= share >= CELLS and not invented
        print(f"{form:30} {cells:7} {right:7} {share:9.4%} {missing:13} {invented:14}")
    if args.reading_only:
        return 0 if good else 1
    from tests.golden.published import issues_of, measures_of, verdicts_of

    with tempfile.TemporaryDirectory() as folder:
        data = args.data or Path(folder)
        if not args.data:
            as_of = next(r["value"] for r in rows(args.pack / "site" / "settings.csv") if r["key"] == "as_of")
            run_night(args.pack, data, as_of)
        raised, verdicts, measures = issues_of(data), verdicts_of(data), measures_of(data)
    table = compare_issues(truth, raised, args.show)
    print(f"\n{'rule':6} {'demanded':>9} {'found':>6} {'raised':>7} {'false':>6}")
    for rule in sorted(table):
        t = table[rule]
        print(f"{rule:6} {t['must']:9} {t['found']:6} {t['raised']:7} {t['false']:6}")
    must, found = sum(t["must"] for t in table.values()), sum(t["found"] for t in table.values())
    count, false = sum(t["raised"] for t in table.values()), sum(t["false"] for t in table.values())
    recall, wrong = Decimal(found) / must, Decimal(false) / (count or 1)
    good &= recall >= RECALL and wrong <= FALSE
    print(f"issues: {found} of {must} found ({recall:.2%}), {false} of {count} false ({wrong:.2%})")
    right, total = compare_verdicts(truth, verdicts, set(forms), args.show)
    print(f"verdicts: {right} of {total} right")
    good &= right == total
    published = {key[0] for key in measures}
    right, total = compare_facts(truth, measures, published, args.show)
    print(f"facts: {right} of {total} right (forms published: {', '.join(sorted(published))})")
    good &= right == total
    print(json.dumps({"good": bool(good)}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
