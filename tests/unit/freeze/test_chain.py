"""Who may see a frozen set changes only by appending, and only ever opens."""

import pytest

from etl.freeze import chain
from etl.freeze.periods import inside, known_by
from etl.mistakes import Mistake

NAME = "0001-2024-Q1-季评"


def test_a_set_is_confidential_then_for_assessors_then_published(frozen):
    states = [chain.state(chain.whole(frozen), NAME)]
    for state in ("assessors", "published"):
        chain.append_opening(frozen, NAME, state, by="王某", at="2024-04-16T09:00:00")
        states.append(chain.state(chain.whole(frozen), NAME))
    assert states == ["confidential", "assessors", "published"]
    assert [entry["kind"] for entry in chain.whole(frozen)] == ["seal", "state", "state"]


@pytest.mark.parametrize("state, by", [("published", ""), ("confidential", "王某"), ("secret", "王某")])
def test_no_step_back_and_none_without_a_name(frozen, state, by):
    with pytest.raises(Mistake):
        chain.append_opening(frozen, NAME, state, by=by, at="2024-04-16T09:00:00")


def test_nothing_is_added_to_a_broken_chain(frozen):
    path = frozen / chain.CHAIN
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"2024-Q1", b"2024-Q2", 1))
    with pytest.raises(Mistake, match="已损坏"):
        chain.append_opening(frozen, NAME, "published", by="王某", at="2024-04-16T09:00:00")


@pytest.mark.parametrize("wanted", [NAME, "1", "0001", "季评"])
def test_a_set_is_found_by_name_number_or_a_part(frozen, wanted):
    assert chain.choose_seal(chain.whole(frozen), wanted) == NAME


def test_a_month_lies_in_its_quarter_and_a_year_ends_after_it():
    assert inside("2024-03", "2024-Q1") and not inside("2024-04", "2024-Q1") and not inside("2024", "2024-Q1")
    assert inside("2024-Q1", "2024-Q1") and inside("2024-Q2", "2024-H1") and inside("2024-W09", "2024-02") and not inside("2024-H1", "2024-Q1")
    assert known_by("2023", "2024-Q1") and known_by("", "2024-Q1") and not known_by("2024", "2024-Q1")
