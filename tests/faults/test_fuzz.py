"""A few hundred cases of the fuzzer, the same every time; `make faults` tries for two minutes."""

import pytest

from tests.faults.fuzz import fuzz

pytestmark = pytest.mark.slow


def test_spoiled_files_are_read_or_refused_alike_twice_and_within_bounds():
    counted, falls = fuzz(1, 60, "readers", cases=60)
    assert not falls and counted["readers read"] > 10 and counted["readers refused"] > 10


@pytest.mark.parametrize("room, cases", [("normalisers", 2000), ("contracts", 80)])
def test_words_and_contracts_are_understood_or_refused_in_words(room, cases):
    counted, falls = fuzz(1, 60, room, cases=cases)
    assert not falls and counted.total() == cases
