"""Bring the ledger of an older luodi up to the tables of this one, with Alembic: one script a change in `migrations/versions/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    import sqlalchemy as sa

SCRIPTS = Path(__file__).parent / "migrations"
FIRST = "0001"  # the tables of the ledgers that know no Alembic


def revisions() -> list[str]:
    """The revisions that this luodi knows, the last first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def migrate(engine: sa.Engine, found: str | None) -> None:
    """Migrate a ledger from the revision that was found, None in one that was made before there were any; all or nothing."""
    with engine.begin() as con:
        config = _config()
        config.attributes["connection"] = con
        if found is None:
            command.stamp(config, FIRST)
        command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config
