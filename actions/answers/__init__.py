"""How an answer to each question of the form is read; a message that is no answer is left to the rules."""

from collections.abc import Callable, Mapping

from actions.answers import (
    address,
    area,
    attachments,
    case_type,
    category,
    confirm,
    contact_name,
    contact_phone,
    description,
    similar,
)
from actions.reading import Reading

READERS: Mapping[str, Callable[[Reading], None]] = {
    "description": description.read,
    "case_type": case_type.read,
    "category": category.read,
    "area": area.read,
    "address": address.read,
    "attachments": attachments.read,
    "contact_name": contact_name.read,
    "contact_phone": contact_phone.read,
    "confirm": confirm.read,
    "similar": similar.read,
}
