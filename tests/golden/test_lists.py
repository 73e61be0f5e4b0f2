"""Every list has somebody on it: in what the night publishes, and in what `luodi notices` shows to whoever decides."""

from __future__ import annotations

import duckdb

LISTED = [
    ("red_list", "红榜", "柳树乡", "红榜〔2024〕Q1-t05-741c8f", "released", "李某", "第1名，100分；没有未改正的错误，没有红色督办单，数据可用"),
    ("black_list", "黑榜", "龙潭镇", "黑榜〔2024〕t03-8cb50137", "proposed", None,
     "督办〔2024〕t03-8cb50137 应于2024-03-20前办结，逾期17个工作日未办结：重点项目月报表：应于2024-03-05前报送，未报"),
    ("black_list", "黑榜", "龙潭镇", "黑榜〔2024〕Q1-t03-7db7ac", "proposed", None, "第3名（末位），0分；有报表未报"),
    ("exempt_list", "免试清单", "柳树乡", "免试〔2023〕12-t05-660836", "released", "李某", "2项目标全部达到，最低100%"),
    ("negative_list", "负面清单", "龙潭镇", "负面〔2024〕t03-8cb50137", "proposed", None,
     "督办〔2024〕t03-8cb50137 应于2024-03-20前答复，逾期未答复：重点项目月报表：应于2024-03-05前报送，未报"),
]


def test_each_of_the_four_lists_is_published_with_its_condition_and_who_let_it_out(night):
    with duckdb.connect(str(night / "published" / "current" / "luodi.duckdb"), read_only=True) as con:
        rows = con.execute("SELECT a.kind, unit_name, number, state, released_by, figures FROM fct_accountability AS a JOIN dim_unit USING (unit)"
                           " WHERE a.kind LIKE '%_list'").fetchall()
    assert sorted(rows, key=str) == sorted(((kind, *rest) for kind, _, *rest in LISTED), key=str)


def test_the_command_shows_each_with_its_state_and_number(luodi, night):
    code, out, err = luodi("notices", "--site", night.parent / "site", "--data", night)
    assert code == 0, err
    shown = [tuple(part.strip() for part in line.split("│")) for line in out.splitlines() if "│" in line]
    for _, kind, unit, number, state, by, _ in LISTED:
        told = "待审定" if state == "proposed" else f"已发出（{by}）"
        assert any((row[0], row[1], row[-2], row[-1]) == (kind, unit, told, number) for row in shown), number


def test_a_list_is_that_of_the_unit_and_period_that_one_asks_about(luodi, night):
    code, out, err = luodi("notices", "--period", "2024-Q1", "--unit", "龙潭镇", "--site", night.parent / "site", "--data", night)
    assert code == 0, err
    assert "黑榜〔2024〕Q1-t03-7db7ac" in out and "红榜〔2024〕" not in out and "免试〔2023〕" not in out and "负面〔2024〕" not in out


def test_the_notice_that_was_issued_lies_beside_the_replies(night):
    assert (night / "replies/龙潭镇/督办通知-2024-03-15.docx").is_file()
