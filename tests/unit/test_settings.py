"""Options go before variables, variables before defaults; what cannot be understood is told."""

from datetime import datetime

import pytest

from etl import settings
from etl.mistakes import Mistake
from tests.fixtures.places import ROOT


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("INBOX", "SITE", "DATA", "LEDGER_URL", "LANG", "WORKERS", "HOME", "FILE_SECONDS"):
        monkeypatch.delenv(f"LUODI_{name}", raising=False)


def test_defaults_lie_in_the_checkout_and_the_site_beside_the_inbox():
    given = settings.given(inbox=ROOT / "data/sample/inbox")
    assert given.data == ROOT / "data"
    assert given.site == ROOT / "data/sample/site"
    assert given.ledger_url == f"sqlite:///{ROOT}/data/ledger.db"
    assert given.expectations.is_dir()


def test_an_option_goes_before_a_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("LUODI_DATA", str(tmp_path / "variable"))
    monkeypatch.setenv("LUODI_WORKERS", "3")
    assert settings.given().data == tmp_path / "variable"
    assert settings.given(data=tmp_path / "option").data == tmp_path / "option"
    assert settings.given().workers == 3


def test_nothing_is_served_unless_a_database_is_named(monkeypatch):
    assert (settings.given().serving_url, settings.given().serving_reader) == ("", "luodi_reader")
    monkeypatch.setenv("LUODI_SERVING_URL", "postgresql+psycopg://db/luodi")
    monkeypatch.setenv("LUODI_SERVING_READER", "bi")
    assert (settings.given().serving_url, settings.given().serving_reader) == ("postgresql+psycopg://db/luodi", "bi")


@pytest.mark.parametrize("written, meant", [
    ("2024-04-15", datetime(2024, 4, 15, 23, 59, 59)),
    ("2024-04-15 20:00:00", datetime(2024, 4, 15, 20)),
    ("2024-04-15T12:00:00+00:00", datetime(2024, 4, 15, 20)),
])
def test_the_nights_date_is_chinas(written, meant):
    assert settings.instant(written) == meant


def test_without_a_date_it_is_now_in_china():
    assert abs(settings.instant(None) - datetime.now(settings.CHINA).replace(tzinfo=None)).total_seconds() < 5


@pytest.mark.parametrize("call, says", [
    (lambda: settings.instant("15.4.2024"), "--as-of"),
    (lambda: settings.language("fr"), "fr"),
])
def test_what_is_not_understood_is_told(call, says):
    with pytest.raises(Mistake, match=says):
        call()


def test_a_limit_that_is_no_number_is_told(monkeypatch):
    monkeypatch.setenv("LUODI_WORKERS", "many")
    with pytest.raises(Mistake, match="LUODI_WORKERS"):
        settings.given()


def test_a_home_without_contracts_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("LUODI_HOME", str(tmp_path))
    with pytest.raises(Mistake, match="LUODI_HOME"):
        settings.given()
