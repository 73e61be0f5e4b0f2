"""Write the data dictionary, `docs/dictionary.md`, from contracts and measures: `python -m etl.forms.page docs/dictionary.md`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from etl.forms.contract import Column, Form, load_forms

POLARITY = {"+": "越大越好", "-": "越小越好", "0": ""}
ROLES = {"numerator": "分子", "denominator": "分母"}


def dictionary(forms: dict[str, Form], seeds: Path) -> str:
    """The page: one section a form, one row a column, in the order of the contract; then every figure that is made of them.

    `seeds` is the folder in which the dbt project says what its figures are.
    """
    parts = ["# 数据字典\n", "由报表合同和 `dbt_project/seeds/` 生成，不要手改：`python -m etl.forms.page docs/dictionary.md`。\n"]
    for form in forms.values():
        key = " 或 ".join("、".join(k) for k in form.business_key)
        parts.append(
            f"## {form.name} `{form.form}`\n\n{form.name_en}. 业务主键：{key}。\n\n"
            "| 列 | 表头 | 别名 | 类型 | 单位 | 必填 | 取值 |\n|---|---|---|---|---|---|---|\n" + "".join(map(_column, form.columns))
        )
    read_from = _read_from(forms, _rows(seeds / "measure_column.csv"))
    parts.append(
        "## 指标\n\n编号和通用规则见 [indicators.md](indicators.md)，所在的表是 `fct_measure` 和 `fct_indicator`，名称和现行口径在 "
        "`dim_measure`。\n\n| 编号 | 代码 | 指标 | 单位 | 小数位 | 方向 | 口径 | 特殊情形 | 取自 |\n|---|---|---|---|---|---|---|---|---|\n"
        + "".join(_figure(row, read_from.get(row["indicator"], "")) for row in _rows(seeds / "indicator.csv"))
    )
    parts.append(
        "## 可选口径\n\n由站点 `settings.csv` 选定，`dim_measure` 写明现行的一种。\n\n"
        "| 指标 | 设置 | 取值 | 口径 |\n|---|---|---|---|\n"
        + "".join(
            _line(f"`{row['indicator']}`", f"`{row['setting']}`", f"`{row['choice']}`", row["definition_zh"])
            for row in _rows(seeds / "indicator_choice.csv")
        )
    )
    return "\n".join(parts)


def _column(column: Column) -> str:
    return _line(
        f"`{column.name}`",
        column.header,
        "、".join(column.aliases),
        column.type,
        column.stored_in or column.unit or "",
        "是" if column.required else "",
        _values(column),
    )


def _values(column: Column) -> str:
    if column.values:
        return "、".join(column.values) + ("（可另写）" if column.open else "")
    low = f"{'大于' if column.exclusive else '不小于'}{column.minimum}" if column.minimum is not None else ""
    high = f"不大于{column.maximum}" if column.maximum is not None else ""
    return "，".join(limit for limit in (low, high) if limit)


def _figure(row: dict[str, str], read_from: str) -> str:
    return _line(
        row["number"],
        f"`{row['indicator']}`",
        row["name_zh"],
        row["uom"],
        row["decimals"],
        POLARITY[row["polarity"]],
        row["definition_zh"],
        row["edge_cases_zh"],
        read_from,
    )


def _read_from(forms: dict[str, Form], columns: list[dict[str, str]]) -> dict[str, str]:
    """Indicator -> the headers that it is read from, form by form."""
    headers = {column.name: column.header for form in forms.values() for column in form.columns}
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for row in columns:
        if row["read_from"] and row["role"] in ROLES:
            own = headers | {column.name: column.header for column in forms[row["form"]].columns}
            of_form = found.setdefault(row["indicator"], {}).setdefault(forms[row["form"]].name, {})
            of_form.setdefault(ROLES[row["role"]], []).extend(own[name] for name in row["read_from"].split("|"))
    return {indicator: "；".join(f"{form}：{_parts(roles)}" for form, roles in of_forms.items()) for indicator, of_forms in found.items()}


def _parts(roles: dict[str, list[str]]) -> str:
    """The headers of a sum, or those above and below the line of a rate."""
    told = {role: "、".join(dict.fromkeys(names)) for role, names in roles.items()}
    return "，".join(f"{role} {names}" for role, names in told.items()) if len(told) > 1 else "".join(told.values())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    root = Path(__file__).parents[3]
    page = dictionary(load_forms(root / "expectations"), root / "dbt_project" / "seeds")
    Path(sys.argv[1]).write_text(page, encoding="utf-8")
