"""What the house has reached is held: a change that goes back says so here."""

from tests.house import figures


def test_six_modules_stand_beside_the_rooms():
    assert sorted(p.stem for p in figures.SOURCE.glob("*.py") if p.stem != "__init__") == [
        "cli", "lock", "mistakes", "model", "period", "settings"]


def test_thirteen_places_stand_upon_each_other_at_most():
    assert figures.depth(figures.edges()) <= 13


def test_hardly_any_code_is_repeated_but_signatures():
    assert figures.repeated() <= 70


def test_no_page_is_cited_that_is_not_there():
    assert figures.citations()[1] == 0
