"""For deliveries of messages that have no files."""

from pathlib import Path

from contact_center.attachments.links import FileLinks
from contact_center.attachments.storage import Storage
from contact_center.conversations.outgoing_files import OutgoingFiles

NO_FILES = OutgoingFiles(Storage(Path("there is none")), FileLinks("secret", None))
