"""A changed byte anywhere in a frozen set is found and named."""

import json
import shutil

import pytest

from etl.freeze import chain
from etl.freeze.verify import verify
from etl.mistakes import Mistake
from tests.fixtures.frozen import SHA

NAME = "0001-2024-Q1-季评"
CSV, PARQUET = "marts/csv/fct_investment.csv", "marts/parquet/fct_investment.parquet"


@pytest.fixture
def faults(place):
    """What verifying finds: (what, file, column, was, now) of every fault."""
    def run(**other):
        proof = verify(place / "data/frozen", place / "data/archive", **other)
        return [(f.what, f.file, f.column, f.was, f.now) for f in proof.faults]
    return run


def change(path, old, new):
    content = path.read_bytes()
    assert old in content
    path.chmod(0o644)
    path.write_bytes(content.replace(old, new, 1))


def test_an_untouched_set_is_proved(place):
    proof = verify(place / "data/frozen", place / "data/archive")
    assert (proof.seals, proof.sources, proof.faults) == ((NAME,), 1, ())
    assert proof.files == sum(p.is_file() for p in (place / "data/frozen" / NAME).rglob("*"))


FILES = ["manifest.json", "seal.json", CSV, PARQUET, "marts/published.json", "prints/fct_measure.tsv", "site/units.csv",
         "rules/expectations/freeze.yaml", "rules/dbt_project/models/marts/fct_measure.yml"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", [0, 0.37, 0.8, 1])
def test_one_flipped_bit_is_found_in_the_right_file_and_in_no_other(frozen, faults, name, part):
    path = frozen / NAME / name
    content = bytearray(path.read_bytes())
    content[int(part * (len(content) - 1))] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    assert {file for _, file, *_ in faults()} == {name}


def test_every_byte_of_manifest_seal_and_chain_counts(frozen, faults):
    for path in (frozen / NAME / "seal.json", frozen / chain.CHAIN, frozen / NAME / "manifest.json"):
        content = path.read_bytes()
        path.chmod(0o644)
        for place in range(0, len(content), 29):
            path.write_bytes(content[:place] + bytes([content[place] ^ 2]) + content[place + 1:])
            assert path.name in {file for _, file, *_ in faults()}, place
        path.write_bytes(content)
    assert faults() == []


def test_a_changed_cell_is_named_with_what_it_was(frozen, faults):
    change(frozen / NAME / CSV, b"120.5", b"150.5")
    assert faults() == [("cell", CSV, "arrived_ytd", "120.5", "150.5")]


def test_a_changed_key_is_still_found_at_its_row(frozen, faults):
    change(frozen / NAME / CSV, b"p2,t01", b"p2,t09")
    assert faults() == [("cell", CSV, "unit", "t01", "t09")]


def test_a_value_changed_in_both_copies_is_named_though_nobody_knows_what_it_was(place, frozen, faults):
    import duckdb

    change(frozen / NAME / CSV, b"120.5", b"150.5")
    path = frozen / NAME / PARQUET
    path.unlink()
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{frozen / NAME / CSV}')) TO '{path}' (FORMAT parquet)")
    assert ("cell", CSV, "arrived_ytd", None, "150.5") in faults()
    assert ("cell", PARQUET, "arrived_ytd", None, "150.5") in faults()


def test_a_rewritten_parquet_file_is_told_to_the_cell(frozen, faults):
    import duckdb

    path = frozen / NAME / PARQUET
    content = path.with_name("other.parquet")
    duckdb.sql(f"COPY (SELECT * REPLACE (CASE project_key WHEN 'p3' THEN 98 ELSE arrived_ytd END AS arrived_ytd)"
               f" FROM read_parquet('{path}')) TO '{content}' (FORMAT parquet)")
    content.replace(path)
    assert faults() == [("cell", PARQUET, "arrived_ytd", "99", "98")]


def test_rows_taken_out_and_put_in_are_named(frozen, faults):
    path = frozen / NAME / CSV
    rows = path.read_bytes().splitlines(keepends=True)
    path.chmod(0o644)
    path.write_bytes(b"".join(rows[:2] + rows[3:]))
    assert [what for what, *_ in faults()] == ["missing_row"]
    path.write_bytes(b"".join([*rows, rows[-1].replace(b"p3", b"p4")]))
    assert [what for what, *_ in faults()] == ["extra_row"]


def test_missing_and_extra_files(frozen, faults):
    (frozen / NAME / CSV).unlink()
    (frozen / NAME / "site" / "late.csv").write_text("x")
    assert [fault[:2] for fault in faults()] == [("missing", CSV), ("extra", "site/late.csv")]


def test_a_field_of_the_manifest_is_named(frozen, faults):
    change(frozen / NAME / "manifest.json", "张某".encode(), "李某".encode())
    assert faults() == [("field", "manifest.json", "by", "张某", "李某")]


def test_a_checksum_changed_in_the_manifest_is_not_laid_on_the_file(frozen, faults):
    sha = json.loads((frozen / NAME / "manifest.json").read_text(encoding="utf-8"))["files"][CSV]["sha256"].encode()
    change(frozen / NAME / "manifest.json", sha, sha[::-1])
    assert [fault[:3] for fault in faults()] == [("field", "manifest.json", f"files › {CSV}")]


def test_seal_and_chain_tell_on_each_other(frozen, faults):
    change(frozen / NAME / "seal.json", b"10:00:00", b"09:00:00")
    assert faults() == [("field", "seal.json", "at", "2024-04-15T10:00:00", "2024-04-15T09:00:00")]


def test_an_entry_changed_in_the_chain(frozen, faults):
    change(frozen / chain.CHAIN, b"10:00:00", b"09:00:00")
    assert faults() == [("chain_hash", "chain.jsonl", "", None, None),
                        ("field", "chain.jsonl", "at", "2024-04-15T10:00:00", "2024-04-15T09:00:00")]


def test_an_end_cut_off_is_seen_by_the_head_in_the_minutes(frozen, faults):
    head = chain.append_opening(frozen, "1", "assessors", by="王某", at="2024-04-16T09:00:00")["hash"]
    assert faults(head=head) == []
    lines = (frozen / chain.CHAIN).read_bytes().splitlines(keepends=True)
    (frozen / chain.CHAIN).chmod(0o644)
    (frozen / chain.CHAIN).write_bytes(lines[0])
    assert faults(head=head)[0][0] == "head_missing"
    assert faults()[0][:2] == ("head_missing", chain.CHAIN), "the head is kept beside the folder too"


def test_everything_taken_away_is_missed(frozen, faults):
    frozen.rename(frozen.with_name("elsewhere"))
    assert [fault[0] for fault in faults()] == ["head_missing"]


def test_an_entry_taken_out_of_the_middle_breaks_the_link(frozen, faults):
    for state in ("assessors", "published"):
        chain.append_opening(frozen, "1", state, by="王某", at="2024-04-16T09:00:00")
    lines = (frozen / chain.CHAIN).read_bytes().splitlines(keepends=True)
    (frozen / chain.CHAIN).chmod(0o644)
    (frozen / chain.CHAIN).write_bytes(lines[0] + lines[2])
    assert [what for what, *_ in faults()] == ["chain_link", "chain_number"]


def test_damage_in_many_places_is_told_without_falling_over_it(frozen, faults):
    change(frozen / NAME / CSV, b"120.5", b"150.5")
    change(frozen / NAME / "manifest.json", b'"columns"', b'"colvmns"')
    change(frozen / chain.CHAIN, b'"parts"', b'"qarts"')
    assert {(what, file) for what, file, *_ in faults()} == {
        ("chain_hash", "chain.jsonl"), ("field", "chain.jsonl"), ("field", "manifest.json"), ("changed", CSV)}


def test_sources_are_proved_too(place, faults):
    kept = place / "data/archive" / SHA[:2] / SHA
    kept.write_bytes(b"other bytes")
    assert [fault[:2] for fault in faults()] == [("source_changed", f"archive/{SHA[:2]}/{SHA}")]
    kept.unlink()
    assert [what for what, *_ in faults()] == ["source_missing"]


def test_folders_that_are_gone_or_not_in_the_chain(frozen, faults):
    shutil.copytree(frozen / NAME, frozen / "0002-2024-Q1-假")
    assert [what for what, *_ in faults()] == ["unknown_set"]
    shutil.rmtree(frozen / NAME)
    assert [what for what, *_ in faults()] == ["unknown_set", "missing_set"]


def test_a_set_that_nobody_sealed(place):
    with pytest.raises(Mistake, match="没有冻结版本"):
        verify(place / "data/frozen", place / "data/archive", "9")
