"""A form of the quarter is owed, read, published and handed out as one of the month is."""

from openpyxl import load_workbook

from tests.golden.test_eighth_form import published

FORM = "park_output_quarterly"


def test_what_came_in_time_is_in_time_and_what_did_not_come_is_missing(night):
    assert published(night, f"SELECT unit, period, status, verdict FROM fct_submission WHERE form = '{FORM}' ORDER BY unit") == [
        ("t01", "2024-Q1", "on_time", "accepted"), ("t02", "2024-Q1", "missing", None)]


def test_its_lines_are_of_the_quarter_and_lead_to_their_cells(night):
    [(period, park, output, cell)] = published(night, "SELECT period, park_name, output, json_extract_string(cells, 'output') FROM fct_park_output")
    assert (period, park, float(output), cell) == ("2024-Q1", "白石工业园", 5200.5, "C4")


def test_it_has_figures_of_its_own_quarter_and_none_are_made_of_months(night):
    assert [(p, u, float(v)) for p, u, v in published(
        night, f"SELECT period, unit, value FROM fct_measure WHERE form = '{FORM}' AND measure = 'rows_counted' ORDER BY unit")] == [
        ("2024-Q1", "*", 1.0), ("2024-Q1", "t01", 1.0)]
    assert published(night, f"SELECT count(*) FROM fct_indicator WHERE form = '{FORM}' AND made_of IS NOT NULL") == [(0,)]


def test_the_months_make_a_quarter_of_the_other_forms(night):
    [(quarter,)] = published(night, "SELECT value FROM fct_measure WHERE form = 'key_project_monthly' AND unit = '*' AND period = '2024-Q1'"
                                    " AND measure = 'completed_month'")
    [(months,)] = published(night, "SELECT sum(value) FROM fct_measure WHERE form = 'key_project_monthly' AND unit = '*'"
                                   " AND period IN ('2024-01', '2024-02', '2024-03') AND measure = 'completed_month'")
    assert quarter == months
    assert published(night, "SELECT DISTINCT scheme FROM fct_ranking WHERE period = '2024-Q1'") == [("county_quarter",)]


def test_its_template_is_made_for_a_quarter_and_for_nothing_else(luodi, night, tmp_path):
    site, data = night.parent / "site", night
    code, _, err = luodi("template", "园区产出季报表", "--unit", "白石镇", "--period", "2024年二季度", "--site", site, "--data", data, "--out", tmp_path)
    assert code == 0, err
    [book] = tmp_path.glob("*.xlsx")
    assert load_workbook(book).active["A1"].value == "云岭县2024年二季度园区产出季报表"
    code, _, err = luodi("template", "园区产出季报表", "--unit", "白石镇", "--period", "2024-03", "--site", site, "--data", data, "--out", tmp_path)
    assert (code, "2024-Q1" in err) == (2, True)
