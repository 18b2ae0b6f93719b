"""WhatsApp's approval of templates: what it asks for, and what it refuses at once.

https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses
"""

import re
from dataclasses import dataclass
from typing import Any

from tests.fakes.twilio.content import LIST_PICKER, MAX_BODY
from tests.fakes.twilio.errors import ApiError

_CATEGORIES = {"UTILITY", "MARKETING", "AUTHENTICATION"}
_VARIABLE = r"{{\s*\w+\s*}}"


@dataclass
class Approval:
    """A template that was handed in. `status`: `received` until WhatsApp decides."""

    name: str
    category: str
    status: str = "received"

    def told(self) -> dict[str, Any]:
        """As the API tells it."""
        return {"type": "whatsapp", "name": self.name, "category": self.category, "status": self.status}


def checked_request(body: Any, template: dict[str, Any]) -> Approval:
    """A request for approval. Raises what Twilio answers for one that cannot be."""
    name, category = body.get("name"), body.get("category")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9_]{1,512}", name):
        raise ApiError(400, 20001, "The name has small letters, digits and underscores only")
    if category not in _CATEGORIES:
        raise ApiError(400, 20001, "The category is not one of WhatsApp's")
    if LIST_PICKER in template["types"]:
        raise ApiError(400, 20001, "A list picker needs no approval and gets none")
    for content in template["types"].values():
        _check_body(content["body"])
    return Approval(name, category)


def _check_body(text: str) -> None:
    bare = text.strip()
    if re.match(_VARIABLE, bare) or re.search(rf"{_VARIABLE}$", bare):
        raise ApiError(400, 20001, "The body may not begin or end with a variable")
    if re.search(rf"{_VARIABLE}\s*{_VARIABLE}", bare):
        raise ApiError(400, 20001, "Variables may not stand side by side")
    if len(text) > MAX_BODY:
        raise ApiError(400, 20001, f"The body has more than {MAX_BODY} characters")
