"""All tables in one place, for migrations and for whoever makes a mapper of them."""

from contact_center.accounts import models as accounts
from contact_center.agencies import models as agencies
from contact_center.attachments import models as attachments
from contact_center.canned_replies import models as canned_replies
from contact_center.cases import models as cases
from contact_center.citizens import models as citizens
from contact_center.configuration import models as configuration
from contact_center.conversations import models as conversations
from contact_center.database import Base
from contact_center.notifications import models as notifications
from contact_center.telephone import models as telephone
from contact_center.understanding import models as understanding

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "accounts",
    "agencies",
    "attachments",
    "canned_replies",
    "cases",
    "citizens",
    "configuration",
    "conversations",
    "notifications",
    "telephone",
    "understanding",
]
