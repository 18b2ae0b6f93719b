"""How Alembic reaches the database."""

from alembic import context
from sqlalchemy import create_engine

from contact_center.advisory_locks import Lock
from contact_center.tables import METADATA


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the queue's own tables out of comparisons."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


engine = create_engine(context.config.attributes["url"])
with engine.connect() as connection:
    # Two processes may migrate at once: the second waits, and then finds nothing to do.
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({Lock.MIGRATE.value})")
    connection.commit()
    context.configure(connection=connection, target_metadata=METADATA, include_name=_ours, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.exec_driver_sql(f"SELECT pg_advisory_unlock({Lock.MIGRATE.value})")
    connection.commit()
engine.dispose()
