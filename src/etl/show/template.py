"""Write an empty workbook where the data team wants it."""

from __future__ import annotations

from pathlib import Path

from etl.desk.templates import template
from etl.settings import Settings
from etl.texts.catalogue import speaker
from etl.texts.screen import visible


def show_template(settings: Settings, form: str, unit: str, period: str, out: Path | None) -> int:
    """Write the template to a file, or under its own name into a folder, and say where."""
    content, name = template(settings, form, unit, period)
    path = Path(name) if out is None else out / name if out.is_dir() else out
    path.write_bytes(content)
    print(visible(speaker(settings.lang)("use.template_written", path=path)))
    return 0
