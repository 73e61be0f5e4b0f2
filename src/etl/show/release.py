"""Show what was released and what waits, and say what a release will let out."""

from __future__ import annotations

from etl.settings import Settings
from etl.site.releases import Release, load_releases
from etl.texts.catalogue import LANGUAGES, Say, speaker
from etl.texts.screen import cell, console, table, visible


def show_release(settings: Settings, asked: Release) -> int:
    """Write one release and say what it lets out. Raises Mistake."""
    from etl.desk.releasing import release_results, rows_let_out

    say = speaker(settings.lang)
    done = release_results(settings, asked)
    print(visible(say("release.kept", release=done.release, **_words(done, say))))
    rows = rows_let_out(settings, done)
    if rows is not None:
        print(say("release.fits", rows=rows) if rows else say("release.fits_none"))
    return 0


def show_releases(settings: Settings) -> int:
    """List the releases of the site, then what the published version withholds. Raises Mistake."""
    from etl.desk.releasing import names_of_marts, waiting

    say, found, screen = speaker(settings.lang), load_releases(settings.site), console()
    columns = ("what", "scheme", "period", "audience", "by", "at", "why")
    listed = table("", *(say(f"release.{column}") for column in columns))
    for one in found:
        words = _words(one, say) | {"why": one.why}
        listed.add_row(*(cell(words[column]) for column in columns))
    screen.print(listed if found else say("release.none_yet"))
    held = waiting(settings)
    names = names_of_marts(settings) if held else {}
    for mart, about in held.items():
        print(
            say("release.waits", mart=names[mart][LANGUAGES.index(say.lang)], rows=about["rows"], of=about["of"], periods=about["periods"])
        )
    if not held:
        print(say("release.nothing_waits"))
    return 0


def _words(release: Release, say: Say) -> dict[str, str]:
    return {
        "what": say(f"release.{release.what}"),
        "scheme": release.scheme,
        "period": release.period,
        "audience": say(f"release.{release.audience}"),
        "by": release.by,
        "at": release.at.isoformat(sep=" "),
    }
