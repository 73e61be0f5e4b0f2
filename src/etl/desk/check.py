"""One clerk's files without a night: what the reader understands and what the rules say, nothing kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from etl.desk.choose import form_named, period_named, unit_named
from etl.forms.contract import load_forms
from etl.inbox.archive import Copy
from etl.inbox.find import received_time, shown
from etl.inbox.identify import identify
from etl.mistakes import Mistake
from etl.model import SUSPENDED, Issue, Reading, Received, Submission
from etl.normalise.names import UnitRegister
from etl.settings import Settings, given
from etl.site.load import Site, load_site
from etl.texts.periods import period_name
from etl.understand.intake import load_reference, read_all
from etl.understand.submission import Reference

if TYPE_CHECKING:
    from etl.judge.criteria import Criteria

LATENESS = ("F36", "P33")  # when something was sent is known of what was sent


class Desk(NamedTuple):
    """What a clerk's files are read and judged with."""

    settings: Settings
    site: Site
    is_sample: bool = False  # no other site was found


def settle_site(files: Sequence[Path], site: Path | None, data: Path | None = None, lang: str | None = None) -> Desk:
    """The site that judges some files: the one given, else the one beside their inbox, else the sample's.

    Raises Mistake, for a path that is no regular file too.
    """
    for path in files:
        if not path.exists():
            raise Mistake("use.no_file", path=path)
        if not path.is_file():
            raise Mistake("use.no_regular_file", path=path)
    settings = given(site=site, data=data, lang=lang)
    if site is None and not settings.site.is_dir():
        beside = (folder.parent / "site" for path in files for folder in path.absolute().parents)
        found = next((s for s in beside if (s / "units.csv").is_file()), None)
        if found is None:
            return Desk(settings, load_site(settings.product / "data" / "sample" / "site"), True)
        settings = given(site=found, data=data, lang=lang)  # with what that site lays over the product
    return Desk(settings, load_site(settings.site))


@dataclass(frozen=True, slots=True)
class Told:
    """What the clerk says of the files, by code; it counts where a file's own place and name do not say it."""

    unit: str | None = None
    form: str | None = None
    period: str | None = None


def told_by_clerk(settings: Settings, site: Site, unit: str | None, form: str | None, period: str | None) -> Told:
    """Codes from what was written behind --unit, --form and --period. Raises Mistake."""
    register = UnitRegister(site.units)
    return Told(
        unit and unit_named(unit, register),
        form and form_named(form, load_forms(settings.expectations), register),
        period and period_named(period),
    )


def _under_its_name(received: Received, told: Told, reference: Reference) -> Received:
    """A file under the name that tells what the clerk told, where its own does not."""
    slot = identify(received.name, reference.forms, reference.register)
    name = received.name
    if told.period and not any(slot.period(form.cadence, None) for form in reference.forms.values()):
        folder, _, own = name.rpartition("/")
        name = f"{folder}/{period_name(told.period)} {own}" if folder else f"{period_name(told.period)} {own}"
    if told.unit and slot.unit is None:
        name = f"{reference.register.names[told.unit]}/{name}"
    return replace(received, name=name)


def take(files: Sequence[Path], register: UnitRegister) -> list[Received]:
    """Describe files as the inbox would: name from the folder of their unit on, time from a log of receipts around them."""
    taken = []
    for order, path in enumerate(files, start=1):
        content = path.read_bytes()
        taken.append(
            Received(
                name=_name(path.absolute(), register),
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                received_at=received_time(path),
                order=order,
                path=path.absolute(),
            )
        )
    return taken


def understand_files(
    files: Sequence[Path],
    settings: Settings,
    site: Site,
    form: str | None = None,
    told: Told | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[list[Reading]]:
    """The submissions of each file, read in a bounded child as in the night. Raises Mistake."""
    reference = load_reference(settings.expectations, site)
    told = told or Told(form=form and form_named(form, reference.forms, reference.register))
    taken = take(files, reference.register)
    shown_as = [_under_its_name(one, told, reference) for one in taken]
    for one, (_, readings) in zip(taken, read_all(shown_as, reference, settings, told.form, meanwhile)):
        yield [replace(r, submission=replace(r.submission, file=one.name)) for r in readings]


def judge_files(
    files: Sequence[Path], settings: Settings, site: Site, lang: str, told: Told | None = None, sent: bool = False
) -> list[tuple[Submission, str, list[Issue]]]:
    """Each submission in the files with its verdict and issues, as a night would judge it beside what was landed so far.

    A file that was landed already is judged as received then; a second copy of the same bytes says so (F41), and no more
    than that where its original is among the files. What a suspended rule finds is not told. Lateness is told of what was
    landed, and of the others only where `sent` says that they are sent on the day they are judged for. Raises Mistake.
    """
    made: list[Criteria] = []

    def make_ready() -> None:  # while the files are read: what judges is not loaded before
        from etl.judge.criteria import load_criteria

        made.append(load_criteria(settings.expectations, site, settings.as_of))
        _warm_up(settings.expectations)

    readings = [reading for of_file in understand_files(files, settings, site, told=told, meanwhile=make_ready) for reading in of_file]
    [criteria] = made

    import duckdb

    from etl.judge.compare import beside
    from etl.judge.duplicates import duplicate_issues
    from etl.land.seen import received_before, seen_files
    from etl.validate.verdict import verdicts

    try:
        seen = seen_files(settings.landed)
        received = received_before(settings.landed)
        copies = _copies(take(files, UnitRegister(site.units)), seen)
        originals = {r.submission.submission_id for r in readings if r.submission.file not in copies}
        repeated = [r.submission.file in copies and r.submission.submission_id in originals for r in readings]
        if sent:
            readings = [replace(r, submission=replace(r.submission, received_at=settings.as_of)) for r in readings]
        once = {r.submission.submission_id: _as_received(r, received) for r, again in zip(readings, repeated) if not again}
        with duckdb.connect(":memory:", config={"threads": 1}) as con:  # many small queries: a second thread only waits
            issues, verdict = beside(con, list(once.values()), criteria, settings.landed if seen else None, lang=lang)
    except duckdb.IOException:
        raise Mistake("use.night_writes") from None
    if not sent:
        issues = [i for i in issues if i.rule not in LATENESS or i.submission_id in received]
        verdict |= verdicts({r.submission.submission_id: r.submission.readable for r in once.values()}, issues)
    judged = []
    for submission, again in zip((r.submission for r in readings), repeated):
        about = [i for i in issues if i.submission_id == submission.submission_id]
        mine = [] if again else [i for i in about if i.state != SUSPENDED]
        copy = [copies[submission.file]] if submission.file in copies else []

        def brought(_: str, submission_id: str = submission.submission_id) -> list[str]:
            return [submission_id]

        came_before = duplicate_issues(copy, brought, criteria.rulebook, lang)
        judged.append((submission, verdict[submission.submission_id], came_before + mine))
    return judged


def _warm_up(expectations: Path) -> None:
    """Load what judging and showing need: the database, the comparing of names, the rules that all forms share, the screen."""
    import duckdb  # noqa: F401
    import rapidfuzz.distance  # noqa: F401
    import rich.console
    import rich.table
    import rich.text  # noqa: F401

    import etl.judge.compare
    import etl.judge.duplicates
    import etl.land.seen  # noqa: F401
    from etl.validate.queries import compile_shared

    compile_shared(expectations)


def _copies(taken: Sequence[Received], seen: Mapping[tuple[str, str], tuple[datetime, int]]) -> dict[str, Copy]:
    """The files whose bytes came before under another name, by their own name."""
    first: dict[str, tuple[str, datetime]] = {}
    for (name, sha256), (when, _) in sorted(seen.items(), key=lambda item: (item[1], item[0])):
        first.setdefault(sha256, (name, when))
    for one in sorted(taken, key=lambda one: (one.received_at, one.name)):
        first.setdefault(one.sha256, (one.name, one.received_at))
    return {one.name: Copy(one, *first[one.sha256]) for one in taken if first[one.sha256][0] != one.name}


def _as_received(reading: Reading, received: Mapping[str, tuple[datetime, int]]) -> Reading:
    """As it was landed; what was not comes after all that was."""
    last = max((order for _, order in received.values()), default=0)
    here = reading.submission.received_at, last + reading.submission.order
    when, order = received.get(reading.submission.submission_id, here)
    return replace(reading, submission=replace(reading.submission, received_at=when, order=order))


def _name(path: Path, register: UnitRegister) -> str:
    """The path inside the inbox: below a folder with an arrivals.csv beside it or called inbox, else from the unit's folder on."""
    for folder in path.parents:
        if folder.name == "inbox" or (folder.parent / "arrivals.csv").is_file():
            return shown(str(path.relative_to(folder)))
    own = next((folder for folder in path.parents if register.knows(folder.name)), None)
    while own and register.knows(own.parent.name):  # 甲县/城关镇: the folder above tells which 城关镇
        own = own.parent
    return shown(str(path.relative_to(own.parent)) if own else path.name)
