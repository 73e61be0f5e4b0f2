"""What waits for an assessor is listed, and the list is the site's file once it is filled in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from etl.settings import Settings
from etl.show.answers import show_answers
from etl.site.csvfile import csv_rows
from etl.site.reviews import COLUMNS, parse_review
from tests.fixtures.places import ROOT


@pytest.fixture
def published(tmp_path):
    """Three explanations: one waits, one was accepted, one no longer holds."""
    version = tmp_path / "published" / "current"
    version.mkdir(parents=True)
    with duckdb.connect(str(version / "luodi.duckdb")) as con:
        con.execute("CREATE TABLE dim_unit AS SELECT 't01' AS unit, '白石镇' AS unit_name")
        con.execute("CREATE TABLE dim_rule AS SELECT 'P27' AS rule, '到位率' AS rule_name, 'arrival rate' AS rule_name_en")
        con.execute("CREATE TABLE dim_form AS SELECT 'f' AS form, '月报' AS form_name, 'monthly' AS form_name_en")
        con.execute("CREATE TABLE fct_explanation_rate AS SELECT 't01' AS unit, 'P27' AS rule, 1 AS accepted, 2 AS refused")
        con.execute("CREATE TABLE fct_explanation (decision VARCHAR, unit VARCHAR, rule VARCHAR, form VARCHAR, period VARCHAR,"
                    " business_key VARCHAR, column_name VARCHAR, value_explained VARCHAR, explanation VARCHAR, explained_by VARCHAR,"
                    " explained_at TIMESTAMP, state VARCHAR, review VARCHAR)")
        for number, state, review in ((2, "holds", None), (3, "holds", "accepted"), (4, "lapsed", None)):
            con.execute("INSERT INTO fct_explanation VALUES (?, 't01', 'P27', 'f', '2024-01', '甲', 'arrived', '9', '=补付', '张某', ?, ?, ?)",
                        [f"explanations.csv:{number}", datetime(2024, 3, 5), state, review])
    return Settings(inbox=tmp_path, site=tmp_path, data=tmp_path, as_of=datetime(2024, 4, 15), home=ROOT, product=ROOT, ledger_url="")


def test_what_waits_is_written_as_the_file_in_which_it_is_decided(published, tmp_path, capsys):
    out = tmp_path / "explanation_reviews.csv"
    assert show_answers(published, "白石镇", out) == 1
    assert "有 1 条说明等待审定" in capsys.readouterr().out
    [(line, row)] = csv_rows(out, *COLUMNS)
    assert (row["explanation"], row["单位"], row["单位的说明"], row["此前未采信"]) == ("explanations.csv:2", "白石镇", "'=补付", "3 条中 2 条")
    assert parse_review(out, line, row, {"t01"})[0] is None                       # nothing is decided yet
    decided = row | {"decision": "refused", "by": "王某", "why": "没有凭证", "at": "2024-03-08"}
    assert parse_review(Path("x.csv"), line, decided, {"t01"})[0].verdict == "refused"


def test_the_column_is_named_as_its_form_heads_it(published, tmp_path, capsys):
    with duckdb.connect(str(tmp_path / "published" / "current" / "luodi.duckdb")) as con:
        con.execute("UPDATE fct_explanation SET form = 'investment_monthly', column_name = 'contracted_amount'")
    out = tmp_path / "explanation_reviews.csv"
    assert show_answers(published, None, out) == 1
    [(_, row)] = csv_rows(out, *COLUMNS)
    assert row["记录和字段"] == "甲、协议总投资" and "contracted_amount" not in capsys.readouterr().out


def test_nothing_waits(published, tmp_path, capsys):
    with duckdb.connect(str(tmp_path / "published" / "current" / "luodi.duckdb")) as con:
        con.execute("UPDATE fct_explanation SET review = 'refused', state = 'refused' WHERE decision = 'explanations.csv:2'")
    assert show_answers(published, None, tmp_path / "none.csv") == 0
    assert "没有等待审定的说明" in capsys.readouterr().out and not (tmp_path / "none.csv").exists()
