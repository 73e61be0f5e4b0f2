"""The small county, built by DuckDB as a night does it and by PostgreSQL, each once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import duckdb
import psycopg
import pytest

from etl.transform.build import PROJECT, build_marts, copy_parsed
from etl.transform.elsewhere import copy_landed
from tests.fixtures.places import ROOT
from tests.fixtures.serving import postgres
from tests.fixtures.small import small_county
from tests.fixtures.warehouse import FORMS, submission

# A line of each form that the small county has not: their marts are compared too.
OTHERS = {
    "site_visit": {"project_name": "停车场", "visited_unit": "白石镇", "visit_date": date(2024, 1, 20), "item": "形象进度", "found": "一致"},
    "ex_ante_evaluation": {"programme_name": "厕所改造", "implementing_unit": "白石镇", "requested_amount": 200, "aspect": "立项必要性",
                           "weight": 20, "score": 17, "conclusion": "支持", "evaluation_date": date(2024, 1, 9)},
    "project_funding": {"project_name": "停车场", "builder_name": "县城投公司", "total_investment": 1000, "fund_source": "县级财政",
                        "planned_total": 600, "arrived_month": 10, "arrived_ytd": 10, "arrived_total": 30},
    "project_milestone": {"project_name": "停车场", "builder_name": "县城投公司", "node": "主体封顶", "planned_date": date(2024, 1, 15),
                          "responsible_unit": "白石镇"},
    "project_problem": {"problem_no": "N1", "project_name": "停车场", "problem_type": "用地", "problem_text": "征地未完成",
                        "responsible_unit": "白石镇", "raised_date": date(2024, 1, 3), "due_date": date(2024, 1, 25)},
    "landed_result": {"enterprise_name": "甲公司", "project_name": "茶叶加工项目", "township": "白石镇", "production_date": date(2023, 6, 1),
                      "land_mu": 30, "promised_output": 900, "promised_tax": 70, "output_quarter": 100, "output_ytd": 100,
                      "tax_quarter": 7, "tax_ytd": 7, "jobs": 40},
    "investment_monthly": {"project_name": "数据中心", "investor_name": "乙公司", "introducing_unit": "清河镇", "stage": "在谈",
                           "follow_up_tier": "50%以上", "last_contact_date": date(2024, 2, 9), "contracted_amount": 300},
}

DBT = "from dbt.cli.main import cli; cli()"


@pytest.fixture(scope="session")
def landed(tmp_path_factory):
    periods = {form: "2024-02" if FORMS[form].cadence == "monthly" else "2024-Q1" if FORMS[form].cadence == "quarterly" else "2024"
               for form in OTHERS}
    more = [submission(form, "t02", periods[form], [line], order=20 + n) for n, (form, line) in enumerate(OTHERS.items())]
    return small_county(tmp_path_factory.mktemp("county"), more)


@pytest.fixture(scope="session")
def in_duckdb(landed, parsed, tmp_path_factory):
    """A connection to what DuckDB built."""
    work = tmp_path_factory.mktemp("duckdb")
    copy_parsed(parsed, work)
    build_marts(landed, work / "build.duckdb", work)
    with duckdb.connect(str(work / "build.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="session")
def in_postgres(landed, tmp_path_factory):
    """A connection to what `dbt build --target postgres` built, its data tests run on the way; examples of models are DuckDB's alone."""
    work = tmp_path_factory.mktemp("postgres")
    with postgres(work / "data") as url:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        copy_landed(landed, address)
        command = ["build", "--target", "postgres", "--exclude-resource-type", "unit_test", "--project-dir", str(PROJECT),
                   "--profiles-dir", str(PROJECT), "--target-path", str(work / "target"), "--log-path", str(work / "logs")]
        there = {"PGHOST": url.query["host"], "PGUSER": url.username, "PGDATABASE": url.database, "DO_NOT_TRACK": "1"}
        done = subprocess.run([sys.executable, "-c", DBT, "--quiet", "--no-use-colors", *command], capture_output=True, text=True, check=False,
                              env=os.environ | there | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *sys.path])})
        assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
        with psycopg.connect(address) as con:
            yield con
