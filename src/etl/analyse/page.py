"""Write docs/marts.md and its picture from what dbt read of the project: `python -m etl.analyse.page MANIFEST docs`."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from etl.analyse.lineage import lineage
from etl.analyse.marts import MartDescribed, described
from etl.texts.catalogue import speaker, texts

PICTURE = Path("pictures/lineage.svg")
INTRODUCTION = f"""# 主题表字典 · Dictionary of marts

由 dbt 项目生成，不要手改：先运行 `make`，再运行 `python -m etl.analyse.page build/dbt/target/manifest.json docs`。
带上本县自己的表和指标的 Excel 版：`luodi dictionary -o 字典.xlsx`。报表的列和指标见 [dictionary.md](dictionary.md)。

Made from the dbt project. `luodi dictionary -o dictionary.xlsx` writes it as a workbook, with the county's own forms and measures;
columns of forms and measures are in [dictionary.md](dictionary.md).

![从报表到主题表 Lineage]({PICTURE})

## 哪些数可以相加 · What may be summed

| `dim_measure.adds_over` | 可以怎样相加 | may be summed |
|---|---|---|
"""


def marts_page(marts: Sequence[MartDescribed]) -> str:
    """The page: subjects, under each its marts with what a row is, and a line for each column."""
    parts = [INTRODUCTION]
    words = texts("code")
    parts += [
        f"| `{code}` | {words[f'adds_over_{code}']['zh']} | {words[f'adds_over_{code}']['en']} |\n"
        for code in ("units_and_periods", "units", "periods", "none")
    ]
    parts.append(
        "\n全县数请取 `fct_indicator` 中 `grain = 'county'` 的行，不要把单位行和全县行加在一起；比率用分子之和除以分母之和。\n"
        "For the county take the rows with `grain = 'county'`; never add them to those of units. A rate is the sum of numerators over that "
        "of denominators.\n"
    )
    for subject in sorted({mart.subject for mart in marts}):
        parts.append(f"\n## {speaker('zh')(f'dictionary.{subject}')} · {speaker('en')(f'dictionary.{subject}')}\n")
        parts += [_mart(mart) for mart in marts if mart.subject == subject]
    return "".join(parts)


def _mart(mart: MartDescribed) -> str:
    key, forms = (", ".join(f"`{name}`" for name in names) for names in (mart.key, mart.forms))
    rests = f" 来自报表 Rests on: {forms}。" if forms else ""
    is_one = f"一行是 A row is: {key}。" if key else ""
    head = f"\n### `{mart.name}`\n\n{mart.said[0]}\n{mart.said[1]}\n\n{is_one}{rests}\n\n"
    rows = [
        f"| `{c.name}` | {c.type} | {_cell(c.said[0])} | {_cell(c.said[1])} | {f'`{c.refers}`' if c.refers else ''} |\n"
        for c in mart.columns
    ]
    return head + "| 列 | 类型 | 说明 | meaning | 见 |\n|---|---|---|---|---|\n" + "".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def names_of_subjects() -> dict[str, str]:
    """What the boxes of the picture are called."""
    return {name: f"{text['zh']} {text['en']}" for name, text in texts("dictionary").items()}


def write_page(manifest: dict, project: Path, folder: Path) -> None:
    """Write page and picture into a folder of documents."""
    forms = {row["form"] for row in _rows(project / "seeds/measure_column.csv") if row["form"]}
    marts = described(manifest, forms, {})
    (folder / "marts.md").write_text(marts_page(marts), encoding="utf-8")
    (folder / PICTURE).parent.mkdir(exist_ok=True)
    (folder / PICTURE).write_text(lineage(manifest, names_of_subjects()), encoding="utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    write_page(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(__file__).parents[3] / "dbt_project", Path(sys.argv[2]))
