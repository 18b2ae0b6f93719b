"""The database's schema, by Alembic; `tawasul db migrate` brings a database to the newest version."""

from pathlib import Path

from alembic.config import Config

from contact_center.database import sqlalchemy_url


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database at `url` (libpq)."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["url"] = sqlalchemy_url(url)
    return config
