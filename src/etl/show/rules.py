"""The commands about rules: which there are, and a rehearsal of one on all that was ever landed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.mistakes import Mistake
from etl.settings import given, language
from etl.texts.messages import speaker
from etl.texts.screen import cell, console, table

if TYPE_CHECKING:
    from etl.validate.rehearse import Rehearsal

MOST = 20                              # examples that a screen shows

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Site = Annotated[Path | None, typer.Option("--site", help="站点文件夹（LUODI_SITE）")]
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹（LUODI_DATA）")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh 或 en（LUODI_LANG）")]
Format = Annotated[str, typer.Option("--format", help="text 或 json")]


@app.command("list")
def list_rules(
    form: Annotated[str | None, typer.Option("--form", help="只列这张报表的规则")] = None, lang: Lang = None,
) -> None:
    """规则手册里的每一条：代码、名称、轻重、层次、由谁判断、版本。"""
    from etl.forms.contract import load_forms
    from etl.validate.rulebook import load_rulebook

    say, chinese = speaker(language(lang)), language(lang) == "zh"
    expectations = given().expectations
    forms, rules = load_forms(expectations), load_rulebook(expectations)
    if form is not None and form not in forms:
        raise Mistake(f"没有报表“{form}”。可选：{'、'.join(forms)}。")
    listed = table("", say("rule"), say("name"), say("severity"), say("level"), say("decided"), say("version"))
    for rule in rules.values():
        if form is None or rule.covers(forms[form]):
            listed.add_row(rule.code, cell(rule.name_zh if chinese else rule.name_en), say(rule.severity), rule.level,
                           "、".join(rule.decided_by), rule.version)
    console().print(listed)


@app.command()
def rehearse(
    code: Annotated[str, typer.Argument(metavar="CODE", help="规则代码")],
    sql: Annotated[Path | None, typer.Option("--sql", metavar="FILE", help="新写或改过的规则（SQL 模板）")] = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="用于哪些报表，可多次；手册里没有的代码必须给出")] = None,
    format: Format = "text", site: Site = None, data: Data = None, lang: Lang = None,
) -> None:
    """在已收的全部报表上预演一条规则：会新查出谁、差多少；不改动任何数据。"""
    raise typer.Exit(show_rehearsal(code, sql, tuple(form or ()), format, site, data, lang))


def show_rehearsal(
    code: str, sql: Path | None, forms: tuple[str, ...], format: str, site: Path | None, data: Path | None, lang: str | None,
) -> int:
    """Rehearse and print; 0 where nobody new is found, else 1. Raises Mistake."""
    import duckdb

    from etl.judge.basis import load_basis
    from etl.land.seen import attach_landed
    from etl.site.load import load_site
    from etl.validate.rehearse import read_rule
    from etl.validate.rehearse import rehearse as run

    if format not in ("text", "json"):
        raise Mistake(f"--format 不能是“{format}”，可选 text、json。")
    settings = given(site=site, data=data, lang=lang)
    basis = load_basis(settings.expectations, load_site(settings.site), settings.as_of)
    if unknown := [name for name in forms if name not in basis.forms]:
        raise Mistake(f"没有报表“{unknown[0]}”。可选：{'、'.join(basis.forms)}。")
    with duckdb.connect() as con:
        landed = attach_landed(con, settings.landed)
        if landed is None:
            raise Mistake(f"{settings.landed} 里还没有数据。请先运行一夜，或用 --data 指定数据文件夹。")
        try:
            done = run(con, landed, basis.forms, basis.rulebook, basis.parameters, code,
                       read_rule(sql) if sql else None, forms, settings.lang)
        except KeyError:
            raise Mistake(f"没有可以预演的规则“{code}”。手册里没有的代码请用 --sql 给出写法，用 --form 给出报表。") from None
        except _wrong_sql() as wrong:
            raise Mistake(f"规则“{code}”的写法不能运行：{wrong}") from None
    _json(done) if format == "json" else _tables(done, speaker(settings.lang))
    return 1 if done.newly else 0


def _wrong_sql() -> tuple[type[Exception], ...]:
    import duckdb
    import jinja2

    return duckdb.Error, jinja2.TemplateError


def _json(done: Rehearsal) -> None:
    print(json.dumps({
        "rule": done.code, "found": done.found, "gone": len(done.gone), "by_unit": dict(done.by_unit),
        "by_period": dict(done.by_period),
        "newly": [{"file": i.file, "sheet": i.sheet, "row": i.row, "cell": i.cell, "column": i.column, "value": i.value,
                   "expected": i.expected, "difference": i.difference, "sentence": i.sentence} for i in done.newly],
    }, ensure_ascii=False, indent=1))


def _tables(done: Rehearsal, say: Callable[..., str]) -> None:
    screen = console()
    screen.print(say("rehearsed", code=done.code, found=done.found, newly=len(done.newly), gone=len(done.gone)))
    for name, counts in (("unit", done.by_unit), ("period", done.by_period)):
        if counts:
            listed = table("", say(name), say("newly"))
            for key, n in counts:
                listed.add_row(cell(key), str(n))
            screen.print(listed)
    if done.newly:
        listed = table("", say("file"), say("cell"), say("value"), say("expected"), say("difference"))
        for issue in done.newly[:MOST]:
            place = " ".join(part for part in (issue.sheet, issue.cell or "") if part)
            listed.add_row(cell(issue.file), cell(place), cell(issue.value), cell(issue.expected), cell(issue.difference))
        screen.print(listed)
