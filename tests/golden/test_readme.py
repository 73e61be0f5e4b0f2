"""What the two READMEs and the page on assessment show is what the commands print: each is run in a folder of its own, on the sample."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import pytest

from tests.fixtures.places import ROOT, SAMPLE

BLOCK = re.compile(r"^```text\n\$ (luodi .*)\n((?:.*\n)*?)```$", re.MULTILINE)
SHOWN = {name: BLOCK.findall((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "README.zh-CN.md", "docs/assessment.md")}
# The night is the README's own, but for what takes long and is tested elsewhere; it shares what dbt wrote with those of tests/flows.
LUODI = [sys.executable, "-c", "import os, sys; from etl.cli import main\n"
         "if 'run' in sys.argv: from pathlib import Path; from tests.fixtures import hasty; hasty.follow(Path(os.environ['RECIPE']))\nmain()"]


@pytest.fixture(scope="module")
def printed(parsed, tmp_path_factory):
    """What a command line prints in a folder where data/sample is the sample; each is run once.

    Without the history, whose night stands in tests/history: what is shown holds with it and without.
    """
    from etl.transform.build import copy_parsed

    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").mkdir()
    (folder / "data" / "sample").symlink_to(SAMPLE)
    (folder / "data" / "history").mkdir()
    (folder / "data" / "history" / "site").symlink_to(SAMPLE / "site")  # where nothing of the two years is owed
    copy_parsed(parsed, folder / "data" / "demo" / "dbt")
    seen = {}

    def run(line):
        if line not in seen:
            done = subprocess.run([*LUODI, *shlex.split(line)[1:]], cwd=folder, capture_output=True, text=True, check=False,
                                  env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "LUODI_PLAIN": "1", "RECIPE": str(parsed / "recipe")})
            assert done.returncode == (1 if "check" in line else 0), done.stderr         # a file with errors
            seen[line] = done.stdout
        return seen[line]

    return run


def pattern(block: str) -> str:
    """The lines of a block as a pattern: a line `…` stands for lines left out, and within a line for some of its text."""
    lines = [r"(?:.*\n)*?" if line == "…" else re.escape(line.rstrip()).replace("…", ".*") + r" *\n" for line in block.splitlines()]
    return "".join(lines)


@pytest.mark.parametrize("name, line, block", [(name, *shown) for name, blocks in SHOWN.items() for shown in blocks])
def test_shown(printed, name, line, block):
    assert re.search(pattern(block), printed(line)), f"{name}: `{line}` prints\n{printed(line)}"


def test_both_show_the_same_three_commands():
    assert [line.split()[1] for line, _ in SHOWN["README.md"]] == ["run", "check", "explain"]
    assert SHOWN["README.md"] == SHOWN["README.zh-CN.md"]


def demo_commands(data: str) -> list[str]:
    """The commands of `make demo`, with its data in another folder."""
    recipe = re.search(r"^demo:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]
    return [line.replace("$(DEMO)", data) for line in re.findall(r"^\t.*\$\(BIN\)/(luodi .*)$", recipe, re.MULTILINE)]


def test_the_first_command_is_the_second_night_of_make_demo():
    first, second = demo_commands("data/demo")
    assert SHOWN["README.md"][0][0] == second
    assert first == second.replace("data/sample/inbox", "data/history/inbox").replace("2024-04-15", "2024-01-09")


def test_a_line_that_is_not_printed_is_missed():
    assert not re.search(pattern("Σ 1\n…\nΣ 3\n"), "Σ 1\nΣ 2\n") and re.search(pattern("Σ 1\n…\nΣ 3\n"), "Σ 1\nΣ 2\nΣ 3\n")
