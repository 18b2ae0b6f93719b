"""Tables: what waits for review."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from contact_center.clock import now
from contact_center.database import Base


class ReviewItem(Base):
    """A text without personal data that the assistant got wrong, or may have."""

    __tablename__ = "review_items"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    source_key: Mapped[str] = mapped_column(unique=True)
    """`message:<inbox id>` or `case:<case id>`: each is kept once. No foreign key: those may be forgotten before."""
    why: Mapped[str]
    """`intent` or `category`: which of them was not sure; `moved`: officers moved the case."""
    channel: Mapped[str]
    text: Mapped[str]
    labels: Mapped[dict[str, Any]]
    """Of a message the guesses, best first: `{"intents": [{name, confidence}], "categories": [{code, confidence}]}`.
    Of a case `{"before": {category, agency}, "after": {category, agency}}`. Once somebody has said what was meant, also
    `{"chosen": {intent, category}}`; category None where the intent has none."""
    status: Mapped[str] = mapped_column(default="waiting")
    """`waiting`, `chosen` (for the training data) or `accepted` (written there); what was dismissed is gone."""
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    decided_at: Mapped[datetime | None]
