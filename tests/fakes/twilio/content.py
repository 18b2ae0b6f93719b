"""Content templates: what may be in one, and what a person sees of it."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.twilio.errors import ApiError

QUICK_REPLY, LIST_PICKER, TEXT = "twilio/quick-reply", "twilio/list-picker", "twilio/text"
MAX_BODY = 1024
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


@dataclass
class Shown:
    """A message as the person sees it. `buttons`: title → token, in order."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    media_urls: tuple[str, ...] = ()
    template_sid: str | None = None


def checked_definition(definition: Any) -> dict[str, Any]:
    """A template's definition as it is created: what is known only when it is sent is checked then."""
    if not isinstance(definition, dict) or not definition.get("language") or not definition.get("types"):
        raise ApiError(400, 20422, "Invalid Parameter: language and types are required")
    types = definition["types"]
    if not set(types) <= {QUICK_REPLY, LIST_PICKER, TEXT}:
        raise ApiError(400, 20422, f"Invalid Parameter: unknown types {sorted(types)}")
    samples = definition.get("variables") or {}
    used = set(_VARIABLE.findall(json.dumps(types)))
    if used - samples.keys() or len(samples) > 100 or not all(samples.values()):
        raise ApiError(400, 92000, "Invalid Parameter: each variable needs a sample; at most 100")
    for content in types.values():
        _check_counts(content)
    return definition


def _check_counts(content: dict[str, Any]) -> None:
    if not content.get("body"):
        raise ApiError(400, 20422, "Invalid Parameter: body is required")
    if "actions" in content and not 1 <= len(content["actions"]) <= 10:
        raise ApiError(400, 20422, "Invalid Parameter: 1 to 10 actions")
    if "items" in content and not (1 <= len(content["items"]) <= 10 and content.get("button")):
        raise ApiError(400, 20422, "Invalid Parameter: 1 to 10 items and a button")


def shown(definition: dict[str, Any], variables_json: str) -> Shown:
    """What WhatsApp shows within the 24 hours. Raises what Twilio answers where a limit is broken."""
    values = (definition.get("variables") or {}) | _variables(variables_json)

    def filled(text: str) -> str:
        return _VARIABLE.sub(lambda match: values[match[1]], text)

    for name in _VARIABLE.findall(json.dumps([content["body"] for content in definition["types"].values()])):
        if re.search(r"[\n\t]| {5,}", values[name]):
            raise ApiError(400, 21656, "The ContentVariables parameter is invalid: line break, tab or many spaces")
    if QUICK_REPLY in definition["types"]:
        content = definition["types"][QUICK_REPLY]
        keys = [(filled(action["title"]), filled(action["id"])) for action in content["actions"]]
        return _checked(filled(content["body"]), keys, most=3, longest=20)
    if LIST_PICKER in definition["types"]:
        content = definition["types"][LIST_PICKER]
        keys = [(filled(item["item"]), filled(item["id"])) for item in content["items"]]
        if not 1 <= len(filled(content["button"])) <= 20:
            raise ApiError(400, 63013, "The list's button has more than 20 characters")
        return _checked(filled(content["body"]), keys, most=10, longest=24)
    return Shown(filled(definition["types"][TEXT]["body"]))


def _variables(variables_json: str) -> dict[str, str]:
    try:
        values = json.loads(variables_json or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) and value.strip() for value in values.values()):
        raise ApiError(400, 21656, "The ContentVariables parameter is invalid.")
    if any(len(value) > 1600 for value in values.values()):
        raise ApiError(400, 21658, "A content variable has more than 1600 characters.")
    return values


def _checked(body: str, keys: list[tuple[str, str]], *, most: int, longest: int) -> Shown:
    titles, tokens = [title for title, _ in keys], [token for _, token in keys]
    wrong = [
        (len(body) > MAX_BODY, f"the body has more than {MAX_BODY} characters"),
        (len(keys) > most, f"more than {most} buttons in a session"),
        (any(not 1 <= len(title) <= longest for title in titles), f"a title has more than {longest} characters"),
        (len(set(titles)) < len(titles) or len(set(tokens)) < len(tokens), "titles and ids must be unique"),
        (any(len(token) > 200 for token in tokens), "an id has more than 200 characters"),
    ]
    for is_wrong, why in wrong:
        if is_wrong:
            raise ApiError(400, 63013, f"Channel policy violation: {why}")
    return Shown(body, dict(keys))
