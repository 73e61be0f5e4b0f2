"""Passwords of the ledger's, the serving database's and the notices' addresses stand on no screen and in no file, whether a command ends well or not."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from itertools import cycle
from types import SimpleNamespace

import pytest

os.environ.setdefault("LUODI_PLAIN", "1")

from etl.night.receive import Receipt
from etl.settings import given
from etl.show.night import run_night
from flows import notices
from flows.records import recorded
from tests.fixtures.places import ROOT, SAMPLE

CANARY = "kanarienvogel-7"
LEDGERS = {"down": f"postgresql+psycopg://luodi:{CANARY}@127.0.0.1:1/luodi", "no address": f"{CANARY}@db/luodi",
           "a password that is not written as addresses want it": f"postgresql://luodi:x@{CANARY}:{CANARY}/luodi",
           "of no known kind": f"mystery://luodi:{CANARY}@db/luodi"}
NOTICES = f"mailtos://clerk:{CANARY}@127.0.0.1:1?to=a@b.cn json://user:{CANARY}@127.0.0.1:1/x nonsense://{CANARY}"
SERVING = f"mysql+pymysql://luodi:{CANARY}@127.0.0.1:1/luodi"
COMMANDS = (("serve",), ("doctor",), ("doctor",), ("doctor",), ("doctor",), ("run",), ("rebuild",), ("remind", "--dry-run"), ("no-such-command",))


def nowhere(folder, *texts):
    spoken = [text for text in texts if CANARY in text]
    kept = [str(path) for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    return spoken == kept == []


@pytest.fixture
def secret(monkeypatch):
    monkeypatch.setenv("LUODI_NOTICES", NOTICES)
    monkeypatch.setenv("LUODI_SERVING_URL", SERVING)
    monkeypatch.setenv("LUODI_PLAIN", "1")


@pytest.mark.slow
def test_no_command_shows_or_writes_them(secret, tmp_path):
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "LUODI_DATA": str(tmp_path / "data"), "LUODI_SITE": str(SAMPLE / "site"),
                                "LUODI_INBOX": str(tmp_path / "no inbox")}
    for command, address in zip(COMMANDS, cycle(LEDGERS.values())):
        done = subprocess.run([sys.executable, "-c", "from etl.cli import main; main()", *command], check=False, capture_output=True, text=True,
                              env=environment | {"LUODI_LEDGER_URL": address}, cwd=tmp_path)
        assert nowhere(tmp_path, done.stdout, done.stderr), command
        assert "Traceback" not in done.stderr, command


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_night_writes_them_neither_a_good_nor_a_failed_one(secret, monkeypatch, tmp_path, ledger, capfd):
    monkeypatch.setenv("LUODI_LEDGER_URL", LEDGERS[ledger])
    (tmp_path / "inbox").mkdir()
    settings = given(tmp_path / "inbox", SAMPLE / "site", tmp_path / "data", "2024-04-15", plain=True)
    with recorded(SimpleNamespace(id="n1", settings=settings, receipt=Receipt())):
        pass
    with pytest.raises(ValueError, match="why"), recorded(SimpleNamespace(id="n2", settings=settings, receipt=Receipt())):
        raise ValueError("why")
    assert (settings.archive / "journal.jsonl").is_file() and nowhere(tmp_path, *capfd.readouterr())


def test_a_night_that_fails_tells_them_to_nobody(secret, monkeypatch, tmp_path, capfd):
    monkeypatch.setenv("LUODI_LEDGER_URL", LEDGERS["down"])
    monkeypatch.setattr("flows.nightly.tasks.receive", lambda settings: 1 / 0)
    (tmp_path / "inbox").mkdir()
    assert run_night(given(tmp_path / "inbox", SAMPLE / "site", tmp_path / "data", "2024-04-15", plain=True)) == 1
    told = capfd.readouterr()
    assert "ZeroDivisionError" in told.err and list((tmp_path / "data" / "failures").iterdir()) and nowhere(tmp_path, *told)


def test_notices_that_cannot_be_sent_show_no_address(secret, capfd):
    assert not notices.tell(tuple(NOTICES.split()), "t", [datetime(2024, 4, 15).isoformat()])
    assert CANARY not in "".join(capfd.readouterr())
