"""Write the pages of one published version: a shell, its scripts, and the data that they show."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from etl.explain.published import Published
from etl.pages.figures import by_measure, by_period, by_unit, every_figure
from etl.pages.frame import frame
from etl.pages.projects import A_SHARD, last_reported, leads, projects
from etl.pages.shard import Row, Shards
from etl.pages.show import Show, of_all_units
from etl.pages.summary import stand_of, summarise
from etl.pages.units import units
from etl.pages.ways import OfYear, scripts, unchanged, ways
from etl.publish.export import DATABASE
from etl.publish.unchanged import Before, named_again

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ASSETS = Path(__file__).parent / "assets"
PAGES = "site"  # the folder of a version in which its pages lie
PAPERS = "papers"  # and the one in which its papers lie, by period
PLAIN = re.compile(r"[A-Za-z0-9_.-]+")


def write_pages(version: Path, folder: Path, show: Show, before: Before | None = None) -> None:
    """Write `index.html` and all that it loads into `folder`, from the tables of the published `version`.

    The same version gives the same bytes; ways that are as in the version `before` are linked to that version's. Raises Mistake where
    there is no version.
    """
    published = Published(version)
    try:
        _write(published, folder, show, version)
        _ways(published.con, version, Shards(folder / "data"), before)
    finally:
        published.close()


def _write(published: Published, folder: Path, show: Show, version: Path) -> None:
    shutil.copytree(ASSETS, folder / "assets")
    (folder / "assets" / "index.html").rename(folder / "index.html")
    shutil.copyfile(_charts(), folder / "assets" / "echarts.min.js")
    con, shards = published.con, Shards(folder / "data")
    around = frame(con, published, show) | {"papers": _papers(version)}
    shards.put("frame", around)
    named = [f"{row['form']}.{row['measure']}" for row in around["measures"]]
    places = {(row["form"], row["measure"]): place for place, row in enumerate(around["measures"])}
    found, told = every_figure(con, places), units(con)
    for period, data in by_period(found, {named.index(name) for name in of_all_units(show) if name in named}):
        data |= _of_period(told, period)
        shards.put(f"period/{period}", data | {"sentences": summarise(stand_of(around, named, period, data, show))})
    for place, members in by_measure(found).items():
        shards.put(f"measure/{place}", members)
    own = by_unit(found)
    for row in around["units"]:
        shards.put(f"unit/{file_name(row['unit'])}", told[row["unit"]] | {"figures": own.get(row["unit"], {})})
    shards.put("matters", [{"unit": unit, **row} for unit in sorted(told) for row in told[unit]["matters"]])
    _projects(published, shards)


def _ways(con: DuckDBPyConnection, version: Path, shards: Shards, before: Before | None) -> None:
    """The scripts by which a figure leads to its cells: by far the most of a site, and few of them new."""
    wanted = scripts(con)
    if before is not None and (database := before.intact(DATABASE)):
        con.execute("ATTACH '" + str(database).replace("'", "''") + "' AS earlier (READ_ONLY)")
        for key in unchanged(con, wanted):
            file = before.intact(shards.path(_way(key)).relative_to(version).as_posix())
            if file and named_again(file, shards.path(_way(key))):
                del wanted[key]
    for key, text in ways(con, wanted):
        shards.pack(_way(key), text)


def _way(key: OfYear) -> str:
    return f"way/{key.form}/{key.year}/{file_name(key.unit)}"


def _papers(version: Path) -> dict[str, list[str]]:
    """The files of papers of each period, beside the pages."""
    return {folder.name: sorted(path.name for path in folder.iterdir()) for folder in sorted((version / PAPERS).glob("*"))}


def _charts() -> Path:
    """ECharts, of a package that carries it whole; it is found and not imported, which would take a second and pandas."""
    return Path(str(distribution("vizly").locate_file("vizly/assets/echarts.min.js")))


def file_name(code: str) -> str:
    """A code as the name of a file that every system takes; a unit's code may be Chinese."""
    return code if PLAIN.fullmatch(code) else "x" + code.encode().hex()


def _of_period(told: dict, period: str) -> Row:
    """What the county's page shows of all units, each row with its unit."""
    subjects = ("places", "moves", "slots", "fitness", "lights", "findings")
    return {
        subject: [{"unit": unit, **row} for unit in sorted(told) for row in told[unit][subject] if row["period"] == period]
        for subject in subjects
    }


def _projects(published: Published, shards: Shards) -> None:
    rows, told = last_reported(published.con), projects(published.con)
    keys = list(dict.fromkeys(row["project_key"] for row in rows))
    place = {key: number for number, key in enumerate(keys)}
    shards.put("projects", [{"at": place[row["project_key"]], **row} for row in rows])
    for start in range(0, len(keys), A_SHARD):
        shards.put(f"project/{start // A_SHARD}", {key: told[key] for key in keys[start : start + A_SHARD]})
    shards.put("leads", leads(published.con))
