"""Archive, journal and site are the truth: what is lost of all else comes back in the same bytes; and nights go back and are held."""

import hashlib
import os
import shutil

import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.assess.sampling import Lot
from etl.desk import doctor, holding
from etl.inbox.journal import place, read_journal
from etl.land import ledger
from etl.mistakes import Mistake
from etl.night.retention import size
from etl.night.room import need
from etl.settings import given
from etl.show.audit import show_audit
from etl.texts.catalogue import speaker
from tests.fixtures.county import BUDGET, HELD, NOTHING_NEW, PUBLISHED


def settings(county, **more):
    return given(county.inbox, county.inbox.parent / "site", county.data, "2024-04-16", **more)


def books(county):
    """What the ledger says, but for the times of day at which nights ran."""
    engine = ledger.open_ledger(settings(county).ledger_url)
    with engine.connect() as con:
        rows = {table.name: sorted(map(str, con.execute(table.select()))) for table in (ledger.FILE, ledger.SUBMISSION, ledger.DUPLICATE)}
    engine.dispose()
    return rows


def lose(county, *names):
    for name in names:
        path = county.data / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.long  # tests/unit/night/test_receive.py and tests/unit/inbox/test_care.py hold the same without a night
def test_a_lost_original_stops_the_night_that_needs_it_and_a_false_digit_is_published_anew(next_day):
    before = next_day.content()
    figures = next_day.published / "csv" / "fct_budget_execution.csv"
    figures.write_bytes(figures.read_bytes().replace(b"1", b"7", 1))
    assert [one.level for one in doctor._published(settings(next_day), speaker("zh"))] == ["fail"]
    assert next_day.night() == PUBLISHED                                     # nothing new, but what lies there is not what was published
    assert next_day.content() == before
    assert next_day.night() == NOTHING_NEW

    budget = next(one for one in read_journal(next_day.data / "archive") if one.get("name") == BUDGET)
    kept = place(next_day.data / "archive", budget["sha256"])
    bytes_ = kept.read_bytes()
    kept.chmod(0o644)
    kept.write_bytes(bytes_[:-1] + b"?")
    (found,) = [one for one in doctor._stores(settings(next_day), speaker("zh")) if one.level == "fail"]
    assert BUDGET in found.found and "放回收件箱" in found.remedy
    assert next_day.night() == NOTHING_NEW                                   # it lies in the inbox still: the same bytes mend it
    assert kept.read_bytes() == bytes_
    assert {one.level for one in doctor._stores(settings(next_day), speaker("zh"))} == {"ok"}

    lose(next_day, "warehouse")
    kept.unlink()
    (next_day.inbox / BUDGET).unlink()
    assert next_day.night() not in (PUBLISHED, NOTHING_NEW)
    assert next_day.content() == before


def test_an_audit_pack_leaves_out_an_original_that_is_not_what_was_received_and_names_it(next_day, tmp_path, capsys):
    budget = next(one for one in read_journal(next_day.data / "archive") if one.get("name") == BUDGET)
    kept = place(next_day.data / "archive", budget["sha256"])
    bytes_ = kept.read_bytes()

    def pack(name):
        done = show_audit(settings(next_day), "2024-01", (), tmp_path / name, Lot(), assessor=False)
        told = capsys.readouterr()
        return done, told.out + told.err, {hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / name / "原始文件").glob("*")}

    done, _, files = pack("whole")
    assert done == 0 and budget["sha256"] in files
    for name, damage in (("changed", bytes_[:-1] + b"?"), ("missing", None)):
        kept.unlink(missing_ok=True)
        if damage:
            kept.write_bytes(damage)
        done, told, left = pack(name)
        assert done == 1 and BUDGET in "".join(told.split()) and left == files - {budget["sha256"]}


def test_without_inbox_warehouse_ledger_and_published_files_all_comes_back_in_the_same_bytes(two_nights):
    before, said = two_nights.content(), books(two_nights)
    lose(two_nights, "warehouse", "published", "ledger.db")
    shutil.rmtree(two_nights.inbox)
    two_nights.inbox.mkdir()
    assert two_nights.rebuild() == PUBLISHED
    assert two_nights.content() == before
    assert books(two_nights) == said
    assert not list(two_nights.data.glob("*.aside"))


@pytest.mark.long  # that what has a receipt and is not landed is read from the archive is held by tests/unit/night/test_receive.py
def test_a_night_after_a_lost_warehouse_reads_from_the_archive_what_the_inbox_lacks(two_nights):
    before = two_nights.content()
    lose(two_nights, "warehouse")
    (two_nights.inbox / BUDGET).unlink()
    assert two_nights.night() == PUBLISHED
    assert two_nights.content() == before


@pytest.mark.long  # tests/unit/desk/test_holding.py goes back, holds and lifts without a night
def test_readers_go_back_by_a_name_and_no_night_publishes_until_somebody_lifts_it(two_nights):
    second, now = two_nights.content(), two_nights.published.resolve().name
    with pytest.raises(Mistake):
        holding.roll_back(settings(two_nights), None, "", "规则改错了")
    first = holding.roll_back(settings(two_nights), None, "王某", "规则改错了")
    assert two_nights.published.resolve().name == first != now
    assert two_nights.night() == HELD
    assert two_nights.published.resolve().name == first
    rolled, = [one for one in read_journal(two_nights.data / "archive") if one["kind"] == "rolled_back"]
    assert (rolled["from"], rolled["to"], rolled["by"], rolled["why"]) == (now, first, "王某", "规则改错了")
    holding.lift(settings(two_nights), "王某", "已改正")
    assert two_nights.night() == PUBLISHED
    assert two_nights.content() == second


def test_nights_take_no_more_of_the_disk_than_was_said_before_and_not_a_fifth_of_it(first_night, second_night, later, tmp_path):
    def said(inbox, data):
        return need(given(inbox, later.inbox.parent / "site", data, "2024-04-16")) << 20

    took = size(first_night)
    assert took <= said(second_night / "inbox", tmp_path / "empty") <= 5 * took
    took = size(second_night / "data") - took
    assert took <= said(second_night / "inbox", first_night) <= 5 * took
