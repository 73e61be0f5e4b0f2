"""Show the published ranking, a unit's way to its score, and what another scheme would make of the same figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from etl.assess.pack import reasons
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
    from etl.assess.rescore import rescore, standing, tree
    from etl.publish.assessors import results_folder
    from etl.publish.export import DATABASE

    period = period and period_named(period)
    results = results_folder(settings.assessors, settings.published)
    database = results / DATABASE
    if not database.is_file():
        raise Mistake("use.nothing_published", data=settings.data)
    if scheme is None:
        found = standing(database, None, period, "main")
        before, where, schema = None, database, "main"
    else:
        chosen, standards, forms = _standards(settings, scheme)
        where, schema = (
            rescore(database, chosen, standards, forms, settings.data / "whatif", settings.home / "dbt_project", settings.data / "dbt"),
            "marts",
        )
        found = standing(where, chosen.scheme, period, schema)
        published = standing(database, chosen.scheme, found[2] or period, "main")
        before = published if published[3] else standing(database, None, found[2] or period, "main")
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
    if results.parent == settings.assessors:
        screen.print(say("release.not_for_all"))
    if unit:
        screen.print(names[unit])
        _tree(tree(where, name, version, month, unit, schema), screen, say)
    else:
        _places(places, before, names, groups, screen, say)
    return 0


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
            dict(con.execute("SELECT unit, unit_name FROM dim_unit").fetchall()),
            dict(con.execute("SELECT unit_group, max(group_name) FROM dim_scheme_group GROUP BY unit_group").fetchall()),
        )


def _places(
    places: list[Standing], before: Standings | None, names: dict[str, str], groups: dict[str, str], screen: Console, say: Say
) -> None:
    heads = ["pack.group", "pack.unit", "pack.rank", "pack.score", "pack.grade", "pack.trial", "pack.unranked"]
    if before:
        heads[5:5] = ["pack.place_before", "pack.score_before", "pack.change_of_score", "pack.change_of_place"]
    listed = table("", *map(say, heads))
    old = {p.unit: p for p in before[3]} if before else {}
    for p in places:
        row = [
            groups.get(p.unit_group, p.unit_group),
            names.get(p.unit, p.unit),
            _text(p.rank),
            _score(p.score),
            p.grade or "",
            say("pack.trial_of", rank=_text(p.provisional_rank), score=_score(p.provisional))
            if p.score is None and p.provisional is not None
            else "",
            reasons(p.reason, say),
        ]
        if before:
            o = old.get(p.unit)
            row[5:5] = [
                _text(o.rank if o else None),
                _score(o.score if o else None),
                _change(_best(o) if o else None, _best(p)),
                _moved(o, p),
            ]
        listed.add_row(*(cell(value) for value in row))
    screen.print(listed)
    if before:
        screen.print(say("pack.changes_note"))


def _best(place: Standing) -> Decimal | None:
    return place.provisional if place.score is None else place.score


def _tree(nodes: Sequence[tuple], screen: Console, say: Say) -> None:
    listed = table("", *map(say, ("pack.indicator", "pack.weight", "pack.score", "pack.working", "pack.state")))
    for level, name, weight, points, score, status, reason, working in nodes:
        why = say.word("unscored", reason) if reason in texts("unscored") else reasons(reason, say)
        state = "" if status == "scored" else say.word("scoring", status)
        listed.add_row(
            cell(say("pack.indent") * level + name),
            cell(_score(weight)),
            cell(_score(score if working is None else points)),
            cell(as_modelled(working, say.lang)),
            cell(say("pack.colon").join(filter(None, (state, why)))),
        )
    screen.print(listed)


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


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _score(value: Decimal | None) -> str:
    return "" if value is None else f"{round(value, 2):.2f}"


def _change(old: Decimal | None, new: Decimal | None) -> str:
    return "" if old is None or new is None else f"{round(new, 2) - round(old, 2):+.2f}"


def _moved(old: Standing | None, new: Standing) -> str:
    was = old and (old.rank or old.provisional_rank)
    now = new.rank or new.provisional_rank
    if not was or not now:
        return ""
    return "—" if was == now else f"↑{was - now}" if now < was else f"↓{now - was}"
