"""How much of the disk a night will need, known before it takes any, so that it ends whole or does not begin."""

from __future__ import annotations

import shutil

from etl.mistakes import Said
from etl.night.retention import size
from etl.publish.swap import current
from etl.settings import Settings

LEAST = 64  # MB: logs, dbt's own files, a first small night


class NoRoom(Said):
    """The disk, or what a night is allowed of it, is smaller than what tonight needs."""


def parts(settings: Settings) -> dict[str, int]:
    """What the data folder holds, in bytes by part; the largest first."""
    names = ("archive", "warehouse", "published", "replies", "frozen", "notices", "failures", "dbt", "prefect", "ledger.db")
    found = {name: size(settings.data / name) for name in names if (settings.data / name).exists()}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def need(settings: Settings) -> int:
    """Megabytes that the coming night takes at most while it works, by what the last one took and what the inbox brings."""
    now = current(settings.published)
    came = max(0, size(settings.inbox) - size(settings.archive)) if settings.inbox.is_dir() else 0
    landed, build = (size(path) if path.exists() else 0 for path in (settings.landed, settings.build))
    version = size(now) + size(settings.assessors / now.name) if now else 0
    # The new originals, and what is read of them; the warehouse as it is landed and compared; a fresh build; a fresh version.
    return LEAST + ((3 * came + 2 * landed + build + version) >> 20)


def refuse_without_room(settings: Settings) -> None:
    """Raises NoRoom before anything is written."""
    wanted = need(settings)
    there = next(p for p in (settings.data, *settings.data.parents) if p.exists())
    free = shutil.disk_usage(there).free >> 20
    allowed = min(free, settings.night_megabytes) if settings.night_megabytes else free
    if wanted > allowed:
        raise NoRoom("use.no_room", need=wanted, path=there, have=allowed)
