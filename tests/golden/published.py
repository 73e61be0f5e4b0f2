"""What a night published, in the terms of a pack's truth."""

from __future__ import annotations

from pathlib import Path


def _rows(data: Path, sql: str) -> list[dict]:
    import duckdb

    con = duckdb.connect(str(data / "published" / "current" / "luodi.duckdb"), read_only=True)
    try:
        result = con.execute(sql)
        names = [d[0] for d in result.description]
        return [dict(zip(names, row)) for row in result.fetchall()]
    finally:
        con.close()


def issues_of(data: Path) -> list[dict]:
    """Every published issue."""
    return [{**r, "row": r["row_no"], "value": r["value_sent"], "file": r["file"] or "", "sheet": r["sheet"] or "",
             "cell": r["cell"] or ""} for r in _rows(data, "SELECT * FROM fct_data_quality_issue ORDER BY issue_no")]


def verdicts_of(data: Path) -> dict[tuple[str, str], str]:
    """Verdict by file and form."""
    return {(r["file"], r["form"]): r["verdict"] for r in _rows(data, "SELECT * FROM fct_submission_version")}


def measures_of(data: Path) -> dict[tuple[str, str, str, str], object]:
    """Value by form, period, unit and measure."""
    return {(r["form"], r["period"], r["unit"], r["measure"]): r["value"] for r in _rows(data, "SELECT * FROM fct_measure")}
