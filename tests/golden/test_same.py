"""The comparison of two published versions finds what differs, and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.golden.same import differences


def version(folder: Path, figure: int, *, manifest: str = "one night") -> Path:
    (folder / "csv").mkdir(parents=True)
    (folder / "csv" / "fct_measure.csv").write_text(f"unit,value\nt01,{figure}\n", encoding="utf-8")
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    duckdb.sql(f"COPY (SELECT 't01' AS unit, {figure} AS value) TO '{folder / 'fct_measure.parquet'}'")
    return folder


def test_equal_figures_are_the_same_whatever_the_nights_are_called(tmp_path):
    assert differences(version(tmp_path / "a", 1), version(tmp_path / "b", 1, manifest="another")) == []


def test_a_figure_that_changed_is_found_in_each_file(tmp_path):
    found = differences(version(tmp_path / "a", 1), version(tmp_path / "b", 2))
    assert found == ["csv/fct_measure.csv: 2 lines differ, as t01,1", "fct_measure.parquet: 2 rows differ"]


def test_a_file_that_is_gone_and_a_column_that_is_new_are_found(tmp_path):
    before, after = version(tmp_path / "a", 1), version(tmp_path / "b", 1)
    (after / "csv" / "fct_measure.csv").unlink()
    duckdb.sql(f"COPY (SELECT 't01' AS unit, 1 AS value, 2 AS more) TO '{after / 'fct_measure.parquet'}'")
    assert differences(before, after) == ["csv/fct_measure.csv: only before", "fct_measure.parquet: other columns"]
