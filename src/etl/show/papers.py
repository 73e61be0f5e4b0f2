"""Write the papers that offices print, and say which lie where, and which there is nothing for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl.desk.choose import names_only, period_named, unit_named
from etl.mistakes import Mistake
from etl.settings import Settings
from etl.show.audit import JUDGED
from etl.texts.catalogue import Say, Text, speaker
from etl.texts.periods import period_name
from etl.texts.screen import console, visible

if TYPE_CHECKING:
    from etl.papers.source import PaperSource
    from etl.papers.write import MadePaper


@dataclass(frozen=True, slots=True)
class PapersAsked:
    """Which papers are asked for.

    `period` None is the last month that was judged; without `kinds` all, of a unit those that may be of one; `unit` None is all.
    """

    period: str | None = None
    kinds: tuple[str, ...] = ()
    unit: str | None = None
    pdf: bool = False
    assessor: bool = False
    out: Path | None = None


def show_papers(settings: Settings, wanted: PapersAsked) -> int:
    """Write what is asked for and say where it lies; 1 where LibreOffice failed. Raises Mistake."""
    from etl.papers.write import KINDS, OF_UNITS, RESULTS, put_paper

    say, screen = speaker(settings.lang), console()
    kinds = _kinds(wanted.kinds, KINDS) if wanted.kinds or not wanted.unit else OF_UNITS
    written: list[Path] = []
    with ExitStack() as stack:
        source = _source(settings, wanted, stack)
        for kind in kinds:
            folder = wanted.out or settings.papers / source.period / ("assessors" if source.is_internal and kind in RESULTS else "")
            paths = [put_paper(paper, folder) for paper in _papers(kind, source, settings, wanted, stack)]
            if paths:
                place = paths[0] if len(paths) == 1 else folder
                screen.print(visible(say("papers.written", kind=say(f"papers.kind_{kind}"), count=len(paths), path=place)), highlight=False)
            else:
                screen.print(_left_out(kind, source, settings, wanted))
            written += [path for path in paths if path.suffix == ".docx"]
    return _as_pdf(written, say) if wanted.pdf and written else 0


def show_templates(settings: Settings, kinds: Sequence[str]) -> int:
    """Put the product's templates into the site, none over one that is there. Raises Mistake."""
    from etl.papers.write import TEMPLATE_FOLDER, TEMPLATES, product_template

    say = speaker(settings.lang)
    if not settings.site.is_dir():
        raise Mistake("use.no_site_folder", site=settings.site)
    for kind in _kinds(tuple(kinds), TEMPLATES):
        path = settings.site / TEMPLATE_FOLDER / f"{kind}.docx"
        path.parent.mkdir(exist_ok=True)
        kept = path.exists()
        if not kept:
            path.write_bytes(product_template(kind))
        print(visible(say("papers.template_kept" if kept else "papers.template_written", path=path)))
    return 0


def _kinds(asked: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    if stray := [kind for kind in asked if kind not in known]:
        raise Mistake("use.no_paper", kind=stray[0], kinds=tuple(known))
    return asked or known


def _source(settings: Settings, wanted: PapersAsked, stack: ExitStack) -> PaperSource:
    import duckdb

    from etl.office.sender import office_of
    from etl.pages.show import load_show
    from etl.papers.source import PaperSource
    from etl.publish.assessors import results_folder
    from etl.publish.export import DATABASE
    from etl.publish.manifest import read_manifest
    from etl.site.load import load_site

    version = (settings.published / "current").resolve()
    if not (version / DATABASE).is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    manifest, site = read_manifest(version), load_site(settings.site)
    results = results_folder(settings.assessors, settings.published) if wanted.assessor else version
    con = stack.enter_context(duckdb.connect(str(results / DATABASE), read_only=True))
    judged = [period for (period,) in con.execute(JUDGED).fetchall()]
    period = period_named(wanted.period) if wanted.period else next(iter(judged), "")
    if period not in judged:
        raise Mistake("use.no_month", period=period, found=sorted(judged) or Text("use.none_yet"))
    names = dict(con.execute("SELECT unit, unit_name FROM dim_unit WHERE unit <> '*'").fetchall())
    as_of = date.fromisoformat(manifest["as_of"])
    office = office_of(site.settings)
    show = load_show(settings.expectations, office.county, manifest["night_id"], as_of, settings.lang, ())
    return PaperSource(
        con,
        results / DATABASE,
        period,
        wanted.unit and unit_named(wanted.unit, names_only(names)),
        speaker(settings.lang),
        show,
        office,
        as_of,
        is_internal=results.parent == settings.assessors,
    )


def _papers(kind: str, source: PaperSource, settings: Settings, wanted: PapersAsked, stack: ExitStack) -> Iterator[MadePaper]:
    from etl.papers.write import papers_of

    if kind != "meeting":
        yield from papers_of(kind, source, settings.site)
    elif wanted.assessor:
        yield from _meeting(source, settings, stack)


def _meeting(source: PaperSource, settings: Settings, stack: ExitStack) -> Iterator[MadePaper]:
    """The paper of the last frozen set of the period, proved before it is spoken of. Raises Mistake where it is not as it was sealed."""
    import duckdb

    from etl.desk.freezing import frozen_folder, prove, sealed
    from etl.papers.meeting import Frozen, frozen_tables, meeting_blocks
    from etl.papers.write import paper_of

    found = sealed(settings, source.period)
    if not found:
        return
    seal = found[-1]
    proof = prove(settings, seal["seal"])
    if proof.faults:
        raise Mistake("use.frozen_damaged", seal=seal["seal"], faults=len(proof.faults))
    folder = frozen_folder(settings) / seal["seal"]
    database = stack.enter_context(frozen_tables(folder / "marts"))
    con = stack.enter_context(duckdb.connect(str(database), read_only=True))
    told = {part: seal[part] for part in ("by", "at", "state", "hash", "night_id", "note")}
    frozen = Frozen(name=seal["seal"], head=proof.head, rows=_rows(folder), **told)
    of_set = replace(source, con=con, database=database, is_internal=seal["state"] != "published")
    yield paper_of("meeting", of_set, settings.site, meeting_blocks(of_set, frozen), {})


def _rows(folder: Path) -> int:
    from etl.freeze.seal import load

    return sum(table["rows"] for table in load(folder)["tables"].values())


def _left_out(kind: str, source: PaperSource, settings: Settings, wanted: PapersAsked) -> str:
    key = "left_out"
    if kind == "meeting":
        key = "left_out_frozen" if wanted.assessor else "left_out_meeting"
    elif kind in ("ranking", "card") and not wanted.assessor:
        key = "left_out_results"
    period = period_name(source.period, settings.lang) if key != "left_out_frozen" else source.period
    return source.say(f"papers.{key}", kind=source.say(f"papers.kind_{kind}"), period=period)


def _as_pdf(papers: Sequence[Path], say: Say) -> int:
    from etl.office.pdf import as_pdf, converter

    program = converter()
    if program is None:
        print(say("papers.pdf_none"))
        return 0
    folders = {paper.parent: [one for one in papers if one.parent == paper.parent] for paper in papers}
    complaint = " ".join(filter(None, (as_pdf(program, some, folder) for folder, some in folders.items())))
    print(visible(say("papers.pdf_failed", reason=complaint)) if complaint else say("papers.pdf_made", count=len(papers)))
    return 1 if complaint else 0
