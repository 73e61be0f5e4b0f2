"""The same inbox night by night, all at once, or file by file at a clerk's desk: always the same answer."""

import csv

import pytest

from etl.desk.check import judge_files, settle_site
from tests.fixtures.county import AS_OF, PUBLISHED

pytestmark = pytest.mark.long  # tests/unit/land holds that two nights end as one does

JANUARY = (
    "1月份重点项目投资完成情况-县交通局.xls", "云峰镇/云峰镇2024年1月报表（重点项目、招商引资）.xlsx", "县政务服务局审批时限台账2024年1月.xlsx",
    "县发改局/202401县发改局重点项目.xlsx", "县发改局/202401县发改局重点项目 - 副本.xlsx", "白石镇/202401白石镇招商引资台账.xlsx",
)
LATER = (
    "县工信局/招商引资到位资金表2024.01（县工信局）.xlsx", "2月份重点项目投资完成情况-县交通局.xls",
    "云峰镇/云峰镇2024年2月报表（重点项目、招商引资）.xlsx",
    "2月份重点项目投资完成情况-县交通局(最终).xls", "石桥乡/1月份重点项目投资完成情况-石桥乡.xlsx",
)


def issues_of(county):
    with (county.published / "csv" / "fct_data_quality_issue.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_night_by_night_ends_as_all_at_once_and_a_clerk_is_told_the_same(county):
    for as_of, files in (("2024-02-06", JANUARY), (AS_OF, LATER)):
        county.receive(*files)
        assert county.night(as_of=as_of) == PUBLISHED
    by_night, issues = county.content(), issues_of(county)
    county.forget()
    county.receive(*JANUARY, *LATER)
    assert county.night() == PUBLISHED
    assert county.content() == by_night
    assert {"P03", "P05", "P06", "P18", "F41"} <= {issue["rule"] for issue in issues}

    paths = sorted(county.inbox.rglob("*.*"))
    for chosen in (paths, paths[3:4]):
        settings, site, _ = settle_site(chosen, county.inbox.parent / "site", county.data)
        for submission, _, told in judge_files(chosen, settings, site, "zh"):
            assert sorted((i.rule, i.file, i.sheet, i.cell or "", i.sentence) for i in told) == sorted(
                (i["rule"], i["file"], i["sheet"], i["cell"], i["sentence"]) for i in issues
                if i["file"] == submission.file and i["submission_id"] == submission.submission_id)
