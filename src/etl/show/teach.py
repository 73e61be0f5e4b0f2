"""Ask a person what the unknown headers of a file mean, once, and say what was kept."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.desk.check import settle_site
from etl.desk.choose import form_named, unit_named
from etl.desk.teach import Lesson, answers, column_named, forget, keep, lessons
from etl.forms.contract import Form
from etl.forms.taught import ANY_UNIT, TaughtHeader
from etl.mistakes import Mistake
from etl.normalise.names import UnitRegister
from etl.settings import Settings, given, instant
from etl.site.headers import key
from etl.site.load import Site, load_site
from etl.texts.screen import cell, console, plain, table
from etl.understand.intake import load_reference

LISTED = 5                     # candidates that a person chooses from
DONE, LEFT = 0, 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    form: str | None = None
    unit: str | None = None
    all_units: bool = False
    answers: tuple[str, ...] = ()          # 项目等次=项目级别
    yes: bool = False
    by: str | None = None
    as_of: str | None = None


def show_teach(file: Path | None, site: Path | None, data: Path | None, wish: Wish) -> int:
    """Teach the unknown headers of a file, or with no file what units answered in replies. Raises Mistake.

    The answer is 0 where nothing unknown is left, else 1.
    """
    if file is None:
        settings = given(site=site, data=data)
        loaded = load_site(settings.site)
    else:
        settings, loaded, sample = settle_site([file], site, data)
        if sample:
            raise Mistake("不知道要教给哪个站点。请用 --site 指定站点文件夹。")
    forms = load_reference(settings.expectations, loaded).forms
    register = UnitRegister(loaded.units)
    form = wish.form and form_named(wish.form, forms, register)
    unit = ANY_UNIT if wish.all_units else wish.unit and unit_named(wish.unit, register)
    found = answers(settings, loaded) if file is None else lessons(file, settings, loaded, form)
    if not found:
        print("没有要教的表头：都认得。" if file else "回执里没有单位说明过表头是哪一列，或都已经教过。")
        return DONE
    taught = _settled(found, unit, forms, register, settings, wish)
    if taught:
        path = keep(loaded, forms, taught)
        for one in taught:
            of = forms[one.form]
            print(plain(f"已记住：{_unit(one.unit, register)}的{of.name}，表头“{one.header}”是“{of.by_name[one.column].header}”。"))
        print(plain(f"记在 {path}，从下一次读取起生效；已经收下的报表用 luodi backfill --form {taught[0].form} 重读。"))
    left = len(found) - len(taught)
    if left:
        print(plain(f"还有 {left} 个表头没有教。逐个指明：--as “表头=列”；自加的列不必教。"))
    return LEFT if left else DONE


def _settled(found: Sequence[Lesson], unit: str | None, forms: Mapping[str, Form], register: UnitRegister, settings: Settings,
             wish: Wish) -> list[TaughtHeader]:
    """The lessons that a person has confirmed, by an option or by an answer."""
    by, at = wish.by or getpass.getuser(), instant(wish.as_of or settings.as_of)
    told = _told(wish.answers, found)
    asking = not told and not wish.yes and sys.stdin.isatty()
    taught = []
    if not asking:
        _list(found, forms, register)
    for lesson in found:
        form, column = forms[lesson.form], None
        if key(lesson.header) in told:
            column = column_named(told[key(lesson.header)], form)
        elif wish.yes and lesson.choice.best:
            column = lesson.choice.best.column
        elif asking:
            column = _ask(lesson, form, register)
        if column is None:
            continue
        owner = unit or lesson.unit
        if owner is None:
            raise Mistake("看不出是哪个单位的表。请用 --unit 说明是哪个单位，或用 --all-units 教给所有单位。")
        taught.append(TaughtHeader("", owner, lesson.form, lesson.header, column, by, at))
    return taught


def _told(answers: Sequence[str], found: Sequence[Lesson]) -> dict[str, str]:
    """Folded header -> column, as written behind --as. Raises Mistake."""
    told = {}
    known = {key(lesson.header) for lesson in found}
    for text in answers:
        header, mark, column = text.replace("＝", "=").rpartition("=")
        if not mark or not header.strip() or not column.strip():
            raise Mistake(f"--as 写的是“{text}”。请写成 表头=列，例如 --as 项目等次=项目级别。")
        if key(header) not in known:
            raise Mistake(f"表里没有不认识的表头“{header}”。不认识的有：{'、'.join(lesson.header for lesson in found)}。")
        told[key(header)] = column
    return told


def _list(found: Sequence[Lesson], forms: Mapping[str, Form], register: UnitRegister) -> None:
    listed = table("", "单位", "报表", "位置", "表头", "样例", "最可能的列", "单位的说明")
    for lesson in found:
        likely = "、".join(_named(lesson, n) for n in range(min(LISTED, len(lesson.choice.candidates)))) or "没有空着的列合适"
        listed.add_row(*(cell(text) for text in (
            _unit(lesson.unit, register), forms[lesson.form].name, f"{lesson.sheet} {lesson.cell}".strip(), lesson.header,
            "、".join(lesson.samples), likely, lesson.said)))
    console().print(listed)


def _named(lesson: Lesson, n: int) -> str:
    candidate = lesson.choice.candidates[n]
    sure = "（把握大）" if n == 0 and lesson.choice.best else ""
    return f"{candidate.header}{sure}"


def _unit(code: str | None, register: UnitRegister) -> str:
    return "所有单位" if code == ANY_UNIT else register.names.get(code or "", "单位未知")


def _ask(lesson: Lesson, form: Form, register: UnitRegister) -> str | None:
    """The column that a person names for a header; None for none."""
    where = f"{lesson.sheet} {lesson.cell}".strip() or _unit(lesson.unit, register)
    print(plain(f"{form.name} {where} 的表头“{lesson.header}”" + (f"，样例：{'、'.join(lesson.samples)}" if lesson.samples else "")
                + (f"，{lesson.said}" if lesson.said else "")))
    for n, candidate in enumerate(lesson.choice.candidates[:LISTED], start=1):
        print(plain(f"  {n} {candidate.header}"))
    first = f"回车是“{lesson.choice.best.header}”，" if lesson.choice.best else "回车跳过，"
    while True:
        try:
            said = input(f"是哪一列？（{first}写序号或列名，- 是自加的列）").strip()
        except EOFError:
            return None
        if said in ("-", "－", "—"):
            return None
        if not said:
            return lesson.choice.best.column if lesson.choice.best else None
        if said.isdigit() and 1 <= int(said) <= len(lesson.choice.candidates[:LISTED]):
            return lesson.choice.candidates[int(said) - 1].column
        try:
            return column_named(said, form)
        except Mistake as mistake:
            print(plain(str(mistake)))


def show_taught(site: Path | None) -> int:
    """List what was taught."""
    loaded, forms = _site(site)
    register = UnitRegister(loaded.units)
    listed = table("", "单位", "报表", "表头", "列", "谁", "何时")
    for t in loaded.decisions.headers:
        listed.add_row(*(cell(text) for text in (
            _unit(t.unit, register), forms[t.form].name, t.header, forms[t.form].by_name[t.column].header, t.by, f"{t.at:%Y-%m-%d %H:%M}")))
    console().print(listed if loaded.decisions.headers else "还没有教过表头。")
    return DONE


def show_forget(header: str, site: Path | None, unit: str | None, form: str | None) -> int:
    """Take back what was taught of a header. Raises Mistake where it was not taught."""
    loaded, forms = _site(site)
    register = UnitRegister(loaded.units)
    code = unit if unit in (None, ANY_UNIT) else unit_named(unit, register)
    gone = forget(loaded, header, code, form and form_named(form, forms, register))
    if not gone:
        raise Mistake(f"没有教过表头“{header}”。用 luodi teach --list 看教过的。")
    for row in gone:
        print(plain(f"已删去：{_unit(row['unit'], register)}的{forms[row['form']].name}，表头“{row['header']}”。"))
    return DONE


def _site(site: Path | None) -> tuple[Site, dict[str, Form]]:
    settings = given(site=site)
    loaded = load_site(settings.site)
    return loaded, load_reference(settings.expectations, loaded).forms
