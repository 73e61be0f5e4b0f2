"""What a unit has with all that lies under it: sums once, rates worked out anew, and what is lacking, level by level."""

from __future__ import annotations


def figures(ask, measure, period="2024-01", form="investment_monthly"):
    return dict(ask(f"""
        SELECT member, CAST(value AS DOUBLE) FROM fct_indicator WHERE form = '{form}' AND period = '{period}' AND measure = '{measure}'
        AND (grain = 'branch' OR grain = 'county')"""))


def test_a_project_of_two_units_counts_once_in_the_county_over_them_and_in_the_city(ask):
    assert figures(ask, "arrived_ytd") == {"jia": 100, "shi": 100, "*": 100}
    assert [v for (v,) in ask("SELECT CAST(value AS DOUBLE) FROM fct_measure WHERE measure = 'arrived_ytd' AND unit IN ('t01', 'zsj')")] == [100, 100]


def test_rates_are_worked_out_from_what_they_are_made_of(ask):
    assert figures(ask, "recognition_rate") == {"jia": 80, "shi": 80, "*": 80}


def test_the_topmost_unit_has_what_the_county_row_has(ask):
    """Of every figure that both have; those of the county alone and of units alone have no sum at a level between."""
    different = ask("""
        SELECT whole.form, whole.period, whole.measure, whole.value, top.value FROM fct_indicator AS whole
        JOIN fct_indicator AS top USING (form, period, measure)
        WHERE whole.grain = 'county' AND top.grain = 'branch' AND top.member = 'shi' AND whole.value IS DISTINCT FROM top.value""")
    assert different == []
    assert ask("SELECT count(*) > 50 FROM fct_indicator WHERE grain = 'branch' AND member = 'shi'") == [(True,)]


def test_a_level_names_the_units_it_lacks_and_no_others(ask):
    lacking = ask("""SELECT DISTINCT grain, member, missing_units FROM fct_indicator WHERE form = 'key_project_monthly' AND period = '2024-01'
                     AND measure = 'completed_ytd' AND grain IN ('branch', 'county') ORDER BY ALL""")
    assert lacking == [("branch", "jia", None), ("branch", "shi", "t02"), ("county", "*", "t02")]


def test_units_tell_where_they_stand(ask):
    assert ask("SELECT unit, level_no, path FROM dim_unit WHERE is_registered AND unit <> '*' ORDER BY unit") == [
        ("jia", 2, "shi/jia"), ("shi", 1, "shi"), ("t01", 3, "shi/jia/t01"), ("t02", 2, "shi/t02"), ("zsj", 3, "shi/jia/zsj")]


def test_what_is_under_a_unit_leads_to_the_lines_of_its_units(ask):
    assert ask("""SELECT DISTINCT bridge.counts_at, line.unit FROM bridge_measure_line AS bridge JOIN dim_line AS line USING (line_id)
                  WHERE bridge.unit = 'jia' AND bridge.form = 'key_project_monthly'""") == [("branch", "t01")]
