"""One night over the sample county, with an eighth form and a quarterly one that are there as data alone."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from etl.forms.contract import load_forms
from etl.forms.models import LISTED, list_of_forms
from tests.fixtures.places import ROOT
from tests.fixtures.workbooks import written
from tests.golden.left import write

CONTRACT = re.search(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
RULE = """
name: {zh: 供地面积过大, en: too much land}
forms: [land_supply_monthly]
severity: warning
level: row
decided_by: [sql]
finds:
  zh: 一宗地的面积超过 largest_parcel 亩。
  en: A parcel above largest_parcel mu.
says:
  zh: '{cell} 的供地面积 {value} 亩过大，应{expected}。请核对单位。'
  en: '{cell} is too much land.'
parameters:
  largest_parcel: {value: 5000, meaning: no parcel of a county is above so many 亩}
source: proposal
"""
QUERY = """-- More land supplied than a county has in a month.
SELECT l.line_id, l.submission_id, 'supplied_mu' AS column_name, '不超过{{ cfg.largest_parcel }}亩' AS expected, l.supplied_mu - {{ cfg.largest_parcel }} AS difference
FROM {{ lines }} l
WHERE {{ lo('supplied_mu') }} > {{ cfg.largest_parcel }}
"""
QUARTERLY = """
form: park_output_quarterly
name: 园区产出季报表
name_en: Output of parks, quarterly
cadence: quarterly
keywords: [园区产出]
business_key:
  - [park_name]
columns:
  - name: park_name
    header: 园区名称
    type: text
    required: true
  - name: output
    header: 工业总产值
    type: amount
    unit: CNY
    required: true
    minimum: 0
  - name: firms
    header: 企业数
    type: number
    unit: 家
    minimum: 0
"""
# Two programmes that ask for money: one good in every aspect, one without a look at its funding, and passed all the same.
EVALUATED = [
    ["智慧停车系统", "县住建局", "白石镇", 400, aspect, 20, score, "可行性研究报告", "通过", "县财政局", "2023-11-20"]
    for aspect, score in zip(("立项必要性", "投入经济性", "绩效目标合理性", "实施方案可行性", "筹资合规性"), (18, 15, 16, 17, 20), strict=True)
] + [
    ["滨河夜景亮化", "县住建局", "清河镇", 260, aspect, 25, score, "专家打分", "予以支持", "县财政局", "2023-11-21"]
    for aspect, score in zip(("必要性", "经济性", "目标合理性", "可行性"), (12, 10, 14, 11), strict=True)
]
# What people of the county wrote down beside the sample's own files: for whom is spent, and what other counties reached.
WRITTEN = {
    "promotion_for.csv": "spender,unit,share,from,until,by,why,at\n"
                         "pcz,park,100,,,王某,园区财政分局的钱是园区的,2024-02-01\nzwj,t01,60,2024-01,,王某,县长办公会纪要,2024-02-01\n",
    "neighbours.csv": "county,form,measure,period,value,uom,rank,document,by,at\n"
                      "东山县,investment_monthly,arrived_ytd,2024-01,98000,万元,2,市招商通报2024年第1期,张某,2024-02-20\n"
                      "东山县,investment_monthly,arrived_ytd,2023-01,80000,万元,,市招商通报2023年第1期,张某,2024-02-20\n"
                      "*,investment_monthly,arrived_ytd,2024-01,,万元,3,市招商通报2024年第1期,张某,2024-02-20\n",
}
LAND, PARK, EX_ANTE = "白石镇/白石镇2024年3月供地情况.xlsx", "白石镇/白石镇2024年一季度园区产出.xlsx", "县财政局/县财政局2024年事前绩效评估表.xlsx"
ARRIVED = {EX_ANTE: "2024-04-01 10:00:00", LAND: "2024-04-01 15:00:00", PARK: "2024-04-08 15:00:00"}
# What is made of a version on demand.
MADE = (
    ("audit", "--period", "2024-01", "--for", "assessor"),
    *(("template", form, "--unit", unit, "--period", period) for form, unit, period in (
        ("key_project_monthly", "t01", "2024-04"), ("project_funding", "fgj", "2024-02"), ("performance_self_evaluation", "czj", "2024"),
        ("rectification", "sjj", "2024-02"))),
)
ORIGIN = {"quality_status": "varchar", "line_id": "varchar", "submission_id": "varchar", "file": "varchar", "sheet": "varchar",
          "row_no": "integer", "cells": "varchar"}
FACTS = {
    "land_supply_monthly": ("fct_land_supply", {"parcel_no": "varchar", "supplied_mu": "decimal(20,6)", "price": "decimal(20,6)",
                                                "supplied_date": "date"}),
    "park_output_quarterly": ("fct_park_output", {"park_name": "varchar", "output": "decimal(20,6)", "firms": "decimal(20,6)"}),
}


def add_mart(project: Path, form: str) -> None:
    """One line among the sources, one line of staging, one mart with its contract."""
    mart, own = FACTS[form]
    sources = project / "models/staging/landed/_landed__sources.yml"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(re.sub(r"\n(\s+- name: )rectification\n", rf"\n\g<1>{form}\g<0>", text, count=1), encoding="utf-8")
    models = project / "models"
    (models / "staging" / "landed" / f"stg_landed__{form}.sql").write_text(f"select * from {{{{ source('landed', '{form}') }}}}\n")
    (models / "intermediate" / "forms" / f"int_{form}_counted.sql").write_text(f"{{{{ lines_that_count('{form}') }}}}\n")
    listed = ", ".join(f"line.{name}" for name in ("unit", "period", *own))
    (models / "marts" / f"{mart}.sql").write_text(f"select {listed}, {{{{ origin('line') }}}}\nfrom {{{{ ref('int_{form}_counted') }}}} as line\n")
    columns = [{"name": n, "data_type": t, "description": n} for n, t in ({"unit": "varchar", "period": "varchar"} | own | ORIGIN).items()]
    meta = {"order_by": ["period", "unit", "line_id"], "form": form}
    model = {"name": mart, "description": f"Lines of {form}.", "config": {"meta": meta}, "columns": columns}
    (models / "marts" / f"{mart}.yml").write_text(yaml.safe_dump({"models": [model]}, allow_unicode=True))


def dedent(text: str) -> str:
    return re.sub(r"^   ", "", text, flags=re.MULTILINE)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Contracts and dbt project with the eighth form: its contract, a rule and a mart, as CONTRIBUTING.md says; and a quarterly form."""
    home = tmp_path_factory.mktemp("eighth") / "home"
    shutil.copytree(ROOT / "expectations", home / "expectations")
    shutil.copytree(ROOT / "dbt_project", home / "dbt_project", ignore=shutil.ignore_patterns("target", "logs"))
    form = home / "expectations" / "land_supply_monthly"
    form.mkdir()
    (form / "form.yaml").write_text(dedent(CONTRACT), encoding="utf-8")
    (home / "expectations" / "rules" / "X01.yaml").write_text(RULE, encoding="utf-8")
    (home / "expectations" / "rules" / "X01.sql").write_text(QUERY, encoding="utf-8")
    (home / "expectations" / "park_output_quarterly").mkdir()
    (home / "expectations" / "park_output_quarterly" / "form.yaml").write_text(QUARTERLY, encoding="utf-8")
    for name in FACTS:
        add_mart(home / "dbt_project", name)
    (home / "dbt_project" / LISTED).write_text(list_of_forms(load_forms(home / "expectations")), encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def luodi(home):
    """Run a command line over the home with the eighth form; answers exit code, what was printed, what was complained of."""
    begin = os.environ.get("NIGHTS_BEGIN_WITH", "")          # tests/mutants/quick.py

    def run(*words) -> tuple[int, str, str]:
        done = subprocess.run([sys.executable, "-c", f"{begin}\nfrom etl.cli import main; main()", *map(str, words)], capture_output=True, text=True,
                              check=False, env=os.environ | {"LUODI_HOME": str(home)})
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr
    return run


@pytest.fixture(scope="session")
def night(luodi, tmp_path_factory):
    """The data folder after a night over the sample's inbox, one workbook of the eighth form and one of the quarterly form."""
    county = tmp_path_factory.mktemp("night") / "county"
    shutil.copytree(ROOT / "data" / "sample", county)
    written(county / "inbox" / LAND, [
        ["云岭县2024年3月建设用地供应月报表"], ["填报单位：白石镇    单位：万元"],
        ["序号", "地块编号", "所属乡镇", "供地面积（亩）", "成交价款", "供地时间"],
        [1, "G2024-01", "白石镇", 35.5, 1200, "2024年3月"], [2, "G2024-02", "白石镇", 9000, 88, "2024-03-15"],
        [3, None, "白石镇", 12, "两百万元", "2024-03-20"], ["合计", None, None, 9047.5, 1488],
        ["负责人：张某    审核人：李某    填报人：张某    填报日期：2024年4月1日"],
    ])
    written(county / "inbox" / PARK, [
        ["云岭县2024年一季度园区产出季报表"], ["填报单位：白石镇    单位：万元"], ["序号", "园区名称", "工业总产值", "企业数（家）"],
        [1, "白石工业园", 5200.5, 12], ["合计", None, 5200.5, 12], ["负责人：张某    审核人：李某    填报人：张某    填报日期：2024年4月8日"],
    ])
    (county / "inbox" / EX_ANTE).parent.mkdir(exist_ok=True)
    written(county / "inbox" / EX_ANTE, [
        ["云岭县2024年事前绩效评估表"], ["填报单位：县财政局    单位：万元"],
        ["序号", "项目名称", "主管部门", "实施单位", "申请资金", "评估内容", "分值", "得分", "评估依据", "评估结论", "评估机构", "评估日期"],
        *([number, *cells] for number, cells in enumerate(EVALUATED, start=1)),
        ["负责人：张某    审核人：李某    填报人：张某    填报日期：2023年12月1日"],
    ])
    for name, text in WRITTEN.items():
        (county / "site" / name).write_text(text, encoding="utf-8")
    log = (county / "arrivals.csv").read_text(encoding="utf-8-sig").splitlines()
    came = [f"{number},{at},{name}" for number, (name, at) in enumerate(ARRIVED.items(), len(log))]
    (county / "arrivals.csv").write_text("\n".join([*log, *came, ""]), encoding="utf-8")
    with (county / "site" / "roster.csv").open("a", encoding="utf-8") as roster:
        roster.write("".join(f"{unit},,park_output_quarterly,2024-Q1,2024-04-10\n" for unit in ("t01", "t02")))
    data = county / "data"
    code, out, err = luodi("run", "--plain", "--inbox", county / "inbox", "--site", county / "site", "--data", data, "--as-of", "2024-04-15")
    assert code == 0, out + err
    (county / "made" / "template").mkdir(parents=True)
    for words in MADE:
        code, out, err = luodi(*words, "--site", county / "site", "--data", data, "-o", county / "made" / words[0])
        assert code == 0, out + err
    write(county / "left.csv", county)          # before any test adds to it
    return data
