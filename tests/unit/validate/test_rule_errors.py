"""A rule that does not run is told to those who keep it: which rule, of which form, in which file."""

import shutil

import duckdb
import pytest

from etl.forms.contract import load_forms
from etl.mistakes import Mistake
from etl.validate import rules
from etl.validate.queries import RuleError
from etl.validate.rulebook import Parameters
from tests.fixtures.places import EXPECTATIONS
from tests.fixtures.submissions import RULEBOOK

KP = "key_project_monthly"


@pytest.fixture
def kept(tmp_path):
    """The project's expectations with room for a broken rule."""
    folder = tmp_path / "expectations"
    shutil.copytree(EXPECTATIONS, folder)
    return folder


def judge(folder):
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA staged; CREATE TABLE staged.submission (submission_id VARCHAR, sheet VARCHAR, file VARCHAR, period_end DATE)")
        con.execute(f"CREATE TABLE staged.{KP} (line_id VARCHAR, row_no INTEGER, sheet VARCHAR, cells JSON, raw JSON)")
        forms = load_forms(folder)
        return rules.run_rules(con, forms, {"F40": RULEBOOK["F40"]}, Parameters({}), [KP])


@pytest.mark.parametrize("sql, said", [
    ("SELECT l.no_such FROM {{ lines }} l", "no_such"), ("SELEC 1", "SELEC"), ("SELECT {{ nothing }} AS x", "nothing"), ("\n{% for %}", "第2行")])
def test_a_broken_query_names_rule_form_and_file(kept, sql, said):
    (kept / "rules/F40.sql").write_text(sql, encoding="utf-8")
    with pytest.raises(RuleError) as wrong:
        judge(kept)
    text = str(wrong.value)
    assert isinstance(wrong.value, Mistake) and all(part in text for part in ("规则 F40", KP, str(kept / "rules/F40.sql"), said, "rehearse F40"))
