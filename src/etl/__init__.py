"""luodi: from a county's workbooks to audited fact tables, every figure traceable to its cell.

Analysts read what was published with `etl.open` (docs/analysts.md); whoever only runs luodi loads nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from etl.analyse.county import County

__version__ = "0.2.0"  # the one place: pyproject.toml, manifests and seals take it from here


def open(  # noqa: A001, it is read as etl.open
    data: Path | str, *, version: str | None = None, frozen: str | None = None, assessor: bool = False, lang: str | None = None
) -> County:
    """What was published in a data folder, to read with pandas: `etl.open("data/demo").table("fct_indicator")`.

    By default what readers see now; else a `version` by its name, or a `frozen` set. An `assessor` also sees results that wait for a
    release, and frozen sets whole. `data` may also be a copy of a version. `lang` is zh or en, by default LUODI_LANG.
    Raises etl.mistakes.Mistake, said in that language.
    """
    from pathlib import Path

    from etl.analyse.county import County
    from etl.analyse.version import tables_meant
    from etl.mistakes import Mistake
    from etl.settings import language

    lang = language(lang)
    try:
        return County(*tables_meant(Path(data).expanduser(), version, frozen, assessor), lang)
    except Mistake as mistake:
        raise mistake.to(lang) from None
