"""`luodi init`: the folder of a new site from a few answers, ready for a night."""

from __future__ import annotations

from datetime import date

import pytest

from etl.forms.contract import load_forms
from etl.mistakes import Mistake
from etl.site.load import load_site
from etl.site.newsite import NewSite, kind_by_name, make_site
from tests.fixtures.places import EXPECTATIONS

FORMS = load_forms(EXPECTATIONS)
NEW = NewSite(
    "青山县", "云南省", "530399", ("青山县发展和改革局", "东坡镇", "青山经济开发区", "西河乡"),
    {"key_project_monthly": 8, "annual_target": 20}, {"key_project_monthly": "town"}, date(2024, 1, 1))


def test_a_new_site_can_be_loaded_and_says_who_owes_what(tmp_path):
    make_site(tmp_path / "site", NEW, FORMS, [("2024-01-01", "holiday"), ("2024-02-04", "working")])
    site = load_site(tmp_path / "site", date(2024, 3, 31))
    assert [(u.unit, u.name, u.kind) for u in site.units] == [
        ("b01", "青山县发展和改革局", "bureau"), ("t01", "东坡镇", "town"), ("p01", "青山经济开发区", "park"), ("t02", "西河乡", "town")]
    owed = {(s.unit, s.form, s.period, s.deadline) for s in site.roster}
    assert ("t01", "key_project_monthly", "2024-02", date(2024, 3, 8)) in owed
    assert {unit for unit, form, _, _ in owed if form == "key_project_monthly"} == {"t01", "t02"}
    assert site.settings["county"] == "青山县"


def test_a_site_that_is_there_is_not_touched(tmp_path):
    make_site(tmp_path / "site", NEW, FORMS, [])
    with pytest.raises(Mistake, match="已经有了"):
        make_site(tmp_path / "site", NEW, FORMS, [])


@pytest.mark.parametrize("name, kind", [("清河镇", "town"), ("城关街道", "town"), ("云岭工业园", "park"), ("县财政局", "bureau")])
def test_the_kind_of_a_unit_is_told_by_its_name(name, kind):
    assert kind_by_name(name) == kind
