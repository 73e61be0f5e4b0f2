"""What the landed warehouse remembers for teaching: a unit's last values, and its answers to an unknown header."""

from __future__ import annotations

import json
import shutil

import duckdb
import pytest

from etl.land.seen import replied, sent_last
from etl.land.tables import EXPLANATION, create
from etl.show.teach import Options, show_teach
from etl.texts.catalogue import speaker
from tests.fixtures.places import SAMPLE
from tests.fixtures.submissions import FORMS

KP = "key_project_monthly"


@pytest.fixture
def landed(tmp_path):
    path = tmp_path / "kept.duckdb"
    with duckdb.connect(str(path)) as con:
        create(con, FORMS)
        for sid, unit, day, counts in (("a", "t01", "2024-01-31", True), ("b", "t01", "2024-02-29", True), ("c", "t01", "2024-03-31", False),
                                       ("d", "t02", "2024-03-31", True)):
            con.execute("INSERT INTO landed.submission (submission_id, unit, form, period_end, counts) VALUES (?, ?, ?, ?, ?)", [sid, unit, KP, day, counts])
            for row in (5, 6):
                con.execute(f"INSERT INTO landed.{KP} (line_id, submission_id, row_no, raw) VALUES (?, ?, ?, ?)",
                            [f"{sid}:{row}", sid, row, json.dumps({"level": f"{sid}{row}", "note": ""})])
        for rule, source in (("F14", "reply"), ("F14", "site"), ("P03", "reply")):
            values = dict.fromkeys(EXPLANATION) | {
                "rule": rule, "source": source, "unit": "t01", "form": KP, "value": "项目等次", "reason": "是项目级别", "decided_by": "张某"}
            con.execute(f"INSERT INTO landed.explanation VALUES ({', '.join('?' for _ in EXPLANATION)})", list(values.values()))
    return path


def test_the_last_values_are_those_of_the_latest_version_that_counts(landed):
    assert sent_last(landed, "t01", KP) == {"level": ["b5", "b6"]}
    assert sent_last(landed, "t03", KP) == sent_last(landed, "t01", "unheard_of") == {}


def test_only_answers_of_replies_to_that_rule_are_given(landed):
    assert replied(landed, "F14") == [("t01", KP, "项目等次", "是项目级别", "张某")]


def test_before_the_first_night_nothing_is_known(tmp_path):
    assert sent_last(tmp_path / "none.duckdb", "t01", KP) == {}
    assert replied(tmp_path / "none.duckdb", "F14") == []


def test_answers_are_taught_once_the_data_team_confirms_them(landed, capsys, tmp_path):
    site = shutil.copytree(SAMPLE / "site", tmp_path / "site")
    data = tmp_path / "data"
    (data / "warehouse").mkdir(parents=True)
    landed.rename(data / "warehouse" / "kept.duckdb")
    assert show_teach(None, site, data, speaker("zh"), Options()) == 1                     # an answer alone teaches nothing
    assert "张某：是项目级别" in capsys.readouterr().out
    assert show_teach(None, site, data, speaker("zh"), Options(yes=True, by="王某", as_of="2024-05-06 10:00:00")) == 0
    assert "t01,key_project_monthly,项目等次,level,王某,2024-05-06 10:00:00" in (site / "headers.csv").read_text(encoding="utf-8-sig")
    assert show_teach(None, site, data, speaker("zh"), Options(yes=True)) == 0             # and is not asked about again
    assert "都已经教过" in capsys.readouterr().out
