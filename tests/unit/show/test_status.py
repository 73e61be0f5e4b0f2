"""Who owes what, as it is printed: what was taken back is not shown with the verdict it once had."""

from __future__ import annotations

import pytest

from etl.show.status import _verdict


@pytest.mark.parametrize("status, verdict, shown", [
    ("missing", "partly_accepted", "withdrawn"), ("owed", "accepted", "withdrawn"), ("withdrawn", "accepted", "withdrawn"),
    ("missing", "", ""), ("late", "rejected", "rejected"), ("on_time", "accepted", "accepted"),
])
def test_a_withdrawn_return_says_so_instead_of_its_former_verdict(status, verdict, shown):
    assert _verdict({"status": status, "verdict": verdict}) == shown
