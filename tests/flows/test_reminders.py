"""Units are reminded once of each thing, the log says what became of it, and nothing is lost where a channel fails."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime

import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

import sqlalchemy as sa

from etl.judge.criteria import load_criteria
from etl.land import ledger
from etl.settings import given
from etl.site.load import load_site
from flows import reminders

NIGHT = "2024-04-15"


@pytest.fixture
def settings(next_day, tmp_path):
    """After a night on 15 April: 柳树乡, 石桥乡 and 县工信局 owe forms that were due on 7 April; of 柳树乡 an address is known."""
    import shutil

    site = tmp_path / "site"
    shutil.copytree(next_day.inbox.parent / "site", site)
    (site / "contacts.csv").write_text("unit,channel\nt05,post://t05\n*,post://office\n", encoding="utf-8")
    return given(next_day.inbox, site, next_day.data, NIGHT)


def remind(settings, **options):
    criteria = load_criteria(settings.expectations, load_site(settings.site), settings.as_of)
    return reminders.remind(settings, criteria, **options)


def log(settings):
    books = ledger.open_ledger(settings.ledger_url)
    with books.connect() as con:
        rows = [(r.recipient, r.kind, r.due, r.as_of, r.outcome) for r in con.execute(sa.select(ledger.REMINDER).order_by(ledger.REMINDER.c.row))]
    books.dispose()
    return rows


def outcomes(done):
    return {one.message.recipient: one.outcome for one in done}


def test_each_thing_is_said_once_and_the_log_says_to_whom(settings, sent):
    assert outcomes(remind(settings)) == {"gxj": "no_channel", "t05": "sent", "t06": "no_channel", "*": "sent"}
    assert [address for address, _, _ in sent] == ["t05", "office"]
    assert sent[0][1:] == ("催报：柳树乡（2024-04-15）", "2024年3月重点项目月报表：2024-04-07已到期，还没有收到，请立即办理")
    due, day = date(2024, 4, 7), date(2024, 4, 15)
    assert [row for row in log(settings) if row[0] in ("t05", "gxj")] == [
        ("gxj", "after", due, day, "no_channel"), ("t05", "after", due, day, "begun"), ("t05", "after", due, day, "sent")]
    assert remind(settings) == [] and len(sent) == 2
    # the next day only the digest is new
    assert outcomes(remind(replace(settings, as_of=datetime(2024, 4, 16)))) == {"*": "sent"}


def test_a_dry_run_sends_and_notes_nothing(settings, sent):
    assert set(outcomes(remind(settings, dry_run=True)).values()) == {"dry"}
    assert sent == [] and log(settings) == []


def test_what_failed_is_tried_again_and_what_was_cut_short_is_not(settings, sent):
    contacts = settings.site / "contacts.csv"
    contacts.write_text("unit,channel\nt05,torn://t05\n", encoding="utf-8")
    assert outcomes(remind(settings))["t05"] == "failed"
    contacts.write_text("unit,channel\nt05,post://t05\nt06,post://t06\n", encoding="utf-8")
    books = ledger.open_ledger(settings.ledger_url)
    ledger.record_reminders(books, [("slot:t06|investment_monthly|2024-03", date(2024, 4, 7), "after")], "t06", date(2024, 4, 14), "begun")
    books.dispose()
    assert outcomes(remind(settings)) == {"t05": "sent"}
