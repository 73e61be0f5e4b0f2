"""Step: bring what readers see into the database that BI tools read, where there is one."""

from __future__ import annotations

from etl.mistakes import Mistake
from etl.publish.swap import current
from etl.serve.serve import Serving, serve_version, served_version
from etl.settings import Settings, instant


def serve(settings: Settings) -> str:
    """Why that database does not hold what is published; "" where it does. It stops no night: a later one makes it good."""
    now = current(settings.published)
    if now is None:
        return ""
    serving = Serving(settings.serving_url, settings.serving_reader)
    try:
        if served_version(serving) != now.name:
            serve_version(now, settings.home / "dbt_project", serving, instant(None), settings.build.parent)
    except Mistake as trouble:
        return trouble.said(settings.lang)
    return ""
