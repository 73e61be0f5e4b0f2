"""Tonight's files are read batch by batch: each within one limit, none too large to be tried again."""

from dataclasses import replace
from types import SimpleNamespace

from etl.model import Reading, Received
from etl.night import read, retries
from etl.night.receive import Receipt
from etl.settings import given

USUAL = given(None, None, None, None)


def night(monkeypatch, *number):
    """So many files of one limit after the other, each limit with more seconds."""
    files = iter([Received(f"{n}.xlsx", f"{n:064x}", 1, None, n, None) for n in range(1, sum(number) + 1)])
    monkeypatch.setattr(retries, "with_limits", lambda *_: [(replace(USUAL, seconds=n), [next(files) for _ in range(many)])
                                                            for n, many in enumerate(number)])
    return SimpleNamespace(settings=USUAL, receipt=Receipt(), criteria=SimpleNamespace(site=None))


def test_a_batch_has_a_hundred_files_at_most_and_one_limit(monkeypatch):
    found = read.batches(night(monkeypatch, 250, 1))
    assert [(g.places, len(g.files), g.limits.seconds) for g in found] == [("1-100", 100, 0), ("101-200", 100, 0), ("201-250", 50, 0), ("251-251", 1, 1)]
    assert [int(one.name.partition(".")[0]) for g in found for one in g.files] == [*range(1, 252)]


def test_nothing_new_is_no_batch(monkeypatch):
    assert read.batches(night(monkeypatch)) == []


def test_what_batches_hold_is_given_in_their_order(monkeypatch):
    def one(_night, reference, batch):
        assert reference == "loaded once"
        return [Reading(file, None) for file in batch.files]

    loaded = []
    monkeypatch.setattr(read, "load_reference", lambda *_: loaded.append(1) or "loaded once")
    assert [r.submission.order for r in read.read(night(monkeypatch, 101), one)] == [*range(1, 102)]
    assert loaded == [1]
