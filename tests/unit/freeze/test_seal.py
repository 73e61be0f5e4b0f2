"""What a seal holds, that it never changes, and when there is none."""

import json
import shutil
import stat

import pytest

from etl.freeze import chain
from etl.freeze.files import digest
from etl.freeze.seal import seal
from etl.freeze.tables import load_keys
from etl.mistakes import Mistake
from tests.fixtures.frozen import AMOUNTS, AT, SHA, county, published, to_seal

NAME = "0001-2024-Q1-季评"


def again(place, **other):
    return seal(to_seal(place, **other), load_keys(place / "home"))


def test_a_seal_holds_tables_site_rules_and_sources(frozen):
    manifest = json.loads((frozen / NAME / "manifest.json").read_text(encoding="utf-8"))
    assert {name.rpartition("/")[0] for name in manifest["files"]} == {
        "marts", "marts/csv", "marts/parquet", "prints", "site", "rules/expectations", "rules/dbt_project/models/marts"}
    assert (manifest["by"], manifest["at"], manifest["period"], manifest["night_id"]) == ("张某", AT, "2024-Q1", "20240415-aaaa")
    assert manifest["tables"]["fct_investment"]["rows"] == manifest["tables"]["fct_investment"]["period_rows"] == 3
    assert manifest["sources"] == {SHA: {"counts": True, "names": ["白石镇.xlsx"], "period": True, "periods": ["2024-03"], "size": 23}}


def test_every_file_is_as_the_manifest_says_and_read_only(frozen):
    manifest = json.loads((frozen / NAME / "manifest.json").read_text(encoding="utf-8"))
    files = {p.relative_to(frozen / NAME).as_posix(): p for p in (frozen / NAME).rglob("*") if p.is_file()}
    assert {n: digest(files[n].read_bytes()) for n in manifest["files"]} == {n: f["sha256"] for n, f in manifest["files"].items()}
    assert set(files) - set(manifest["files"]) == {"manifest.json", "seal.json"}
    assert {stat.S_IMODE(p.stat().st_mode) for p in [*files.values(), frozen / chain.CHAIN]} == {0o440}


def test_the_same_order_gives_the_same_bytes(place, tmp_path):
    other = county(tmp_path / "other")
    again(other)
    one, two = ({p.relative_to(f).as_posix(): p.read_bytes() for p in sorted((f / "data/frozen").rglob("*")) if p.is_file()}
                for f in (place, other))
    assert one == two


def test_the_same_content_again_says_so_whoever_asks(place, frozen):
    before = (frozen / chain.CHAIN).read_bytes()
    done = again(place, by="李某", at="2024-05-01T00:00:00", label="")
    assert (done.name, done.already) == (NAME, True)
    assert (frozen / chain.CHAIN).read_bytes() == before
    assert sorted(path.name for path in frozen.iterdir()) == sorted([NAME, chain.CHAIN])


def test_another_version_is_another_seal_that_names_the_one_before(place, frozen):
    published(place / "data", AMOUNTS | {("p1", "t01"): "121"}, night_id="20240416-bbbb")
    done = again(place)
    first, second = chain.whole(frozen)
    assert done.name == "0002-2024-Q1-季评"
    assert second["previous"] == first["hash"]
    assert json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))["previous_seal"] == first["hash"]


def test_a_seal_that_was_killed_before_its_entry_is_taken_in(place, frozen):
    before = (frozen / chain.CHAIN).read_bytes()
    (frozen / chain.CHAIN).unlink()
    assert again(place).already
    assert (frozen / chain.CHAIN).read_bytes() == before


def test_a_folder_that_does_not_fit_the_chain_stops_everything(place, frozen):
    shutil.copytree(frozen / NAME, frozen / "0002-2024-Q1-假")
    with pytest.raises(Mistake, match="不在冻结链中"):
        again(place, period="2024-03")


@pytest.mark.parametrize("other, why", [
    ({"by": " "}, "签字"), ({"period": "2024年3月"}, "无法识别"), ({"period": "2031"}, "没有 2031"), ({"label": "../x"}, "文件夹名"),
])
def test_no_seal_without_a_name_a_period_and_data(place, other, why):
    with pytest.raises(Mistake, match=why):
        again(place, **other)


def test_no_seal_of_damaged_data_or_lost_sources(place, frozen):
    kept = place / "data" / "archive" / SHA[:2] / SHA
    kept.write_bytes(b"something else")
    with pytest.raises(Mistake, match="原始文件"):
        again(place, period="2024")
    table = to_seal(place).published / "csv" / "fct_measure.csv"
    table.write_bytes(table.read_bytes() + b"x")
    with pytest.raises(Mistake, match="损坏"):
        again(place, period="2024")
    assert sorted(path.name for path in frozen.iterdir()) == sorted([NAME, chain.CHAIN])
