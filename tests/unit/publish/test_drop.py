"""A night that would take most of a form's lines from the readers waits for a named person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from etl.publish.drop import LEAST, Held, let_through
from etl.publish.manifest import Publication, read_manifest, write_manifest
from etl.publish.reconcile import Balance

FORM = "key_project_monthly"
SHARE = Decimal("0.9")


def balance(published, quarantined=0, form=FORM, file=""):
    return Balance(form, "lines", file, *map(Decimal, (published + quarantined, published, quarantined, 0)))


@pytest.mark.parametrize("was, published", [(100, 10), (100, 0), (LEAST, 0)])
def test_nine_tenths_fewer_lines_of_a_form_are_not_published(was, published):
    with pytest.raises(Held, match=f"上一版 {was} 行，这一夜 {published} 行.*--accept-drop"):
        let_through({FORM: {"published": was}}, [balance(published)], SHARE, "")


@pytest.mark.parametrize("was, published", [(100, 11), (100, 250), (LEAST - 1, 0)])
def test_less_than_that_and_small_forms_pass(was, published):
    assert let_through({FORM: {"published": was}}, [balance(published)], SHARE, "") is None


def test_the_first_version_has_nothing_to_fall_from():
    assert let_through({}, [balance(0, 500)], SHARE, "") is None


def test_other_forms_do_not_make_up_for_one_that_is_gone():
    with pytest.raises(Held, match=f"{FORM} 上一版 80 行，这一夜 0 行（隔离 0 行）"):
        let_through({FORM: {"published": 80}}, [balance(900, form="approval_case"), balance(70, file="a.xlsx")], SHARE, "")


def test_who_signed_stands_in_the_manifest_with_what_was_lost(tmp_path):
    accepted = let_through({FORM: {"published": 120}}, [balance(6, 114)], SHARE, "张某：名册合并")
    write_manifest(tmp_path, Publication("n", date(2024, 4, 15), accepted_drop=accepted), {})
    assert read_manifest(tmp_path)["accepted_drop"] == {"by": "张某：名册合并", "lost": [f"{FORM} 上一版 120 行，这一夜 6 行（隔离 114 行）"]}
