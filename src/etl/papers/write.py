"""Write papers: each kind by its wording, or by the Word file of that name that the site has laid over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.office.files import safe_name, write
from etl.office.template import Content, fill_template
from etl.office.word import Block, Paragraph, document
from etl.office.wording import blocks_of
from etl.papers import bulletin, card, ranking, tour
from etl.papers.source import PaperSource, period_figures, rounded
from etl.papers.workbook import bulletin_workbook
from etl.texts.periods import period_name

KINDS = ("bulletin", "workbook", "ranking", "tour", "card", "meeting")
TEMPLATES = tuple(kind for kind in KINDS if kind != "workbook")
OF_UNITS = ("tour", "card")  # what may be of one unit
RESULTS = ("ranking", "card", "meeting")  # what they show waits for a release
TEMPLATE_FOLDER = "papers"  # of a site
DAY_OF_TEMPLATES = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class MadePaper:
    """One paper: its kind, its file's name, and its bytes."""

    kind: str
    name: str
    content: bytes


def product_template(kind: str) -> bytes:
    """The product's Word file of a kind, its places not filled in: what a county changes."""
    text = (Path(__file__).parent / "wording" / f"{kind}.txt").read_text(encoding="utf-8")
    return document(blocks_of(text, f"{kind}.txt", {}), "", "", DAY_OF_TEMPLATES)


def papers_of(kind: str, source: PaperSource, site: Path) -> Iterator[MadePaper]:
    """The papers of a kind that the version has something to say for. Raises Mistake where the site's Word file is wrong."""
    if kind == "card":
        for unit, name in card.units_scored(source).items():
            yield paper_of(kind, source, site, card.card_blocks(source, unit), {"unit": name})
    else:
        yield from WRITERS[kind](source, site)


def put_paper(paper: MadePaper, folder: Path) -> Path:
    """Write a paper into a folder; answer its path."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / paper.name, paper.content)
    return folder / paper.name


def _bulletin(source: PaperSource, site: Path) -> Iterator[MadePaper]:
    if figures := period_figures(source):
        time = {"time": rounded(figures.period["time_progress"], 1)}
        yield paper_of("bulletin", source, site, bulletin.bulletin_blocks(source, figures), time)


def _workbook(source: PaperSource, _: Path) -> Iterator[MadePaper]:
    if figures := period_figures(source):
        yield MadePaper("workbook", _name("workbook", source, "", "xlsx"), bulletin_workbook(source, figures))


def _ranking(source: PaperSource, site: Path) -> Iterator[MadePaper]:
    blocks = ranking.ranking_blocks(source)
    if blocks["tables"]:
        yield paper_of("ranking", source, site, blocks, {})


def _tour(source: PaperSource, site: Path) -> Iterator[MadePaper]:
    blocks = tour.tour_blocks(source)
    if blocks["projects"]:
        yield paper_of("tour", source, site, blocks, {})


Writer = Callable[[PaperSource, Path], Iterator[MadePaper]]
WRITERS: Mapping[str, Writer] = {"bulletin": _bulletin, "workbook": _workbook, "ranking": _ranking, "tour": _tour}


def paper_of(kind: str, source: PaperSource, site: Path, blocks: Mapping[str, Sequence[Block]], more: Mapping[str, str]) -> MadePaper:
    """One paper of its blocks, `more` texts laid over what every paper says of itself. Raises Mistake."""
    say, office = source.say, source.office
    texts = {
        "county": office.county,
        "period": period_name(source.period, say.lang),
        "as_of": source.day(source.as_of),
        "day": source.day(source.as_of),
        "night": source.show.night,
        "office": office.name or office.county,
        "phone": office.phone,
        "copies": office.copies,
        "mark": say("papers.internal") if source.is_internal and kind in RESULTS else "",
        **more,
    }
    head = [Paragraph("head", office.red_head), Paragraph("rule")] if office.red_head else []
    own = site / TEMPLATE_FOLDER / f"{kind}.docx"
    content = Content(f"{texts['period']}{say(f'papers.kind_{kind}')}", texts["office"], source.as_of, texts, {"red_head": head, **blocks})
    filled = fill_template(own.read_bytes() if own.is_file() else product_template(kind), own.name, content)
    return MadePaper(kind, _name(kind, source, more.get("unit", "") or (source.unit_name if kind in OF_UNITS else ""), "docx"), filled)


def _name(kind: str, source: PaperSource, of: str, ending: str) -> str:
    """通报-2024-06.docx; of a unit with its name."""
    parts = (source.say(f"papers.kind_{kind}"), source.period, *([safe_name(of)] if of else []))
    return re.sub(r"\s", "_", "-".join(parts)) + f".{ending}"
