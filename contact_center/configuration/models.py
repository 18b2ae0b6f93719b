"""Tables: the history of the configuration."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from contact_center.clock import now
from contact_center.database import Base


class ConfigurationChange(Base):
    """One entry that was added (`before` is None), changed, or removed (`after` is None); never changed nor deleted."""

    __tablename__ = "configuration_changes"
    __table_args__ = (Index("ix_configuration_changes_kind_code_number", "kind", "code", "number"),)

    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    change_set: Mapped[int] = mapped_column(BigInteger, index=True)
    """What was changed at once, and is undone at once: the number of its first change."""
    at: Mapped[datetime] = mapped_column(default=now)
    actor: Mapped[str]
    """`account:<username>`, `command_line`; `system`: a new version of the service brought it."""
    kind: Mapped[str]
    """See `contact_center.configuration.kinds`."""
    code: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    undoes: Mapped[int | None] = mapped_column(ForeignKey("configuration_changes.number"))
    """The change that this one takes back."""
