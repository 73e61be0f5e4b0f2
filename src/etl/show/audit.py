"""Hand an assessor the audit pack of a period: one folder, one workbook, and the files that they point to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from etl.mistakes import Mistake
from etl.settings import Settings
from etl.texts.catalogue import Say, Text, texts
from etl.texts.periods import period_name
from etl.texts.screen import console, visible

if TYPE_CHECKING:
    from etl.assess.sampling import Lot

# The last month first; who wants a quarter or a year asks for it.
JUDGED = """
    SELECT period FROM dim_period WHERE period IN (SELECT period FROM fct_fitness)
    ORDER BY grain <> 'month', period_end DESC, period DESC"""


def show_audit(settings: Settings, period: str | None, units: Sequence[str], out: Path | None, lot: Lot, *, assessor: bool) -> int:
    """Write the pack and say where it lies; results that wait for a release go into an assessor's only.

    An original that the archive cannot hand out as it was received is left out and named; then the answer is 1. Raises Mistake.
    """
    import duckdb

    from etl.assess.pack import Source
    from etl.assess.pack_book import write_pack
    from etl.assess.pack_content import chair, collect
    from etl.inbox.care import original
    from etl.publish.assessors import results_folder
    from etl.publish.export import DATABASE
    from etl.publish.manifest import MANIFEST, read_manifest, sha256
    from etl.site.load import load_site

    version = (settings.published / "current").resolve()
    if not (version / DATABASE).is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    manifest = read_manifest(version)
    results = results_folder(settings.assessors, settings.published) if assessor else version
    with duckdb.connect(str(results / DATABASE), read_only=True) as con:
        period = _period(con.execute(JUDGED).fetchall(), period)
        seed = lot.seed or period
        if stray := [
            u for u in units if con.execute("SELECT count(*) FROM dim_unit WHERE unit <> '*' AND unit = ?", [u]).fetchone() == (0,)
        ]:
            raise Mistake("use.no_unit_known", stray=tuple(stray))
        source = Source(con, period, units, settings.lang)
        say = source.say
        verdicts = con.execute(
            "SELECT verdict, count(*) FROM fct_fitness WHERE period = ? AND form = '*' AND unit <> '*' GROUP BY 1", [period]
        ).fetchall()
        [(whole,)] = con.execute("SELECT max(verdict) FROM fct_fitness WHERE period = ? AND form = '*' AND unit = '*'", [period]).fetchall()
        counted = dict(verdicts)
        parts = say("pack.listed").join(
            say("pack.units_so", verdict=say(f"fitness.{v}"), count=counted.get(v, 0)) for v in texts("fitness")
        )
        headline = [
            (say("pack.whole_verdict"), say(f"fitness.{whole}") + say("pack.colon") + parts),
            (say("pack.chair"), chair(source)),
            (
                say("pack.period_and_data"),
                say("pack.period_as_of", period=period_name(period, settings.lang), as_of=manifest.get("as_of", "")),
            ),
            (say("pack.night"), say("pack.night_checksum", night=version.name, checksum=sha256(version / MANIFEST))),
            (say("pack.sealed"), _sealed(settings, period, manifest["night_id"], say)),
            (say("pack.again_how"), say("pack.again_how_note")),
            (say("pack.seed"), say("pack.seed_share", seed=seed, share=f"{lot.share.normalize():f}")),
            (say("pack.confidential"), say("pack.confidential_note")),
            *_withheld(manifest, settings, assessor, say),
        ]
        pack = collect(source, headline, seed, lot.share)
        pack.county = load_site(settings.site).settings.get("county", "")
        lost = tuple(file for file, sha in pack.files.items() if original(settings.archive, sha) is None)
        if lost:
            pack.headline.append((say("pack.originals_lost"), say("pack.originals_lost_note", files=lost)))
    folder = out or Path(say("pack.folder", period=period) + ("-" + "-".join(units) if units else ""))
    book = write_pack(pack, folder, date.fromisoformat(manifest["as_of"]), lambda sha: original(settings.archive, sha))
    console().print(say("pack.written", book=book, sheets=len(pack.sheets), files=len(pack.files) - len(lost)))
    if lost:
        console(stderr=True).print(visible(say("pack.originals_lost_note", files=lost)))
    return 1 if lost else 0


def _withheld(manifest: dict, settings: Settings, assessor: bool, say: Say) -> list[tuple[str, str]]:
    """Whether the pack holds results that nobody has released: never a silent gap, never a silent leak."""
    from etl.desk.releasing import names_of_marts

    waiting = manifest.get("withheld", {})
    if not waiting:
        return []
    names = {mart: both[say.lang == "en"] for mart, both in names_of_marts(settings).items()}
    rows = say("pack.listed").join(say("release.counted", mart=names.get(mart, mart), rows=one["rows"]) for mart, one in waiting.items())
    return [(say("release.waiting"), say("release.in_pack" if assessor else "release.not_in_pack", rows=rows))]


def _sealed(settings: Settings, period: str, night_id: str, say: Say) -> str:
    """Whether the figures of this pack were sealed, or an earlier version of them was."""
    from etl.desk.freezing import sealed

    found = sealed(settings, period)
    for seal in found:
        if seal["night_id"] == night_id:
            return say("pack.sealed_as", **{key: seal[key] for key in ("seal", "by", "at")})
    if not found:
        return say("pack.not_sealed")
    last = found[-1]
    return say("pack.last_sealed", **{key: last[key] for key in ("period", "seal", "by", "at")})


def _period(judged: Sequence[tuple], period: str | None) -> str:
    """The period asked for, else the first of those that were judged."""
    found = [p for (p,) in judged]
    if period is None and found:
        return found[0]
    if period is None or period not in found:
        raise Mistake("use.no_month", period=period or "", found=sorted(found) or Text("use.none_yet"))
    return period


def share_of(text: str) -> Decimal:
    """The share of the rest that is drawn, in %. Raises Mistake."""
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 <= share <= 100:
        raise Mistake("use.share", text=text)
    return share
