"""The published county as an analyst reads it with pandas: tables, figures, figures over time, and the cells behind them."""

import json
import shutil
from decimal import Decimal

import pytest
import yaml

import etl
from etl.analyse.labels import CODED
from etl.mistakes import Mistake
from tests.fixtures.places import ROOT

HELD = {"night_id": "20240415-abc", "as_of": "2024-04-15", "withheld": {"fct_score": {"rows": 3, "periods": ["2024-01"]}}}


@pytest.fixture(scope="module")
def opened(folder):
    with etl.open(folder) as opened:
        yield opened


def test_a_table_is_the_mart_to_the_last_digit(opened, ask):
    table = opened.table("fct_indicator")
    told = ask("SELECT count(*), sum(value), sum(numerator) FROM fct_indicator")[0]
    assert (len(table), table["value"].sum(), table["numerator"].sum()) == told
    assert isinstance(table["value"].dropna().iloc[0], Decimal)
    assert opened.table("fct_indicator", exact=False)["value"].dtype == "float64"


def test_rows_are_chosen_by_one_value_or_by_several(opened, ask):
    asked = opened.table("fct_measure", unit=["t01", "t02"], period="2024-01")
    assert len(asked) == ask("SELECT count(*) FROM fct_measure WHERE unit IN ('t01', 't02') AND period = '2024-01'")[0][0] > 0
    assert set(asked["unit"]) == {"t01", "t02"} and opened.table("fct_measure", unit=[]).empty


def test_codes_are_said_beside_themselves_where_that_is_asked_for(opened, folder):
    table = opened.table("fct_measure", labels=True, measure="completion_rate", unit="t01", period="2024-01")
    assert table.iloc[0][["form_label", "period_label", "unit_label", "measure_label"]].tolist() == [
        "重点项目月报表", "2024年1月", "白石镇", "年度投资完成率"]
    assert list(table.columns)[:4] == ["form", "form_label", "period", "period_label"]
    with etl.open(folder, lang="en") as english:
        rules = english.table("fct_data_quality_issue", labels=["rule", "severity"], rule="F04")
    assert rules.iloc[0][["rule_label", "severity_label"]].tolist() == ["vague word beside a number", "warning"]
    assert "form_label" not in rules.columns


def test_a_code_is_said_as_its_table_means_it(opened):
    claims = opened.table("fct_claim", labels=True).iloc[0]
    matters = opened.table("fct_accountability", labels=["state"])
    said = {(row.mart, row.column_name, row.code): row.label for row in opened.table("dim_label").itertuples()}
    assert claims["state_label"] == said["fct_claim", "state", claims["state"]]
    assert [*matters["state_label"]] == [said["fct_accountability", "state", state] for state in matters["state"]]
    precise = opened.table("fct_project_progress", labels=True)
    assert {*precise["planned_start_date_precision_label"].dropna()} <= {"日", "月", "季", "半年", "年"}


def test_every_column_that_holds_codes_can_be_said():
    """By the tests of the marts: what refers to a unit, form, rule, scheme or period, and what has a list of accepted values."""
    known = ("ref('dim_unit')", "ref('dim_form')", "ref('dim_rule')", "ref('dim_scheme')", "ref('dim_period')")
    coded = set()
    for path in (ROOT / "dbt_project/models/marts").rglob("fct_*.yml"):
        for column in yaml.safe_load(path.read_text(encoding="utf-8"))["models"][0]["columns"]:
            for test in column.get("data_tests", ()):
                arguments = next(iter(test.values()))["arguments"] if isinstance(test, dict) else {}
                if arguments.get("to") in known or "values" in arguments:
                    coded.add(column["name"])
    assert len(coded) > 20 and coded - set(CODED) == set()


def test_a_figure_is_of_the_county_or_of_a_unit_by_code_or_name(opened):
    figure = opened.figure("completion_rate", period="2024年1月", unit="白石镇")                # 停车场 20 of 100, 幼儿园 7 of 50, 卫生院 5 of nothing
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("21.333333"), 32, 150)
    assert figure == opened.figure("key_project_monthly.completion_rate", period="2024-01", unit="t01")
    assert str(figure) == "白石镇 2024年1月 年度投资完成率 21.333333 %"
    whole = opened.figure("年度投资完成率", period="2024-01")
    assert whole.member == "*" and whole.missing_units == ("t02",)


def test_without_a_period_the_last_that_has_a_value(opened):
    assert opened.figure("completion_rate", unit="t01").period == "2024-01"       # February was never sent


def test_a_figure_over_time_has_its_periods_in_order(opened, ask):
    series = opened.series("completed_ytd", unit="t01")
    told = ask("SELECT period, value FROM fct_indicator JOIN dim_period USING (period) WHERE form = 'key_project_monthly' AND "
               "measure = 'completed_ytd' AND fct_indicator.grain = 'unit' AND member = 't01' AND dim_period.grain = 'month' ORDER BY period")
    assert [(period, None if value is None else Decimal(value)) for period, value in series.astype(object).where(series.notna(), None).items()] == told
    assert (series.name, series.index.name) == ("本年累计完成投资", "period")


@pytest.mark.parametrize("unit", [None, "t01"])
def test_the_cells_behind_a_figure_add_up_to_it(opened, unit):
    figure = opened.figure("completion_rate", period="2024-01", unit=unit)
    cells = opened.cells("completion_rate", period="2024-01", unit=unit)
    sums = {role: rows["contribution"].sum() for role, rows in cells.groupby("role")}
    assert sums == {"numerator": figure.numerator, "denominator": figure.denominator}
    [one] = cells[(cells["role"] == "numerator") & (cells["business_key"].str.startswith("停车场"))].to_dict("records")
    assert (one["unit"], one["contribution"], one["sent"], one["headings"]) == ("t01", 20, "20", "本年累计完成投资")
    assert one["cells"].endswith(str(one["row_no"])) and one["file"]


def test_of_a_longer_period_the_cells_are_those_of_its_months(opened):
    figure = opened.figure("arrived_month", period="2024-Q1")
    cells = opened.cells("arrived_month", period="2024-Q1")
    assert set(cells["period"]) <= {"2024-01", "2024-02", "2024-03"} and cells["contribution"].sum() == (figure.numerator or 0)


@pytest.mark.parametrize("asked, says", [
    (lambda opened: opened.table("fct_nothing"), "没有主题表“fct_nothing”"),
    (lambda opened: opened.columns("fct_nothing"), "没有主题表“fct_nothing”"),
    (lambda opened: opened.table("dim_unit", colour="red"), "没有列“colour”，可选 unit、unit_name"),
    (lambda opened: opened.table("dim_unit", labels=["colour"]), "没有列“colour”"),
    (lambda opened: opened.figure("投资完成率"), "没有指标“投资完成率”。最接近的有：.*年度投资完成率"),
    (lambda opened: opened.figure("error_rate"), "“error_rate”可指几个指标.*key_project_monthly.error_rate"),
    (lambda opened: opened.figure("completion_rate", unit="白石"), "没有单位“白石”。最接近的有：白石镇"),
    (lambda opened: opened.figure("completion_rate", period="下个月"), "所属期“下个月”看不懂"),
    (lambda opened: opened.figure("completion_rate", period="2031-01"), "指标 completion_rate 在“2031-01”没有数。有数的所属期：2024-01、"),
    (lambda opened: opened.series("completion_rate", every="fortnight"), "期的长短不能是“fortnight”"),
])
def test_what_is_not_there_is_answered_with_what_is(opened, asked, says):
    with pytest.raises(Mistake, match=says):
        asked(opened)


def test_a_mistake_is_said_in_the_language_of_whoever_opened(folder, tmp_path):
    with etl.open(folder, lang="en") as opened, pytest.raises(Mistake) as mistake:
        opened.figure("completion_rate", unit="nobody")
    assert str(mistake.value).startswith("There is no unit “nobody”. The nearest are: ")
    with pytest.raises(Mistake, match=r"Nothing is published in .* yet"):
        etl.open(tmp_path, lang="en")


def test_every_measure_and_table_is_listed_with_its_name(opened, ask):
    measures = opened.measures().set_index(["form", "measure"])
    assert measures.loc[("key_project_monthly", "completion_rate"), ["name", "uom", "kind"]].tolist() == ["年度投资完成率", "%", "ratio"]
    assert len(measures) == ask("SELECT count(*) FROM (SELECT DISTINCT form, measure FROM fct_indicator)")[0][0]
    assert opened.tables().set_index("table").loc["dim_unit"].tolist() == ["单位名录", ask("SELECT count(*) FROM dim_unit")[0][0]]
    assert opened.columns("fct_measure").set_index("column").loc["form", "description"] == "报表代码，见 dim_form。"


def test_rows_that_wait_for_a_release_are_said_to_be_lacking(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "manifest.json").write_text(json.dumps(HELD), encoding="utf-8")
    with etl.open(copy) as opened:
        with pytest.warns(UserWarning, match="fct_score 有 3 行还没有发布（2024-01），这里没有。考核组用 assessor=True 打开。"):
            opened.table("fct_score")
        assert (opened.night, str(opened.as_of)) == ("20240415-abc", "2024-04-15")


def test_a_frozen_set_says_the_same_as_the_version_that_was_sealed(folder, tmp_path, opened):
    """A set holds Parquet and no database."""
    shutil.copytree(folder / "parquet", tmp_path / "parquet")
    with etl.open(tmp_path) as frozen:
        assert frozen.figure("completion_rate", period="2024-01") == opened.figure("completion_rate", period="2024-01")
        assert frozen.cells("completion_rate", period="2024-01")["contribution"].tolist() == opened.cells("completion_rate", period="2024-01")["contribution"].tolist()
        assert frozen.table("fct_indicator").equals(opened.table("fct_indicator"))
