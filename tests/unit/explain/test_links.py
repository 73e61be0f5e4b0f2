"""Which rows of another mart a row rests on: names, fixed texts, parts of keys, and conditions."""

from etl.explain.links import LINKS, Link

LEAF = {"unit": "t01", "period": "2024-03", "measure": "completion_rate", "is_leaf": True, "subject": "key_project_monthly.t01", "key": "甲|乙|丙"}


def test_a_column_is_asked_for_under_its_name_there():
    assert Link("fct_indicator", {"member": "unit", "grain": "=unit"}).wanted(LEAF) == {"member": "t01", "grain": "unit"}


def test_a_blank_asks_for_blanks_and_parts_are_taken_out_of_keys():
    link = Link("fct_investment", {"form": "subject.0", "unit": "subject.1", "project": "key|1", "note": "", "beyond": "key|9"})
    assert link.wanted(LEAF) == {"form": "key_project_monthly", "unit": "t01", "project": "乙", "note": None, "beyond": None}


def test_a_link_holds_only_under_its_condition():
    assert Link("fct_score", {}, when="is_leaf=True").wanted(LEAF) == {}
    assert Link("fct_score", {}, when="is_leaf=False").wanted(LEAF) is None
    assert Link("fct_score", {}, when="measure").wanted(LEAF | {"measure": None}) is None


def test_no_link_asks_twice_for_one_mart_under_the_same_condition():
    for mart, links in LINKS.items():
        asked = [(link.mart, link.when, tuple(link.on.items())) for link in links]
        assert len(asked) == len(set(asked)), mart

