"""The commands; each loads only what it needs, and every mistake ends in one sentence instead of a traceback."""

from __future__ import annotations

import atexit
import gc
import itertools
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

import etl
from etl.lock import NightRunning
from etl.mistakes import Mistake
from etl.settings import choose_language, given, language, sign_drop
from etl.show import freeze, rules
from etl.texts.messages import speaker
from etl.texts.usage import WrongUse, chinese_help, wrong_use

NIGHT_FAILED, WRONG_USE, INTERRUPTED, BUSY = 1, 2, 130, 75

app = typer.Typer(
    help="落地：把县里报来的工作簿夜间汇成可追溯的事实表。", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, rich_markup_mode=None,
)

Inbox = Annotated[Path | None, typer.Option("--inbox", help="收件箱文件夹（LUODI_INBOX）")]
SiteDir = Annotated[Path | None, typer.Option("--site", help="站点文件夹（LUODI_SITE）")]
Data = Annotated[Path | None, typer.Option("--data", help="归档、台账、数仓和 published 所在（LUODI_DATA）")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="这一夜的日期，默认现在")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh 或 en（LUODI_LANG）")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="报表文件")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"luodi {etl.__version__}")
        raise typer.Exit


@app.callback()
def common(
    lang: Lang = None, version: Annotated[bool, typer.Option("--version", help="版本", callback=_version, is_eager=True)] = False,
) -> None:
    """落地：把县里报来的工作簿夜间汇成可追溯的事实表。"""
    if lang:
        choose_language(lang)


def _say(lang: str | None) -> Callable[..., str]:
    return speaker(language(lang))


@app.command()
def run(
    inbox: Inbox = None, site: SiteDir = None, data: Data = None, as_of: AsOf = None,
    plain: Annotated[bool, typer.Option("--plain", help="不用 Prefect 运行（LUODI_PLAIN=1）")] = False,
    accept_drop: Annotated[str, typer.Option("--accept-drop", metavar="“谁：为什么”", help="某张报表的数据行少了九成也发布（LUODI_ACCEPT_DROP）")] = "",
    lang: Lang = None,
) -> None:
    """收件到发布的一整夜。"""
    from etl.show.night import run_night

    if accept_drop:
        sign_drop(accept_drop)
    raise typer.Exit(run_night(given(inbox, site, data, as_of, lang), _say(lang), prefect=not plain))


@app.command()
def backfill(
    period: Annotated[list[str] | None, typer.Option("--period", help="所属期，可多次")] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="单位代码，可多次")] = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="报表，可多次")] = None,
    site: SiteDir = None, data: Data = None, as_of: AsOf = None,
    plain: Annotated[bool, typer.Option("--plain", help="不用 Prefect 运行（LUODI_PLAIN=1）")] = False,
    accept_drop: Annotated[str, typer.Option("--accept-drop", metavar="“谁：为什么”", help="某张报表的数据行少了九成也发布（LUODI_ACCEPT_DROP）")] = "",
    lang: Lang = None,
) -> None:
    """从归档重读选定的所属期、单位或报表，再审核、汇总、发布。"""
    from etl.show.night import run_night

    if accept_drop:
        sign_drop(accept_drop)
    chosen = {"periods": tuple(period or ()), "units": tuple(unit or ()), "forms": tuple(form or ())}
    raise typer.Exit(run_night(given(None, site, data, as_of, lang), _say(lang), prefect=not plain, again=chosen))


@app.command()
def read(
    files: Files,
    form: Annotated[str | None, typer.Option("--form", help="只读这张报表")] = None,
    format: Annotated[str, typer.Option("--format", help="table、csv 或 jsonl")] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件；多张报表时写入文件夹")] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="单位、报表、所属期凭什么认定：每条依据的位置、原文、分量")] = False,
    site: SiteDir = None, lang: Lang = None,
) -> None:
    """读懂了什么：规范列、规范单位（万元、万美元）、ISO 日期，每行带文件、工作表、行号。"""
    _brief()
    from etl.show.lines import show_lines

    _one_of(format, "table", "csv", "jsonl")
    raise typer.Exit(show_lines(files, form, format, out, site, _say(lang), language(lang), evidence))


@app.command()
def check(
    files: Files,
    format: Annotated[str, typer.Option("--format", help="text 或 jsonl")] = "text",
    unit: Annotated[str | None, typer.Option("--unit", help="文件和文件夹没有写明时，是哪个单位的：县工信局 或代码")] = None,
    form: Annotated[str | None, typer.Option("--form", help="是哪张报表：重点项目月报表 或代码")] = None,
    period: Annotated[str | None, typer.Option("--period", help="文件名没有写明时，报的是哪一期：2024年7月 或 2024-07")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="当作这一天报送；不写不判断是否迟报")] = None,
    every: Annotated[bool, typer.Option("--all", help="同类问题也逐条列出")] = False,
    site: SiteDir = None, data: Data = None, lang: Lang = None,
) -> None:
    """夜间会怎样审核这个文件；有数仓时与已收的报表比对。退出码：0 无错误，1 有错误，2 无法读取。

    例：luodi check 7月报表.xlsx --unit 县工信局 --period 2024年7月
    """
    _brief()
    from etl.show.issues import show_issues

    _one_of(format, "text", "jsonl")
    raise typer.Exit(show_issues(files, format, site, data, _say(lang), language(lang), (unit, form, period), as_of, every))


@app.command()
def teach(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="报表文件")] = None,
    answer: Annotated[list[str] | None, typer.Option("--as", metavar="表头=列", help="这个表头是哪一列，可多次")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="把握大的不再问，都按最可能的列")] = False,
    form: Annotated[str | None, typer.Option("--form", help="是哪张报表：重点项目月报表 或代码；一个表头也认不出时要写")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="文件没有写明时，是哪个单位的：县工信局 或代码")] = None,
    all_units: Annotated[bool, typer.Option("--all-units", help="教给所有单位")] = False,
    from_replies: Annotated[bool, typer.Option("--from-replies", help="单位在回执里说明了是哪一列的，逐个确认")] = False,
    listed: Annotated[bool, typer.Option("--list", help="列出教过的")] = False,
    forgotten: Annotated[str | None, typer.Option("--forget", metavar="表头", help="删去教过的")] = None,
    by: Annotated[str | None, typer.Option("--by", help="谁教的，默认登录名")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="何时教的，默认现在")] = None,
    site: SiteDir = None, data: Data = None, lang: Lang = None,
) -> None:
    """教会不认识的表头：问一次，记在站点的 headers.csv，下个月自己认得。退出码：0 都教会了，1 还有没教的。

    例：luodi teach 7月报表.xlsx --as 项目等次=项目级别
    """
    from etl.show.teach import Wish, show_forget, show_taught, show_teach

    if sum((file is not None, from_replies, listed, forgotten is not None)) != 1:
        raise Mistake("请给出一个报表文件，或用 --from-replies、--list、--forget 之一。")
    if listed:
        raise typer.Exit(show_taught(site))
    if forgotten is not None:
        raise typer.Exit(show_forget(forgotten, site, "*" if all_units else unit, form))
    raise typer.Exit(show_teach(file, site, data, Wish(form, unit, all_units, tuple(answer or ()), yes, by, as_of)))


@app.command()
def claims(
    files: Files,
    format: Annotated[str, typer.Option("--format", help="text、csv 或 jsonl")] = "text",
    site: SiteDir = None, lang: Lang = None,
) -> None:
    """报告里的数字自己对不对得上。退出码：0 对得上，1 有不符、矛盾或残缺。"""
    from etl.claims import run as judge
    from etl.desk.check import settle_site

    settings, loaded, _ = settle_site(files, site)
    raise typer.Exit(judge(files, sys.stdout, format, settings.expectations, {h.day: h.kind for h in loaded.holidays}, language(lang)))


app.add_typer(rules.app, name="rules", help="规则：清单；上线前在已收的全部报表上预演。")
app.add_typer(freeze.app, name="freeze", help="冻结考核所用的数据；比较、批准以后的更正。")
app.command()(freeze.verify)


@app.command()
def status(
    unit: Annotated[str | None, typer.Option("--unit", help="只看这个单位：县工信局 或代码")] = None,
    form: Annotated[str | None, typer.Option("--form", help="只看这张报表：重点项目月报表 或代码")] = None,
    period: Annotated[str | None, typer.Option("--period", help="只看这一期：2024年7月 或 2024-07")] = None,
    site: SiteDir = None, data: Data = None, as_of: AsOf = None, lang: Lang = None,
) -> None:
    """每个单位、报表、所属期：应报、已收、结论。

    例：luodi status --unit 县工信局 --period 2024年7月
    """
    from etl.show.status import show_status

    raise typer.Exit(show_status(given(None, site, data, as_of, lang), _say(lang), unit, form, period))


@app.command()
def template(
    form: Annotated[str, typer.Argument(metavar="FORM", help="报表：重点项目月报表 或代码 key_project_monthly")],
    unit: Annotated[str, typer.Option("--unit", help="单位：县工信局 或代码")],
    period: Annotated[str, typer.Option("--period", help="所属期：2024年3月、2024-03 或 2024")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入的文件或文件夹")] = None,
    site: SiteDir = None, data: Data = None, lang: Lang = None,
) -> None:
    """一张空表：下拉、格式、说明齐全，在库项目和上月累计已填好。

    例：luodi template 重点项目月报表 --unit 县工信局 --period 2024年7月
    """
    from etl.show.template import show_template

    raise typer.Exit(show_template(given(None, site, data, None, lang), form, unit, period, out, _say(lang)))


@app.command()
def explain(
    mart: Annotated[str | None, typer.Argument(metavar="MART", help="主题表，如 fct_measure；不写则列出")] = None,
    keys: Annotated[list[str] | None, typer.Argument(metavar="KEY...", help="行里的值，或 列=值")] = None,
    pick: Annotated[bool, typer.Option("--pick", help="多行符合时让人选")] = False,
    every: Annotated[bool, typer.Option("--all", help="不省略")] = False,
    format: Annotated[str, typer.Option("--format", help="text 或 json")] = "text",
    data: Data = None, lang: Lang = None,
) -> None:
    """一个数从哪里来：公式、事实、报送，直到工作表的单元格。"""
    from etl.show.explain import show_explain

    _one_of(format, "text", "json")
    raise typer.Exit(show_explain(given(None, None, data, None, lang), mart, keys or [], format, pick, every, _say(lang)))


@app.command()
def trace(
    file: Annotated[str, typer.Argument(metavar="FILE", help="收件箱里的文件")],
    place: Annotated[str, typer.Argument(metavar="SHEET!CELL", help="工作表!单元格；文本文件只写单元格")],
    every: Annotated[bool, typer.Option("--all", help="不省略")] = False,
    format: Annotated[str, typer.Option("--format", help="text 或 json")] = "text",
    data: Data = None, lang: Lang = None,
) -> None:
    """一个单元格影响了什么：事实、指标、问题、隔离。"""
    from etl.show.explain import show_trace

    _one_of(format, "text", "json")
    raise typer.Exit(show_trace(given(None, None, data, None, lang), file, place, format, every, _say(lang)))


@app.command()
def score(
    scheme: Annotated[Path | None, typer.Option("--scheme", help="另一份考核办法（YAML），只试算，不改已发布的")] = None,
    period: Annotated[str | None, typer.Option("--period", help="所属期，默认最近一期")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="单位代码：展开它的得分")] = None,
    format: Annotated[str, typer.Option("--format", help="text 或 jsonl")] = "text",
    site: SiteDir = None, data: Data = None, lang: Lang = None,
) -> None:
    """得分与排名；给出 --scheme 时用那份办法重算已发布的数，并与已发布的对照。"""
    from etl.show.score import show_score

    _one_of(format, "text", "jsonl")
    raise typer.Exit(show_score(given(None, site, data, None, lang), scheme, period, unit, format, _say(lang)))


@app.command()
def audit(
    period: Annotated[str | None, typer.Option("--period", help="所属期，默认最近一期")] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="单位代码，可多次；默认全县")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入的文件夹")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="抽查的种子，默认所属期")] = None,
    share: Annotated[str, typer.Option("--share", help="随机抽查的百分数")] = "5",
    site: SiteDir = None, data: Data = None, lang: Lang = None,
) -> None:
    """考核审计包：可用性结论、问题、可疑情况、得分由来、抽查名单，带原始文件。"""
    from etl.show.audit import show_audit

    raise typer.Exit(show_audit(given(None, site, data, None, lang), period, tuple(unit or ()), out, seed, share, _say(lang)))


@app.command()
def doctor(inbox: Inbox = None, site: SiteDir = None, data: Data = None, lang: Lang = None) -> None:
    """这台机器上缺什么、配错了什么。"""
    from etl.desk.doctor import examine
    from etl.show.findings import show_findings

    say = _say(lang)
    raise typer.Exit(show_findings(examine(given(inbox, site, data, None, lang), say), say))


def _one_of(value: str, *choices: str) -> None:
    if value not in choices:
        raise Mistake(f"--format 不能是“{value}”，可选 {'、'.join(choices)}。")


def main() -> None:
    """Run a command; mistakes become a sentence on stderr and an exit code."""
    atexit.register(_hush)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    lang = _chosen()
    if lang == "zh":
        chinese_help()
    try:
        sys.exit(app(standalone_mode=False, prog_name="luodi") or 0)
    except WrongUse as wrong:
        if not sys.argv[1:] or type(wrong).__name__ == "NoArgsIsHelpError":
            print(wrong.format_message(), file=sys.stderr)
            sys.exit(WRONG_USE)
        _stop(wrong_use(wrong, lang), WRONG_USE)
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except Mistake as mistake:
        _stop(str(mistake), WRONG_USE)
    except NightRunning as busy:
        told = {"pid": "?", "since": "?", "inbox": "?"} | busy.holder
        _stop(_say(None)("night_running", **told), BUSY)
    except OSError as error:
        where = error.filename or ""
        _stop(_say(None)("failed", reason=f"{where} {error.strerror or error}".strip()), WRONG_USE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _chosen() -> str:
    """The language of this command line, before it is understood; a wrong one is told of later."""
    words = sys.argv[1:]
    given_here = next((after for word, after in itertools.pairwise(words) if word == "--lang"), None)
    given_here = given_here or next((w.partition("=")[2] for w in words if w.startswith("--lang=")), None)
    try:
        return language(given_here)
    except Mistake:
        return "zh"


def _brief() -> None:
    """A command that is over in two seconds does not look for cycles to free: that would take a tenth of its time."""
    gc.disable()
    atexit.register(gc.freeze)


def _hush() -> None:
    """DuckDB's bindings report leaks of their own at exit (duckdb-python #522); nobody here can mend those."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _stop(sentence: str, code: int) -> None:
    from etl.texts.screen import plain

    print(plain(sentence), file=sys.stderr)
    sys.exit(code)
