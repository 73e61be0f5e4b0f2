"""Spoiled files, slips of clerks and odd words come to what outcomes.csv says: the same is read, the same is refused, in the same words."""

from __future__ import annotations

import pytest

from tests.faults.outcomes import ALL, written

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("some", ALL)
def test_what_is_not_as_it_should_be_comes_to_what_is_written_down(some):
    found, listed = {line[0]: line for line in ALL[some]()}, {name: line for name, line in written().items() if name.startswith(some)}
    assert {name: (listed.get(name), found.get(name)) for name in {**listed, **found} if found.get(name) != listed.get(name)} == {}
