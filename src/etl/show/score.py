"""Show the published ranking, a unit's way to its score, and what another scheme would make of the same figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from etl.assess.pack import BETWEEN_REASONS, between, reasons
from etl.assess.said import place_said, remark_said, score_said, standing_said
from etl.desk.choose import names_only, period_named, unit_named
from etl.mistakes import Mistake
from etl.settings import Settings
from etl.texts.catalogue import Say, Text, as_modelled, speaker, texts
from etl.texts.screen import cell, console, table

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console

    from etl.assess.land import Standards
    from etl.assess.rescore import Standing
    from etl.assess.schemes import Scheme
    from etl.forms.contract import Form

    Standings = tuple[str, str, str, list[Standing]]  # see etl.assess.rescore.standing


def show_score(settings: Settings, scheme: Path | None, period: str | None, unit: str | None, format: str) -> int:
    """Print places and scores; with `scheme` those of that file beside the published ones. Raises Mistake."""
    from etl.assess.rescore import node_names, objections, rescore, schemes_of, standing, tree
    from etl.publish.assessors import results_folder
    from etl.publish.export import DATABASE

    period = period and period_named(period)
    results = results_folder(settings.assessors, settings.published)
    database = results / DATABASE
    if not database.is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    known = schemes_of(database, period)
    if scheme is None or str(scheme) in known:
        found = standing(database, None if scheme is None else str(scheme), period, "main")
        before, where, schema, changes = None, database, "main", None
    else:
        chosen, standards, forms = _standards(settings, scheme)
        tried, work = replace(standards, schemes=(chosen,)), settings.data / "whatif"
        where, schema = rescore(database, tried, forms, work, settings.home / "dbt_project", settings.data / "dbt"), "marts"
        found = standing(where, chosen.scheme, period, schema)
        published = standing(database, chosen.scheme, found[2] or period, "main")
        before = published if published[3] else standing(database, None, found[2] or period, "main")
        changes = _changes(chosen, before, standards)
    name, version, month, places = found
    if not places:
        raise Mistake("use.no_points", period=period or Text("use.what_is_published"))
    names, groups = _names(database)
    unit = unit and unit_named(unit, names_only(names))
    if format == "jsonl":
        _lines(places, before, name, version, month)
        return 0
    screen, say = console(), speaker(settings.lang)
    beside = say("pack.beside", scheme=before[0], version=before[1]) if before and before[0] else ""
    screen.print(say("pack.scored_by", scheme=name, version=version, period=month) + beside)
    if others := [f"{mark} {known_as}" for mark, known_as in schemes_of(database, month).items() if mark != name]:
        screen.print(say("pack.scored_too", schemes=others), highlight=False)
    if results.parent == settings.assessors:
        screen.print(say("release.not_for_all"))
    if changes is not None:
        screen.print(say("pack.changed_scheme") if changes else say("pack.unchanged_scheme"))
        for change in changes:
            screen.print(say("pack.indent") + change.said(settings.lang), highlight=False)
    if unit:
        screen.print(names[unit])
        for place in (p for p in places if p.unit == unit):
            screen.print(_total(place, say), highlight=False)
        _tree(tree(where, name, version, month, unit, schema), screen, say)
    else:
        _places(places, before, names, groups, screen, say)
        _legend(places, node_names(where, name, version, month, schema), screen, say)
    _objections(objections(database, name, month, unit), names, screen, say)
    return 0


def _changes(chosen: Scheme, before: Standings, standards: Standards) -> list[Text] | None:
    """What the scheme that is tried says otherwise than the one that was published; None where that one is no longer there."""
    from etl.assess.scheme_changes import scheme_changes

    old = next((s for s in standards.schemes if (s.scheme, s.version) == before[:2]), None)
    return None if old is None else scheme_changes(old, chosen)


def _standards(settings: Settings, path: Path) -> tuple[Scheme, Standards, dict[str, Form]]:
    from etl.assess.known import load_known
    from etl.assess.land import load_standards
    from etl.assess.schemes import load_scheme
    from etl.forms.contract import load_forms
    from etl.site.load import load_site

    forms, site = load_forms(settings.expectations), load_site(settings.site)
    chosen = load_scheme(path, load_known(settings.expectations, forms))
    return chosen, load_standards(settings.expectations, settings.site, set(site.names), site.settings, forms), forms


def _names(database: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Names of units, and of the groups in which they compare."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        return (
            dict(con.execute("SELECT unit, unit_name FROM dim_unit WHERE unit <> '*'").fetchall()),
            dict(con.execute("SELECT unit_group, max(group_name) FROM dim_scheme_group GROUP BY unit_group").fetchall()),
        )


def _places(
    places: list[Standing], before: Standings | None, names: dict[str, str], groups: dict[str, str], screen: Console, say: Say
) -> None:
    heads = ["group", "unit", "rank", "rank_range", "score", "score_range", "grade", "how_final", "remark"]
    if before:
        heads[7:7] = ["place_before", "score_before", "change_of_score", "change_of_place"]
    listed = table("", *(say(f"pack.{head}") for head in heads))
    old = {p.unit: p for p in before[3]} if before else {}
    for p in places:
        row = [
            groups.get(p.unit_group, p.unit_group),
            names.get(p.unit, p.unit),
            place_said(p, say),
            between(p.best, p.worst, say),
            score_said(p.score),
            between(score_said(p.low), score_said(p.high), say) if p.score is not None else "",
            p.grade or "",
            standing_said(p, say),
            remark_said(p, say),
        ]
        if before:
            o = old.get(p.unit)
            row[7:7] = [
                place_said(o, say) if o else "",
                score_said(o.score if o else None),
                _change(o.score if o else None, p.score),
                _moved(o, p),
            ]
        listed.add_row(*(cell(value) for value in row))
    screen.print(listed)
    for group, (p, *_) in groupby(places, key=lambda p: p.unit_group):
        if p.missing:
            screen.print(
                say("pack.compared_of", group=groups.get(group, group), expected=p.expected, compared=p.compared, missing=p.missing),
                highlight=False,
            )
    if before:
        screen.print(say("pack.changes_note"))


def _legend(places: list[Standing], nodes: dict[str, str], screen: Console, say: Say) -> None:
    """What the marks in the remarks stand for."""
    used = {part.rpartition(" ")[0] for p in places for part in (p.marks or "").split(BETWEEN_REASONS)}
    if listed := say("pack.semicolon").join(f"{node} {name}" for node, name in nodes.items() if node in used):
        screen.print(listed, highlight=False)


def _total(p: Standing, say: Say) -> str:
    """The line above a unit's tree: its score, place and what may still become of them."""
    if p.score is None:
        return remark_said(p, say)
    said = say(
        "pack.total_of",
        score=score_said(p.score),
        standing=standing_said(p, say),
        range=between(score_said(p.low), score_said(p.high), say) or "—",
        place=place_said(p, say) or say("pack.not_ranked"),
        places=between(p.best, p.worst, say) or "—",
    )
    return say("pack.semicolon").join(filter(None, (said, remark_said(p, say))))


def _tree(nodes: Sequence[tuple], screen: Console, say: Say) -> None:
    listed = table("", *map(say, ("pack.indicator", "pack.weight", "pack.score", "pack.working", "pack.state")))
    unfit: dict[str, list[str]] = {}
    for level, node, name, weight, points, score, status, reason, working, because in nodes:
        if because and reason == "not_fit":
            unfit.setdefault(because, []).append(node)
        why = say.word("unscored", reason) if reason in texts("unscored") else reasons(reason, say)
        state = "" if status == "scored" else say.word("scoring", status)
        listed.add_row(
            cell(f"{say('pack.indent') * level}{node} {name}"),
            cell(score_said(weight)),
            cell(score_said(score if working is None else points)),
            cell(as_modelled(working, say.lang)),
            cell(say("pack.colon").join(filter(None, (state, why)))),
        )
    screen.print(listed)
    for because, marks in unfit.items():
        screen.print(say("pack.unfit_because", nodes=marks, because=as_modelled(because, say.lang)), highlight=False)


def _objections(found: Sequence[tuple], names: dict[str, str], screen: Console, say: Say) -> None:
    """What was objected to before publication: the score as shown beside the score now."""
    if not found:
        return
    heads = ("unit", "indicator", "score_shown", "score_now", "state", "objection", "raised_by", "decided_by", "why")
    listed = table(say("pack.objections"), *(say(f"pack.{head}") for head in heads))
    for unit, node, shown, now, state, *rest in found:
        row = (names.get(unit, unit), node, score_said(shown), score_said(now), say.word("objection", state), *(_text(v) for v in rest))
        listed.add_row(*(cell(value) for value in row))
    screen.print(listed)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(places: list[Standing], before: Standings | None, name: str, version: str, month: str) -> None:
    old = {p.unit: p for p in before[3]} if before else {}
    for p in places:
        row = {
            "scheme": name,
            "version": version,
            "period": month,
            "unit_group": p.unit_group,
            "unit": p.unit,
            "rank_no": p.rank,
            "score": _exact(p.score),
            "grade": p.grade,
            "provisional_rank_no": p.provisional_rank,
            "provisional_score": _exact(p.provisional),
            "reason": p.reason,
            "tied_units": p.tied,
            "ranked_units": p.compared,
            "expected_units": p.expected,
            "missing_names": p.missing,
            "rank_best": p.best,
            "rank_worst": p.worst,
            "score_low": _exact(p.low),
            "score_high": _exact(p.high),
            "final_score": _exact(p.final),
            "standing": p.standing,
            "open_until": p.until and p.until.isoformat(),
            "marks": p.marks,
            "is_disputed": p.is_disputed,
        }
        if before:
            o = old.get(p.unit)
            row |= {
                "published_scheme": before[0],
                "published_version": before[1],
                "published_rank_no": o.rank if o else None,
                "published_score": _exact(o.score if o else None),
                "published_provisional_score": _exact(o.provisional if o else None),
            }
        print(json.dumps(row, ensure_ascii=False))


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _change(old: Decimal | None, new: Decimal | None) -> str:
    return "" if old is None or new is None else f"{round(new, 2) - round(old, 2):+.2f}"


def _moved(old: Standing | None, new: Standing) -> str:
    was, now = old and old.rank, new.rank
    if not was or not now:
        return ""
    return "—" if was == now else f"↑{was - now}" if now < was else f"↓{now - was}"
