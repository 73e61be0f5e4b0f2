"""Reminders, which 0.1.0 did not keep; and the revision stands where Alembic keeps it."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """As its title says."""
    if not sa.inspect(op.get_bind()).has_table("reminder"):  # ledgers made since then have it
        op.create_table(
            "reminder",
            sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
            sa.Column("item", sa.Text, nullable=False),
            sa.Column("due", sa.Date, nullable=False),
            sa.Column("kind", sa.String(16), nullable=False),
            sa.Column("recipient", sa.String(64), nullable=False),
            sa.Column("as_of", sa.Date, nullable=False),
            sa.Column("outcome", sa.String(16), nullable=False),
        )
    op.drop_table("ledger_schema")
