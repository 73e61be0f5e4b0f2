"""Units under units: two may bear one name where their parents differ; only what nothing could tell apart is refused."""

from __future__ import annotations

import pytest

from etl.desk.choose import unit_named
from etl.mistakes import Mistake
from etl.normalise.names import UnitRegister
from etl.site.load import SiteError
from tests.fixtures.levels import UNITS, levels_site


@pytest.fixture
def register(tmp_path):
    return UnitRegister(levels_site(tmp_path).units)


def test_units_of_one_name_are_shown_under_their_full_names(tmp_path):
    names = levels_site(tmp_path).names
    assert (names["jia_cg"], names["yi_cg"], names["jia_ds"]) == ("甲县城关镇", "乙县城关镇", "东山镇")


def test_a_full_name_holds_all_above_as_far_as_they_too_have_doubles(tmp_path):
    villages = "a,东村,village,yes,,jia_cg\nb,东村,village,yes,,yi_cg\n"
    names = levels_site(tmp_path, UNITS + villages).names
    assert (names["a"], names["b"]) == ("甲县城关镇东村", "乙县城关镇东村")


@pytest.mark.parametrize("rows, line, says", [
    ("x,城关镇,town,yes,,jia\n", 11, "城关镇"),       # twice under one county
    ("x,新镇,town,yes,城关,jia\n", 11, "城关"),
    ("x,新镇,town,yes,,nowhere\n", 11, "nowhere"),
    ("x,新镇,town,yes,,x\n", 11, "x → x"),
    ("x,新镇,town,yes,,y\ny,旧镇,town,yes,,x\n", 11, "x → y → x"),
])
def test_what_nothing_tells_apart_is_refused_with_its_line(tmp_path, rows, line, says):
    with pytest.raises(SiteError) as refused:
        levels_site(tmp_path, UNITS + rows)
    assert (refused.value.line, says in str(refused.value)) == (line, True)


@pytest.mark.parametrize("text, near, unit", [
    ("甲县城关镇", (), "jia_cg"),
    ("甲县人民政府城关镇", (), "jia_cg"),
    ("云岭市乙县城关镇", (), "yi_cg"),
    ("城关镇", (), None),                        # never guessed
    ("城关镇", ("jia",), "jia_cg"),
    ("城关镇", ("jia_fg",), "jia_cg"),           # a bureau of the same county
    ("城关镇", ("city",), None),                 # above both
    ("城关镇", ("jia", "yi"), None),             # the two do not agree
    ("城关", (), "jia_cg"),                      # an alias of one alone
    ("东山镇", (), "jia_ds"),
])
def test_a_name_of_several_is_the_unit_nearest_to_what_is_named_with_it(register, text, near, unit):
    assert register.find(text, *near) == unit


@pytest.mark.parametrize("text, unit", [
    ("2024年3月甲县重点项目（城关镇）", "jia_cg"),
    ("乙县2024年城关镇月报", "yi_cg"),
    ("城关镇2024年3月月报", None),
    ("甲县东山镇", "jia_ds"),
    ("甲县产业园仓储片区月报", "jia_yard"),
])
def test_the_parent_may_stand_anywhere_in_the_text(register, text, unit):
    assert register.find_in(text) == unit


def test_a_town_is_no_part_of_its_county_and_a_part_speaks_for_its_park(register):
    assert register.whole("jia_yard") == "jia_park" and register.part("jia_yard", "jia_park") == "jia_yard"
    assert register.whole("jia_cg") == "jia_cg" and not register.part("jia_cg", "jia")
    assert not register.part("jia_yard", "jia")


def test_on_the_command_line_all_that_bear_a_name_are_listed(register):
    with pytest.raises(Mistake, match="甲县城关镇”或“乙县城关镇"):
        unit_named("城关镇", register)
    assert unit_named("乙县城关镇", register) == "yi_cg"


def test_what_rules_ask_for_by_name_has_one_unit_for_each_name(register):
    spoken = dict(register.spoken)
    assert "城关镇" not in spoken and (spoken["甲县城关镇"], spoken["东山镇"]) == ("jia_cg", "jia_ds")
    assert register.nearest("城关镇") == "甲县城关镇”或“乙县城关镇"
