"""A county's Word file is filled in as it stands, however Word has cut its text; what cannot be used is named."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from etl.mistakes import Mistake
from etl.office.template import Content, fill_template
from etl.office.word import IDS, STYLES, PaperTable, Paragraph, document
from tests.fixtures.papers import W, paragraphs_of, part_of, tables_of

DAY = date(2024, 7, 15)


def filled(template, name="bulletin.docx", blocks=None, **texts):
    return fill_template(template, name, Content("题", "办", DAY, texts, blocks or {}))


def word(*paragraphs):
    return document(paragraphs, "", "", DAY)


def with_part(docx, name, change):
    """The document with one part changed, as Word would store it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        parts = {entry: old.read(entry) for entry in old.namelist()}
        for entry, part in (parts | {name: change(parts.get(name, b""))}).items():
            new.writestr(entry, part)
    return made.getvalue()


def cut(text, *pieces):
    """A change that cuts the run of a text into several."""
    runs = "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>".join(pieces)
    return lambda part: part.replace(f">{text}<".encode(), f">{runs}<".encode())


def test_places_within_a_text_are_filled():
    assert paragraphs_of(filled(word(Paragraph("title", "{{ county }}{{period}}通报")), county="云岭县", period="2024年6月")) == ["云岭县2024年6月通报"]


@pytest.mark.parametrize("pieces", [("县{{ cou", "nty }}通报"), ("县{", "{ county }", "}通报"), ("县{{ county }}通", "报"), ("县", "{{", " county ", "}}", "通报")])
def test_a_place_that_word_cut_into_runs_is_one_place(pieces):
    template = with_part(word(Paragraph("title", "县{{ county }}通报")), "word/document.xml", cut("县{{ county }}通报", *pieces))
    assert paragraphs_of(filled(template, county="云岭")) == ["县云岭通报"]


def test_a_paragraph_whose_places_are_all_blank_goes():
    said = word(Paragraph("note", "电话：{{ phone }}"), Paragraph("note", "{{ phone }}{{ office }}"), Paragraph("note", "完"))
    assert paragraphs_of(filled(said, phone="", office="办")) == ["办", "完"]


def test_blocks_take_the_place_of_their_paragraph():
    blocks = {"rows": [Paragraph("body", "一"), PaperTable((20, 20), (("甲", "乙"), ("1", "2")))], "none": []}
    made = filled(word(Paragraph("title", "题"), Paragraph("body", " {{ rows }} "), Paragraph("body", "{{none}}"), Paragraph("body", "完")), blocks=blocks)
    assert paragraphs_of(made) == ["题", "一", "完"] and tables_of(made) == [[["甲", "乙"], ["1", "2"]]]


def test_places_in_headers_and_footers_are_filled():
    template = with_part(word(Paragraph("body", "文")), "word/footer1.xml", lambda part: part.replace(b"<w:p>", b"<w:p><w:r><w:t>{{ county }}</w:t></w:r>", 1))
    assert b"{{" not in zipfile.ZipFile(io.BytesIO(filled(template, county="云岭"))).read("word/footer1.xml")


def test_what_word_stored_beside_the_text_stays():
    def grown(part):
        return part.replace(b"<w:body>", b'<w:body><w:p xmlns:w14="urn:w14" w14:paraId="7A"><w:bookmarkStart w:id="0" w:name="x"/><w:bookmarkEnd w:id="0"/></w:p>')

    template = with_part(with_part(word(Paragraph("body", "{{ a }}")), "word/document.xml", grown), "word/media/logo.png", lambda _: b"\x89PNG")
    with zipfile.ZipFile(io.BytesIO(filled(template, a="文"))) as file:
        assert b'<w:p xmlns:w14="urn:w14" w14:paraId="7A"><w:bookmarkStart' in file.read("word/document.xml")
        assert file.read("word/media/logo.png") == b"\x89PNG"


def test_a_style_that_a_template_lacks_is_added():
    template = with_part(word(Paragraph("body", "{{ rows }}")), "word/styles.xml", lambda part: part[: part.index(b'<w:style w:type="paragraph" w:customStyle')] + b"</w:styles>")
    made = filled(template, blocks={"rows": [Paragraph("point", "一")]})
    assert {s.get(f"{W}styleId") for s in part_of(made, "word/styles.xml").iter(f"{W}style")} == {"Normal", *IDS.values()}


def test_every_style_of_a_document_is_defined_in_it():
    made = word(*(Paragraph(style, style) for style in STYLES))
    used = {style.get(f"{W}val") for style in part_of(made).iter(f"{W}pStyle")}
    assert used == {s.get(f"{W}styleId") for s in part_of(made, "word/styles.xml").iter(f"{W}style")} - {"Normal"} == set(IDS.values())


def test_a_text_is_never_markup_and_never_a_place():
    made = filled(word(Paragraph("body", "{{ a }}{{ b }}")), a="{{ b }}<w:p/>&amp;", b="\x00尾\ufffe")
    assert paragraphs_of(made) == ["{{ b }}<w:p/>&amp;尾"]


def test_a_name_that_there_is_not_is_told_with_those_that_there_are():
    with pytest.raises(Mistake) as wrong:
        filled(word(Paragraph("body", "{{ nome }}")), name="x")
    assert "{{" not in str(wrong.value) and "“nome”" in str(wrong.value)


def test_blocks_within_a_sentence_are_told():
    with pytest.raises(Mistake, match="单独成段"):
        filled(word(Paragraph("body", "见{{ rows }}")), blocks={"rows": []})


@pytest.mark.parametrize("template", [
    b"", b"PK\x03\x04", b"not a zip",
    with_part(word(), "word/vbaProject.bin", lambda _: b"x"),
    with_part(word(), "word/document.xml", lambda _: b"<w:p"),
    with_part(word(), "word/document.xml", lambda _: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    with_part(word(), "word/styles.xml", lambda _: b""),
], ids=["empty", "cut", "text", "macros", "broken", "entities", "no styles"])
def test_what_is_no_template_is_named(template):
    with pytest.raises(Mistake, match=r"bulletin\.docx"):
        filled(template)


def test_a_template_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("etl.office.template.LARGEST", 1000)
    with pytest.raises(Mistake, match=r"bulletin\.docx"):
        filled(word())
