"""The county of docs/afternoon.md: two forms that the product does not know, one of them read by a layout, and a rule of its own."""

from __future__ import annotations

import pytest

from etl.desk.check import judge_files, settle_site, understand_files
from tests.fixtures.places import ROOT

pytestmark = pytest.mark.slow

HOME = ROOT / "data" / "afternoon"


def test_the_page_shows_the_layout_that_is_there():
    layout = (HOME / "site/expectations/layouts/ten_day_progress.yaml").read_text(encoding="utf-8")
    [page] = (ROOT / "docs").glob("afternoon.zh.*")
    assert layout in page.read_text(encoding="utf-8")


def test_both_forms_are_read_whole_and_judged_by_the_countys_own_rule(tmp_path):
    files = sorted((HOME / "inbox").rglob("*.xlsx"))
    settings, site, sample = settle_site(files, None, tmp_path)  # the site is found beside the inbox
    assert not sample
    lines = {r.submission.form: len(r.lines) for of_file in understand_files(files, settings, site) for r in of_file}
    assert lines == {"well_monthly": 4, "ten_day_progress": 24}
    judged = judge_files(files, settings, site, "zh")
    assert sorted((i.rule, i.cell or "") for _, _, issues in judged for i in issues) == [("F38", ""), ("W01", "D5")]
    assert {verdict for _, verdict, _ in judged} == {"accepted_with_warnings"}
