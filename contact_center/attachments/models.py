"""Table: files of citizens, and of the staff who answer them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contact_center.clock import now
from contact_center.database import Base


class Attachment(Base):
    """A file, at first of a conversation and later of the case filed from it; or one that staff added to a case."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("conversation_id", "source_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID | None]
    """Where it came from; None for a file of the staff's."""
    source_key: Mapped[str]
    """Idempotency key: the inbound message and the file's place in it; for a file of the staff's, a name of its own."""
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str]
    media_type: Mapped[str]
    """As found in the bytes, not as claimed."""
    filename: Mapped[str]
    size: Mapped[int]
    """Bytes."""
    sha256: Mapped[str]
    storage_key: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
