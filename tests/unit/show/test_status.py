"""Who owes what, as it is printed: what was taken back is not shown with the verdict it once had."""

from __future__ import annotations

import pytest

from etl.show.status import FIRST, _verdict, first_findings
from etl.texts.catalogue import speaker

SAY = speaker("zh")


@pytest.mark.parametrize("status, verdict, shown", [
    ("missing", "partly_accepted", "withdrawn"), ("owed", "accepted", "withdrawn"), ("withdrawn", "accepted", "withdrawn"),
    ("missing", "", ""), ("late", "rejected", "rejected"), ("on_time", "accepted", "accepted"),
])
def test_a_withdrawn_return_says_so_instead_of_its_former_verdict(status, verdict, shown):
    assert _verdict({"status": status, "verdict": verdict}) == shown


def test_the_findings_that_move_the_totals_most_are_listed_first_and_those_that_move_none_never(tmp_path):
    assert first_findings(tmp_path, tmp_path, {}, SAY) == []  # published before effects were
    rows = [f"{n},{n},t0{n % 2},{'' if n == 1 else 900 - n}" for n in (3, 1, 2, *range(4, 30))]
    (tmp_path / "fct_issue_effect.csv").write_text("\n".join(["effect_no,issue_no,unit,effect", *rows]), encoding="utf-8")
    assert [f["effect_no"] for f in first_findings(tmp_path, tmp_path, {"unit": "t01"}, SAY)] == [str(n) for n in range(3, 3 + 2 * FIRST, 2)]


def test_a_finding_that_moves_a_score_alone_is_listed_with_what_it_does_to_it(tmp_path):
    published, assessors = tmp_path / "published", tmp_path / "assessors"  # scores wait for their release, effects on totals do not
    for folder in (published, assessors):
        folder.mkdir()
    (published / "fct_issue_effect.csv").write_text("effect_no,issue_no,unit,effect\n1,8,t01,900\n2,7,t01,\n3,9,t01,\n", encoding="utf-8")
    (published / "fct_issue_score.csv").write_text("scheme,issue_no,told\n", encoding="utf-8")
    (assessors / "fct_issue_score.csv").write_text("scheme,issue_no,told\ncounty,7,得分46.96→48.21，名次5→4\n", encoding="utf-8")
    assert [(f["issue_no"], f["score_told"]) for f in first_findings(published, assessors, {}, SAY)] == [("8", ""), ("7", "得分46.96→48.21，名次5→4")]
    assert [f["issue_no"] for f in first_findings(published, published, {}, SAY)] == ["8"]


def test_where_several_schemes_score_a_unit_what_a_finding_does_is_said_of_each(tmp_path):
    (tmp_path / "fct_issue_effect.csv").write_text("effect_no,issue_no,unit,effect\n1,7,t01,900\n", encoding="utf-8")
    (tmp_path / "fct_issue_score.csv").write_text("scheme,issue_no,told\ncounty,7,得分59→62\nmass,7,得分56→60\n", encoding="utf-8")
    [first] = first_findings(tmp_path, tmp_path, {}, SAY)
    assert first["score_told"] == "county：得分59→62；mass：得分56→60"
