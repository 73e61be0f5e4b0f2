"""What keeps a clerk's check short: no table that no rule looks into, and no library that a few lines do not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from etl.judge.compare import _looked_into
from etl.validate.queries import ONE_FILE, OWN, queries, tables_read
from tests.fixtures.places import ROOT
from tests.fixtures.submissions import FORMS, rule_set

pytestmark = pytest.mark.slow


def test_only_forms_that_came_or_are_compared_with_get_tables():
    def looked(*came):
        of_passes = [queries(rule_set(), sorted(came), over) for over in (OWN, ONE_FILE)]
        return set(_looked_into(FORMS, came, *of_passes))

    assert "rectification" in looked("rectification") and "performance_self_evaluation" not in looked("rectification")
    assert {"key_project_monthly", "investment_monthly", "approval_case"} <= looked("key_project_monthly")
    assert looked() == set(FORMS)


def test_the_tables_that_a_query_reads():
    assert tables_read("SELECT 1 FROM judged.a l JOIN history.b USING (x) WHERE EXISTS (FROM staged.finding)") == {"a", "b", "finding"}


def test_a_check_of_a_few_lines_loads_neither_numpy_nor_pandas():
    file = "data/sample/inbox/云岭经济开发区/云岭经济开发区2024年1月预算执行情况.xlsx"
    code = ("import sys; sys.argv = ['luodi', 'check', sys.argv[1]]\nfrom etl.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
            "print('|'.join(m for m in ('numpy', 'pandas', 'dbt', 'prefect', 'great_expectations', 'openpyxl') if m in sys.modules))")
    done = subprocess.run([sys.executable, "-c", code, file], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""
