"""What the migrations make is what the tables in the code say, and the newest can be taken back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from contact_center.database import sqlalchemy_url
from contact_center.migrations import alembic_config
from contact_center.tables import METADATA


def test_the_migrations_make_what_the_models_say(database_url: str) -> None:
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    ours = [difference for difference in differences if "procrastinate" not in str(difference)]
    assert ours == []


def test_there_is_one_newest_migration_and_it_can_be_taken_back(database_url: str) -> None:
    config = alembic_config(database_url)
    (newest,) = ScriptDirectory.from_config(config).get_heads()
    command.downgrade(config, "-1")
    command.upgrade(config, newest)
