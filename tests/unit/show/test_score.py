"""The ranking and a unit's tree on the screen: what marks stand for, why data are not fit, and what may still move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.assess.rescore import PLACE
from etl.settings import given
from etl.show.score import show_score

SCORE = ("scheme", "version", "period", "unit", "node", "node_name", "level_no", "place", "is_leaf", "weight", "points", "score", "status",
         "reason", "working", "unfit_because")
HEAD = {"scheme": "county", "version": "1", "period": "2024-06"}
MARKS = "A1 not_fit"


def place(unit, low, high, **other):
    """A row of fct_ranking of the whole: final, with its range."""
    row = dict.fromkeys(PLACE) | HEAD | {"node": "总分", "unit_group": "town", "unit": unit, "score": Decimal(80), "rank_no": 1, "ranked_units": 2,
          "expected_units": 2, "tied_units": 1, "rank_best": 1, "rank_worst": 2, "score_low": Decimal(low), "score_high": Decimal(high),
          "final_score": Decimal(80), "standing": "final", "is_provisional": False, "is_disputed": False, "grade": "良"}
    return row | other


@pytest.fixture
def county(tmp_path):
    """Settings of a published night with two towns, one of whose claims nobody has ruled on."""
    folder = tmp_path / "data" / "published" / "v1"
    folder.mkdir(parents=True)
    (folder.parent / "current").symlink_to("v1")
    leaf = dict.fromkeys(SCORE) | HEAD | {"node": "A1", "node_name": "年度投资完成率", "level_no": 1, "place": 2, "is_leaf": True, "weight": Decimal(100),
            "points": Decimal(80), "score": Decimal(80), "status": "deducted", "reason": "not_fit", "working": "100×80%=80",
            "unfit_because": "报齐率 83.33%（不可用）"}
    total = leaf | {"node": "总分", "node_name": "示例", "level_no": 0, "place": 1, "is_leaf": False, "status": "flagged", "reason": MARKS, "working": None,
                    "unfit_because": None}
    tables = {
        "fct_ranking": [place("t01", 80, 83), place("t02", 80, 80), place("t02", 70, 70, scheme="park", score=Decimal(70))],
        "fct_score": [row | {"unit": unit} for unit in ("t01", "t02") for row in (total, leaf)],
        "fct_objection": [dict.fromkeys(("unit", "node", "node_name", "score_shown", "score_now", "state", "objection", "raised_by", "decided_by", "why",
                                         "scheme", "period", "objection_id"), "")],
        "dim_unit": [{"unit": "t01", "unit_name": "马场镇"}, {"unit": "t02", "unit_name": "双河镇"}],
        "dim_scheme": [{"scheme": "county", "version": "1", "scheme_name": "县考核办法"}, {"scheme": "park", "version": "1", "scheme_name": "园区办法"},
                       {"scheme": "unused", "version": "1", "scheme_name": "没有用过的办法"}],
        "dim_scheme_group": [{"unit_group": "town", "group_name": "乡镇"}],
    }
    kinds = {str: "VARCHAR", int: "INTEGER", bool: "BOOLEAN", Decimal: "DECIMAL(20,6)", date: "DATE", type(None): "VARCHAR"}
    with duckdb.connect(str(folder / "luodi.duckdb")) as con:
        for name, rows in tables.items():
            columns = ", ".join(f"{c} {kinds[type(v)]}" for c, v in rows[0].items())
            con.execute(f"CREATE TABLE {name} ({columns})")
            con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", [list(row.values()) for row in rows])
    return given(data=tmp_path / "data")


def shown(county, capsys, unit=None, scheme=None):
    assert show_score(county, scheme and Path(scheme), None, unit, "text") == 0
    return capsys.readouterr().out


def test_marks_in_the_remarks_are_said_in_words_below_the_ranking(county, capsys):
    out = shown(county, capsys)
    assert "数据不可用：A1" in out and out.rstrip().endswith("A1 年度投资完成率")


def test_a_final_score_that_a_ruling_may_still_move_says_so(county, capsys):
    assert "得分 80.00（已定，裁定、核定后可变），区间 80.00～83.00" in shown(county, capsys, "t01")
    assert "得分 80.00（已定），区间 80.00；" in shown(county, capsys, "t02")


def test_a_unit_s_tree_says_why_its_data_are_not_fit(county, capsys):
    assert shown(county, capsys, "马场镇").rstrip().endswith("A1 的数据不可用：报齐率 83.33%（不可用）")


def test_a_period_scored_by_several_schemes_says_so_and_each_is_shown_by_its_mark(county, capsys):
    first = shown(county, capsys)
    assert "加 --scheme 代号查看）：park 园区办法" in first and "unused" not in first and "70.00" not in first
    other = shown(county, capsys, scheme="park")
    assert "park 第1版" in other and "70.00" in other and "county 县考核办法" in other
