"""The commands; each loads only what it needs, and every mistake ends in one sentence instead of a traceback."""

from __future__ import annotations

import atexit
import gc
import itertools
import os
import sys
from copy import copy
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

import etl
from etl.lock import NightRunning
from etl.mistakes import Mistake
from etl.settings import given, language
from etl.show import form, freeze, rules, site
from etl.show.options import AsOf, Data, Lang, SiteDir, choice_of
from etl.texts.catalogue import Say, speaker
from etl.texts.usage import WrongUse, speak, wrong_use

FAILED, WRONG_USE, INTERRUPTED, BUSY = 1, 2, 130, 75

app = typer.Typer(
    help="help.app",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Inbox = Annotated[Path | None, typer.Option("--inbox", help="help.inbox")]
BackTo = Annotated[bool, typer.Option("--back-to", help="help.back_to")]
Assessor = Annotated[bool, typer.Option("--assessor", help="help.assessor")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="help.files")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"luodi {etl.__version__}")
        raise typer.Exit


@app.callback()
def common(
    lang: Lang = None,
    version: Annotated[bool, typer.Option("--version", help="help.version", callback=_version, is_eager=True)] = False,
) -> None:
    """By night it turns the workbooks that units of a county send into fact tables, every figure traceable to its cell."""


def _say(lang: str | None) -> Say:
    return speaker(language(lang))


@app.command(help="help.run")
def run(
    inbox: Inbox = None,
    site: SiteDir = None,
    data: Data = None,
    as_of: AsOf = None,
    plain: Annotated[bool | None, typer.Option("--plain", help="help.plain")] = None,
    accept_drop: Annotated[str | None, typer.Option("--accept-drop", metavar="help.who_why", help="help.accept_drop")] = None,
    back_to: BackTo = False,
    lang: Lang = None,
) -> None:
    """A whole night, from the inbox to what is published."""
    from etl.show.night import run_night

    raise typer.Exit(run_night(given(inbox, site, data, as_of, lang, accept_drop, plain, back_to)))


@app.command(help="help.backfill")
def backfill(
    period: Annotated[list[str] | None, typer.Option("--period", help="help.periods")] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="help.units")] = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="help.forms")] = None,
    site: SiteDir = None,
    data: Data = None,
    as_of: AsOf = None,
    plain: Annotated[bool | None, typer.Option("--plain", help="help.plain")] = None,
    accept_drop: Annotated[str | None, typer.Option("--accept-drop", metavar="help.who_why", help="help.accept_drop")] = None,
    back_to: BackTo = False,
    lang: Lang = None,
) -> None:
    """Read chosen periods, units or forms again from the archive, judge and publish."""
    from etl.show.night import run_night

    chosen = {"periods": tuple(period or ()), "units": tuple(unit or ()), "forms": tuple(form or ())}
    raise typer.Exit(run_night(given(None, site, data, as_of, lang, accept_drop, plain, back_to), again=chosen))


@app.command(help="help.read")
def read(
    files: Files,
    form: Annotated[str | None, typer.Option("--form", help="help.only_form")] = None,
    format: Annotated[str, typer.Option("--format", help="help.format_read")] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.out_read")] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="help.evidence")] = False,
    site: SiteDir = None,
    lang: Lang = None,
) -> None:
    """What was understood: canonical columns and units, ISO dates, each line with file, sheet and row."""
    _brief()
    from etl.desk.check import settle_site
    from etl.show.lines import show_lines

    choice_of(format, "table", "csv", "jsonl")
    raise typer.Exit(show_lines(files, settle_site(files, site, lang=lang), form, format, out, evidence))


@app.command(help="help.check")
def check(
    files: Files,
    format: Annotated[str, typer.Option("--format", help="help.format_text")] = "text",
    unit: Annotated[str | None, typer.Option("--unit", help="help.unit_check")] = None,
    form: Annotated[str | None, typer.Option("--form", help="help.form_check")] = None,
    period: Annotated[str | None, typer.Option("--period", help="help.period_check")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="help.as_of_check")] = None,
    every: Annotated[bool, typer.Option("--all", help="help.every")] = False,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """夜间会怎样审核这个文件；有数仓时与已收的报表比对。退出码：0 无错误，1 有错误，2 无法读取。

    例：luodi check 7月报表.xlsx --unit 县工信局 --period 2024年7月
    """
    _brief()
    from etl.desk.check import settle_site
    from etl.show.issues import show_issues

    choice_of(format, "text", "jsonl")
    raise typer.Exit(show_issues(files, settle_site(files, site, data, lang), format, (unit, form, period), as_of, every))


@app.command(help="help.teach")
def teach(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="help.file")] = None,
    answer: Annotated[list[str] | None, typer.Option("--as", metavar="help.header_column", help="help.teach_as")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="help.yes")] = False,
    form: Annotated[str | None, typer.Option("--form", help="help.form_teach")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="help.unit_teach")] = None,
    all_units: Annotated[bool, typer.Option("--all-units", help="help.all_units")] = False,
    from_replies: Annotated[bool, typer.Option("--from-replies", help="help.from_replies")] = False,
    listed: Annotated[bool, typer.Option("--list", help="help.listed")] = False,
    forgotten: Annotated[str | None, typer.Option("--forget", metavar="help.header", help="help.forget")] = None,
    by: Annotated[str | None, typer.Option("--by", help="help.by_teach")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="help.as_of_teach")] = None,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """教会不认识的表头：问一次，记在站点的 headers.csv，下个月自己认得。退出码：0 都教会了，1 还有没教的。

    例：luodi teach 7月报表.xlsx --as 项目等次=项目级别
    """
    from etl.show.teach import Options, show_forget, show_taught, show_teach

    if sum((file is not None, from_replies, listed, forgotten is not None)) != 1:
        raise Mistake("use.teach_what")
    if listed:
        raise typer.Exit(show_taught(site, _say(lang)))
    if forgotten is not None:
        raise typer.Exit(show_forget(forgotten, site, "*" if all_units else unit, form, _say(lang)))
    raise typer.Exit(show_teach(file, site, data, _say(lang), Options(form, unit, all_units, tuple(answer or ()), yes, by, as_of)))


@app.command(help="help.claims")
def claims(
    files: Files,
    format: Annotated[str, typer.Option("--format", help="help.format_claims")] = "text",
    site: SiteDir = None,
    lang: Lang = None,
) -> None:
    """Whether the figures of a report agree with each other."""
    from etl.claims import report_claims
    from etl.desk.check import settle_site

    settings, loaded, _ = settle_site(files, site, lang=lang)
    raise typer.Exit(
        report_claims(files, sys.stdout, format, settings.expectations, {h.day: h.kind for h in loaded.holidays}, language(lang))
    )


@app.command(help="help.plan")
def plan(
    format: Annotated[str, typer.Option("--format", help="help.format_json")] = "text",
    every: Annotated[bool, typer.Option("--all", help="help.all")] = False,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """换成这个站点会怎样：重审哪些报送，哪些问题、数、名次会变，变多少；不改动任何数据。退出码：0 都不变，1 有变化。

    例：luodi plan --site 改好的站点
    """
    from etl.show.plan import show_plan

    choice_of(format, "text", "json")
    raise typer.Exit(show_plan(given(None, site, data, None, lang, overlay=False), format, every))


app.add_typer(rules.app, name="rules", help="help.rules")
app.add_typer(freeze.app, name="freeze", help="help.freeze")
app.add_typer(site.app, name="site", help="help.site_app")
app.add_typer(form.app, name="form", help="help.form_app")
app.command(help="help.verify")(freeze.verify)


@app.command(help="help.init")
def init(
    folder: Annotated[Path, typer.Argument(metavar="SITE", help="help.init_folder")],
    county: Annotated[str | None, typer.Option("--county", help="help.init_county")] = None,
    units: Annotated[Path | None, typer.Option("--units", metavar="FILE", help="help.init_units")] = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="help.init_form")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="help.init_from")] = None,
    lang: Lang = None,
) -> None:
    """Make the folder of a new site by asking."""
    from etl.show.init import show_init

    raise typer.Exit(show_init(folder, county, units, form or [], first, lang))


@app.command(help="help.status")
def status(
    unit: Annotated[str | None, typer.Option("--unit", help="help.unit_only")] = None,
    form: Annotated[str | None, typer.Option("--form", help="help.form_only")] = None,
    period: Annotated[str | None, typer.Option("--period", help="help.period_only")] = None,
    site: SiteDir = None,
    data: Data = None,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """每个单位、报表、所属期：应报、已收、结论。

    例：luodi status --unit 县工信局 --period 2024年7月
    """
    from etl.show.status import show_status

    raise typer.Exit(show_status(given(None, site, data, as_of, lang), unit, form, period))


@app.command(help="help.projects")
def projects(
    lead: Annotated[str, typer.Option("--lead", help="help.lead")],
    period: Annotated[str | None, typer.Option("--period", help="help.period_only")] = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """一位包抓领导的项目：投资对计划、阶段、颜色、未了结的问题。

    例：luodi projects --lead 张三
    """
    from etl.show.projects import show_projects

    raise typer.Exit(show_projects(given(None, None, data, None, lang), lead, period))


@app.command(help="help.template")
def template(
    form: Annotated[str, typer.Argument(metavar="FORM", help="help.form_template")],
    unit: Annotated[str, typer.Option("--unit", help="help.unit_template")],
    period: Annotated[str, typer.Option("--period", help="help.period_template")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.out_template")] = None,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """一张空表：下拉、格式、说明齐全，在库项目和上月累计已填好。

    例：luodi template 重点项目月报表 --unit 县工信局 --period 2024年7月
    """
    from etl.show.template import show_template

    raise typer.Exit(show_template(given(None, site, data, None, lang), form, unit, period, out))


@app.command(help="help.explain")
def explain(
    mart: Annotated[str | None, typer.Argument(metavar="MART", help="help.mart")] = None,
    keys: Annotated[list[str] | None, typer.Argument(metavar="KEY...", help="help.keys")] = None,
    pick: Annotated[bool, typer.Option("--pick", help="help.pick")] = False,
    every: Annotated[bool, typer.Option("--all", help="help.all")] = False,
    format: Annotated[str, typer.Option("--format", help="help.format_json")] = "text",
    assessor: Assessor = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Where a figure comes from: formula, facts, submissions, down to the cells of the sheets."""
    from etl.show.explain import Output, show_explain

    choice_of(format, "text", "json")
    raise typer.Exit(show_explain(given(None, None, data, None, lang), mart, keys or [], Output(format, every, pick), assessor))


@app.command(help="help.trace")
def trace(
    file: Annotated[str, typer.Argument(metavar="FILE", help="help.trace_file")],
    place: Annotated[str, typer.Argument(metavar="SHEET!CELL", help="help.trace_place")],
    every: Annotated[bool, typer.Option("--all", help="help.all")] = False,
    format: Annotated[str, typer.Option("--format", help="help.format_json")] = "text",
    assessor: Assessor = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """What a cell feeds: facts, figures, issues, quarantine."""
    from etl.show.explain import Output, show_trace

    choice_of(format, "text", "json")
    raise typer.Exit(show_trace(given(None, None, data, None, lang), file, place, Output(format, every), assessor))


@app.command(help="help.score")
def score(
    scheme: Annotated[Path | None, typer.Option("--scheme", help="help.scheme")] = None,
    period: Annotated[str | None, typer.Option("--period", help="help.period_last")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="help.unit_score")] = None,
    format: Annotated[str, typer.Option("--format", help="help.format_text")] = "text",
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Scores and places; with --scheme what that scheme makes of the published figures, beside the published scores."""
    from etl.show.score import show_score

    choice_of(format, "text", "jsonl")
    raise typer.Exit(show_score(given(None, site, data, None, lang), scheme, period, unit, format))


@app.command(help="help.audit")
def audit(
    period: Annotated[str | None, typer.Option("--period", help="help.period_last")] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="help.unit_audit")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.out_audit")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="help.seed")] = None,
    share: Annotated[str, typer.Option("--share", help="help.share")] = "5",
    audience: Annotated[str, typer.Option("--for", help="help.audit_for")] = "outside",
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Audit pack: fitness, issues, what is suspicious, how scores came about, a sample to visit, with the original files."""
    from etl.assess.sampling import Lot
    from etl.show.audit import share_of, show_audit

    choice_of(audience, "outside", "assessor")
    settings = given(None, site, data, None, lang)
    raise typer.Exit(show_audit(settings, period, tuple(unit or ()), out, Lot(seed, share_of(share)), assessor=audience == "assessor"))


@app.command(help="help.dictionary")
def dictionary(
    out: Annotated[Path, typer.Option("--out", "-o", help="help.out_dictionary")] = Path("luodi-dictionary.xlsx"),
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Every mart, column and measure in both languages, with what may be summed over what, as a workbook."""
    from etl.show.dictionary import show_dictionary

    raise typer.Exit(show_dictionary(given(None, None, data, None, lang, overlay=False), out))


@app.command(help="help.release")
def release(
    what: Annotated[str | None, typer.Argument(metavar="scores|rankings|lists", help="help.release_what")] = None,
    period: Annotated[str | None, typer.Argument(metavar="PERIOD", help="help.release_period")] = None,
    scheme: Annotated[str, typer.Option("--scheme", help="help.release_scheme")] = "",
    audience: Annotated[str, typer.Option("--audience", help="help.release_audience")] = "county",
    by: Annotated[str, typer.Option("--by", help="help.by")] = "",
    why: Annotated[str, typer.Option("--why", help="help.why")] = "",
    inbox: Inbox = None,
    site: SiteDir = None,
    data: Data = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="INSTANT", help="help.release_from")] = None,
    lang: Lang = None,
) -> None:
    """Let people see scores, rankings or lists from a day on; without words, what is released and what waits."""
    from etl.show.release import show_release, show_releases
    from etl.site.releases import Release

    settings = given(inbox, site, data, as_of, lang)
    if what is None or period is None:
        raise typer.Exit(show_releases(settings))
    raise typer.Exit(show_release(settings, Release("", what, scheme, period, audience, by, why, settings.as_of)))


By = Annotated[str, typer.Option("--by", help="help.by")]
Why = Annotated[str, typer.Option("--why", "--reason", help="help.why")]


@app.command(help="help.nights")
def nights(
    which: Annotated[str | None, typer.Argument(metavar="NIGHT", help="help.nights_which")] = None, data: Data = None, lang: Lang = None
) -> None:
    """List how nights went, or show one: what came, what moved, what each step took."""
    from etl.show.nights import show_nights

    raise typer.Exit(show_nights(given(None, None, data, None, lang), which))


@app.command(help="help.hold")
def hold(by: By = "", why: Why = "", data: Data = None, lang: Lang = None) -> None:
    """Let nights publish nothing until the hold is lifted; without words, whether one stands."""
    from etl.show.hold import show_hold

    raise typer.Exit(show_hold(given(None, None, data, None, lang), by, why))


@app.command(help="help.lift")
def lift(by: By = "", why: Why = "", data: Data = None, lang: Lang = None) -> None:
    """Let nights publish again."""
    from etl.show.hold import show_lift

    raise typer.Exit(show_lift(given(None, None, data, None, lang), by, why))


@app.command(help="help.rollback")
def rollback(
    version: Annotated[str | None, typer.Argument(metavar="VERSION", help="help.rollback_version")] = None,
    by: By = "",
    why: Why = "",
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Show readers an earlier version and hold it; without words, the versions that are kept."""
    from etl.show.hold import show_rollback

    raise typer.Exit(show_rollback(given(None, None, data, None, lang), version, by, why))


@app.command(help="help.serve")
def serve(
    version: Annotated[str | None, typer.Argument(metavar="VERSION", help="help.serve_version")] = None,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Bring what is published into the database that BI tools read."""
    from etl.show.serve import show_serve

    raise typer.Exit(show_serve(given(None, site, data, None, lang), version))


@app.command(help="help.rebuild")
def rebuild(
    site: SiteDir = None,
    data: Data = None,
    as_of: AsOf = None,
    plain: Annotated[bool | None, typer.Option("--plain", help="help.plain")] = None,
    accept_drop: Annotated[str | None, typer.Option("--accept-drop", metavar="help.who_why", help="help.accept_drop")] = None,
    lang: Lang = None,
) -> None:
    """Make ledger, warehouse and published files anew from archive, journal and site alone."""
    from etl.show.rebuild import show_rebuild

    raise typer.Exit(show_rebuild(given(None, site, data, as_of, lang, accept_drop, plain), as_of is not None))


@app.command(help="help.retention")
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="help.retention_dry")] = False, data: Data = None, lang: Lang = None
) -> None:
    """Remove old versions, logs and what Prefect noted; never what is current, frozen, not reconciled, or the archive."""
    from etl.show.retention import show_retention

    raise typer.Exit(show_retention(given(None, None, data, None, lang), dry_run))


@app.command(help="help.notices")
def notices(
    period: Annotated[str | None, typer.Option("--period", help="help.period_last")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="help.unit_only")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.out_notices")] = None,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Supervision papers: drafts of what is proposed, issued ones of what a named person released; listed and written."""
    from etl.show.notices import show_notices

    raise typer.Exit(show_notices(given(None, site, data, None, lang), period, unit, out))


@app.command(help="help.papers")
def papers(
    period: Annotated[str | None, typer.Argument(metavar="PERIOD", help="help.period_last")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="help.kind_papers")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="help.unit_only")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="help.pdf")] = False,
    templates: Annotated[bool, typer.Option("--templates", help="help.templates")] = False,
    assessor: Assessor = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.out_papers")] = None,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Bulletin, workbook, ranking, tour booklet, score cards and the paper of a meeting, of the published version."""
    from etl.show.papers import PapersAsked, show_papers, show_templates

    settings = given(None, site, data, None, lang)
    if templates:
        raise typer.Exit(show_templates(settings, kind or []))
    raise typer.Exit(show_papers(settings, PapersAsked(period, tuple(kind or ()), unit, pdf, assessor, out)))


@app.command(help="help.remind")
def remind(
    as_of: AsOf = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="help.dry_run")] = False,
    site: SiteDir = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Reminders before and after a day, one digest a unit and one for the office, each once."""
    from etl.show.remind import show_remind

    raise typer.Exit(show_remind(given(None, site, data, as_of, lang), dry_run))


@app.command(help="help.answers")
def answers(
    unit: Annotated[str | None, typer.Option("--unit", help="help.unit_only")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="help.out_answers")] = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Explanations of units that wait for an assessor; with --out a file to decide in."""
    from etl.show.answers import show_answers

    raise typer.Exit(show_answers(given(None, None, data, None, lang), unit, out))


@app.command(help="help.doctor")
def doctor(inbox: Inbox = None, site: SiteDir = None, data: Data = None, lang: Lang = None) -> None:
    """What is missing or wrong on this machine."""
    from etl.desk.doctor import diagnose
    from etl.show.findings import show_findings

    say = _say(lang)
    raise typer.Exit(show_findings(diagnose(given(inbox, site, data, None, lang), say), say))


def main() -> None:
    """Run a command; mistakes become a sentence on stderr and an exit code."""
    atexit.register(_hush)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    say = speaker(_chosen())
    speak(say)
    try:
        sys.exit(_asked_for(sys.argv[1:])(standalone_mode=False, prog_name="luodi") or 0)
    except WrongUse as wrong:
        if not sys.argv[1:] or type(wrong).__name__ == "NoArgsIsHelpError":
            print(wrong.format_message(), file=sys.stderr)
            sys.exit(WRONG_USE)
        _stop(wrong_use(wrong, say), WRONG_USE)
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except Mistake as mistake:
        _stop(mistake.said(say.lang), WRONG_USE)
    except NightRunning as busy:
        told = {"pid": "?", "since": "?", "inbox": "?"} | busy.holder
        _stop(say("night_running", **told), BUSY)
    except OSError as error:
        from etl.show.night import reason_of

        _stop(say("use.failed", reason=reason_of(error, say)), FAILED)  # the machine's trouble, no wrong use
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _asked_for(words: list[str]) -> typer.Typer:
    """The application with no command but the one that is asked for first: building all of them takes a tenth of a second."""
    first = words[0] if words else ""
    chosen = copy(app)
    chosen.registered_commands = [c for c in app.registered_commands if first == (c.name or getattr(c.callback, "__name__", ""))]
    chosen.registered_groups = [g for g in app.registered_groups if first == g.name]
    return chosen if chosen.registered_commands or chosen.registered_groups else app


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
    from etl.texts.screen import visible

    print(visible(sentence), file=sys.stderr)
    sys.exit(code)
