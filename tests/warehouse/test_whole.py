"""The row of the whole county leads figures to a name, and stands in no list of units."""

from __future__ import annotations

import re

from etl.explain.published import Published
from etl.pages.frame import unit_names
from tests.fixtures.places import ROOT

# Every unit is listed, or made a name of, by these words; what follows them must leave the county out.
LISTED = re.compile(r"FROM dim_unit\b(?! WHERE unit (?:<>|=))|select\(\"dim_unit\"\)(?! if row\[\"unit\"\] != )")


def test_the_county_and_all_forms_have_their_rows(ask):
    assert ask("SELECT unit, unit_name, kind, reports, level_no FROM dim_unit WHERE unit = '*'") == [("*", "全县", "whole", False, 0)]
    assert ask("SELECT form_name, form_name_en, cadence FROM dim_form WHERE form = '*'") == [("全部报表", "all forms", None)]


def test_every_figure_leads_to_its_unit_and_form(ask):
    """What is of the county is told by its kind: a sum by kind shows the county by itself."""
    assert ask("SELECT kind = 'whole', count(*) > 0 FROM fct_measure JOIN dim_unit USING (unit) GROUP BY 1 ORDER BY 1") == [(False, True), (True, True)]
    for mart in ("fct_measure", "fct_fitness", "fct_data_quality_issue", "fct_total_error"):
        assert ask(f"SELECT count(*) FROM {mart} ANTI JOIN dim_unit USING (unit)") == ask(f"SELECT count(*) FROM {mart} WHERE unit IS NULL")
    for mart in ("fct_indicator", "fct_score", "dim_scheme_node", "dim_measure"):
        assert ask(f"SELECT count(*) FROM {mart} ANTI JOIN dim_form USING (form)") == ask(f"SELECT count(*) FROM {mart} WHERE form IS NULL")


def test_nobody_is_owed_scored_or_placed_as_the_county(ask):
    for mart in ("fct_submission", "fct_score", "fct_ranking", "fct_movement", "fct_light", "fct_accountability", "fct_recurrence", "rpt_assessment"):
        assert ask(f"SELECT count(*) FROM {mart} WHERE unit = '*'") == [(0,)], mart
    assert ask("SELECT count(*) FROM dim_scheme_group WHERE kind = 'whole'") == [(0,)]
    assert ask("SELECT count(*) FROM fct_indicator WHERE grain IN ('unit', 'branch') AND member = '*'") == [(0,)]


def test_no_page_and_no_command_lists_the_county_among_its_units(folder, built):
    published = Published(folder)
    assert "t01" in published.units and "*" not in published.units and "*" not in published.forms
    assert {row["unit"] for row in unit_names(published.con)} == set(published.units)
    published.close()


def test_whoever_reads_the_register_leaves_the_county_out():
    found = {path.relative_to(ROOT).as_posix(): LISTED.findall(path.read_text(encoding="utf-8")) for path in (ROOT / "src").rglob("*.py")}
    assert {path: said for path, said in found.items() if said} == {}


def test_what_was_no_rule_is_a_ground_with_its_words(ask):
    assert ask("SELECT DISTINCT ground, label FROM fct_notice JOIN dim_label ON (mart, column_name, code) = ('fct_notice', 'ground', ground) ORDER BY 1") == [
        ("late", "逾期报送"), ("missing", "未报")]
    assert ask("SELECT count(*) FROM fct_notice WHERE ground IN (SELECT rule FROM dim_rule)") == [(0,)]


def test_a_part_is_a_unit_and_the_whole_of_one_is_blank(ask):
    for mart in ("fct_submission_version", "fct_submission_change", "fct_issue_life"):
        assert ask(f"SELECT count(*) > 0, count(sub_unit) FROM {mart}") == [(True, 0)], mart
