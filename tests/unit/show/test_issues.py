"""`luodi check`: many findings of one kind are one row, and programs get every one of them."""

from etl.show.issues import issue_record, together
from tests.fixtures.answers import answer, issue


def in_column(column, *cells, rule="F04"):
    from dataclasses import replace

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
