"""Write docs/rulebook.md from the rulebook, so that people read what the machine does.

Run `python -m etl.validate.page docs/rulebook.md` after a change of expectations/rules; a test compares.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.forms.contract import Form, load_forms
from etl.forms.rulefiles import Parameter, parameter_defaults
from etl.validate.rulebook import Rule, load_rulebook

SEVERITY = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}
DECIDED = {
    "reader": "while reading 读取时",
    "sql": "by itself 单表",
    "context": "beside the others 比对",
    "roster": "by a whole night 整夜",
    "marts": "on the warehouse 建库后",
}
SCOPES = {"cell": "at the same cell", "line": "on the same line", "figures": "in the figures of its submission"}
HEAD = """# 规则手册 Rulebook

Generated from `expectations/rules/<CODE>.yaml`; do not edit. The query of a rule is the SQL named in its section; its words
are those of `expectations/rules/words.sql`, see `expectations/README.md`.

An **error** holds back what it concerns: a line, or the whole submission where the level is *submission*. A **warning**
lets it through, marked, and asks. **Info** is shown and counted.
"""


def rulebook_page(rulebook: Mapping[str, Rule], forms: Mapping[str, Form], expectations: Path) -> str:
    """The whole page as Markdown; one section a rule, then the parameters that are no single rule's."""
    parameters = parameter_defaults(expectations)
    parts = [
        HEAD,
        "| code | 名称 | severity | level | decided |\n|---|---|---|---|---|\n"
        + "".join(
            f"| [{r.code}](#{r.code.lower()}) | {r.name_zh} | {r.severity} | {r.level} | {'、'.join(r.decided_by)} |\n"
            for r in rulebook.values()
        ),
    ]
    parts += [_section(rule, forms, expectations, [parameters[key] for key in rule.parameters]) for rule in rulebook.values()]
    own = {key for rule in rulebook.values() for key in rule.parameters}
    parts.append(
        "## 参数 Parameters\n\nShared ones, of `expectations/parameters.yaml`. A site's `settings.csv` overrides these and those of"
        " the rules by key.\n\n" + _table([one for key, one in parameters.items() if key not in own])
    )
    return "\n".join(parts)


def _section(rule: Rule, forms: Mapping[str, Form], expectations: Path, parameters: Sequence[Parameter]) -> str:
    covered = (
        "所有报表 all forms"
        if rule.forms == ("*",) and not rule.needs
        else "、".join(form.name for form in forms.values() if rule.covers(form))
    )
    covered += f" (roles {', '.join(rule.needs)})" if rule.needs else ""
    queries = sorted(path.name for path in (expectations / "rules").glob("*.sql") if path.name.split(".")[0] == rule.code)
    where = [f"[{name}](../expectations/rules/{name})" for name in queries] + [f"`{rule.module}`"] * bool(rule.module)
    silences = "".join(f"Silences {'、'.join(codes)} {SCOPES[scope]}.\n\n" for scope, codes in rule.silences.items())
    remedies = "".join(f"> - {zh} {en}\n" for zh, en in rule.remedies.values())
    remedies = f">\n> `{{remedy}}`:\n>\n{remedies}" if remedies else ""
    answers = "Cannot be waived 不能豁免.\n\n" * (not rule.waivable)
    answers += "An approved correction answers it 可凭批准的更正放行.\n\n" * rule.correctable
    decided = ", ".join(DECIDED[d] for d in rule.decided_by)
    return f"""## {rule.code}

**{rule.name_zh}** {rule.name_en} · {SEVERITY[rule.severity]} · {rule.level} · {decided} · version {rule.version}

{covered}

{rule.finds_zh}

{rule.finds_en}

{"、".join(where) + chr(10) * 2 if where else ""}> {rule.sentence_zh}
>
> {rule.sentence_en}
{remedies}
{_table(parameters) + chr(10) if parameters else ""}{silences}{answers}Source: {rule.source}
"""


def _table(parameters: Sequence[Parameter]) -> str:
    return "| parameter | default | meaning |\n|---|---|---|\n" + "".join(
        f"| `{one.key}` | {_value(one)} | {one.meaning} |\n" for one in parameters
    )


def _value(one: Parameter) -> str:
    values = [("、".join(value) if isinstance(value, tuple) else value, start) for start, value in ((None, one.value), *one.later)]
    return "; ".join(text if start is None else f"from {start}: {text}" for text, start in values)


def main(target: str) -> None:
    """Write the page of this checkout's rulebook to a file."""
    expectations = Path(__file__).parents[3] / "expectations"
    page = rulebook_page(load_rulebook(expectations), load_forms(expectations), expectations)
    Path(target).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
