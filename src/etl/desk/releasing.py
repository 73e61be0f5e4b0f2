"""Releasing results with the settings at hand: who lets which scores, rankings or lists out, and what still waits."""

from __future__ import annotations

from dataclasses import replace

from etl.assess.known import load_known
from etl.assess.schemes import load_schemes
from etl.desk.choose import period_named
from etl.explain.published import Published
from etl.forms.contract import load_forms
from etl.mistakes import Mistake
from etl.publish.assessors import results_folder
from etl.publish.export import DATABASE
from etl.publish.manifest import read_manifest
from etl.publish.withhold import load_border
from etl.settings import Settings
from etl.site.releases import AUDIENCES, EVERY, WHAT, Release, append_release, load_releases


def release_results(settings: Settings, asked: Release) -> Release:
    """Write a release as a person asked for it into the site's releases.csv; the next night publishes by it. Raises Mistake."""
    what, period, scheme, by, why = asked.what, asked.period, asked.scheme.strip(), asked.by.strip(), asked.why.strip()
    for said, choices in ((what, WHAT), (asked.audience, AUDIENCES)):
        if said not in choices:
            raise Mistake("use.no_release_what", what=said, choices=choices)
    if not by:
        raise Mistake("use.no_name")
    if not why:
        raise Mistake("use.release_why")
    known = _schemes(settings)
    scheme = EVERY if what == "lists" else scheme
    if scheme not in (*known, EVERY):
        raise Mistake("use.release_scheme", schemes=known)
    period = period if period == EVERY else period_named(period)
    release = replace(asked, scheme=scheme, period=period, by=by, why=why)
    return replace(release, release=append_release(settings.site, release))


def rows_let_out(settings: Settings, release: Release) -> int | None:
    """How many rows of the current version wait and would no longer; None before the first night."""
    import duckdb

    database = results_folder(settings.assessors, settings.published) / DATABASE
    if not database.is_file():
        return None
    alone = load_border(settings.expectations, [(release.what, release.scheme, release.period)])
    held = load_border(
        settings.expectations, [(one.what, one.scheme, one.period) for one in load_releases(settings.site) if one != release]
    )
    with duckdb.connect(str(database), read_only=True) as con:
        tests = [
            (mart, f"{held.results[mart].waits(held.opened)} AND NOT {alone.results[mart].waits(alone.opened)}") for mart in held.results
        ]
        return sum(con.execute(f"SELECT count(*) FROM {mart} WHERE {test}").fetchall()[0][0] for mart, test in tests)


def waiting(settings: Settings) -> dict[str, dict]:
    """What the current version withholds, by mart."""
    return read_manifest(settings.published / "current").get("withheld", {})


def names_of_marts(settings: Settings) -> dict[str, tuple[str, str]]:
    """Every mart of the current version in Chinese and English."""
    published = Published(settings.published / "current")
    try:
        return published.names
    finally:
        published.close()


def _schemes(settings: Settings) -> tuple[str, ...]:
    forms = load_forms(settings.expectations)
    found = load_schemes([settings.site / "schemes", settings.expectations / "schemes"], load_known(settings.expectations, forms))
    return tuple(sorted({scheme.scheme for scheme in found}))
