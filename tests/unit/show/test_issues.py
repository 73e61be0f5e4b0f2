"""`luodi check`: many findings of one kind are one row, and programs get every one of them."""

import shutil
from dataclasses import replace
from datetime import datetime

from etl.desk.check import judge_files
from etl.settings import given
from etl.show.issues import issue_record, together
from etl.site.load import load_site
from tests.fixtures.answers import answer, issue
from tests.fixtures.places import SAMPLE


def in_column(column, *cells, rule="F04"):
    return [replace(issue(rule, cell), column=column) for cell in cells]


def test_three_of_one_kind_are_one_row_at_the_place_of_the_first_and_two_are_two():
    many, other, few = in_column("a", "C3", "C4", "C5"), in_column("b", "D3", rule="F01"), in_column("c", "E3", "E4")
    rows = together([many[0], other[0], *many[1:], *few])
    assert [[one.cell for one in row] for row in rows] == [["C3", "C4", "C5"], ["D3"], ["E3"], ["E4"]]


def test_one_rule_in_two_columns_stays_apart():
    assert len(together(in_column("a", "C3", "C4", "C5") + in_column("b", "D3", "D4", "D5"))) == 2


def test_a_program_gets_the_address_the_value_and_the_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    made = issue_record(issue(cell="C3", row=3), answer(path).submission)
    assert (made["rule"], made["cell"], made["row"], made["value"]) == ("F03", "C3", 3, "大概")
    assert (made["unit"], made["form"], made["period"]) == ("jia", "key_project_monthly", "2024-03")
    assert made["sentence"].startswith("C3 应填数字，现在是“大概”。")


def test_what_a_suspended_rule_finds_is_not_told(tmp_path):
    site = shutil.copytree(SAMPLE / "site", tmp_path / "site")
    file = SAMPLE / "inbox" / "县住建局" / "县住建局2024年1月重点项目月报表.xlsx"
    settings = replace(given(site=site, data=tmp_path), as_of=datetime(2024, 2, 20))

    def told():
        [(_, verdict, issues)] = judge_files([file], settings, load_site(site), "zh")
        return verdict, {i.rule for i in issues}

    verdict, rules = told()
    assert verdict == "partly_accepted" and "F20" in rules
    (site / "suspensions.csv").write_text("rule,form,unit,from,until,reason,by,at\nF20,*,zjj,,2024-12,公式另行核对,李某,2024-02-01\n", "utf-8")
    assert told()[1] == rules - {"F20"}
