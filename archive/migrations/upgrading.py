"""Bring a database's tables up to what this release expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from archive import migrations


def upgrade(db: Connection) -> None:
    """Run the migrations the database still lacks, within the transaction it is in."""
    config = Config()
    # ConfigParser reads "%" as the start of a reference.
    config.set_main_option("script_location", str(Path(migrations.__path__[0])).replace("%", "%%"))
    config.attributes["connection"] = db
    command.upgrade(config, "head")
