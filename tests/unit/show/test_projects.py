"""The projects of a lead official, as they are chosen and ordered."""

from __future__ import annotations

from etl.show.projects import led_by


def row(line, lead, period, gap):
    return {"line_id": line, "lead_official": lead, "period": period, "schedule_gap_pp": gap}


ROWS = [row("a", "张某", "2024-02", "-9"), row("b", "张某、李某", "2024-03", "5"), row("c", "张某", "2024-03", "-20.5"), row("d", "李某", "2024-03", "")]


def test_the_last_month_is_shown_and_who_is_furthest_behind_comes_first():
    assert [r["line_id"] for r in led_by(ROWS, "张某")] == ["c", "b"]
    assert [r["line_id"] for r in led_by(ROWS, "张某", "2024-02")] == ["a"]


def test_a_project_with_several_leads_belongs_to_each():
    assert [r["line_id"] for r in led_by(ROWS, "李某")] == ["d", "b"]
    assert led_by(ROWS, "王某") == []
