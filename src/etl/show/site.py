"""The commands about a site: whether all that it says holds, and how it differs from the product."""

from __future__ import annotations

import typer

from etl.settings import given, home
from etl.show.options import AsOf, Data, Lang, SiteDir
from etl.texts.catalogue import speaker
from etl.texts.screen import cell, console, table

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("check", help="help.site_check")
def check(site: SiteDir = None, data: Data = None, as_of: AsOf = None, lang: Lang = None) -> None:
    """Everything that is wrong with a site's files, forms, layouts, rules, schemes and models; exit code 1 where anything is."""
    from etl.desk.sitecheck import site_faults

    settings = given(site=site, data=data, as_of=as_of, lang=lang)
    say = speaker(settings.lang)
    faults = [fault.said(settings.lang) for fault in site_faults(settings)]
    for fault in faults:
        console().print(f"✗ {cell(fault)}")
    if not faults:
        console().print(say("site.holds", path=settings.site))
    raise typer.Exit(1 if faults else 0)


@app.command("diff", help="help.site_diff")
def diff(site: SiteDir = None, data: Data = None, lang: Lang = None) -> None:
    """What the site lays over the product, entry by entry."""
    from etl.site.differences import laid_over_entries

    settings = given(site=site, data=data, lang=lang)
    say = speaker(settings.lang)
    found = laid_over_entries(home(), settings.site)
    if not found:
        console().print(say("site.nothing_over", path=settings.site))
        return
    listed = table("", *(say(f"site.{head}") for head in ("file", "kind", "entry", "product", "own")))
    for one in found:
        listed.add_row(*(cell(text) for text in (one.file, say(f"site.{one.kind}"), one.entry, one.product, one.site)))
    console().print(listed)
