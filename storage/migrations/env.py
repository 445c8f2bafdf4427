"""What Alembic runs for a migration: on the connection, and in the transaction, that it was handed."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can't alter a column: the table is copied
)
context.run_migrations()
