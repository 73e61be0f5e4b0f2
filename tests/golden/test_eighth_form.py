"""A new form is data: what CONTRIBUTING.md says of an eighth form is done in conftest.py, and no code is touched."""

from pathlib import Path

import duckdb


def published(data: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(data / "published" / "current" / "luodi.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_its_lines_are_read_judged_and_landed(night):
    with duckdb.connect(str(night / "warehouse" / "kept.duckdb"), read_only=True) as con:
        lines = con.execute("SELECT row_no, parcel_no, supplied_mu, price, supplied_date, quality_status"
                            " FROM landed.land_supply_monthly ORDER BY row_no").fetchall()
    assert [(r, p, float(m), float(c), str(d), q) for r, p, m, c, d, q in lines] == [
        (4, "G2024-01", 35.5, 1200.0, "2024-03-31", "accepted"),
        (5, "G2024-02", 9000.0, 88.0, "2024-03-15", "accepted_with_warnings"),
        (6, None, 12.0, 200.0, "2024-03-20", "quarantined"),
    ]


def test_general_rules_and_its_own_rule_find_what_is_wrong(night):
    found = published(night, "SELECT rule, cell, sentence FROM fct_data_quality_issue WHERE form = 'land_supply_monthly' ORDER BY rule")
    assert [(rule, cell) for rule, cell, _ in found] == [("F01", "B6"), ("X01", "D5")]
    assert found[1][2] == "D5（供地面积）的供地面积 9000 亩过大，应不超过5000亩。请核对单位。"


def test_its_submission_has_a_verdict(night):
    assert published(night, "SELECT form, unit, period, verdict FROM fct_submission_version WHERE form = 'land_supply_monthly'") == [
        ("land_supply_monthly", "t01", "2024-03", "partly_accepted")]


def test_its_mart_is_published_with_the_cell_of_every_figure(night):
    assert [(p, float(m), c) for p, m, c in published(
        night, "SELECT parcel_no, supplied_mu, json_extract_string(cells, 'supplied_mu') FROM fct_land_supply ORDER BY 1")] == [
        ("G2024-01", 35.5, "D4"), ("G2024-02", 9000.0, "D5")]
