"""The commands of freezing: seal, open, list, prove, compare, approve, and write out what counts after approvals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from etl.mistakes import Mistake
from etl.settings import given, language
from etl.show.options import Data, Lang, SiteDir, choice_of
from etl.texts.catalogue import Say, speaker
from etl.texts.screen import cell, console, table, visible

if TYPE_CHECKING:
    from typer._click.core import Context

    from etl.freeze.verify import Fault

MOST = 40  # faults that a screen shows
DEFAULT = "period"


class PeriodFirst(TyperGroup):
    """`luodi freeze 2024-Q1` needs no further word: what is no command of the group is a period to seal."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=PeriodFirst, no_args_is_help=True, rich_markup_mode=None)

Inbox = Annotated[Path | None, typer.Option("--inbox", help="help.inbox_site")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="INSTANT", help="help.as_of_sign")]
By = Annotated[str, typer.Option("--by", help="help.by")]
Format = Annotated[str, typer.Option("--format", help="help.format_json")]
Which = Annotated[str, typer.Argument(metavar="SEAL", help="help.seal")]


def _say(lang: str | None) -> Say:
    return speaker(language(lang))


@app.command(DEFAULT, help="help.freeze_period")
def seal_period(
    period: Annotated[str | None, typer.Argument(metavar="PERIOD", help="help.seal_period")] = None,
    by: By = "",
    name: Annotated[str, typer.Option("--name", help="help.label")] = "",
    note: Annotated[str, typer.Option("--note", help="help.note")] = "",
    publish: Annotated[str | None, typer.Option("--publish", metavar="SEAL", help="help.publish")] = None,
    to: Annotated[str, typer.Option("--to", help="help.to")] = "published",
    format: Format = "text",
    site: SiteDir = None,
    inbox: Inbox = None,
    data: Data = None,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Seal the published data of a period; or let more people see a frozen set with --publish."""
    from etl.desk import freezing

    choice_of(format, "text", "json")
    say, settings = _say(lang), given(inbox, site, data, as_of, lang)
    if (period is None) == (publish is None):
        raise Mistake("use.seal_what")
    if publish is not None:
        entry = freezing.open_to(settings, publish, to, by=by, note=note)
        _print(
            format,
            entry,
            [
                say("freeze.opened", **entry | {"was": say(f"freeze.{entry['was']}"), "state": say(f"freeze.{entry['state']}")}),
                say("freeze.head", head=entry["hash"]),
            ],
        )
        return
    assert period is not None  # one of the two is given, see above
    done = freezing.freeze(settings, period, by=by, label=name, note=note)
    told = {
        "name": done.name,
        "folder": str(done.folder),
        "head": done.head,
        "already": done.already,
        "tables": done.tables,
        "rows": done.rows,
        "period_rows": done.period_rows,
        "sources": done.sources,
    }
    said = say("freeze.already", name=done.name) if done.already else say("freeze.sealed", period=period, **told)
    _print(format, told, [said, say("freeze.where", folder=done.folder), say("freeze.head", head=done.head)])


@app.command("list", help="help.freeze_list")
def list_seals(data: Data = None, format: Format = "text", lang: Lang = None) -> None:
    """Which frozen sets there are, who sealed them when, and who may see them."""
    from etl.desk import freezing

    choice_of(format, "text", "json")
    say, found = _say(lang), freezing.overview(given(None, None, data, None, lang))
    if format == "json":
        _print(format, found, [])
        return
    listed = table("", *(say(f"freeze.{c}") for c in ("seal", "period", "at", "by", "state", "approved_count", "note")))
    for one in found:
        listed.add_row(
            *map(cell, (one["seal"], one["period"], one["at"], one["by"], say(f"freeze.{one['state']}"), one["approved"], one["note"]))
        )
    console().print(listed if found else say("freeze.none_yet"))


@app.command(help="help.freeze_diff")
def diff(
    seal: Which,
    cause: Annotated[str | None, typer.Option("--cause", help="help.cause_unfold")] = None,
    data: Data = None,
    site: SiteDir = None,
    inbox: Inbox = None,
    format: Annotated[str, typer.Option("--format", help="help.format_diff")] = "text",
    lang: Lang = None,
) -> None:
    """A frozen set beside what is published now, by cause: what each moved, and whether it was approved."""
    from etl.desk import freezing
    from etl.show.corrections import show_diff

    choice_of(format, "text", "csv", "json")
    found = freezing.difference(given(inbox, site, data, None, lang), seal)
    show_diff(found, _say(lang), format, cause)


@app.command(help="help.freeze_approve")
def approve(
    seal: Which,
    cause: Annotated[str, typer.Option("--cause", help="help.cause")],
    by: By = "",
    why: Annotated[str, typer.Option("--why", help="help.why")] = "",
    data: Data = None,
    site: SiteDir = None,
    inbox: Inbox = None,
    as_of: AsOf = None,
    format: Format = "text",
    lang: Lang = None,
) -> None:
    """Approve what a cause changed, so that it counts in the data as corrected; the frozen set stays as it is."""
    from etl.desk import freezing

    choice_of(format, "text", "json")
    say = _say(lang)
    entry = freezing.approve(given(inbox, site, data, as_of, lang), seal, cause, by=by, reason=why)
    if entry is None:
        _print(format, {"changes": []}, [say("freeze.nothing_pending")])
        return
    causes = [c["id"] for c in entry["causes"]]
    told = say("freeze.approved_now", by=entry["by"], causes=causes, count=len(entry["changes"]))
    _print(format, entry, [told, say("freeze.head", head=entry["hash"])])


@app.command(help="help.freeze_corrected")
def corrected(
    seal: Which,
    out: Annotated[Path, typer.Option("--out", "-o", help="help.out_corrected")],
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Write the tables as corrected: the frozen set with the approved corrections and nothing else."""
    from etl.desk import freezing

    tables, changes = freezing.as_corrected(given(None, None, data, None, lang), seal)
    freezing.write_tables(tables, out)
    console().print(_say(lang)("corrected", count=len(tables), folder=out, changes=len(changes)))


def verify(
    seal: Annotated[str, typer.Argument(metavar="[SEAL|all]", help="help.seal_all")] = "all",
    head: Annotated[str, typer.Option("--head", help="help.head")] = "",
    data: Data = None,
    format: Format = "text",
    lang: Lang = None,
) -> None:
    """Prove that frozen data are unchanged, or say where they changed."""
    from dataclasses import asdict

    from etl.desk import freezing

    choice_of(format, "text", "json")
    say = _say(lang)
    proof = freezing.prove(given(None, None, data, None, lang), seal, head)
    lines = (
        [say("freeze.proved", seals=len(proof.seals), files=proof.files, sources=proof.sources)]
        if proof.seals
        else [say("freeze.none_yet")]
    )
    if proof.faults:
        lines = [say("freeze.not_proved", count=len(proof.faults))]
        lines += [_fault(fault, say) for fault in proof.faults[:MOST]]
        lines += [say("freeze.more", count=len(proof.faults) - MOST)] if len(proof.faults) > MOST else []
    _print(format, asdict(proof), lines + ([say("freeze.head", head=proof.head)] if proof.head and not proof.faults else []))
    raise typer.Exit(1 if proof.faults else 0)


def _fault(fault: Fault, say: Say) -> str:
    def told(value: str | None) -> str:
        return say("freeze.unknown") if value is None else value or say("freeze.blank")

    values = {
        "file": fault.file,
        "mart": fault.mart,
        "key": fault.key,
        "column": fault.column,
        "row": fault.row,
        "seal": fault.seal,
        "was": told(fault.was),
        "now": told(fault.now),
        "detail": fault.detail,
    }
    where = f"{fault.seal}  " if fault.seal and fault.what not in ("unknown_set", "missing_set") else ""
    return visible(f"  {where}{say(f'freeze.{fault.what}', **values)}")


def _print(format: str, content: object, lines: list[str]) -> None:
    if format == "json":
        print(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        for line in lines:
            print(visible(line))
