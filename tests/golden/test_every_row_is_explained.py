"""A night over the sample county: every row of every mart can be followed to the cells that it came from."""

from __future__ import annotations

import json
from collections import defaultdict

from etl.explain.node import reaches
from etl.explain.published import Published
from etl.explain.tree import explain


def test_every_row_of_every_mart_reaches_cells_or_says_which_slot_stayed_empty(night):
    published = Published(night / "published" / "current")
    lost, walked, unasked = defaultdict(list), 0, set()
    for mart in published.marts:
        for row in published.select(mart):
            walked += 1
            ends = reaches(explain(published, mart, row))
            if not ends:
                lost[mart].append(row)
            if ends == {"register"}:
                unasked.add(mart)
    published.close()
    assert not {mart: rows[:2] for mart, rows in lost.items()}
    assert walked > 5000 and "fct_land_supply" in published.marts
    # Only what rests on lists of the county, or on nothing that was asked for, ends in them.
    assert not {mart for mart in unasked if mart.startswith(("bridge_", "dim_line", "dim_project", "fct_measure", "fct_indicator"))}


def test_the_commands_tell_it_in_both_languages_and_as_json(night, luodi):
    code, out, _ = luodi("explain", "fct_measure", "key_project_monthly", "2024-01", "t01", "completion_rate", "--data", night)
    assert code == 0 and "公式" in out and "单元格" in out
    code, out, _ = luodi("explain", "fct_measure", "key_project_monthly", "2024-01", "t01", "completion_rate", "--data", night,
                         "--format", "json", "--lang", "en")
    told = json.loads(out)
    assert told["kind"] == "figure"
    (cell, *_) = [n for fact in told["children"][1:] for s in fact["children"] for n in s.get("children", ()) if n["kind"] == "cell"]
    of = next(s["facts"]["file"] for fact in told["children"][1:] for s in fact["children"] if s["kind"] == "submission")
    code, out, _ = luodi("trace", of, cell["title"], "--data", night)
    assert code == 0 and "年度投资完成率" in out


def test_what_cannot_be_found_is_one_sentence(night, luodi):
    assert luodi("explain", "fct_measure", "no_such_measure", "--data", night)[0] == 1
    code, _, err = luodi("explain", "fct_nothing", "--data", night)
    assert code == 2 and "fct_measure" in err
    code, _, err = luodi("explain", "fct_measure", "t01", "--data", night)
    assert code == 1 and "--pick" in err
