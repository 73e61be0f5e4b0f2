"""`luodi papers`: what it writes where, what it keeps for assessors, and what it says of that."""

from __future__ import annotations

import json
import shutil

import duckdb
import pytest

from etl.mistakes import Mistake
from etl.office import pdf
from etl.settings import given
from etl.show.papers import PapersAsked, show_papers, show_templates
from tests.fixtures.papers import paragraphs_of
from tests.fixtures.places import SAMPLE

MONTH = "2024年1月"


@pytest.fixture
def published(folder, tmp_path):
    """Settings of a published version whose scores wait for a release, and a site of its own."""
    data = tmp_path / "data"
    version, results = data / "published" / "v1", data / "warehouse" / "assessors" / "v1"
    for place in (version, results):
        place.mkdir(parents=True)
        shutil.copyfile(folder / "luodi.duckdb", place / "luodi.duckdb")
        (place / "manifest.json").write_text(json.dumps({"as_of": "2024-04-15", "night_id": "20240415-abc"}))
    with duckdb.connect(str(version / "luodi.duckdb")) as con:
        for mart in ("fct_ranking", "fct_score", "fct_movement"):
            con.execute(f"DELETE FROM {mart}")
    (data / "published" / "current").symlink_to("v1")
    shutil.copytree(SAMPLE / "site", tmp_path / "site")
    return given(data=data, site=tmp_path / "site")


def names(settings):
    return sorted(path.relative_to(settings.papers).as_posix() for path in settings.papers.rglob("*.*"))


def test_what_waits_for_a_release_is_not_written(published, capsys):
    assert show_papers(published, PapersAsked(MONTH)) == 0
    assert names(published) == ["2024-01/观摩手册-2024-01.docx", "2024-01/通报-2024-01.docx", "2024-01/通报数据表-2024-01.xlsx"]
    said = capsys.readouterr().out
    assert "排名表：2024年1月没有已发布的结果。考核组要看尚未发布的，加 --assessor。" in said
    assert "审定稿：写的是冻结数据里的全部结果" in said


def test_assessors_get_results_marked_and_in_a_folder_of_their_own(published, capsys):
    assert show_papers(published, PapersAsked(MONTH, ("ranking", "card", "meeting", "bulletin"), assessor=True)) == 0
    assert names(published) == ["2024-01/assessors/得分卡-2024-01-县招商局.docx", "2024-01/assessors/得分卡-2024-01-清河镇.docx",
                             "2024-01/assessors/得分卡-2024-01-白石镇.docx", "2024-01/assessors/排名表-2024-01.docx", "2024-01/通报-2024-01.docx"]
    for path in published.papers.rglob("*.docx"):
        assert (paragraphs_of(path.read_bytes())[0] == "（内部资料，结果尚未发布）") == ("assessors" in path.parts), path
    assert "审定稿：2024-01还没有冻结数据；先 luodi freeze 2024-01。" in capsys.readouterr().out


def test_of_a_unit_come_the_papers_of_units(published):
    assert show_papers(published, PapersAsked(MONTH, unit="白石镇", assessor=True)) == 0
    assert names(published) == ["2024-01/assessors/得分卡-2024-01-白石镇.docx", "2024-01/观摩手册-2024-01-白石镇.docx"]


def test_templates_are_put_into_the_site_once_and_then_taken(published, capsys):
    assert show_templates(published, ("bulletin",)) == 0
    own = published.site / "papers" / "bulletin.docx"
    assert show_templates(published, ()) == 0
    assert "模板已有，没有动" in capsys.readouterr().out and len(list(own.parent.iterdir())) == 5
    own.write_bytes(b"no word file")
    with pytest.raises(Mistake, match=r"bulletin\.docx"):
        show_papers(published, PapersAsked(MONTH, ("bulletin",)))


def test_without_libreoffice_a_sentence_says_how_else(published, capsys, monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    assert show_papers(published, PapersAsked(MONTH, ("bulletin",), pdf=True)) == 0
    assert "没有写 PDF：这台机器上没有 LibreOffice" in capsys.readouterr().out


def test_a_pdf_that_was_not_written_is_named(published, capsys, monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: "/bin/false")
    assert show_papers(published, PapersAsked(MONTH, ("bulletin",), pdf=True)) == 1
    assert "通报-2024-01.docx" in capsys.readouterr().out


@pytest.mark.parametrize("asked, said", [(PapersAsked("2019-01"), "2019-01"), (PapersAsked(MONTH, ("poem",)), "poem"), (PapersAsked(MONTH, unit="无此镇"), "无此镇")])
def test_what_there_is_not_is_named(published, asked, said):
    with pytest.raises(Mistake, match=said):
        show_papers(published, asked)
