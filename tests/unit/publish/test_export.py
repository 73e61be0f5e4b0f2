"""Files for readers: the same bytes every time, numbers exact, nothing that a spreadsheet would run."""

from __future__ import annotations

import os
import subprocess
import sys

import duckdb
import pytest

from etl.texts.spreadsheet import harmless
from etl.transform.build import Mart
from tests.fixtures.marts import MARTS, build
from tests.fixtures.versions import exported

pytestmark = pytest.mark.slow


@pytest.fixture
def written(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    rows = exported(build(tmp_path / "build.duckdb"), MARTS, folder).rows
    return folder, rows


def test_every_mart_is_there_three_times(written):
    folder, rows = written
    assert rows == {"dim_unit": 2, "fct_measure": 3}
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == [
        "csv/dim_unit.csv", "csv/fct_measure.csv", "luodi.duckdb", "parquet/dim_unit.parquet", "parquet/fct_measure.parquet"]


def test_a_spreadsheet_runs_no_text_and_gets_numbers_as_numbers(written):
    text = (written[0] / "csv" / "fct_measure.csv").read_bytes()
    assert text.decode("utf-8-sig").splitlines() == ["unit,value,note", "t07,,'-note 2", "t08,-2,'-note 1", "t09,1.5,'-note 0"]
    assert text.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1)" in (written[0] / "csv" / "dim_unit.csv").read_text(encoding="utf-8-sig")


def test_the_database_keeps_texts_as_they_are_and_says_what_its_columns_mean(written):
    con = duckdb.connect(str(written[0] / "luodi.duckdb"), read_only=True)
    assert con.execute("SELECT unit_name FROM dim_unit ORDER BY unit").fetchall() == [("白石镇",), ("=HYPERLINK(1)",)]
    assert con.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'unit_name'").fetchall() == [("Name, it's said",)]
    assert con.execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal").fetchone()[0].startswith("v1.5")
    con.close()


def test_another_process_writes_the_same_bytes(written, tmp_path):
    again = tmp_path / "again"
    again.mkdir()
    code = ("import sys, pathlib; from tests.fixtures.versions import exported; from tests.fixtures.marts import MARTS, build;"
            "here = pathlib.Path(sys.argv[1]); exported(build(here / 'b.duckdb'), MARTS, here / 'again')")
    # Fresh memory is filled with other bytes, so that any that leaked into a file would show.
    where = {"PYTHONPATH": os.pathsep.join(sys.path), "MALLOC_PERTURB_": "137"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=os.environ | where)
    for path in sorted(p for p in written[0].rglob("*") if p.is_file()):
        assert (again / path.relative_to(written[0])).read_bytes() == path.read_bytes(), path.name


def test_a_write_ahead_log_beside_the_build_is_refused(tmp_path):
    source = build(tmp_path / "build.duckdb")
    (tmp_path / "build.duckdb.wal").write_bytes(b"")
    (tmp_path / "out").mkdir()
    with pytest.raises(RuntimeError, match="not complete"):
        exported(source, MARTS, tmp_path / "out")


@pytest.mark.parametrize("text, inert", [
    ("＝1+1", "'＝1+1"), ("＋A1", "'＋A1"), ("－A1", "'－A1"), ("＠SUM(A1)", "'＠SUM(A1)"), ("－", "－"), ("－12", "－12"), ("-12.5%", "-12.5%"),
    ("红\x1b[31m", "红\\x1b[31m"), ("\x9b31m", "\\x9b31m"), ("\x00=1", "\\x00=1"), ("一\n二", "一\n二"),
])
def test_wide_signs_begin_formulas_too_and_control_characters_are_shown(text, inert):
    assert harmless(text) == inert

def test_blanks_among_numbers_leave_nothing_of_what_stood_in_memory(tmp_path):
    """A number is packed into bits where it is; where it is blank, nothing may stand but zeros."""
    mart, files = Mart("fct_long", "", {"id": "", "amount": "", "name": ""}, ("id",)), []
    for order in ("id", "md5(CAST(id AS VARCHAR))"):
        build, folder = tmp_path / f"{len(files)}.duckdb", tmp_path / f"{len(files)}"
        folder.mkdir()
        with duckdb.connect(str(build)) as con:
            con.execute("CREATE SCHEMA marts")
            con.execute("CREATE TABLE marts.fct_long AS SELECT id, '项目' || id AS name, CASE WHEN hash(id) % 3 = 0 THEN NULL"
                        f" ELSE CAST(hash(id) % 100000 AS DECIMAL(20, 6)) END AS amount FROM range(4000) AS n (id) ORDER BY {order}")
        exported(build, (mart,), folder)
        files.append((folder / "luodi.duckdb").read_bytes())
    assert files[0] == files[1]
    assert len(files[0]) < 600_000                                              # and what can be packed is packed
