"""`luodi site check` says all that is wrong with a site before a night works with it."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest

from etl.desk.sitecheck import site_faults
from etl.settings import given
from tests.fixtures.places import SAMPLE, lay

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path):
    shutil.copytree(SAMPLE / "site", tmp_path / "site")
    return tmp_path / "site"


def faults(site):
    settings = given(site=site, data=site.parent / "data", as_of=datetime(2024, 4, 15))
    return [fault.said("zh") for fault in site_faults(settings)]


def test_a_good_site_has_no_faults(site):
    assert faults(site) == []


def test_every_fault_is_told_at_once_each_with_its_file(site):
    lay(site, "expectations/layouts/card.yaml", "layout: card\ntables:\n  - form: nobody\n")
    lay(site, "expectations/rules/X01.yaml", """
name: {zh: 试, en: try}
severity: warning
level: row
decided_by: [sql]
forms: [site_visit]
finds: {zh: 试, en: try}
says: {zh: 试, en: try}
source: a test
""")
    lay(site, "expectations/rules/X01.sql", "SELECT l.line_id, l.submission_id, 'item' AS column_name FROM {{ lines }} l WHERE l.no_such_column > 1")
    lay(site, "schemes/own.yaml", "scheme: own\nversion: 1\n")
    found = faults(site)
    assert len(found) == 3
    assert any("没有报表“nobody”" in text and "card.yaml" in text for text in found)
    assert any("X01" in text and "no_such_column" in text for text in found)
    assert any("own.yaml" in text for text in found)
