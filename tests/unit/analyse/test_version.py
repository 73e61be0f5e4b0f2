"""Which tables are opened: what readers see now, a version by its name, a frozen set, an assessor's own."""

import json
import subprocess
import sys
from datetime import datetime
from decimal import Decimal

import pytest

from etl.analyse.typed import typed
from etl.analyse.version import tables_meant
from etl.mistakes import Mistake
from tests.fixtures.places import ROOT

NOW = "20240415-abc"


@pytest.fixture
def data(tmp_path):
    """A data folder with two versions, the tables that an assessor sees of the later one, and a frozen set."""
    for version in ("20240414-abc", NOW):
        place = tmp_path / "published" / version
        place.mkdir(parents=True)
        (place / "manifest.json").write_text(json.dumps({"night_id": version, "withheld": {"fct_score": {"rows": 2, "periods": ["2024-01"]}}}))
    (tmp_path / "published/history").write_text(f"20240414-abc\n{NOW}\n")
    (tmp_path / "published/current").symlink_to(NOW)
    own = tmp_path / "warehouse/assessors" / NOW
    own.mkdir(parents=True)
    for name in ("manifest.json", "luodi.duckdb"):
        (own / name).write_text("{}")
    for place in (tmp_path / "frozen", tmp_path / "published/frozen"):
        (place / "0001-2024-Q1").mkdir(parents=True)
        (place / "0001-2024-Q1/manifest.json").write_text("{}")
    return tmp_path


def test_the_version_that_readers_see_unless_another_is_named(data):
    assert tables_meant(data)[0] == data / "published/current"
    folder, told = tables_meant(data, version="20240414-abc")
    assert (folder, told["night_id"]) == (data / "published/20240414-abc", "20240414-abc")


def test_an_assessor_sees_what_waits_and_nothing_is_withheld(data):
    folder, told = tables_meant(data, assessor=True)
    assert (folder, told["night_id"], told["withheld"]) == (data / "warehouse/assessors" / NOW, NOW, {})


def test_a_frozen_set_is_the_assessors_and_a_part_of_it_is_everybodys(data):
    assert tables_meant(data, frozen="0001-2024-Q1")[0] == data / "published/frozen/0001-2024-Q1"
    assert tables_meant(data, frozen="0001-2024-Q1", assessor=True)[0] == data / "frozen/0001-2024-Q1/marts"


def test_a_copy_that_was_handed_on_is_opened_where_it_lies(data):
    (data / "parquet").mkdir()
    assert tables_meant(data)[0] == data


@pytest.mark.parametrize("asked, says", [
    ({"version": "nix"}, f"没有版本“nix”。还留着的版本：20240414-abc、{NOW}。"),
    ({"frozen": "0009"}, "没有冻结版本“0009”。现有：0001-2024-Q1。"),
])
def test_what_is_not_there_is_answered_with_what_is(data, asked, says):
    with pytest.raises(Mistake, match=says):
        tables_meant(data, **asked)


def test_columns_keep_what_they_are_blanks_included():
    import duckdb

    found = typed(duckdb.connect(), "SELECT * FROM (VALUES (1.10::DECIMAL(20,6), DATE '2024-01-31', TIMESTAMP '2024-01-31 08:00:00', true, 7, '甲'), "
                                    "(NULL, NULL, NULL, NULL, NULL, NULL)) t(amount, day, received, yes, n, name)")
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == {
        "amount": "object", "day": "datetime64[s]", "received": "datetime64[us]", "yes": "boolean", "n": "Int64", "name": "str"}
    assert (found.amount[0], found.day[0], found.n[0]) == (Decimal("1.1"), datetime(2024, 1, 31), 7)
    assert found.iloc[1].isna().all()


def test_an_empty_answer_has_its_columns_and_their_types():
    import duckdb

    found = typed(duckdb.connect(), "SELECT 1::DECIMAL(20,6) AS amount, DATE '2024-01-31' AS day WHERE false", exact=False)
    assert found.dtypes.astype(str).to_dict() == {"amount": "float64", "day": "datetime64[s]"} and found.empty


def test_whoever_runs_luodi_loads_no_pandas():
    """`import etl` is the first thing that every command does; opening is cheap too, only a table is not."""
    run = "import sys, etl, etl.cli, etl.show.explain, etl.analyse.county; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", run], cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src")}, check=False).returncode == 0
