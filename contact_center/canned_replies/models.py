"""Tables: canned replies."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

import contact_center.agencies.models  # noqa: F401  (the table that the foreign key names)
from contact_center.database import Base


class CannedReply(Base):
    """A text for citizens with placeholders (`placeholders.PLACEHOLDERS`), and its title for staff."""

    __tablename__ = "canned_replies"

    code: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str | None] = mapped_column(ForeignKey("agencies.code"), index=True)
    """None: for all agencies."""
    title_ar: Mapped[str]
    title_en: Mapped[str]
    text_ar: Mapped[str]
    text_en: Mapped[str]

    def title(self, language: str) -> str:
        """In `ar` or `en`."""
        return self.title_en if language == "en" else self.title_ar

    def text(self, language: str) -> str:
        """In `ar` or `en`, with its placeholders."""
        return self.text_en if language == "en" else self.text_ar
