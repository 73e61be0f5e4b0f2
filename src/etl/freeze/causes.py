"""What differs between a frozen set and today besides the figures: each difference may be the cause of changes.

A cause is a ruling or another line of the site's files, what a unit sent for one slot, a rule, a scheme, a setting, the
product's own code, or the day. Its id follows from its content, so that an approval names it for good.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import yaml

from etl.freeze.files import canonical, digest
from etl.freeze.tables import Keys, MartTable

ISSUES, CLAIMS, VERSIONS, BRIDGE = "fct_data_quality_issue", "fct_claim", "fct_submission_version", "bridge_measure_line"
UNKNOWN = "unknown"
NAMING = ("ruling", "verified_ruling", "decision")  # columns that name a line of the site's files
SLOT = ("unit", "sub_unit", "form", "period")
NO_FIGURES = {"README.md", "freeze.yaml", "labels.yaml", "release.yaml"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: its tables, and what they were made with."""

    tables: Mapping[str, MartTable]
    site: Mapping[str, bytes]  # name inside the site folder -> content
    rules: Mapping[str, str]  # name inside the checkout -> SHA-256
    texts: Mapping[str, bytes]  # content of the schemes among them
    as_of: str
    luodi: str
    code: str

    def records(self, mart: str) -> list[dict[str, str]]:
        return self.tables[mart].records() if mart in self.tables else []


@dataclass(frozen=True, slots=True)
class Reach:
    """Which rows a cause touches by itself."""

    where: tuple[tuple[str, Mapping[str, str]], ...] = ()  # mart, column -> value
    lines: frozenset[str] = frozenset()
    submissions: frozenset[str] = frozenset()
    broad: Mapping[str, str] | None = None  # only what nothing nearer explains, with these values where it has the columns

    def touches(self, mart: str, row: Mapping[str, str]) -> bool:
        if row.get("line_id") in self.lines or row.get("submission_id") in self.submissions:
            return True
        return any(mart == named and _fits(row, values) for named, values in self.where)

    def may_explain(self, row: Mapping[str, str]) -> bool:
        return self.broad is not None and all(row.get(column, value) in (value, "*", "") for column, value in self.broad.items())


@dataclass(frozen=True, slots=True)
class ChangeCause:
    """One difference that may move figures; `said` fills its sentence."""

    id: str
    kind: str  # ruling, decision, submission, rule, scheme, setting, calendar, code, day, unknown
    name: str  # file with lines, unit with form and period, code of a rule ...
    said: Mapping[str, str]
    by: str = ""
    at: str = ""
    why: str = ""
    reach: Reach = field(default_factory=Reach, compare=False)

    def record(self) -> dict:
        """As JSON, without how its rows are found."""
        return {"id": self.id, "kind": self.kind, "name": self.name, "said": dict(self.said), "by": self.by, "at": self.at, "why": self.why}


def find_causes(old: Side, new: Side, keys: Keys) -> list[ChangeCause]:
    """Every difference between the two sides that may move a figure, the nearest kinds first."""
    found = [*_site_lines(old, new, keys.causes), *_schemes(old, new), *_submissions(old, new), *_rules(old, new), *_code(old, new)]
    if old.as_of != new.as_of:
        found.append(_cause("day", "", {"old": old.as_of, "new": new.as_of}, {}, Reach(broad={})))
    return found


def no_cause() -> ChangeCause:
    """What stands for no cause at all: nobody should ever see it."""
    return _cause(UNKNOWN, "", {}, {}, Reach())


def _cause(kind: str, name: str, said: Mapping[str, str], content: object, reach: Reach, **signed: str) -> ChangeCause:
    return ChangeCause(digest(canonical([kind, content or dict(said)]))[:8], kind, name, said, reach=reach, **signed)


def _fits(row: Mapping[str, str], values: Mapping[str, str]) -> bool:
    return all(row.get(column) == value for column, value in values.items())


# --- lines of the site's files ------------------------------------------------------------------------------------


def _site_lines(old: Side, new: Side, declared: Mapping[str, Mapping]) -> Iterator[ChangeCause]:
    for file, how in declared.items():
        before, after = (_lines(side.site.get(file, b"")) for side in (old, new))
        gone, come = _less(before, after), _less(after, before)
        groups: dict[tuple[str, ...], list[tuple[str, int, dict]]] = defaultdict(list)
        for state, rows in (("gone", gone), ("come", come)):
            for line, row in rows:
                columns = how.get("together")
                name = tuple(row.get(c, "") for c in columns) if columns is not None else (state, str(line))
                groups[name].append((state, line, row))
        for together in _joined(groups, how).values():
            yield _site_cause(file, how, together, old, new)


def _joined(groups: dict[tuple[str, ...], list[tuple[str, int, dict]]], how: Mapping) -> dict[tuple[str, ...], list[tuple[str, int, dict]]]:
    """A setting that was one thing and is another is one line that changed, not one that went and one that came."""
    key = next(iter((how.get("broad") or {}).values()), "key")
    if how.get("together") is not None or how["kind"] != "setting":
        return groups
    joined: dict[tuple[str, ...], list[tuple[str, int, dict]]] = defaultdict(list)
    for name, rows in groups.items():
        [(_, _, row)] = rows
        joined[(row[key],) if row.get(key) else name] += rows
    return joined


def _site_cause(file: str, how: Mapping, rows: list[tuple[str, int, dict]], old: Side, new: Side) -> ChangeCause:
    told = rows[-1][2]
    lines = {state: [line for s, line, _ in rows if s == state] for state in ("gone", "come")}
    shown = lines["come"] or lines["gone"]
    said = {
        "file": file,
        "lines": "、".join(map(str, shown)) if len(shown) < 4 else f"{shown[0]}–{shown[-1]}",
        "state": "changed" if lines["gone"] and lines["come"] else "come" if lines["come"] else "gone",
        "what": "；".join(dict.fromkeys(_in_words(row) for state, _, row in rows if state == rows[-1][0])),
    }
    if "key" in told and "value" in told:
        said["key"] = told["key"]
        said |= {state: next((r["value"] for s, _, r in rows if s == state), "") for state in ("gone", "come")}
    if "broad" in how:
        reach = Reach(broad={column: told[here] for column, here in how["broad"].items() if told.get(here) not in (None, "", "*")})
    else:
        reach = _met(file, how.get("meets", {}), rows, old, new)
    content = [file, *sorted((state, sorted(row.items())) for state, _, row in rows)]
    by, at, why = (next((told[c] for c in names if told.get(c)), "") for names in (("by",), ("at", "from"), ("why", "reason")))
    return _cause(how["kind"], f"{file}:{said['lines']}", said, content, reach, by=by, at=at, why=why)


def _met(file: str, meets: Mapping[str, Mapping], rows: list[tuple[str, int, dict]], old: Side, new: Side) -> Reach:
    """Rows that name the lines, and rows that the lines are about; with a line of a fact all that rests on it."""
    where = []
    for mart, columns in meets.items():
        for _, _, row in rows:
            values = {column: row[here] for column, here in columns.items() if row.get(here) not in (None, "", "*")}
            if values and (mart, values) not in where:
                where.append((mart, values))
    where += [(BRIDGE, {"entry": f"{file}:{line}"}) for _, line, _ in rows if "fct_base_figure" in meets]  # added to sums without a line
    found: list[tuple[str, dict]] = []
    for state, side in (("gone", old), ("come", new)):
        named = {f"{file}:{line}" for s, line, _ in rows if s == state}
        for mart, table in side.tables.items():
            naming = [c for c in NAMING if c in table.columns]
            if naming and named:
                found += [(mart, row) for row in table.records() if any(row[c] in named for c in naming)]
    for side in (old, new):
        for mart in dict.fromkeys(mart for mart, _ in where):
            found += [(mart, row) for row in side.records(mart) if any(m == mart and _fits(row, v) for m, v in where)]
    claimed = {row["claim_key"] for mart, row in found if mart == CLAIMS and row.get("claim_key")}
    if claimed:
        where += [(mart, {"claim_key": key}) for mart in (CLAIMS, "fct_claim_effect") for key in sorted(claimed)]
        found += [(CLAIMS, row) for side in (old, new) for row in side.records(CLAIMS) if row.get("claim_key") in claimed]
    slots = {tuple(row.get(c, "") for c in SLOT) for mart, row in found if mart == VERSIONS}
    if slots:  # what was taken back makes room for what it had replaced
        found += [(VERSIONS, r) for side in (old, new) for r in side.records(VERSIONS) if tuple(r.get(c, "") for c in SLOT) in slots]
        where += [("fct_submission", {c: v for c, v in zip(SLOT, slot) if c != "sub_unit"}) for slot in sorted(slots)]
    lines = frozenset(row["line_id"] for _, row in found if row.get("line_id"))
    sent = frozenset(row["submission_id"] for _, row in found if row.get("submission_id") and not row.get("line_id"))
    return Reach(tuple(where), lines, sent)


def _in_words(row: Mapping[str, str]) -> str:
    return " ".join(value for column, value in row.items() if value and column not in ("by", "at", "why", "reason", "meaning"))


def _lines(content: bytes) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))
    return [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if k}) for row in reader if any(row.values())]


def _less(these: list[tuple[int, dict]], others: list[tuple[int, dict]]) -> list[tuple[int, dict]]:
    """Lines of these that the others lack, whatever their place."""
    left: dict[bytes, int] = defaultdict(int)
    for _, row in others:
        left[canonical(row)] += 1
    found = []
    for line, row in these:
        if left[canonical(row)]:
            left[canonical(row)] -= 1
        else:
            found.append((line, row))
    return found


# --- what units sent ----------------------------------------------------------------------------------------------


def _submissions(old: Side, new: Side) -> Iterator[ChangeCause]:
    """One cause for every slot for which something came since."""
    before, after = (_by_slot(side.records(VERSIONS)) for side in (old, new))
    known = {row["submission_id"] for rows in before.values() for row in rows}
    for slot, rows in sorted(after.items()):
        came = [row for row in rows if row["submission_id"] not in known]
        if not came:
            continue
        was = [row for row in before.get(slot, ()) if row.get("counts") == "true"]
        last = max(came, key=lambda row: (row.get("counts") == "true", row.get("received_at", ""), row["submission_id"]))
        said = dict(zip(SLOT, slot)) | {
            "old": was[-1].get("version", "") if was else "",
            "new": last.get("version", ""),
            "file": last.get("file", ""),
            "verdict": last.get("verdict", ""),
        }
        ids = frozenset(row["submission_id"] for row in [*was, *came])
        where = tuple((mart, {c: v for c, v in zip(SLOT, slot) if c != "sub_unit" and v}) for mart in ("fct_submission", ISSUES))
        reach = Reach(tuple((mart, values) for mart, values in where if len(values) == 3), submissions=ids)
        yield _cause("submission", " ".join(filter(None, slot)), said, [slot, sorted(ids)], reach, at=last.get("received_at", ""))


def _by_slot(rows: Iterable[dict[str, str]]) -> dict[tuple[str, ...], list[dict[str, str]]]:
    found: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[tuple(row.get(c, "") for c in SLOT)].append(row)
    return found


# --- schemes, rules, code -----------------------------------------------------------------------------------------


def _schemes(old: Side, new: Side) -> Iterator[ChangeCause]:
    before, after = _scheme_files(old), _scheme_files(new)
    for scheme in sorted({*before, *after}):
        if before.get(scheme) == after.get(scheme):
            continue
        said = {
            "scheme": scheme,
            "old": "、".join(v for v, _ in before.get(scheme, ())),
            "new": "、".join(v for v, _ in after.get(scheme, ())),
        }
        marts = sorted(mart for side in (old, new) for mart, table in side.tables.items() if "scheme" in table.columns)
        where = tuple((mart, {"scheme": scheme}) for mart in dict.fromkeys(marts))
        yield _cause("scheme", scheme, said, [scheme, before.get(scheme), after.get(scheme)], Reach(where))


def _scheme_files(side: Side) -> dict[str, list[tuple[str, str]]]:
    """Scheme -> (version, SHA-256) of its files; the site's stands for the project's of the same version."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for texts in (side.texts, side.site):
        for name, content in sorted(texts.items()):
            path = PurePosixPath(name)
            if path.parent.name == "schemes" and path.suffix in (".yaml", ".yml"):
                data = yaml.safe_load(content) or {}
                found[str(data.get("scheme", path.stem))][str(data.get("version", ""))] = digest(content)
    return {scheme: sorted(versions.items()) for scheme, versions in found.items()}


def _rules(old: Side, new: Side) -> Iterator[ChangeCause]:
    """Rules, contracts and lists of the checkout whose files differ: one cause for each, whatever its files."""
    changed: dict[tuple[str, str], list] = defaultdict(list)
    for name in sorted({*old.rules, *new.rules}):
        path = PurePosixPath(name)
        if old.rules.get(name) == new.rules.get(name) or path.parts[0] != "expectations" or path.name in NO_FIGURES:
            continue
        if path.parent.name == "schemes" or path.parts[1] == "claims":
            continue
        kind = "rule" if path.parts[1] == "rules" else "setting"
        what = path.stem if kind == "rule" else path.parts[1] if len(path.parts) > 2 else path.name
        changed[kind, what].append((name, old.rules.get(name), new.rules.get(name)))
    for (kind, what), files in changed.items():
        content = [kind, what, *files]
        if kind == "rule":
            said = {"rule": what, "old": _version(old, what), "new": _version(new, what)}
            yield _cause(kind, what, said, content, _found_by(what, old, new))
        else:
            broad = {} if what.count(".") else {"form": what}
            said = {"file": what, "lines": "", "state": "changed", "what": "、".join(name for name, _, _ in files)}
            yield _cause(kind, what, said, content, Reach(broad=broad))


def _version(side: Side, rule: str) -> str:
    return next((row.get("version", "") for row in side.records("dim_rule") if row["rule"] == rule), "")


def _found_by(rule: str, old: Side, new: Side) -> Reach:
    """The issues of a rule that only one of the sides has, and the lines at which they stand."""
    before, after = ({_issue(row): row for row in side.records(ISSUES) if row["rule"] == rule} for side in (old, new))
    found = [(before.get(name) or after[name]) for name in before.keys() ^ after.keys()]
    return Reach(
        ((ISSUES, {"rule": rule}), ("dim_rule", {"rule": rule})),
        frozenset(row["line_id"] for row in found if row.get("line_id")),
        frozenset(row["submission_id"] for row in found if row.get("submission_id") and not row.get("line_id")),
    )


def _issue(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(c, "") for c in ("rule", "submission_id", "line_id", "cell", "column_name", "severity", "value_sent", "expected"))


def _code(old: Side, new: Side) -> Iterator[ChangeCause]:
    """The product's code and models, where they differ: one cause."""
    if old.code == new.code:
        return
    models = [n for n in sorted({*old.rules, *new.rules}) if n.startswith("dbt_project/") and old.rules.get(n) != new.rules.get(n)]
    data = any(old.rules.get(n) != new.rules.get(n) for n in {*old.rules, *new.rules} if n.startswith("expectations/"))
    if models or not data or old.luodi != new.luodi:
        said = {
            "old": old.luodi,
            "new": new.luodi,
            "models": "、".join(PurePosixPath(n).stem for n in models[:6]),
            "count": str(len(models)),
        }
        yield _cause("code", new.luodi, said, [old.code, new.code], Reach(broad={}))
