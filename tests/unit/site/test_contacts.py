"""Addresses of units are read line by line, several a unit, and a wrong line is named."""

from __future__ import annotations

import pytest

from etl.site.contacts import load_contacts
from etl.site.csvfile import SiteError


def test_without_the_file_nobody_is_reached(tmp_path):
    assert load_contacts(tmp_path, ["t01"]) == {}


def test_a_unit_may_have_several_addresses_and_the_office_is_a_star(tmp_path):
    (tmp_path / "contacts.csv").write_text("unit,channel\nt01,post://one\nt01,post://two\nt01,post://one\n*,post://office\n", encoding="utf-8")
    assert load_contacts(tmp_path, ["t01"]) == {"t01": ("post://one", "post://two"), "*": ("post://office",)}


@pytest.mark.parametrize("line, said", [("t09,post://one", "不在 units.csv"), ("t01,", "channel 列为空")])
def test_a_wrong_line_is_named(tmp_path, line, said):
    (tmp_path / "contacts.csv").write_text(f"unit,channel\n{line}\n", encoding="utf-8")
    with pytest.raises(SiteError, match=said) as caught:
        load_contacts(tmp_path, ["t01"])
    assert caught.value.line == 2
