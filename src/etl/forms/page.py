"""Write the data dictionary, `docs/dictionary.md`, from the contracts: `python -m etl.forms.page docs/dictionary.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from etl.forms.contract import STORED_IN, Column, Form, load_forms


def dictionary(forms: dict[str, Form]) -> str:
    """The page: one section a form, one row a column, in the order of the contract."""
    parts = ["# 数据字典\n", "由 `expectations/<报表>/form.yaml` 生成，不要手改：`python -m etl.forms.page docs/dictionary.md`。\n"]
    for form in forms.values():
        key = " 或 ".join("、".join(k) for k in form.business_key)
        parts.append(f"## {form.name} `{form.form}`\n\n{form.name_en}. 业务主键：{key}。\n\n"
                     "| 列 | 表头 | 别名 | 类型 | 单位 | 必填 | 取值 |\n|---|---|---|---|---|---|---|\n"
                     + "".join(_row(c) for c in form.columns))
    return "\n".join(parts)


def _row(column: Column) -> str:
    unit = column.unit or ""
    cells = (f"`{column.name}`", column.header, "、".join(column.aliases), column.type,
             STORED_IN.get(unit, unit), "是" if column.required else "", _values(column))
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |\n"


def _values(column: Column) -> str:
    if column.values:
        return "、".join(column.values) + ("（可另写）" if column.open else "")
    low = f"{'大于' if column.exclusive else '不小于'}{column.minimum}" if column.minimum is not None else ""
    high = f"不大于{column.maximum}" if column.maximum is not None else ""
    return "，".join(limit for limit in (low, high) if limit)


if __name__ == "__main__":
    root = Path(__file__).parents[3]
    Path(sys.argv[1]).write_text(dictionary(load_forms(root / "expectations")), encoding="utf-8")
