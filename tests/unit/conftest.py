"""What the tests of rooms share: the command line in this process."""

import sys

import pytest

from etl import cli


@pytest.fixture
def luodi(monkeypatch, capsys, tmp_path):
    """Run a command line in a folder of its own; gives exit code, what was printed, what was complained of.

    With `answers` a person sits before it and types them.
    """
    monkeypatch.chdir(tmp_path)

    def run(*words, answers=()):
        monkeypatch.setattr(sys, "argv", ["luodi", *map(str, words)])
        monkeypatch.setattr(sys.stdin, "isatty", lambda: bool(answers), raising=False)
        typed = iter(answers)
        monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return ended.value.code or 0, printed.out, printed.err

    return run
