"""Serve by hand before the eyes of whoever asked for it, and say what BI tools read now."""

from __future__ import annotations

from etl.settings import Settings, instant
from etl.texts.catalogue import speaker
from etl.texts.screen import visible


def show_serve(settings: Settings, version: str | None = None) -> int:
    """Serve a version that is kept, by default the one that readers see. Raises Mistake, NightRunning."""
    from etl.lock import one_night
    from etl.mistakes import Mistake
    from etl.publish.swap import current, versions
    from etl.serve.serve import Serving, serve_version

    if not settings.serving_url:
        raise Mistake("serve.no_url")
    with one_night(settings.data, since=settings.as_of, inbox=settings.inbox):  # which removes versions
        now, kept = current(settings.published), versions(settings.published)
        if now is None:
            raise Mistake("use.nothing_published", data=settings.data)
        if version is not None and version not in kept:
            raise Mistake("hold.no_version", version=version, kept=kept)
        chosen = settings.published / version if version else now
        serving = Serving(settings.serving_url, settings.serving_reader)
        served = serve_version(chosen, settings.home / "dbt_project", serving, instant(None), settings.build.parent)
    rows = sum(table.rows for table in served.tables)
    say = speaker(settings.lang)
    print(visible(say("serve.done", version=served.version, as_of=served.as_of, tables=len(served.tables), rows=rows)))
    if chosen != now:
        print(say("serve.until_next"))
    return 0
