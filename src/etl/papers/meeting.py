"""The paper of a meeting that approves results: the frozen set by name and hash, the places that it holds, and where to sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.office.word import Block, PaperTable, Paragraph
from etl.papers import ranking
from etl.papers.source import PaperSource
from etl.texts.catalogue import Say


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen set as its entry in the chain tells it, proved unchanged before it is spoken of."""

    name: str
    by: str
    at: str
    state: str
    hash: str
    head: str  # of the chain, as it is now
    night_id: str
    note: str
    rows: int


@contextmanager
def frozen_tables(marts: Path) -> Iterator[Path]:
    """A database that shows the tables of a frozen set as a version's, for as long as it is asked for."""
    import duckdb

    with TemporaryDirectory() as folder:
        database = Path(folder) / "luodi.duckdb"
        with duckdb.connect(str(database)) as con:
            for path in sorted((marts / "parquet").glob("*.parquet")):
                place = str(path.resolve()).replace("'", "''")
                con.execute(f"CREATE VIEW \"{path.stem}\" AS FROM read_parquet('{place}')")
        yield database


def meeting_blocks(source: PaperSource, frozen: Frozen) -> dict[str, list[Block]]:
    """What is asked, the set, its places, and the block to sign."""
    say = source.say
    found = [p for _, _, members in ranking.places_by_scheme(source) for p in members]
    counted = Counter("provisional" if p.is_provisional else "unplaced" if p.rank is None else "placed" for p in found)
    places = {how: counted[how] for how in ("placed", "provisional", "unplaced")}
    asked: list[Block] = [Paragraph("body", say("papers.meeting_asked", units=len(found), **places))]
    if disputed := sum(p.is_disputed for p in found):
        asked.append(Paragraph("body", say("papers.meeting_disputed", disputed=disputed)))
    return {"asked": asked, "frozen": [_set(frozen, say)], "tables": ranking.ranking_blocks(source)["tables"], "sign_off": [_sign_off(say)]}


def _set(frozen: Frozen, say: Say) -> PaperTable:
    told = {
        "seal": frozen.name,
        "night": frozen.night_id,
        "sealed_by": frozen.by,
        "sealed_at": frozen.at.replace("T", " "),
        "seen_by": say(f"freeze.{frozen.state}"),
        "rows": f"{frozen.rows:,}",
        "note": frozen.note or say("papers.none"),
        "hash": frozen.hash,
        "head": frozen.head,
    }
    return PaperTable(
        (36, 120), tuple((say(f"papers.set_{part}"), value) for part, value in told.items()), centred=(0,), has_head=False, is_whole=True
    )


def _sign_off(say: Say) -> PaperTable:
    heads = tuple(say(f"papers.{head}") for head in ("signer", "opinion", "signature", "signed_on"))
    return PaperTable(
        (36, 60, 32, 28), (heads, *((role, "", "", "") for role in say("papers.signers").split())), centred=(0,), height=18, is_whole=True
    )
