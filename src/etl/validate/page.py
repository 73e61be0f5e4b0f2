"""Write docs/rulebook.md from the rulebook, so that people read what the machine does.

Run `python -m etl.validate.page docs/rulebook.md` after a change of expectations/rulebook.csv; a test compares.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

from etl.forms.contract import Form, load_forms
from etl.validate.rulebook import Rule, load_rulebook

SEVERITY = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}
DECIDED = {
    "reader": "while reading 读取时", "sql": "by itself 单表", "context": "beside the others 比对",
    "roster": "by a whole night 整夜", "marts": "on the warehouse 建库后",
}
HEAD = """# 规则手册 Rulebook

Generated from `expectations/rulebook.csv`; do not edit. Conventions (intervals, earlier months, cascades) are those of
`expectations/rules/words.sql` and `src/etl/validate/cascades.py`.

An **error** holds back what it concerns: a line, or the whole submission where the level is *submission*. A **warning**
lets it through, marked, and asks. **Info** is shown and counted.
"""


def rulebook_page(rulebook: Mapping[str, Rule], forms: Mapping[str, Form], parameters: Path) -> str:
    """The whole page as Markdown; one section a rule, then the parameters with their defaults."""
    parts = [HEAD, "| code | 名称 | severity | level | decided |\n|---|---|---|---|---|\n" + "".join(
        f"| [{r.code}](#{r.code.lower()}) | {r.name_zh} | {r.severity} | {r.level} | {'、'.join(r.decided_by)} |\n" for r in rulebook.values())]
    parts += [_section(rule, forms) for rule in rulebook.values()]
    with parameters.open(encoding="utf-8", newline="") as file:
        rows = "".join(f"| `{r['key']}` | {r['value'].replace('|', '、')} | {r['meaning']} |\n" for r in csv.DictReader(file))
    parts.append("## 参数 Parameters\n\nA site's `settings.csv` overrides them by key.\n\n| key | default | meaning |\n|---|---|---|\n" + rows)
    return "\n".join(parts)


def _section(rule: Rule, forms: Mapping[str, Form]) -> str:
    covered = "所有报表 all forms" if rule.forms == ("*",) else "、".join(forms[f].name for f in rule.forms)
    conditions = "\n".join(f"- {part.strip()}" for part in rule.condition.split(" ;; "))
    remedies = "".join(f"> - {zh} {en}\n" for zh, en in rule.remedies.values())
    remedies = f">\n> `{{remedy}}`:\n>\n{remedies}" if remedies else ""
    decided = ", ".join(DECIDED[d] for d in rule.decided_by)
    return f"""## {rule.code}

**{rule.name_zh}** {rule.name_en} · {SEVERITY[rule.severity]} · {rule.level} · {decided} · version {rule.version}

{covered}

{conditions}

> {rule.sentence_zh}
>
> {rule.sentence_en}
{remedies}
Source: {rule.anchor}
"""


def main(target: str) -> None:
    """Write the page of this checkout's rulebook to a file."""
    expectations = Path(__file__).parents[3] / "expectations"
    page = rulebook_page(load_rulebook(expectations / "rulebook.csv"), load_forms(expectations), expectations / "parameters.csv")
    Path(target).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
