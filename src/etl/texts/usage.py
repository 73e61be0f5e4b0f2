"""What the command line's library says of itself, in the language asked for: help pages, and how a command was written wrongly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

from etl.texts.catalogue import Say

if TYPE_CHECKING:
    from typer._click.core import Command, Context
    from typer._click.exceptions import UsageError

WrongUse: type[UsageError] = typer.BadParameter.__mro__[1]  # the library keeps the class of all wrong uses to itself
_HELP = (
    (r"^Usage: ", "usage.usage"),
    (r"^Options:", "usage.options"),
    (r"^Arguments:", "usage.arguments"),
    (r"^Commands:", "usage.commands"),
    (r"\[OPTIONS\]", "usage.some_options"),
    (r"COMMAND \[ARGS\]\.\.\.", "usage.command_args"),
    (r"Show this message and exit\.", "usage.show_help"),
    (r"\[required\]", "usage.required"),
    (r"\[default: (?P<value>.*?)\]", "usage.default"),
    (r" <str>", "usage.text_kind"),
    (r" <path>", "usage.path_kind"),
)
_WRONG = (
    (r"No such option: (?P<name>\S+?)\.?", "usage.no_option"),
    (r"No such option: (?P<name>\S+?)\.? \(Possible options: (?P<near>.*)\)", "usage.no_option_near"),
    (r"No such option: (?P<name>\S+?)\.? Did you mean (?P<near>.*)\?", "usage.no_option_near"),
    (r"No such command '(?P<name>.+?)'\.?", "usage.no_command"),
    (r"No such command '(?P<name>.+?)'\.? Did you mean (?P<near>.*)\?", "usage.no_command_near"),
    (r"Missing argument '?(?P<name>.+?)'?\.", "usage.no_argument"),
    (r"Missing option '?(?P<name>.+?)'?\.", "usage.no_option_given"),
    (r"Missing command\.", "usage.no_command_given"),
    (r"Option '?(?P<name>\S+?)'? requires an argument\.", "usage.no_value"),
    (r"Option '?(?P<name>\S+?)'? does not take a value\.", "usage.spare_value"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<words>.*)\)\.?", "usage.spare_argument"),
    (r"Invalid value for '?(?P<name>.+?)'?: (?P<why>.*)", "usage.bad_value"),
)


def speak(say: Say) -> None:
    """Let every command of this process show its help page in a language."""
    for kind in (TyperCommand, TyperGroup):
        plain = getattr(kind.get_help, "plain", kind.get_help)
        kind.get_help = _said(plain, say)  # type: ignore[method-assign, assignment]  # typer has no door for this


def _said(get_help: Callable[[Command, Context], str], say: Say) -> Callable[[Command, Context], str]:
    def in_words(command: Command, ctx: Context) -> str:
        for part in (command, *command.params, *getattr(command, "commands", {}).values()):
            _fill(part, say)
        text = get_help(command, ctx)
        for pattern, key in _HELP if say.lang == "zh" else ():  # the library itself speaks English
            text = re.sub(pattern, lambda found: say(key, **found.groupdict()), text, flags=re.MULTILINE)  # noqa: B023
        return text

    in_words.plain = get_help  # type: ignore[attr-defined]  # a mark on a function
    return in_words


def _fill(part: object, say: Say) -> None:
    """Put words where a command or an option has the key of its help."""
    for field in ("help", "short_help", "metavar"):
        key = str(vars(part).setdefault(f"{field}_key", getattr(part, field, None)))
        if key.startswith("help."):
            setattr(part, field, say(key))


def wrong_use(error: UsageError, say: Say) -> str:
    """One sentence that says what was written wrongly, and where help is."""
    said = error.format_message()
    for pattern, key in _WRONG:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            said = say(key, **{name: _words(name, value, say) for name, value in found.groupdict().items()})
            break
    return said + say("usage.see_help", command=error.ctx.command_path if error.ctx else "luodi")


def _words(name: str, value: str, say: Say) -> str | Iterable[str]:
    if name == "near":
        return value.split(", ")
    return say(value) if value.startswith("help.") else value
