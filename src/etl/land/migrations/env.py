"""How Alembic runs the scripts of the ledger: on the connection that `etl.land.migrate` gives, never on an address of its own."""

from alembic import context

from etl.land.ledger import META

context.configure(connection=context.config.attributes["connection"], target_metadata=META, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
