"""The ledger as version 0.1.0 made it: ledgers that know no Alembic are stamped with this, so nothing is done."""

revision, down_revision = "0001", None


def upgrade() -> None:
    """A ledger is never made by this: new ones are made at the last revision."""
