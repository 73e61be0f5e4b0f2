"""The commands as people type them, from a published night to a correction that counts."""

import csv
import json
from datetime import datetime

import pytest

from etl.night import name as night
from etl.site.load import load_site
from tests.fixtures.frozen import AMOUNTS, county, published

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A county whose night is named after the site and the rules that lie beside it."""
    place = county(tmp_path_factory.mktemp("county"))
    renewed(place, AMOUNTS)
    return place


def renewed(place, amounts, day=15):
    as_of = datetime(2024, 4, day, 23, 59, 59)
    name = night.night_id(as_of, (), load_site(place / "site"), night.fingerprint(place / "home"))
    published(place / "data", amounts, night_id=name, as_of=as_of.date(), file=f"{day}.xlsx")


@pytest.fixture
def luodi(luodi, place, monkeypatch):
    """The command line over the county; both that it prints and that it complains of are one text."""
    monkeypatch.setenv("LUODI_HOME", str(place / "home"))
    monkeypatch.setenv("LUODI_DATA", str(place / "data"))
    monkeypatch.setenv("LUODI_SITE", str(place / "site"))

    def run(*words):
        code, out, err = luodi(*words)
        return code, out + err

    return run


def test_from_seal_to_correction(luodi, place, tmp_path):
    assert luodi("verify")[1].startswith("还没有冻结过")
    assert luodi("freeze", "2024-Q1")[0] == 2                                      # nobody signed
    code, out = luodi("freeze", "2024-Q1", "--by", "张某", "--name", "季评", "--as-of", "2024-04-15 10:00:00")
    assert code == 0 and "已冻结为 0001-2024-Q1-季评" in out
    assert "没有重做" in luodi("freeze", "2024-Q1", "--by", "李某")[1]
    assert "保密（数据组） → 考核组可见" in luodi("freeze", "--publish", "1", "--by", "王某", "--to", "assessors")[1]
    assert json.loads(luodi("freeze", "list", "--format", "json")[1])[0]["state"] == "assessors"
    assert "考核组可见 → 已公布" in luodi("freeze", "--publish", "1", "--by", "王某")[1]
    outside = place / "data/published/frozen/0001-2024-Q1-季评"
    assert json.loads((outside / "manifest.json").read_text())["withheld"] == {} and (outside / "csv/fct_measure.csv").is_file()
    assert luodi("verify", "1")[0] == 0
    assert "没有不同" in luodi("freeze", "diff", "1")[1]

    renewed(place, AMOUNTS | {("p3", "t02"): "170"}, day=16)
    assert "1 个原因，更正 4 项" in luodi("freeze", "diff", "1")[1]
    found = json.loads(luodi("freeze", "diff", "1", "--format", "json")[1])
    [cause] = found["causes"]
    first = cause["changes"][0]
    assert (cause["kind"], cause["state"], cause["said"]["unit"], cause["said"]["file"]) == ("submission", "pending", "t01", "16.xlsx")
    assert (first["old"], first["new"], first["state"], first["new_origin"]["cell"]) == ("99", "170", "pending", "F6")
    code, unfolded = luodi("freeze", "diff", "1", "--cause", cause["id"], "--format", "csv")
    assert code == 0 and len(unfolded.splitlines()) > 3
    assert luodi("freeze", "approve", "1", "--cause", cause["id"], "--by", "王某")[0] == 2      # no reason
    assert luodi("freeze", "approve", "1", "--cause", "ffff", "--by", "王某", "--why", "审计")[0] == 2
    assert "更正 4 项" in luodi("freeze", "approve", "1", "--cause", cause["id"], "--by", "王某", "--why", "审计认定")[1]
    assert "4 approved, 0 pending" in luodi("freeze", "diff", "1", "--lang", "en")[1]
    luodi("freeze", "corrected", "1", "-o", tmp_path / "out")
    with (tmp_path / "out" / "fct_investment.csv").open(encoding="utf-8-sig") as file:
        assert [row["arrived_ytd"] for row in csv.DictReader(file)] == ["120.5", "30", "170"]

    table = place / "data/frozen/0001-2024-Q1-季评/marts/csv/fct_investment.csv"
    table.chmod(0o644)
    table.write_bytes(table.read_bytes().replace(b"120.5", b"150.5"))
    code, out = luodi("verify")
    assert code == 1 and "fct_investment.csv" in out and "列 arrived_ytd：120.5 → 150.5" in out
    assert luodi("freeze", "diff", "1")[0] == 2                                    # no ground to compare with


def test_a_site_that_did_not_make_the_figures_is_not_sealed(luodi, place):
    (place / "site" / "settings.csv").write_text("key,value\ncounty,别县\n", encoding="utf-8")
    code, out = luodi("freeze", "2024", "--by", "张某")
    assert code == 2 and "luodi run" in out
