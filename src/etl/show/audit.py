"""Hand an assessor the audit pack of a period: one folder, one workbook, and the files that they point to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.mistakes import Mistake
from etl.settings import Settings
from etl.texts.screen import console


def show_audit(
    settings: Settings, period: str | None, units: Sequence[str], out: Path | None, seed: str | None, share: str, say: Callable[..., str]
) -> int:
    """Write the pack and say where it lies. Raises Mistake."""
    import duckdb

    from etl.assess.pack import Source
    from etl.assess.pack_book import write_pack
    from etl.assess.pack_content import collect
    from etl.assess.words import VERDICTS
    from etl.publish.export import DATABASE
    from etl.publish.manifest import MANIFEST, read_manifest, sha256

    version = (settings.published / "current").resolve()
    if not (version / DATABASE).is_file():
        raise Mistake(say("nothing_published", data=settings.data))
    part = _share(share)
    manifest = read_manifest(version)
    with duckdb.connect(str(version / DATABASE), read_only=True) as con:
        period = _period(con.execute("SELECT DISTINCT period FROM fct_fitness ORDER BY length(period) DESC, period DESC").fetchall(), period)
        if stray := [u for u in units if con.execute("SELECT count(*) FROM dim_unit WHERE unit = ?", [u]).fetchone() == (0,)]:
            raise Mistake(f"没有单位“{'、'.join(stray)}”。请用单位代码。")
        source = Source(con, period, units, settings.lang)
        told = source.say
        verdicts = con.execute("SELECT verdict, count(*) FROM fct_fitness WHERE period = ? AND form = '*' AND unit <> '*' GROUP BY 1", [period]).fetchall()
        [(whole,)] = con.execute("SELECT max(verdict) FROM fct_fitness WHERE period = ? AND form = '*' AND unit = '*'", [period]).fetchall()
        counted = dict(verdicts)
        split = "，" if settings.lang == "zh" else ", "
        parts = split.join(told("{count} 个单位{verdict}", verdict=told(word), count=counted.get(v, 0)) for v, word in VERDICTS.items())
        headline = [
            (told("全县结论"), f"{told(VERDICTS[whole])}{'：' if settings.lang == 'zh' else ': '}{parts}"),
            (told("所属期与数据"), told("{period}，数据截至 {as_of}", period=period, as_of=manifest.get("as_of", ""))),
            (told("数据版本"), told("{night}，清单指纹 {checksum}", night=version.name, checksum=sha256(version / MANIFEST))),
            (told("封存"), _sealed(settings, period, manifest["night_id"], told)),
            (told("怎样再算一遍"), told("luodi verify 核对版本是否被改动；luodi explain 展开任何一个数；luodi score 用别的办法试算。")),
            (told("抽查种子"), told("{seed}，随机部分 {share}%", seed=seed or period, share=f"{part.normalize():f}")),
            (told("保密"), told("发布以前得分和名单不外传；系统只提出建议，红榜、黑榜、负面清单和一票否决由人审定。")),
        ]
        pack = collect(source, headline, seed or period, part)
    folder = out or Path(told("审计包-{period}", period=period) + ("-" + "-".join(units) if units else ""))
    book = write_pack(pack, folder, date.fromisoformat(manifest["as_of"]), lambda sha: settings.archive / sha[:2] / sha)
    console().print(told("{book}（{sheets} 张表，{files} 个原始文件）", book=book, sheets=len(pack.sheets), files=len(pack.files)))
    return 0


def _sealed(settings: Settings, period: str, night_id: str, told: Callable[..., str]) -> str:
    """Whether the figures of this pack were sealed, or an earlier version of them was."""
    from etl.desk.freezing import sealed

    found = sealed(settings, period)
    for seal in found:
        if seal["night_id"] == night_id:
            return told("{seal}：{by}，{at}", **{key: seal[key] for key in ("seal", "by", "at")})
    if not found:
        return told("这一版没有封存")
    last = found[-1]
    return told("这一版没有封存；{period} 最近封存的是 {seal}（{by}，{at}）", **{key: last[key] for key in ("period", "seal", "by", "at")})


def _period(judged: Sequence[tuple], period: str | None) -> str:
    """The period asked for, else the first of those that were judged."""
    found = [p for (p,) in judged]
    if period is None and found:
        return found[0]
    if period is None or period not in found:
        raise Mistake(f"没有 {period or ''} 的数据。可选：{'、'.join(sorted(found)) or '还没有'}。")
    return period


def _share(text: str) -> Decimal:
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 <= share <= 100:
        raise Mistake(f"--share 写的是“{text}”，请填 0 到 100 之间的数（百分之几）。")
    return share
