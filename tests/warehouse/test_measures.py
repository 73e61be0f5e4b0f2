"""Every figure is said once: the columns of the measured models, the seeds that tell what they are, and docs/indicators.md agree."""

from __future__ import annotations

import csv
import re
from collections import defaultdict

import pytest

from etl.transform.build import PROJECT

SAID_OF_A_ROW = {"line_id", "submission_id", "slot_id", "form", "period", "unit", "basis", "uom", "is_held", "is_first_of_project", "share_pct"}


def seed(name):
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = {row["indicator"]: row for row in seed("indicator")}
COLUMNS = seed("measure_column")


def test_every_column_of_a_measured_model_is_told_and_every_column_told_is_there(built, ask):
    """A column that the seed does not know would add to nothing, silently."""
    found = defaultdict(set)
    for table, column in ask("SELECT table_name, column_name FROM duckdb_columns() WHERE regexp_matches(table_name, '^int_.*_measured$')"):
        found[table.removeprefix("int_").removesuffix("_measured")].add(column)
    del found["contribution"]
    told = defaultdict(set)
    for row in COLUMNS:
        told[row["measured"]].add(row["column_name"])
    assert {name: columns - SAID_OF_A_ROW for name, columns in found.items()} == told


def test_every_measured_model_is_unpivoted():
    listed = re.search(r"set measured = \[(.*?)\]", (PROJECT / "models/intermediate/measures/int_contribution_measured.sql").read_text("utf-8"), re.DOTALL)
    assert set(re.findall(r"'(\w+)'", listed[1])) == {row["measured"] for row in COLUMNS}


def test_the_seed_tells_a_column_once_and_in_its_own_words():
    keys = [(row["measured"], row["form"], row["column_name"]) for row in COLUMNS]
    assert len(keys) == len(set(keys))
    assert {row["indicator"] for row in COLUMNS} <= set(INDICATORS)
    assert {row["counts_at"] for row in COLUMNS} == {"unit", "county", "both", "both_once", "both_shared"}
    assert {row["role"] for row in COLUMNS} == {"numerator", "denominator", "missing"}
    assert {row["is_choice"] for row in COLUMNS} == {"true", "false"}


def test_a_column_is_named_after_its_figure_and_its_role():
    ending = {"numerator": r"(__(?!over|unless)\w+)?", "denominator": r"__over(_\w+)?", "missing": "__unless"}
    assert [row["column_name"] for row in COLUMNS
            if not re.fullmatch(re.escape(row["indicator"]) + ending[row["role"]], row["column_name"])] == []


def test_a_figure_is_read_from_columns_of_contracts(forms):
    """Of its own form, or of another whose lines it is set against."""
    known = {column.name for form in forms.values() for column in form.columns} | {"stretch_value"}
    assert {name for row in COLUMNS for name in row["read_from"].split("|") if name} <= known


def test_a_figure_of_one_form_counts_in_one_place():
    places = defaultdict(set)
    for row in COLUMNS:
        places[row["form"], row["indicator"]].add(row["counts_at"])
    assert {key: where for key, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("row", INDICATORS.values(), ids=lambda row: row["indicator"])
def test_every_figure_has_names_definitions_and_a_source(row):
    assert row["name_zh"] and row["name_en"] and row["definition_zh"] and row["definition_en"]
    assert row["decimals"] in ("0", "1", "2")
    assert bool(row["number"]) != bool(row["source"]), "its number in docs/indicators.md is its source"


def test_no_two_figures_have_one_name():
    for name in ("name_zh", "name_en"):
        names = [row[name] for row in INDICATORS.values()]
        assert sorted(names) == sorted(set(names))


def test_rival_definitions_are_said_in_both_languages_and_chosen_by_a_setting():
    definition = (PROJECT / "models/intermediate/measures/int_definition.sql").read_text("utf-8")
    for row in seed("indicator_choice"):
        assert row["definition_zh"] and row["definition_en"] and row["indicator"] in INDICATORS
        assert f"'{row['setting']}'" in definition, f"int_definition does not look at {row['setting']}"


def test_every_figure_shown_stands_in_dim_measure(ask):
    """The names and the definition of a figure are those of dim_measure, whoever shows it."""
    for fact in ("fct_measure", "fct_indicator"):
        assert ask(f"SELECT form, measure FROM {fact} ANTI JOIN dim_measure USING (form, measure)") == []
    assert ask("SELECT form, measure FROM fct_indicator JOIN dim_measure USING (form, measure)"
               " WHERE fct_indicator.definition <> dim_measure.definition OR fct_indicator.uom <> dim_measure.uom"
               " OR fct_indicator.kind <> dim_measure.kind OR NOT starts_with(measure_name, name_zh)") == []


def test_a_figure_is_described_for_whoever_joins_it(ask):
    assert ask("SELECT measure_name, measure_name_en, uom, decimals, counts_at, numerator_columns, denominator_columns, source"
               " FROM dim_measure WHERE form = 'investment_monthly' AND measure IN ('signing_rate', 'projects_在谈', 'net_increase_arrived_ytd')"
               " ORDER BY measure") == [
        ("净增（本年累计到位资金）", "Net increase (Funds arrived this year)", "万元", 2, "both_once", "arrived_ytd", "arrived_ytd", "indicators.md 20"),
        ("按阶段项目数（在谈）", "Projects by stage (在谈)", "个", 0, "both_once", "stage", None, "indicators.md 42"),
        ("签约转化率", "Signing conversion", "%", 2, "both_once", "signed_date", "signed_date,stage", "indicators.md 14"),
    ]


def test_what_adds_over_units_or_periods_does_to_the_last_digit(ask):
    """And the list is not empty-handed: measures of every kind of sum have figures here."""
    assert ask("""
        with units as (select form, measure, period, sum(value) as total from fct_indicator where grain = 'unit' group by all)
        select form, measure, period, total, value
        from units join fct_indicator using (form, measure, period) join dim_measure using (form, measure)
        where fct_indicator.grain = 'county' and adds_over in ('units', 'units_and_periods') and total <> value""") == []
    assert ask("""
        with months as (
            select form, measure, fct_indicator.grain, member, quarter_period as period, sum(value) as total
            from fct_indicator join dim_period using (period) where dim_period.grain = 'month' group by all)
        select form, measure, period, total, value
        from months join fct_indicator using (form, measure, grain, member, period) join dim_measure using (form, measure)
        where adds_over in ('periods', 'units_and_periods') and total <> value""") == []
    assert {row[0] for row in ask("SELECT DISTINCT adds_over FROM dim_measure SEMI JOIN fct_indicator USING (form, measure)")} == {
        "units_and_periods", "units", "periods", "none"}
    assert ask("SELECT count(*) FROM dim_measure WHERE adds_over <> 'none' AND kind <> 'sum'") == [(0,)]
