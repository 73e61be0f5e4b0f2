"""Ask a person what the unknown headers of a file mean, once, and say what was kept."""

from __future__ import annotations

import getpass
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.desk.check import settle_site
from etl.desk.choose import form_named, unit_named
from etl.desk.teach import Lesson, column_named, delete_headers, headers_answered, lessons, write_headers
from etl.forms.contract import Form
from etl.forms.taught import ANY_UNIT, TaughtHeader
from etl.mistakes import Mistake
from etl.normalise.names import UnitRegister
from etl.settings import given, instant
from etl.site.headers import key
from etl.site.load import Site, load_site
from etl.texts.catalogue import Say
from etl.texts.screen import cell, console, table, visible
from etl.understand.intake import load_reference
from etl.understand.reference import Reference

LISTED = 5  # candidates that a person chooses from
DONE, LEFT = 0, 1


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    form: str | None = None
    unit: str | None = None
    all_units: bool = False
    answers: tuple[str, ...] = ()  # 项目等次=项目级别
    yes: bool = False
    by: str | None = None
    as_of: str | None = None


def show_teach(file: Path | None, site: Path | None, data: Path | None, say: Say, options: Options) -> int:
    """Teach the unknown headers of a file, or with no file what units answered in replies. Raises Mistake.

    The answer is 0 where nothing unknown is left, else 1.
    """
    if file is None:
        settings = given(site=site, data=data)
        loaded = load_site(settings.site)
    else:
        settings, loaded, sample = settle_site([file], site, data, say.lang)
        if sample:
            raise Mistake("use.teach_no_site")
    reference = load_reference(settings.expectations, loaded)
    forms, register = reference.forms, reference.register
    form = options.form and form_named(options.form, forms, register)
    unit = ANY_UNIT if options.all_units else options.unit and unit_named(options.unit, register)
    found = headers_answered(settings, loaded) if file is None else lessons(file, settings, loaded, form)
    if not found:
        print(say("teach.all_known" if file else "teach.no_replies"))
        return DONE
    taught = _settled(found, unit, reference, instant(options.as_of or settings.as_of), options, say)
    if taught:
        path = write_headers(loaded, forms, taught)
        for one in taught:
            form_of = forms[one.form]
            print(
                visible(
                    say(
                        "teach.kept",
                        unit=_unit(one.unit, register, say),
                        form=form_of.name,
                        header=one.header,
                        column=form_of.by_name[one.column].header,
                    )
                )
            )
        print(visible(say("teach.kept_in", path=path, form=taught[0].form)))
    left = len(found) - len(taught)
    if left:
        print(visible(say("teach.left", count=left)))
    return LEFT if left else DONE


def _settled(
    found: Sequence[Lesson], unit: str | None, reference: Reference, at: datetime, options: Options, say: Say
) -> list[TaughtHeader]:
    """The lessons that a person has confirmed, by an option or by an answer."""
    by, forms, register = options.by or getpass.getuser(), reference.forms, reference.register
    told = _told(options.answers, found)
    asking = not told and not options.yes and sys.stdin.isatty()
    taught = []
    if not asking:
        _list(found, forms, register, say)
    for lesson in found:
        form, column = forms[lesson.form], None
        if key(lesson.header) in told:
            column = column_named(told[key(lesson.header)], form)
        elif options.yes and lesson.choice.best:
            column = lesson.choice.best.column
        elif asking:
            column = _ask(lesson, form, register, say)
        if column is None:
            continue
        owner = unit or lesson.unit
        if owner is None:
            raise Mistake("use.teach_no_unit")
        taught.append(TaughtHeader("", owner, lesson.form, lesson.header, column, by, at))
    return taught


def _told(answers: Sequence[str], found: Sequence[Lesson]) -> dict[str, str]:
    """Folded header -> column, as written behind --as. Raises Mistake."""
    told = {}
    known = {key(lesson.header) for lesson in found}
    for text in answers:
        header, mark, column = unicodedata.normalize("NFKC", text).rpartition("=")
        if not mark or not header.strip() or not column.strip():
            raise Mistake("use.teach_as", text=text)
        if key(header) not in known:
            raise Mistake("use.no_such_header", header=header, names=tuple(lesson.header for lesson in found))
        told[key(header)] = column
    return told


def _list(found: Sequence[Lesson], forms: Mapping[str, Form], register: UnitRegister, say: Say) -> None:
    listed = table(
        "",
        say("heading.unit"),
        say("heading.form"),
        say("teach.position"),
        say("teach.header"),
        say("teach.samples"),
        say("teach.likeliest"),
        say("teach.said"),
    )
    for lesson in found:
        likely = say.list([_named(lesson, n, say) for n in range(min(LISTED, len(lesson.choice.candidates)))]) or say("teach.none_fits")
        listed.add_row(
            *(
                cell(text)
                for text in (
                    _unit(lesson.unit, register, say),
                    forms[lesson.form].name,
                    f"{lesson.sheet} {lesson.cell}".strip(),
                    lesson.header,
                    say.list(lesson.samples),
                    likely,
                    lesson.said,
                )
            )
        )
    console().print(listed)


def _named(lesson: Lesson, n: int, say: Say) -> str:
    candidate = lesson.choice.candidates[n]
    return say("teach.sure", column=candidate.header) if n == 0 and lesson.choice.best else candidate.header


def _unit(code: str | None, register: UnitRegister, say: Say) -> str:
    return say("teach.all_units") if code == ANY_UNIT else register.names.get(code or "") or say("teach.unknown_unit")


def _ask(lesson: Lesson, form: Form, register: UnitRegister, say: Say) -> str | None:
    """The column that a person names for a header; None for none."""
    where = f"{lesson.sheet} {lesson.cell}".strip() or _unit(lesson.unit, register, say)
    print(
        visible(
            say("teach.asked", form=form.name, where=where, header=lesson.header)
            + (say("teach.asked_samples", samples=lesson.samples) if lesson.samples else "")
            + (say("teach.asked_said", said=lesson.said) if lesson.said else "")
        )
    )
    for n, candidate in enumerate(lesson.choice.candidates[:LISTED], start=1):
        print(visible(f"  {n} {candidate.header}"))
    first = say("teach.enter_is", column=lesson.choice.best.header) if lesson.choice.best else say("teach.enter_skips")
    while True:
        try:
            said = input(say("teach.which", enter=first)).strip()
        except EOFError:
            return None
        if unicodedata.normalize("NFKC", said) in ("-", "—"):
            return None
        if not said:
            return lesson.choice.best.column if lesson.choice.best else None
        if said.isdigit() and 1 <= int(said) <= len(lesson.choice.candidates[:LISTED]):
            return lesson.choice.candidates[int(said) - 1].column
        try:
            return column_named(said, form)
        except Mistake as mistake:
            print(visible(mistake.said(say.lang)))


def show_taught(site: Path | None, say: Say) -> int:
    """List what was taught."""
    loaded, forms = _site(site)
    register = UnitRegister(loaded.units)
    listed = table(
        "", say("heading.unit"), say("heading.form"), say("teach.header"), say("teach.column"), say("teach.who"), say("teach.when")
    )
    for t in loaded.decisions.headers:
        listed.add_row(
            *(
                cell(text)
                for text in (
                    _unit(t.unit, register, say),
                    forms[t.form].name,
                    t.header,
                    forms[t.form].by_name[t.column].header,
                    t.by,
                    f"{t.at:%Y-%m-%d %H:%M}",
                )
            )
        )
    console().print(listed if loaded.decisions.headers else say("teach.nothing_taught"))
    return DONE


def show_forget(header: str, site: Path | None, unit: str | None, form: str | None, say: Say) -> int:
    """Take back what was taught of a header. Raises Mistake where it was not taught."""
    loaded, forms = _site(site)
    register = UnitRegister(loaded.units)
    code = unit if unit in (None, ANY_UNIT) else unit_named(unit, register)
    gone = delete_headers(loaded, header, code, form and form_named(form, forms, register))
    if not gone:
        raise Mistake("use.not_taught", header=header)
    for row in gone:
        print(visible(say("teach.gone", unit=_unit(row["unit"], register, say), form=forms[row["form"]].name, header=row["header"])))
    return DONE


def _site(site: Path | None) -> tuple[Site, dict[str, Form]]:
    settings = given(site=site)
    loaded = load_site(settings.site)
    return loaded, load_reference(settings.expectations, loaded).forms
