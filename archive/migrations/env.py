"""What Alembic runs: the migrations, over the connection (and in the transaction) that archive.store hands it."""

from alembic import context

from archive import schema
from archive.search_schema import belongs_to_search

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    include_name=lambda name, kind, _: not (kind == "table" and name and belongs_to_search(name)),
    transactional_ddl=True,
)
context.run_migrations()
