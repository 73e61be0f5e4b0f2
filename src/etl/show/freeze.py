"""The commands of freezing: seal, open, list, prove, compare, approve, and write out what counts after approvals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from etl.mistakes import Mistake
from etl.settings import given, language
from etl.texts.screen import cell, console, plain, table

if TYPE_CHECKING:
    from typer._click.core import Context

    from etl.freeze.verify import Fault

MOST = 40                              # faults that a screen shows
DEFAULT = "period"


class PeriodFirst(TyperGroup):
    """`luodi freeze 2024-Q1` needs no further word: what is no command of the group is a period to seal."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=PeriodFirst, no_args_is_help=True, rich_markup_mode=None)

Site = Annotated[Path | None, typer.Option("--site", help="站点文件夹（LUODI_SITE）")]
Inbox = Annotated[Path | None, typer.Option("--inbox", help="收件箱文件夹（LUODI_INBOX），旁边的 site 是默认站点")]
Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹（LUODI_DATA）")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="INSTANT", help="签署时间，默认现在")]
By = Annotated[str, typer.Option("--by", help="经办人姓名")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh 或 en（LUODI_LANG）")]
Format = Annotated[str, typer.Option("--format", help="text 或 json")]
Which = Annotated[str, typer.Argument(metavar="SEAL", help="冻结版本：全名、序号或其中一段")]


def _say(lang: str | None) -> Callable[..., str]:
    from etl.freeze.words import speaker

    return speaker(language(lang))


@app.command(DEFAULT)
def seal_period(
    period: Annotated[str | None, typer.Argument(metavar="PERIOD", help="2024-03、2024-Q1、2024-H1 或 2024")] = None,
    by: By = "",
    name: Annotated[str, typer.Option("--name", help="标签，写进文件夹名")] = "",
    note: Annotated[str, typer.Option("--note", help="说明")] = "",
    publish: Annotated[str | None, typer.Option("--publish", metavar="SEAL", help="扩大这个冻结版本的公开范围")] = None,
    to: Annotated[str, typer.Option("--to", help="assessors（考核组）或 published（公布）")] = "published",
    format: Format = "text",
    site: Site = None, inbox: Inbox = None, data: Data = None, as_of: AsOf = None, lang: Lang = None,
) -> None:
    """冻结一个所属期的已发布数据；或用 --publish 扩大冻结版本的公开范围。"""
    from etl.desk import freezing

    _one_of(format, "text", "json")
    say, settings = _say(lang), given(inbox, site, data, as_of, lang)
    if (period is None) == (publish is None):
        raise Mistake("请写明要冻结的所属期（luodi freeze 2024-Q1 --by 姓名），或用 --publish 指定冻结版本。")
    if publish is not None:
        entry = freezing.open_to(settings, publish, to, by=by, note=note)
        _print(format, entry, [say("opened", **entry | {"was": say(entry["was"]), "state": say(entry["state"])}),
                               say("head", head=entry["hash"])])
        return
    assert period is not None                      # one of the two is given, see above
    done = freezing.freeze(settings, period, by=by, label=name, note=note)
    told = {"name": done.name, "folder": str(done.folder), "head": done.head, "already": done.already,
            "tables": done.tables, "rows": done.rows, "period_rows": done.period_rows, "sources": done.sources}
    said = say("already", name=done.name) if done.already else say("sealed", period=period, **told)
    _print(format, told, [said, say("where", folder=done.folder), say("head", head=done.head)])


@app.command("list")
def list_seals(data: Data = None, format: Format = "text", lang: Lang = None) -> None:
    """有哪些冻结版本，谁、何时冻结，公开到哪一步。"""
    from etl.desk import freezing

    _one_of(format, "text", "json")
    say, found = _say(lang), freezing.overview(given(None, None, data, None, lang))
    if format == "json":
        _print(format, found, [])
        return
    listed = table("", *(say(c) for c in ("seal", "period", "at", "by", "state", "approved_count", "note")))
    for one in found:
        listed.add_row(*map(cell, (one["seal"], one["period"], one["at"], one["by"], say(one["state"]), one["approved"], one["note"])))
    console().print(listed if found else say("none_yet"))


@app.command()
def diff(seal: Which, data: Data = None, format: Format = "text", lang: Lang = None) -> None:
    """冻结版本与当前发布的数据相比：旧值和现值、得分、位次、来源单元格，已批准还是待批准。"""
    from etl.desk import freezing
    from etl.show.corrections import show_diff

    _one_of(format, "text", "json")
    found = freezing.difference(given(None, None, data, None, lang), seal)
    show_diff(found, _say(lang), format)


@app.command()
def approve(
    seal: Which,
    change: Annotated[str, typer.Option("--change", help="更正编号，逗号分隔；或 all")],
    by: By = "",
    reason: Annotated[str, typer.Option("--reason", help="理由和依据")] = "",
    data: Data = None, as_of: AsOf = None, format: Format = "text", lang: Lang = None,
) -> None:
    """批准更正，使它计入“更正后”的数据；冻结版本本身不动。"""
    from etl.desk import freezing

    _one_of(format, "text", "json")
    say = _say(lang)
    entry = freezing.approve(given(None, None, data, as_of, lang), seal, change, by=by, reason=reason)
    if entry is None:
        _print(format, {"changes": []}, [say("nothing_pending")])
        return
    ids = [c["id"] for c in entry["changes"]]
    _print(format, entry, [say("approved_now", by=entry["by"], count=len(ids), ids="、".join(ids)), say("head", head=entry["hash"])])


@app.command()
def corrected(
    seal: Which,
    out: Annotated[Path, typer.Option("--out", "-o", help="写入这个文件夹")],
    data: Data = None, lang: Lang = None,
) -> None:
    """写出“更正后”的各表：冻结版本加上已批准的更正，别无其他。"""
    from etl.desk import freezing

    tables, changes = freezing.as_corrected(given(None, None, data, None, lang), seal)
    freezing.write_tables(tables, out)
    console().print(_say(lang)("corrected", count=len(tables), folder=out, changes=len(changes)))


def verify(
    seal: Annotated[str, typer.Argument(metavar="[SEAL|all]", help="冻结版本，默认全部")] = "all",
    head: Annotated[str, typer.Option("--head", help="会议纪要中抄下的链首指纹")] = "",
    data: Data = None, format: Format = "text", lang: Lang = None,
) -> None:
    """证明冻结的数据没有变，或指出变了哪里。退出码：0 一致，1 不一致。"""
    from dataclasses import asdict

    from etl.desk import freezing

    _one_of(format, "text", "json")
    say = _say(lang)
    proof = freezing.prove(given(None, None, data, None, lang), seal, head)
    lines = [say("proved", seals=len(proof.seals), files=proof.files, sources=proof.sources)] if proof.seals else [say("none_yet")]
    if proof.faults:
        lines = [say("not_proved", count=len(proof.faults))]
        lines += [_fault(fault, say) for fault in proof.faults[:MOST]]
        lines += [say("more", count=len(proof.faults) - MOST)] if len(proof.faults) > MOST else []
    _print(format, asdict(proof), lines + ([say("head", head=proof.head)] if proof.head and not proof.faults else []))
    raise typer.Exit(1 if proof.faults else 0)


def _fault(fault: Fault, say: Callable[..., str]) -> str:
    def told(value: str | None) -> str:
        return say("unknown") if value is None else value or say("blank")

    values = {"file": fault.file, "mart": fault.mart, "key": fault.key, "column": fault.column, "row": fault.row,
              "seal": fault.seal, "was": told(fault.was), "now": told(fault.now), "detail": fault.detail}
    where = f"{fault.seal}  " if fault.seal and fault.what not in ("unknown_set", "missing_set") else ""
    return plain(f"  {where}{say(fault.what, **values)}")


def _print(format: str, content: object, lines: list[str]) -> None:
    if format == "json":
        print(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        for line in lines:
            print(plain(line))


def _one_of(value: str, *choices: str) -> None:
    if value not in choices:
        raise Mistake(f"--format 不能是“{value}”，可选 {'、'.join(choices)}。")
