"""What a template carries over from the warehouse."""

from datetime import date

import duckdb
import pytest

from etl.desk.templates import as_told, lines_of_last_month
from etl.land.tables import create
from tests.fixtures.sheets import reference

FORM = reference().forms["key_project_monthly"]


@pytest.mark.parametrize("day, precision, told", [
    (date(2024, 3, 15), "day", date(2024, 3, 15)),
    (date(2024, 3, 31), "month", "2024年3月"),
    (date(2023, 12, 31), "quarter", "2023年四季度"),
    (date(2024, 6, 30), "half", "2024年上半年"),
    (date(2025, 12, 31), "year", "2025年"),
    (None, None, None),
])
def test_a_date_is_handed_out_in_the_precision_it_came_in(day, precision, told):
    assert as_told(day, precision) == told


@pytest.fixture
def landed(tmp_path):
    """A warehouse with a unit's returns of January and March: three projects, of which one is held back and one is finished."""
    path = tmp_path / "kept.duckdb"
    forms = {FORM.form: FORM}
    with duckdb.connect(str(path)) as con:
        create(con, forms)
        for period in ("2024-01", "2024-03"):
            con.execute("INSERT INTO landed.submission (submission_id, unit, form, period, counts, line_count) VALUES (?, 'gxj', ?, ?, true, 3)",
                        [period, FORM.form, period])
            for row, (name, stage, status) in enumerate((("甲项目", "在建", "accepted"), ("乙项目", "在建", "quarantined"), ("丙项目", "竣工", "accepted")), 5):
                con.execute(f"""INSERT INTO landed.{FORM.form} (line_id, submission_id, unit, period, row_no, project_name, stage, total_investment,
                    completed_ytd, quality_status) VALUES (?, ?, 'gxj', ?, ?, ?, ?, 5000, 300, ?)""", [f"{period}:{row}", period, period, row, name, stage, status])
            con.execute("INSERT INTO landed.issue (submission_id, line_id, rule, severity, column_name, sentence, state) VALUES"
                        " (?, ?, 'P25', 'error', 'total_investment', '疑似单位填错', 'open'), (?, ?, 'F13', 'error', NULL, '重复', 'waived'),"
                        " (?, ?, 'P06', 'warning', 'progress_text', '一字不差', 'open')", [period, f"{period}:6"] * 3)
    return path


def test_all_running_projects_are_carried_those_held_back_too(landed):
    lines, marks = lines_of_last_month(landed, FORM, "gxj", "2024-04", ["竣工"])
    assert [line["project_name"] for line in lines] == ["甲项目", "乙项目"]
    assert [line["total_investment"] for line in lines] == [5000, None]
    assert [line["completed_ytd"] for line in lines] == [300, 300]
    assert marks == [{}, {"total_investment": "疑似单位填错"}]


def test_an_older_return_gives_its_projects_but_no_cumulatives(landed):
    lines, _ = lines_of_last_month(landed, FORM, "gxj", "2024-03", ["竣工"])
    assert [(line["project_name"], line["completed_ytd"]) for line in lines] == [("甲项目", None), ("乙项目", None)]
    assert lines_of_last_month(landed, FORM, "gxj", "2024-01", ["竣工"]) == ([], [])
    assert lines_of_last_month(landed, FORM, "zsj", "2024-04", ["竣工"]) == ([], [])
