"""A night links what did not change to the version before, and writes what did: the bytes are the same either way."""

from __future__ import annotations

import os
import shutil
from datetime import date

import duckdb
import pytest

from etl.publish import manifest
from etl.publish.manifest import Publication, write_manifest
from tests.fixtures.marts import MARTS, build
from tests.fixtures.versions import exported

pytestmark = pytest.mark.slow
UNIT, FIGURES = ("csv/dim_unit.csv", "parquet/dim_unit.parquet"), ("csv/fct_measure.csv", "parquet/fct_measure.parquet")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("versions")


@pytest.fixture(scope="module")
def before(folder):
    return version(folder, "before")


def version(folder, name, values=("1.5", "-2", None), before=None):
    """A version with its manifest."""
    (folder / name).mkdir()
    rows = exported(build(folder / f"{name}.duckdb", values), MARTS, folder / name, before=before).rows
    write_manifest(folder / name, Publication(name, date(2024, 4, 15)), rows)
    return folder / name


def linked(one, other):
    """The files that two versions share."""
    files = [p.relative_to(one).as_posix() for p in one.rglob("*") if p.is_file()]
    return {name for name in files if (other / name).is_file() and (one / name).samefile(other / name)}


def test_all_is_shared_where_nothing_changed_but_the_database(before, folder):
    assert linked(before, version(folder, "same", before=before)) == {*UNIT, *FIGURES}


def test_a_changed_table_is_written_and_no_byte_depends_on_what_was_before(before, folder):
    changed = version(folder, "changed", ("1.5", "-3", None), before)
    alone = version(folder, "alone", ("1.5", "-3", None))
    assert linked(before, changed) == set(UNIT)
    for name in (*UNIT, *FIGURES, "luodi.duckdb"):
        assert (changed / name).read_bytes() == (alone / name).read_bytes(), name


@pytest.mark.parametrize("values", [("1.5", "-2"), ("1.5", "-2", None, "4"), ("-2", "1.5", None)], ids=["fewer", "more", "other places"])
def test_rows_that_are_gone_or_came_or_stand_elsewhere_are_a_change(before, folder, values, request):
    assert linked(before, version(folder, request.node.callspec.id.replace(" ", "-"), values, before)) == set(UNIT)


def test_a_damaged_file_is_given_to_nobody(folder):
    damaged = version(folder, "damaged")
    for name in (UNIT[0], FIGURES[1]):
        content = bytearray((damaged / name).read_bytes())
        content[len(content) // 2] ^= 1
        (damaged / name).write_bytes(content)
    assert linked(damaged, version(folder, "after-damage", before=damaged)) == set()


def test_another_writer_takes_nothing_over(before, folder, monkeypatch):
    """What wrote the version before may have made other bytes of the same rows."""
    monkeypatch.setattr(manifest, "writer", lambda: "another")
    other = version(folder, "by-another")
    monkeypatch.undo()
    assert linked(other, version(folder, "after-another", before=other)) == set()


def test_a_column_of_another_kind_is_a_change(before, folder):
    source = build(folder / "kind.duckdb", ("1.5", "-2", None))
    with duckdb.connect(str(source)) as con:
        con.execute("ALTER TABLE marts.fct_measure ALTER value TYPE DECIMAL(18,6)")
    (folder / "kind").mkdir()
    exported(source, MARTS, folder / "kind", before=before)
    assert linked(before, folder / "kind") == set(UNIT)


def test_a_disk_without_links_gets_the_bytes_written(before, folder, monkeypatch):
    from etl.publish import export as exporting

    source = build(folder / "nolinks.duckdb", ("1.5", "-2", None))
    (folder / "nolinks").mkdir()
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("no links here")))
    exporting._export(source, MARTS, folder / "nolinks", exporting.OPEN, None, before)
    assert linked(before, folder / "nolinks") == set()
    assert (folder / "nolinks" / UNIT[0]).read_bytes() == (before / UNIT[0]).read_bytes()


def test_a_version_that_is_removed_takes_nothing_from_the_one_that_shares_its_files(folder):
    gone = version(folder, "gone")
    stays = version(folder, "stays", before=gone)
    shutil.rmtree(gone)
    assert manifest.checksums(stays) == manifest.read_manifest(stays)["files"]
