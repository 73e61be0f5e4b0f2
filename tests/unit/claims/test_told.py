"""What is said of every listed claim stands in told.csv, to the word and to the last digit."""

from __future__ import annotations

from tests.unit.claims.told import told, written


def test_every_listed_claim_is_told_as_it_is_written_down():
    found, listed = told(), written()
    assert {name: (listed.get(name), found.get(name)) for name in {**listed, **found} if found.get(name) != listed.get(name)} == {}
