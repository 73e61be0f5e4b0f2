"""What the command line's library says of itself, in Chinese: help pages, and how a command was written wrongly."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click.core import Command, Context
    from typer._click.exceptions import UsageError

WrongUse: type[UsageError] = typer.BadParameter.__mro__[1]     # the library keeps the class of all wrong uses to itself
_HELP = (
    (r"^Usage: ", "用法："), (r"^Options:", "选项："), (r"^Arguments:", "参数："), (r"^Commands:", "命令："), (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]..."), (r"Show this message and exit\.", "显示本页。"), (r"\[required\]", "[必填]"),
    (r"\[default: (.*?)\]", r"[默认 \1]"), (r" <str>", "      "), (r" <path>", "       "),
)
_WRONG = (
    (r"No such option: (\S+?)\.?(?: \(Possible options: (.*)\))?", lambda m: f"没有选项 {m[1]}。" + (f"是不是 {m[2].replace(', ', '、')}？" if m[2] else "")),
    (r"No such command '(.+?)'\.?(?: Did you mean (.*)\?)?", lambda m: f"没有命令“{m[1]}”。" + (f"是不是 {m[2].replace(', ', '、')}？" if m[2] else "")),
    (r"Missing argument '?(.+?)'?\.", lambda m: f"缺少参数 {m[1]}。"),
    (r"Missing option '?(.+?)'?\.", lambda m: f"缺少选项 {m[1]}。"),
    (r"Missing command\.", lambda m: "缺少命令。"),
    (r"Option '?(\S+?)'? requires an argument\.", lambda m: f"选项 {m[1]} 后面要写内容。"),
    (r"Option '?(\S+?)'? does not take a value\.", lambda m: f"选项 {m[1]} 后面不写内容。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)\.?", lambda m: f"多写了“{m[1]}”。"),
    (r"Invalid value for '?(.+?)'?: (.*)", lambda m: f"{m[1]} 写得不对：{m[2]}"),
)


def chinese_help() -> None:
    """Let every command of this process show its help page in Chinese."""
    for kind in (TyperCommand, TyperGroup):
        if (name := "get_help") not in vars(kind):
            setattr(kind, name, _translated(kind.get_help))


def _translated(get_help: Callable[[Command, Context], str]) -> Callable[[Command, Context], str]:
    def in_chinese(command: Command, ctx: Context) -> str:
        text = get_help(command, ctx)
        for pattern, words in _HELP:
            text = re.sub(pattern, words, text, flags=re.MULTILINE)
        return text

    return in_chinese


def wrong_use(error: UsageError, lang: str) -> str:
    """One sentence that says what was written wrongly, and where help is."""
    said = error.format_message()
    command = error.ctx.command_path if error.ctx else "luodi"
    if lang == "en":
        return f"{said} Try '{command} --help'."
    for pattern, words in _WRONG:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            said = words(found)
            break
    return f"{said}用法和例子见 {command} --help"
