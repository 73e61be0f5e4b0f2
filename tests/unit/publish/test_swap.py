"""A version appears at once or not at all, and the one before can be taken back."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date

import duckdb
import pytest

from etl.inbox import flush
from etl.publish import export, swap
from etl.publish import release as releasing
from etl.publish.manifest import Publication, read_manifest
from tests.fixtures.marts import MARTS, build
from tests.fixtures.versions import at_once, released

pytestmark = pytest.mark.slow


@pytest.fixture
def night(tmp_path, monkeypatch):
    """Publish a night whose fct_measure holds some values; answer the folder of the version."""
    written = {}

    def run(night_id, values=("1",)):
        source = build(tmp_path / "build.duckdb", values)

        def exported(build, marts, folder, *more):
            """In this process, which is quicker than one of its own, and once: only that one writes the same bytes again (test_gaps)."""
            place = tmp_path / f"written-{'-'.join(values)}"
            if values not in written:
                place.mkdir()
                written[values] = export._export(build, marts, place, *more)
            shutil.copytree(place, folder, dirs_exist_ok=True)
            return written[values]

        monkeypatch.setattr(releasing, "exporting", at_once(exported))
        return released(source, MARTS, tmp_path / "published", Publication(night_id, date(2024, 4, 15)))
    return run


@pytest.fixture
def published(tmp_path):
    return tmp_path / "published"


def test_the_first_night_makes_current(night, published):
    place = night("n1")
    assert (published / "current").resolve() == place
    manifest = json.loads((published / "current" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["night_id"], manifest["as_of"], manifest["tables"]) == ("n1", "2024-04-15", {"dim_unit": 2, "fct_measure": 1})
    assert set(manifest["files"]) == {"luodi.duckdb", "csv/dim_unit.csv", "csv/fct_measure.csv",
                                      "parquet/dim_unit.parquet", "parquet/fct_measure.parquet"}


def test_the_same_night_again_changes_nothing(night, published):
    place = night("n1")
    before = place.stat().st_ino, (place / "luodi.duckdb").stat().st_ino
    assert night("n1") == place
    assert (place.stat().st_ino, (place / "luodi.duckdb").stat().st_ino) == before
    assert swap.versions(published) == [place.name]


def test_other_content_under_the_same_night_is_another_version(night, published):
    assert night("n1", ("1",)) != night("n1", ("2",))
    assert len(swap.versions(published)) == 2


def test_two_versions_before_the_current_one_are_kept(night, published):
    places = [night(f"n{number}", (str(number),)) for number in range(5)]
    assert [p.exists() for p in places] == [False, False, True, True, True]
    assert sorted(path.name for path in published.iterdir()) == sorted(["current", "history", *(p.name for p in places[2:])])


def test_a_reader_of_the_old_version_is_not_disturbed(night, published):
    night("n1", ("1",))
    reader = duckdb.connect(str((published / "current" / "luodi.duckdb").resolve()), read_only=True)
    night("n2", ("2", "3"))
    assert reader.execute("SELECT count(*) FROM fct_measure").fetchone() == (1,)
    reader.close()
    assert read_manifest(published / "current")["night_id"] == "n2"


def test_rollback_points_back_and_can_be_undone(night, published):
    first, second = night("n1", ("1",)), night("n2", ("2",))
    assert swap.rollback(published) == first == swap.current(published)
    assert swap.rollback(published, second.name) == second == swap.current(published)


def test_rollback_to_nothing_or_to_a_damaged_version_is_refused(night, published):
    first = night("n1", ("1",))
    with pytest.raises(swap.PublishError, match="no version before"):
        swap.rollback(published)
    with pytest.raises(swap.PublishError, match="no version nowhere"):
        swap.rollback(published, "nowhere")
    second = night("n2", ("2",))
    (first / "csv" / "dim_unit.csv").write_text("bit rot")
    with pytest.raises(swap.PublishError, match=r"dim_unit\.csv is damaged"):
        swap.rollback(published)
    assert swap.current(published) == second


def test_a_version_that_another_process_finds_short_is_not_published(night, published, monkeypatch):
    first = night("n1", ("1",))
    real = swap.verify_version

    def spoil(folder):
        manifest = read_manifest(folder)
        manifest["tables"]["fct_measure"] += 1
        (folder / "manifest.json").write_text(json.dumps(manifest))
        real(folder)

    monkeypatch.setattr(swap, "verify_version", spoil)
    with pytest.raises(swap.PublishError, match=r"fct_measure has 1 rows in luodi\.duckdb, the manifest says 2"):
        night("n2", ("2",))
    assert swap.current(published) == first


def test_a_damaged_version_is_mended_when_its_night_is_published_again(night, published):
    place = night("n1")
    (place / "luodi.duckdb").write_bytes(b"")
    assert night("n1") == place
    assert swap.faults_seen_anew(place) == ""


def test_a_folder_in_the_place_of_the_link_is_left_alone(night, published):
    (published / "current").mkdir(parents=True)
    with pytest.raises(swap.PublishError, match="not a symbolic link"):
        night("n1")


def test_killed_at_any_move_readers_see_the_old_or_the_new_version(night, published, monkeypatch, tmp_path):
    """The last version is whole after every move of a file; a second try ends as the first would have."""
    first = night("n1", ("1",))
    untouched = tmp_path / "untouched"
    shutil.copytree(published, untouched, symlinks=True)
    real, moves = os.replace, []
    for stop in range(10):
        shutil.rmtree(published)
        shutil.copytree(untouched, published, symlinks=True)
        moves.clear()

        def move(source, target, stop=stop):
            if len(moves) == stop:
                raise KeyboardInterrupt
            moves.append(target)
            real(source, target)

        monkeypatch.setattr(swap.os, "replace", move)
        try:
            second = night("n2", ("2",))
        except KeyboardInterrupt:
            second = None
        monkeypatch.setattr(swap.os, "replace", real)
        seen = swap.current(published)
        assert swap.faults_seen_anew(seen) == "" and seen.name in (first.name, getattr(second, "name", first.name))
        last = night("n2", ("2",))
        assert swap.current(published) == last and swap.versions(published)[-1] == last.name
        if second:
            assert stop == 3                   # version, history, link
            return
    raise AssertionError("the publication never came to its end")


def test_every_file_is_written_through_before_the_link_moves(night, published, monkeypatch):
    flushed, real = [], flush.flush
    for module in (flush, swap):
        monkeypatch.setattr(module, "flush", lambda path: (flushed.append(path.name), real(path)))
    night("n1")
    link = flushed.index("published")
    assert {"luodi.duckdb", "manifest.json", "dim_unit.csv", "fct_measure.parquet", "csv", "parquet", ".building"} <= set(flushed[:link])


def test_a_version_that_is_open_to_all_may_be_read_by_others_and_changed_or_run_by_none(tmp_path, published):
    before = os.umask(0o027)
    try:
        version = released(build(tmp_path / "open.duckdb"), MARTS, published, Publication("n1", date(2024, 4, 15), open_to_all=True))
    finally:
        os.umask(before)
    assert {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in (version, *version.rglob("*"))} == {(True, "0o755"), (False, "0o644")}
