"""A paper says what it must, in the county's own words where it has some, and comes out the same every time."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from etl.mistakes import Mistake
from etl.notices.matters import Paper, drafts
from etl.notices.paper import as_word, blocks, wording
from etl.notices.write import Shelves, Wanted, write_papers
from etl.office.sender import Office
from etl.office.word import NewPage, PaperTable, Paragraph
from etl.texts.catalogue import chinese
from tests.fixtures.notices import SIGNED, matter, published

DAY = date(2024, 7, 15)
OFFICE = Office("云岭县", "考核办", "云督办", "", "0870-1", "县纪委监委")
TEXT = wording(Path("nowhere"))


def said(paper, text=TEXT, office=OFFICE):
    return blocks(paper, office, text, DAY, chinese)


def paragraphs(paper, style):
    return [b.text for b in said(paper) if isinstance(b, Paragraph) and b.style == style]


def draft(*matters):
    (paper,) = drafts(matters, "2024-06")
    return paper


def test_a_draft_says_that_it_is_none_yet_and_puts_the_gravest_first():
    paper = draft(matter(1, kind="green_notice", ground="late", subject="slot", name="月报"), matter(2))
    assert paragraphs(paper, "head") == ["云岭县督办通知"]
    assert paragraphs(paper, "number") == ["云督办〔2024〕6-t01号"]
    assert paragraphs(paper, "draft") == ["（草稿，未签发）"]
    assert paragraphs(paper, "title")[0] == "关于2024年6月重点项目推进⏎等事项的督办通知"
    assert "（红色1个、提示1个）" in paragraphs(paper, "body")[0]
    facts, slip = [b for b in said(paper) if isinstance(b, PaperTable)]
    assert [row[1].splitlines() for row in facts.rows[1:]] == [
        ["厂房2", "督办〔2024〕t01-00000002", "【红色】"], ["月报", "督办〔2024〕t01-00000001", "【提示】"]]
    assert facts.rows[1][3:] == ("土地：用地未批", "张某\n李某", "签发之日起3个工作日内")
    assert [row[2:] for row in slip.rows[1:]] == [("", "", "", "")] * 2


def test_facts_of_an_earlier_period_say_so_and_days_are_written_as_people_do():
    paper = draft(matter(1, period="2024-05", since="2024-03", running=3, facts="应于2024-06-05前报送，未报"), matter(2))
    (row,) = [r for r in said(paper)[[type(b) for b in said(paper)].index(PaperTable)].rows if "厂房1" in r[1]]
    assert row[2].splitlines()[:2] == ["2024年5月：应于2024年6月5日前报送，未报。", "自2024年3月起，已连续3期。"]


def test_an_issued_paper_bears_the_day_and_the_name_of_its_release():
    paper = Paper("t01", "白石镇", "2024-06", (matter(1, **SIGNED),), issued_on=date(2024, 7, 16), issued_by="王某")
    assert paragraphs(paper, "draft") == []
    assert paragraphs(paper, "day") == ["2024年7月16日"]
    assert "审定：王某（2024年7月16日）" in paragraphs(paper, "note")
    assert paragraphs(paper, "office") == ["考核办（盖章）"]


def test_what_was_issued_before_and_is_not_over_is_recalled():
    paper = draft(matter(1), matter(2, **SIGNED | {"is_past_due": True}))
    assert [b.rows[1][1:] for b in said(paper) if isinstance(b, PaperTable)][1] == (
        "厂房2\n督办〔2024〕t01-00000002", "2024年7月16日", "2024年7月19日", "已发出（已逾期）")


def test_the_slip_to_answer_on_has_a_page_of_its_own():
    made = said(draft(matter(1)))
    assert next(b.text for b in made[made.index(NewPage()):] if isinstance(b, Paragraph)) == "督办回执"


def test_the_same_paper_gives_the_same_bytes_and_every_part_is_well_formed():
    paper = draft(*(matter(n, name="名称带<尖括号>&符号") for n in range(30)))
    made = as_word(paper, OFFICE, TEXT, DAY)
    assert made == as_word(paper, OFFICE, TEXT, DAY)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))
        assert b"2024-07-15T00:00:00Z" in file.read("docProps/core.xml")


def test_a_county_words_its_papers_itself(tmp_path):
    (tmp_path / "paper.txt").write_text("title| 催办函\nto| {{ unit }}\ntable| matters\n", encoding="utf-8")
    title, to, _ = said(draft(matter(1)), wording(tmp_path))
    assert (title.text, to.text) == ("催办函", "白石镇")


@pytest.mark.parametrize("text, told", [
    ("titel| 催办函", "第1行“titel| 催办函”不能排版"),
    ("title| {{ mayor }}", "填不上"),
    ("title| {{ unit", "填不上"),
])
def test_a_slip_in_the_wording_is_named(text, told):
    with pytest.raises(Mistake, match=told):
        said(draft(matter(1)), text)


@pytest.fixture
def county(tmp_path):
    """Writes the papers of some matters as a night does; answers the files there are, below the data folder."""

    def write(*matters, **chosen):
        write_papers(published(tmp_path / "db" / "luodi.duckdb", *matters), tmp_path, {"county": "云岭县"},
                     Shelves(tmp_path / "notices", tmp_path / "replies", tmp_path / "notices/issued"), DAY, Wanted(**chosen))
        return sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.docx"))
    write.folder = tmp_path
    return write


def test_what_nobody_released_lies_apart_from_what_goes_to_the_units(county):
    assert county(matter(1), matter(2, **SIGNED)) == [
        "notices/2024-06/督办通知-白石镇（草稿）.docx", "notices/issued/白石镇/督办通知-2024-07-16.docx",
        "replies/白石镇/督办通知-2024-07-16.docx"]
    register = (county.folder / "notices/2024-06/待审定事项.csv").read_text(encoding="utf-8-sig").splitlines()
    assert register[0] == "number,action,due,by,why,at,evidence,unit,kind,matter,facts"
    assert register[1].startswith("督办〔2024〕t01-00000001,released,,,,,,白石镇,红色,厂房1,")


def test_a_paper_that_went_out_does_not_change_with_later_figures(county):
    county(matter(1, **SIGNED))
    path = county.folder / "replies/白石镇/督办通知-2024-07-16.docx"
    before = path.read_bytes()
    path.unlink()  # replies may be cleared away
    county(matter(1, facts="完成率12%", **SIGNED), matter(1, period="2024-07", facts="完成率20%", **SIGNED))
    assert path.read_bytes() == before


def test_what_is_released_on_the_same_day_after_its_paper_went_out_gets_another(county):
    county(matter(1, **SIGNED))
    county(matter(1, **SIGNED), matter(2, **SIGNED))
    assert [p.name for p in sorted((county.folder / "replies/白石镇").iterdir())] == ["督办通知-2024-07-16-2.docx", "督办通知-2024-07-16.docx"]


def test_a_draft_goes_with_what_it_proposed(county):
    assert county(matter(1)) == ["notices/2024-06/督办通知-白石镇（草稿）.docx"]
    assert county(matter(1, state="refused")) == []


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def many():
    """The parts of a paper of 36 long matters, five of before them, as XML."""
    name = "云岭县清河镇大坪标准化厂房及配套基础设施建设项目（三期）"
    history = "2024-07-10（王某，2024-07-01，首次）；2024-07-19（王某，2024-07-11，延期）"
    made = as_word(draft(*(matter(n, name=f"{name}{n}", due_history=history, running=4) for n in range(1, 37)),
                         *(matter(n, **SIGNED) for n in range(50, 55))), OFFICE, TEXT, DAY)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}


def numbers(element, path, name="w"):
    return [int(one.get(W + name)) for one in element.iter(W + path)]


def test_a_page_is_that_of_an_official_paper_and_tables_are_as_wide_as_its_text(many):
    body = many["word/document.xml"][0]
    (size,), (margin,) = body.iter(W + "pgSz"), body.iter(W + "pgMar")
    edges = {side: int(margin.get(W + side)) / 56.693 for side in ("top", "bottom", "left", "right")}
    assert {side: round(mm) for side, mm in edges.items()} == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    text = int(size.get(W + "w")) - int(margin.get(W + "left")) - int(margin.get(W + "right"))
    tables = list(body.iter(W + "tbl"))
    assert [sum(numbers(table, "gridCol")) for table in tables] == [text] * 3 == [numbers(table, "tblW")[0] for table in tables]
    assert all(numbers(row, "tcW") == numbers(table, "gridCol") for table in tables for row in table.iter(W + "tr"))


def test_of_a_long_table_the_heading_is_repeated_and_no_row_is_split(many):
    for table in many["word/document.xml"].iter(W + "tbl"):
        rows = list(table.iter(W + "tr"))
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)


def test_no_heading_ends_a_page_and_no_page_bears_a_signature_alone(many):
    said = [("".join(p.itertext()), p.find(f"{W}pPr/{W}keepNext") is not None) for p in many["word/document.xml"][0].findall(W + "p")]
    kept = [text for text, keeps in said if keeps]
    assert [text[:6] for text in kept] == ["关于2024", "白石镇：", "经核对你单位", "请按以下要求", "此外，你单位", "考核办", "督办回执", "编号：云督办"]
    last_rows = [list(table.iter(W + "tr"))[-1] for table in many["word/document.xml"].iter(W + "tbl")]
    assert all(p.find(f"{W}pPr/{W}keepNext") is not None for row in last_rows for p in row.iter(W + "p"))


def test_pages_are_numbered_at_their_outer_edges(many):
    assert many["word/settings.xml"].find(W + "evenAndOddHeaders") is not None
    assert [(many[f"word/footer{n}.xml"].find(f".//{W}jc").get(W + "val"), "".join(many[f"word/footer{n}.xml"].itertext())) for n in (1, 2)] == [
        ("right", "— 1 —"), ("left", "— 1 —")]


def test_no_day_is_written_as_a_computer_does(many):
    assert "2024-07-1" not in "".join(many["word/document.xml"].itertext())
