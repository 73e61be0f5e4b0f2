"""The night leaves what left.csv says, to the byte: what no other test asks after cannot change unseen."""

from __future__ import annotations

from tests.golden.left import TABLE, read


def test_the_night_leaves_the_files_that_are_listed_with_what_stood_in_them(night):
    found, listed = read(night.with_name("left.csv")), read(TABLE)
    assert {path: (listed.get(path), found.get(path)) for path in {**listed, **found} if found.get(path) != listed.get(path)} == {}
