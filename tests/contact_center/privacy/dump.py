"""All that the database holds, as text."""

import psycopg


def everything(database_url: str) -> dict[str, list[str]]:
    """Every row of every table of the database as text, sorted, by table; the assistant's and the queue's too."""
    tables = """SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"""
    with psycopg.connect(database_url) as connection:
        names = [name for (name,) in connection.execute(tables).fetchall()]
        return {
            name: sorted(row for (row,) in connection.execute(f"SELECT to_jsonb(t)::text FROM {name} t"))  # type: ignore[arg-type,call-overload]  # noqa: S608
            for name in names
        }
