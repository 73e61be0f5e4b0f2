"""The notebooks of docs/notebooks run from beginning to end on a night over the sample, and are kept without what they showed."""

import json
import re

import pytest

from tests.fixtures.places import ROOT

NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.filterwarnings("error")


def cells(path, kind):
    return ["".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_where_the_demo_lies(path, night, tmp_path, monkeypatch, capsys):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/demo").symlink_to(night)
    monkeypatch.chdir(tmp_path)
    names = {}
    for number, source in enumerate(cells(path, "code"), start=1):
        exec(compile(source, f"{path.name}, cell {number}", "exec"), names)
    assert capsys.readouterr().out          # what it prints; and what it asserts held


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs_and_speaks_chinese_first(path):
    told = json.loads(path.read_text(encoding="utf-8"))
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in told["cells"] if cell["cell_type"] == "code")
    for text in cells(path, "markdown"):
        assert re.match(r"(#+ )?\S*[\u3400-\u9fff]", text) and re.search(r"[A-Z][a-z]* ", text), text


def test_the_page_for_analysts_names_every_notebook():
    page = (ROOT / "docs/analysts.md").read_text(encoding="utf-8")
    assert NOTEBOOKS and all(f"notebooks/{path.name}" in page for path in NOTEBOOKS)
