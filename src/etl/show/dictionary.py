"""Write the dictionary of marts, columns and measures of what is published, as a workbook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from etl.mistakes import Mistake
from etl.settings import Settings
from etl.texts.catalogue import speaker


def show_dictionary(settings: Settings, out: Path) -> int:
    """Write the workbook and say where it is. Raises Mistake where nothing is published, or no night has built the marts here."""
    from etl.analyse.dictionary import write_dictionary
    from etl.analyse.marts import described
    from etl.explain.published import Published
    from etl.publish.manifest import read_manifest

    version, built = settings.published / "current", settings.data / "dbt" / "target" / "manifest.json"
    published = Published(version)
    try:
        if not built.is_file():
            raise Mistake("use.nothing_published", data=settings.data)
        manifest = json.loads(built.read_text(encoding="utf-8"))
        marts = described(manifest, published.forms, published.measures)
        day = date.fromisoformat(read_manifest(version)["as_of"])
        write_dictionary(out, marts, published.measures.values(), day)
    finally:
        published.close()
    print(speaker(settings.lang)("dictionary.written", path=out, marts=len(marts), measures=len(published.measures)))
    return 0
