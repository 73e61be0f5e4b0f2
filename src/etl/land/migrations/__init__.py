"""The changes of the ledger's tables, one script each, run by Alembic."""
