"""Tables: what an administrator words otherwise."""

from sqlalchemy.orm import Mapped, mapped_column

from contact_center.database import Base


class MessageTemplate(Base):
    """A wording that takes the place of the one in `templates.yml`, or an approved template that was made by hand."""

    __tablename__ = "message_templates"

    event: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    """`filer` or `follower`."""
    channel: Mapped[str] = mapped_column(primary_key=True)
    """`telegram`, `whatsapp`, `sms`, `webchat`, or `whatsapp_outside`: outside WhatsApp's 24 hours."""
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str | None]
    """With the placeholders of the text that it replaces; None: that text."""
    content_sid: Mapped[str | None]
    """Of `whatsapp_outside` only: Twilio's SID of a template of this wording; None: one is made."""
