"""A new form is data: what CONTRIBUTING.md says of an eighth form is done here, and no code is touched."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml
from openpyxl import Workbook

ROOT = Path(__file__).parents[2]
CONTRACT = re.search(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
RULE = """-- More land supplied than a county has in a month.
SELECT l.line_id, l.submission_id, 'supplied_mu' AS column_name, '不超过5000亩' AS expected, l.supplied_mu - 5000 AS difference
FROM {{ lines }} l
WHERE {{ lo('supplied_mu') }} > 5000
"""
FACT = """select line.unit, line.period, line.parcel_no, line.supplied_mu, line.price, line.supplied_date, {{ origin('line') }}
from {{ ref('stg_land_supply_monthly') }} as line
"""
FACT_COLUMNS = {
    "unit": "varchar", "period": "varchar", "parcel_no": "varchar", "supplied_mu": "decimal(20,6)",
    "price": "decimal(20,6)", "supplied_date": "date", "quality_status": "varchar", "line_id": "varchar",
    "submission_id": "varchar", "file": "varchar", "sheet": "varchar", "row_no": "integer", "cells": "varchar",
}


def add_mart(project: Path) -> None:
    """One line in two lists, one line of staging, one mart with its contract."""
    for path, entry in (("dbt_project.yml", r"\n(\s+)- rectification\b"), ("models/staging/sources.yml", r"\n(\s+)- name: rectification\n")):
        text = (project / path).read_text(encoding="utf-8")
        found = re.search(entry, text)
        name = "name: land_supply_monthly" if "name:" in found.group() else "land_supply_monthly"
        text = text[:found.start()] + f"\n{found.group(1)}- {name}" + text[found.start():]
        (project / path).write_text(text, encoding="utf-8")
    models = project / "models"
    (models / "staging" / "stg_land_supply_monthly.sql").write_text("{{ lines_that_count('land_supply_monthly') }}\n")
    (models / "marts" / "fct_land_supply.sql").write_text(FACT)
    columns = [{"name": n, "data_type": t, "description": n} for n, t in FACT_COLUMNS.items()]
    meta = {"order_by": ["period", "unit", "line_id"], "form": "land_supply_monthly"}
    model = {"name": "fct_land_supply", "description": "Land supplied.", "config": {"meta": meta}, "columns": columns}
    (models / "marts" / "fct_land_supply.yml").write_text(yaml.safe_dump({"models": [model]}, allow_unicode=True))


def dedent(text: str) -> str:
    return re.sub(r"^   ", "", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A night over one workbook of the new form, with a home that has its contract, a rule and a mart."""
    folder = tmp_path_factory.mktemp("eighth")
    home = folder / "home"
    shutil.copytree(ROOT / "expectations", home / "expectations")
    shutil.copytree(ROOT / "dbt_project", home / "dbt_project", ignore=shutil.ignore_patterns("target", "logs"))
    form = home / "expectations" / "land_supply_monthly"
    (form / "rules").mkdir(parents=True)
    (form / "form.yaml").write_text(dedent(CONTRACT), encoding="utf-8")
    (form / "rules" / "X01.sql").write_text(RULE, encoding="utf-8")
    with (home / "expectations" / "rulebook.csv").open("a", encoding="utf-8") as rulebook:
        rulebook.write("X01,land_supply_monthly,供地面积过大,too much land,warning,row,sql,"
                       "{cell} 的供地面积 {value} 亩过大，应{expected}。请核对单位。,{cell} is too much land.,1,,,supplied_mu > 5000,proposal\n")
    add_mart(home / "dbt_project")
    inbox = folder / "inbox" / "白石镇"
    inbox.mkdir(parents=True)
    book = Workbook()
    sheet = book.active
    for row in (
        ["云岭县2024年3月建设用地供应月报表"], ["填报单位：白石镇    单位：万元"],
        ["序号", "地块编号", "所属乡镇", "供地面积（亩）", "成交价款", "供地时间"],
        [1, "G2024-01", "白石镇", 35.5, 1200, "2024年3月"], [2, "G2024-02", "白石镇", 9000, 88, "2024-03-15"],
        [3, None, "白石镇", 12, "两百万元", "2024-03-20"], ["合计", None, None, 9047.5, 1488],
        ["负责人：张某    审核人：李某    填报人：张某    填报日期：2024年4月1日"],
    ):
        sheet.append(row)
    book.save(inbox / "白石镇2024年3月供地情况.xlsx")
    shutil.copytree(ROOT / "data" / "sample" / "site", folder / "site")
    environment = {**os.environ, "LUODI_HOME": str(home), "LUODI_PLAIN": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "from etl.cli import main; main()", "run", "--plain", "--inbox", str(folder / "inbox"),
         "--site", str(folder / "site"), "--data", str(folder / "data"), "--as-of", "2024-04-15"],
        env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "data"


def published(data: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(data / "published" / "current" / "luodi.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_its_lines_are_read_judged_and_landed(night):
    with duckdb.connect(str(night / "warehouse" / "kept.duckdb"), read_only=True) as con:
        lines = con.execute("SELECT row_no, parcel_no, supplied_mu, price, supplied_date, quality_status"
                            " FROM landed.land_supply_monthly ORDER BY row_no").fetchall()
    assert [(r, p, float(m), float(c), str(d), q) for r, p, m, c, d, q in lines] == [
        (4, "G2024-01", 35.5, 1200.0, "2024-03-31", "accepted"),
        (5, "G2024-02", 9000.0, 88.0, "2024-03-15", "accepted_with_warnings"),
        (6, None, 12.0, 200.0, "2024-03-20", "quarantined"),
    ]


def test_general_rules_and_its_own_rule_find_what_is_wrong(night):
    found = published(night, "SELECT rule, cell, sentence FROM fct_data_quality_issue WHERE form = 'land_supply_monthly' ORDER BY rule")
    assert [(rule, cell) for rule, cell, _ in found] == [("F01", "B6"), ("X01", "D5")]
    assert found[1][2] == "D5（供地面积）的供地面积 9000 亩过大，应不超过5000亩。请核对单位。"


def test_its_submission_has_a_verdict(night):
    assert published(night, "SELECT form, unit, period, verdict FROM fct_submission_version WHERE form = 'land_supply_monthly'") == [
        ("land_supply_monthly", "t01", "2024-03", "partly_accepted")]


def test_its_mart_is_published_with_the_cell_of_every_figure(night):
    assert [(p, float(m), c) for p, m, c in published(
        night, "SELECT parcel_no, supplied_mu, json_extract_string(cells, 'supplied_mu') FROM fct_land_supply ORDER BY 1")] == [
        ("G2024-01", 35.5, "D4"), ("G2024-02", 9000.0, "D5")]
