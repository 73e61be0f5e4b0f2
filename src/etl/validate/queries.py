"""The queries of rules, rendered for each form that they concern: what a SQL file of the rulebook becomes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.contract import Form, with_roles
from etl.forms.stages import stages_of
from etl.mistakes import Mistake
from etl.period import DAYS, GRAIN_OF, MONTHS
from etl.texts.catalogue import Say, Text
from etl.validate.rulebook import Parameters, Rule, RuleSet, load_retired

if TYPE_CHECKING:
    from jinja2 import Environment, FileSystemBytecodeCache


SHAPE = """SELECT CAST(NULL AS VARCHAR) AS line_id, CAST(NULL AS VARCHAR) AS submission_id, CAST(NULL AS VARCHAR) AS column_name,
    CAST(NULL AS VARCHAR) AS cell, CAST(NULL AS VARCHAR) AS value, CAST(NULL AS VARCHAR) AS expected,
    CAST(NULL AS VARCHAR) AS difference WHERE false"""
_TABLE = re.compile(r"\b(?:staged|judged|history|believed|claims|gathered|yardstick)\.(\w+)")
_SHARED = re.compile(r"rules/\w+\.sql")  # of no single form


@dataclass(frozen=True)
class Pass:
    """One of the passes over the rulebook: the schema whose lines are judged, and the rules (`decided_by`) that run."""

    schema: str
    decided_by: tuple[str, ...]


OWN = Pass("staged", ("sql",))  # each submission by itself
CONTEXT = Pass("judged", ("context", "roster"))  # beside all others, see etl.validate.context
ONE_FILE = Pass("judged", ("context",))  # the same for one file: what others owe is not its business
ARCHIVE = Pass("judged", ("sql", "context", "roster"))  # any rule, over all that was ever landed
# Beside schema `judged`: the lines in force, those of them that are believed (judging.md, section 1), those that claim a project,
# and every version.
# What was last believed of each figure of a line under test stands in `yardstick`.
HISTORY, BELIEVED, CLAIMS, VERSIONS, YARDSTICK = "history", "believed", "claims", "gathered", "yardstick"


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that was not run over a form, since its SQL is wrong: what it guards is not fully judged."""

    rule: str
    form: str
    name: str  # of the form, in Chinese
    path: str  # of its SQL, within the checkout or the site
    reason: str


def sentences(not_run: Iterable[NotRun], say: Say) -> list[str]:
    """One sentence for each rule, file and reason, with all its forms."""
    forms: dict[tuple[str, str, str], list[NotRun]] = {}
    for one in not_run:
        forms.setdefault((one.rule, one.path, one.reason), []).append(one)
    return [
        say("night.rule_not_run", rule=rule, forms=tuple(f.form if say.lang == "en" else f.name for f in of), path=path, reason=reason)
        for (rule, path, reason), of in forms.items()
    ]


class RuleError(Mistake):
    """A rule whose SQL cannot be rendered or does not run: says which rule, of which form, in which file, and how to mend it."""

    def __init__(self, code: str, form: Form, reason: str, line: int | None = None) -> None:
        paths = _files(form, code)
        where = Text("use.at_line", path=paths[0], line=line) if line and len(paths) == 1 else paths
        super().__init__("use.rule_error", code=code, name=form.name, form=form.form, where=where, reason=reason)
        home = form.folder.parent.parent
        self.not_run = NotRun(code, form.form, form.name, ", ".join(path.relative_to(home).as_posix() for path in paths), reason)


def queries(
    rules: RuleSet,
    form_names: Sequence[str] | None = None,
    over: Pass = OWN,
    *,
    drafts: Mapping[str, str] | None = None,
    came: Collection[str] | None = None,
    broken: list[NotRun] | None = None,
) -> dict[tuple[str, str], str]:
    """The SQL of every rule that a pass decides, by (form, code), rendered for its form.

    A rule is `rules/<code>.sql`, `rules/<code>.<form>.sql`, or both, then either may find; `drafts` gives other SQL by
    code. One that has nothing to say of a form is left out, and so is, where it is told which forms `came`, all but the
    roster's of a form of which there are no lines. A rule that cannot be rendered goes to `broken`, where that is given.
    Raises RuleError, and for a draft what jinja2 raises.
    """
    forms, cfg, rendered = rules.forms, rules.parameters, {}
    stages = stages_of(cfg) if "stage_order" in cfg else None  # None: of a rulebook without parameters
    for name in sorted(forms if form_names is None else form_names):
        form = forms[name]
        env, folder = _environment(form.folder.parent), form.folder.parent
        context = {
            "form": form,
            "here": over.schema,
            "lines": f"{over.schema}.{name}",
            "submissions": f"{over.schema}.submission",
            "history": HISTORY,
            "believed": BELIEVED,
            "claims": CLAIMS,
            "versions": VERSIONS,
            "yardstick": YARDSTICK,
            "cfg": cfg,
            "retired": load_retired(folder / "retired.csv"),
            "role": form.role,
            "others": partial(_others, forms, form),
            "end_before": partial(end_before, form.cadence),
            "stages": stages,
        }
        decided_by = {*over.decided_by} if came is None or name in came else {"roster"} & {*over.decided_by}
        words = vars(env.get_template("rules/words.sql").make_module(context))
        context.update((k, v) for k, v in words.items() if not k.startswith("_"))
        for code, rule in rules.rulebook.items():
            if rule.covers(form) and decided_by & {*rule.decided_by}:
                draft = (drafts or {}).get(code)
                try:
                    parts = [
                        _between(start, end, sql, over.schema)
                        for start, end, then in _stretches(form, rule, cfg, draft)
                        for sql in _rendered(env, form, code, context | {"cfg": then}, draft)
                    ]
                except RuleError as error:
                    if broken is None:
                        raise
                    broken.append(error.not_run)
                    continue
                if parts:
                    rendered[name, code] = " UNION ALL BY NAME ".join(f"(\n{p}\n)" for p in (SHAPE, *parts))
    return rendered


def end_before(cadence: str, end: str) -> str:
    """SQL: the last day of the period before the one that ends on a day, for a form of some cadence."""
    grain = GRAIN_OF[cadence]
    month = f"date_trunc('month', {end})"
    if grain in MONTHS:
        return f"CAST({month} - INTERVAL {MONTHS[grain] - 1} MONTH - INTERVAL 1 DAY AS DATE)"
    if grain == "ten_days":
        return f"CAST({month} + INTERVAL (CASE WHEN day({end}) > 20 THEN 19 WHEN day({end}) > 10 THEN 9 ELSE -1 END) DAY AS DATE)"
    return f"({end} - {DAYS[grain]})"


def _others(forms: Mapping[str, Form], form: Form, *roles: str) -> list[Form]:
    """The other forms whose columns have some roles: what a line may be compared with."""
    return [other for name, other in with_roles(forms, *roles).items() if name != form.form]


def _files(form: Form, code: str) -> list[Path]:
    """The SQL of a rule that is about a form: what holds for all forms, and what for this one."""
    return [path for name in (code, f"{code}.{form.form}") if (path := form.folder.parent / "rules" / f"{name}.sql").is_file()]


def _stretches(form: Form, rule: Rule, cfg: Parameters, draft: str | None) -> list[tuple[date, date, Parameters]]:
    """The ends of periods (first, last) in which a rule is in force with the same numbers, and the parameters then."""
    first, last = rule.effective_from or date.min, rule.effective_to or date.max
    if not cfg.dated:
        return [(first, last, cfg)]
    sql = draft or "".join(path.read_text(encoding="utf-8") for path in _files(form, rule.code))
    days = {day for key, one in cfg.dated.items() if f"cfg.{key}" in sql for day, _ in one.later if first < day <= last}
    starts = sorted({first, *days})
    return [
        (start, end - timedelta(days=1) if end < date.max else last, cfg.on(start))
        for start, end in zip(starts, [*starts[1:], date.max], strict=True)
    ]


def _rendered(env: Environment, form: Form, code: str, context: Mapping, draft: str | None) -> list[str]:
    """The queries of one rule for one form, without those that have nothing to say."""
    import jinja2

    if draft is not None:
        return [text for text in [_bare(env.from_string(draft).render(context))] if text]
    try:
        return [text for path in _files(form, code) if (text := _bare(env.get_template(f"rules/{path.name}").render(context)))]
    except jinja2.TemplateError as error:
        raise RuleError(code, form, error.message or str(error), getattr(error, "lineno", None)) from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:  # of an expression within the template
        raise RuleError(code, form, f"{type(error).__name__}: {error}") from error


def tables_read(sql: str) -> set[str]:
    """The tables of lines, and whatever else stands in a schema, that a rendered query reads."""
    return set(_TABLE.findall(sql))


def compile_shared(folder: Path) -> None:
    """Compile the templates of the rules that all forms share, for who has time to spare before the first is needed."""
    env = _environment(folder)
    for name in env.list_templates(filter_func=lambda name: bool(_SHARED.fullmatch(name))):
        env.get_template(name)


@lru_cache(maxsize=4)
def _environment(folder: Path) -> Environment:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(  # a rule may come from another county: it says SQL, and reaches no Python
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(),
    )


def _compiled() -> FileSystemBytecodeCache | None:
    """Templates once compiled stay beside this module's own bytecode: a clerk waits for none of them twice."""
    import jinja2

    folder = Path(__file__).parent / "__pycache__"
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return jinja2.FileSystemBytecodeCache(str(folder), "sandboxed_rule_%s.cache")


def _bare(sql: str) -> str:
    """A query without its comments, so that a template with nothing to say is empty."""
    return "\n".join(line for line in sql.splitlines() if line.strip() and not line.lstrip().startswith("--")).strip()


def _between(start: date, end: date, sql: str, schema: str) -> str:
    """Narrow a query to the periods that end between two days."""
    if (start, end) == (date.min, date.max):
        return sql
    return (
        f"SELECT * FROM ({sql}) WHERE submission_id IN (SELECT submission_id FROM {schema}.submission"
        f" WHERE period_end BETWEEN DATE '{start}' AND DATE '{end}')"
    )
