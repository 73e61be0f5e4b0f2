"""The papers that lie in every published version: of each kind of period the last one that is over and was judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from etl.mistakes import Mistake
from etl.office.sender import office_of
from etl.pages.show import Show
from etl.pages.write import PAPERS
from etl.papers.source import PaperSource
from etl.papers.write import papers_of, put_paper
from etl.publish.export import DATABASE
from etl.texts.catalogue import speaker

OF_A_VERSION = ("bulletin", "workbook", "ranking")  # a tour and a meeting are held when they are, and cards are one for each unit
LAST_OVER = """
    SELECT period FROM dim_period WHERE period IN (SELECT period FROM fct_fitness) AND is_over
    QUALIFY 1 = row_number() OVER (PARTITION BY grain ORDER BY period_end DESC, period DESC) ORDER BY period"""


def write_version_papers(version: Path, site: Path, settings: Mapping[str, str], show: Show) -> None:
    """Write them into `papers/<period>/` of the folder of a version; `settings` are the site's, `site` is where its Word files lie.

    They show what the version shows: results that wait for a release stand in none. The same version gives the same bytes. Where a
    Word file of the site is wrong, a text that says so lies in the paper's place.
    """
    import duckdb

    say, database = speaker(show.lang), version / DATABASE
    with duckdb.connect(str(database), read_only=True) as con:
        for (period,) in con.execute(LAST_OVER).fetchall():
            folder = version / PAPERS / period
            source = PaperSource(con, database, period, None, say, show, office_of(settings), date.fromisoformat(show.as_of))
            for kind in OF_A_VERSION:
                try:
                    for paper in papers_of(kind, source, site):
                        put_paper(paper, folder)
                except Mistake as wrong:
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / f"{say(f'papers.kind_{kind}')}.txt").write_text(f"{wrong.said(show.lang)}\n", encoding="utf-8")
