"""`tawasul db`."""

import asyncio

import typer
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from contact_center.database import sqlalchemy_url
from contact_center.embedded_postgres import database_url
from contact_center.errors import TawasulError
from contact_center.migrations import alembic_config
from contact_center.settings import get_settings
from contact_center.supervision.preparing import prepare

OLDEST_SERVER = (15,)

app = typer.Typer(help="The database.", no_args_is_help=True, add_completion=False)


class NotUsable(TawasulError):
    """The database is not what this version of the service needs."""

    code = "database_not_usable"


@app.command()
def migrate() -> None:
    """Bring the schema and the catalogue to this version; make the first administrator where there is none."""
    how_to_sign_in = asyncio.run(prepare(database_url(get_settings())))
    typer.echo("The database is up to date.")
    if how_to_sign_in:
        typer.echo(how_to_sign_in)


@app.command()
def check() -> None:
    """Check that the database answers, is new enough, and has this version's schema."""
    url = database_url(get_settings())
    engine = create_engine(sqlalchemy_url(url))
    with engine.connect() as connection:
        version = connection.dialect.server_version_info or ()
        revision = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    shown = ".".join(map(str, version))
    if version < OLDEST_SERVER:
        raise NotUsable(f"PostgreSQL {shown} is too old: {OLDEST_SERVER[0]} or newer is needed.")
    newest = ScriptDirectory.from_config(alembic_config(url)).get_current_head()
    if revision != newest:
        raise NotUsable(f"The schema is at {revision or 'nothing'}, not {newest}: run `tawasul db migrate`.")
    typer.echo(f"PostgreSQL {shown} answers; the schema is at {revision}, the newest.")
