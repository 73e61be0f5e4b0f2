"""A text cut at the end of a line is a whole table to every reader: it is asked about, and replaces nothing until its sender answers."""

from __future__ import annotations

from datetime import datetime

import pytest

from etl.model import Received
from etl.normalise.names import UnitRegister
from etl.normalise.vocabulary import load_vocabulary
from etl.site.decision import Decisions, Explanation
from etl.understand.submission import Reference, read_file
from tests.fixtures.nights import House
from tests.fixtures.places import EXPECTATIONS, lay
from tests.fixtures.submissions import FORMS, GOOD, RULEBOOK, SITE

pytestmark = pytest.mark.slow

KP = "key_project_monthly"
READ = {code: rule for code, rule in RULEBOOK.items() if "reader" in rule.decided_by}
REFERENCE = Reference(FORMS, load_vocabulary(EXPECTATIONS / "vocabulary.yaml"), UnitRegister(SITE.units))
COLUMNS = [c for c in FORMS[KP].columns if c.name in GOOD[KP]]
HEADERS = [c.header for c in COLUMNS]
SIGNED = "填报人：张某 审核人：李某 负责人：王某 填报日期：2024年4月1日"
LINES = 4
FIRST = 3  # of the lines among the records, from 0: title, unit and header stand before them


def record(*values):
    return ",".join(values) + "," * (len(HEADERS) - len(values)) + "\n"


def table(lines=LINES, month=3, end=True):
    """The text of a month's table, record by record."""
    projects = [GOOD[KP] | {"project_code": None, "project_name": name} for name in ("东湖水厂", "西岭大桥", "南坪学校", "北关医院")[:lines]]
    rows = [record(*(line.get(c.name) or "" for c in COLUMNS)) for line in projects]
    total = record(*("合计" if n == 0 else str(6000 * lines) if c.name == "total_investment" else "" for n, c in enumerate(COLUMNS)))
    return [record(f"2024年{month}月重点项目月报表"), record("填报单位：白石镇 单位：万元"), record(*HEADERS), *rows, *([total, record(SIGNED)] if end else [])]


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path, {KP: FORMS[KP]}, READ | {"F58": RULEBOOK["F58"]})

    def receive(records, day=5, month=3):
        path = lay(tmp_path, f"{day}.csv", "".join(records))
        house.order += 1
        name = f"白石镇/2024年{month}月重点项目{day}.csv"
        [one] = read_file(Received(name, f"{day:016x}{0:048x}", 1, datetime(2024, 4, day, 9), house.order, path), REFERENCE)
        return one

    house.receive = receive
    return house


def counts(house):
    return [day for (day, counts) in house.ask("SELECT day(received_at), counts FROM landed.submission ORDER BY 1") if counts]


def asked(house):
    return [text for (text,) in house.ask("SELECT sentence FROM landed.issue WHERE rule = 'F58' AND state = 'open'")]


@pytest.mark.parametrize("kept", range(1, LINES + 1))
def test_every_cut_that_leaves_a_line_is_asked_about_and_the_whole_one_stays(kept, house):
    house.night(house.receive(table(), day=5))
    house.night(house.receive(table()[: FIRST + kept], day=6))
    assert counts(house) == [5]
    assert f"只读到{kept}行数据，上一次报送有4行，表尾的合计和签署这次都没有" in asked(house)[0]


def test_a_cut_one_of_the_same_night_does_not_take_the_place_of_the_whole_one_either(house):
    house.night(house.receive(table(), day=5), house.receive(table()[: FIRST + 2], day=6), house.receive(table()[: FIRST + 3], day=7))
    assert counts(house) == [5] and len(asked(house)) == 2


@pytest.mark.parametrize("kept", [1, LINES])
def test_a_first_delivery_that_nothing_closes_is_asked_about_and_counts_meanwhile(kept, house):
    house.night(house.receive(table()[: FIRST + kept]))
    assert counts(house) == [5] and "表尾没有合计，也没有签署" in asked(house)[0]


def test_a_first_delivery_is_held_against_the_last_month(house):
    house.night(house.receive(table(month=2), day=4, month=2))
    house.night(house.receive(table()[: FIRST + 2]))
    assert counts(house) == [4, 5] and "上一期有4行" in asked(house)[0]
    house.night(house.receive(table(), day=6))
    assert counts(house) == [4, 6]


def test_the_whole_file_sent_again_counts_at_once(house):
    house.night(house.receive(table()[: FIRST + 2], day=5))
    house.night(house.receive(table(), day=6))
    assert counts(house) == [6]


def test_who_says_why_it_is_smaller_has_it_counted_from_then_on(house):
    house.night(house.receive(table(), day=5))
    house.night(house.receive(table(lines=1), day=6))
    assert counts(house) == [5]
    why = Explanation("explanations.csv:2", "site", "F58", "t01", KP, "2024-03", "", "", "1行", "三个项目划归邻县", "王某", datetime(2024, 4, 7))
    house.night(decisions=Decisions(explanations=(why,)))
    assert counts(house) == [6] and asked(house) == []
    house.night(decisions=Decisions())
    assert counts(house) == [5]


def test_a_line_that_was_removed_from_a_whole_table_is_nobodys_question(house):
    house.night(house.receive(table(), day=5))
    house.night(house.receive(table(lines=3), day=6))
    assert counts(house) == [6] and asked(house) == []


def test_the_beginning_of_a_table_without_an_end_is_asked_about(house):
    house.night(house.receive(table(end=False), day=5))
    house.night(house.receive(table(lines=3, end=False), day=6))
    assert counts(house) == [5] and "上一次报送有4行" in asked(house)[-1]
