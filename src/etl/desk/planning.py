"""What a changed site would make of all that was received: a night in a folder of its own, compared with the published one."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import etl
from etl.desk.freezing import compare_sides, current_version, published_side, site_of
from etl.freeze.causes import ISSUES, VERSIONS, Side
from etl.freeze.correction import ChangedRow, Comparison
from etl.freeze.grouping import CausedChanges
from etl.freeze.names import VersionNames
from etl.freeze.tables import load_keys
from etl.judge.criteria import Criteria, load_criteria
from etl.land.seen import UNKNOWN, submissions_holding
from etl.lock import NightRunning, running
from etl.night import progress
from etl.night.night import begin
from etl.night.receive import Receipt
from etl.publish.manifest import read_manifest
from etl.settings import Settings, instant, overlaid_home
from etl.site.decision import ANY, Suspension
from etl.site.load import load_site
from etl.transform.build import copy_parsed
from etl.validate.queries import queries, tables_read

EVER = "9999"  # a period that ends after all others: everything is compared
# What a rule that judges a submission by itself may look up besides its lines, and the file of the site that says it.
SAID_IN = {"workday": "holidays.csv", "holiday": "holidays.csv", "fx_rate": "fx_rates.csv", "setting": "settings.csv"}
SHARED = ("vocabulary.yaml", "currencies.yaml", "layouts")  # what reading goes by besides the contract of a form
WHO = ("units.csv", "headers.csv")  # the same of the site


@dataclass(frozen=True, slots=True)
class Setup:
    """One of the two sites that are compared, as a night would work with it."""

    settings: Settings
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be published otherwise; nothing of it is."""

    night_id: str  # of what is published
    again: tuple[str, ...]  # the forms of which every submission would be judged again; what else follows from the comparison
    submissions: int  # so many
    reread: bool  # true where sheets would be understood otherwise: what no form took is read again then too
    everything: bool  # all that was received is read again
    verdicts: tuple[ChangedRow, ...]
    findings: tuple[ChangedRow, ...]
    groups: tuple[CausedChanges, ...]
    comparison: Comparison
    names: VersionNames

    @property
    def moves(self) -> bool:
        """True where a reader or a sender would see anything else."""
        return bool(self.verdicts or self.findings or self.comparison.changes or self.comparison.moved)


def plan(settings: Settings) -> Plan:
    """Compare what is published with what `settings.site` would publish from the same files as of the same day.

    Only the archive is read where it lies; all else is done in a folder that is gone afterwards. Raises Mistake, NightRunning
    while a night changes what would be compared, and what a night raises.
    """
    version = current_version(settings)
    if holder := running(settings.data):
        raise NightRunning(holder)
    with _scratch(settings) as trial:
        if holder := running(settings.data):  # what was copied may be of two nights
            raise NightRunning(holder)
        manifest = read_manifest(version)
        then = replace(settings, as_of=instant(manifest["as_of"]))
        site = site_of(then)
        old = _setup(replace(then, site=site, home=overlaid_home(settings.product, site, trial)))
        new = _setup(
            replace(
                then,
                home=overlaid_home(settings.product, settings.site, trial),
                data=trial,
                ledger_url="",
                serving_url="",
                notices=(),
                accept_drop="",
            )
        )
        again, reread = judged_again(old, new)
        made = _night(new, settings.archive, again, reread, everything(again, old, new))
        before = replace(_side(old.settings, version), luodi=manifest["luodi"], code=manifest["luodi"])
        after = _side(new.settings, made)
        compared, groups = compare_sides(before, after, load_keys(new.settings.home), EVER)
        return Plan(
            manifest["night_id"],
            tuple(again),
            submissions_holding(settings.landed, [*again, *([UNKNOWN] if reread else [])]),
            reread,
            reread and everything(again, old, new),
            tuple(row for row in compared.rows if row.mart == VERSIONS and _value(row.was, "verdict") != _value(row.now, "verdict")),
            tuple(row for row in compared.rows if row.mart == ISSUES and _standing(row.was) != _standing(row.now)),
            groups,
            compared,
            VersionNames(after.tables),
        )


@contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    """A folder with what a night of this data folder begins with; the archive is not copied."""
    with tempfile.TemporaryDirectory(prefix="luodi-plan-") as folder:
        trial = Path(folder)
        (trial / "warehouse").mkdir()
        shutil.copy(settings.landed, trial / "warehouse" / settings.landed.name)
        copy_parsed(settings.data / "dbt", trial / "dbt")
        yield trial


def _setup(settings: Settings) -> Setup:
    return Setup(settings, load_criteria(settings.expectations, load_site(settings.site, settings.as_of.date()), settings.as_of))


def judged_again(old: Setup, new: Setup) -> tuple[list[str], bool]:
    """The forms whose submissions two sites judge otherwise by themselves, and whether because they read them otherwise.

    A contract that goes by the same name and keywords reads its own files otherwise, and may read what no form took; all else
    that reading goes by may change what any file is. What is compared with other submissions, and what is computed from all of
    them, every night works out anew.
    """
    forms = sorted({*old.criteria.forms, *new.criteria.forms})
    was, now = _read_by(old, forms), _read_by(new, forms)
    read = {name.partition("/")[0] for name in {*was, *now} if was.get(name) != now.get(name)}
    if any(name not in forms or _called(old, name) != _called(new, name) for name in read):
        return forms, True
    before, after = _judged_by(old), _judged_by(new)
    return [form for form in forms if form in read or before.get(form) != after.get(form)], bool(read)


def everything(again: list[str], old: Setup, new: Setup) -> bool:
    """Whether the forms that are judged again are all that there are."""
    return {*again} == {*old.criteria.forms, *new.criteria.forms}


def _called(setup: Setup, name: str) -> tuple | None:
    """What names a form in titles and file names; None where a site has no such form."""
    form = setup.criteria.forms.get(name)
    return (form.name, form.keywords) if form else None


def _read_by(setup: Setup, forms: Iterable[str]) -> dict[str, bytes]:
    """The files by which sheets are understood, with their content, and what units owe."""
    expectations, site = setup.settings.expectations, setup.settings.site
    places = [expectations / name for name in (*SHARED, *forms)]
    files = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*"))) if path.is_file()]
    owed = sorted({slot.key for slot in setup.criteria.site.roster})  # a file that says no period is for what its unit owes
    read = {p.relative_to(expectations).as_posix(): p.read_bytes() for p in files} | {name: _bytes(site / name) for name in WHO}
    return read | {"owed": repr(owed).encode()}


def _judged_by(setup: Setup) -> dict[str, list]:
    """Form -> the rules that judge its submissions by themselves, each with its query as rendered, and what of the site they look up."""
    criteria = setup.criteria
    rendered, own = queries(criteria), {"reader", "sql"}
    found: dict[str, list] = {}
    for name, form in criteria.forms.items():
        rules = [(r, rendered.get((name, r.code))) for r in criteria.rulebook.values() if r.covers(form) and own & {*r.decided_by}]
        looked_up = {SAID_IN[table] for _, sql in rules if sql for table in tables_read(sql) if table in SAID_IN}
        lists = {c.list: _bytes(setup.settings.expectations / "lists" / f"{c.list}.csv") for c in form.columns if c.list}
        found[name] = [rules, _set_aside(criteria, name), {file: _bytes(setup.settings.site / file) for file in looked_up}, lists]
    return found


def _set_aside(criteria: Criteria, form: str) -> list[Suspension]:
    """The suspensions that let other rules speak again: of a rule that silences some, or that rules of a later phase wait for."""
    last = max(rule.phase for rule in criteria.rulebook.values())
    heard = {code for code, rule in criteria.rulebook.items() if rule.silences or rule.severity == "error" and rule.phase < last}
    return [replace(s, line=0, decision="") for s in criteria.site.decisions.suspensions if s.rule in heard and s.form in (ANY, form)]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _night(setup: Setup, archive: Path, again: list[str], reread: bool, everything: bool) -> Path:
    """The steps of a night over what is to be judged again; the folder of the version that it made."""
    from etl.night import compare, draft, land, publish, read, receive, reconcile, stage, transform, validate, verdict

    settings = setup.settings
    chosen = [] if reread and everything else [*again, UNKNOWN] if reread else again  # [] is all
    receipt = receive.recall(settings, (), (), chosen, archive) if again else Receipt()
    night = begin(settings, receipt)
    readings = read.read(night)
    progress.tell("validate")
    stage.stage(night, readings)
    issues, judgement = verdict.verdict(night, readings, validate.validate(night))
    land.land(night, readings, issues, judgement)
    progress.tell("compare")
    compare.compare(night, issues, judgement)
    progress.tell("transform")
    marts = transform.transform(night)
    with draft.draft(night, marts) as written:
        return publish.publish(night, written, marts, reconcile.reconcile(night, marts), ())


def _side(settings: Settings, version: Path) -> Side:
    """A version with what it was made with."""
    side = published_side(settings, version)
    rules = {name: hashlib.sha256((settings.home / name).read_bytes()).hexdigest() for name in side.rules}
    return replace(side, rules=rules, code=etl.__version__)


def _value(row: Mapping[str, str] | None, column: str) -> str:
    return row.get(column, "") if row else ""


def _standing(row: Mapping[str, str] | None) -> tuple[str, str] | None:
    """Whether a finding is there, how grave, and how it stands: what it says may change with a threshold and is no other finding."""
    return (row["severity"], row["state"]) if row else None
