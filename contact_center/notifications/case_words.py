"""Which events of a case are told to citizens, and what of them stands in the wording. Pure."""

from collections.abc import Mapping
from datetime import datetime

from contact_center.agencies.entries import AgencyEntry
from contact_center.cases.interim import INTERIM
from contact_center.cases.kinds import COMPLIMENT
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.merging import MERGED
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.praise import PASSED_ON
from contact_center.cases.service import FILED
from contact_center.cases.suggestion_progress import PROGRESS
from contact_center.cases.transfer import TRANSFERRED
from contact_center.channels.base import ChannelCode
from contact_center.notifications.dates import readable_day
from contact_center.notifications.notification import Notification
from contact_center.notifications.sentences import sentence

_BY_KIND: Mapping[str, str] = {
    FILED: "filed",
    "reply": "reply",
    INTERIM: "interim",
    TRANSFERRED: "transferred",
    MERGED: "merged",
}
"""Kinds of events, and what `templates.yml` calls what is told of them. A status is told by `_of_status`."""
_DATED = {"filed", "transferred"}
"""Of these there is another wording where there is no deadline."""


def told_as(case: Case, event: CaseEvent) -> str | None:
    """What `templates.yml` calls what is told of an event; None where nothing is."""
    if not event.public:
        return None
    if event.kind == FILED and case.channel != ChannelCode.CALL_CENTER:  # whoever writes is told in the conversation
        return None
    if event.kind == "status":
        return _of_status(case, event)
    if event.kind == PASSED_ON:
        return "passed_on" if case.praised else "passed_on_unnamed"
    name = _of_suggestion(event) or _BY_KIND.get(event.kind)
    return f"{name}_undated" if name in _DATED and _due_at(case, event) is None else name


def notification(case: Case, event: CaseEvent, agency: AgencyEntry, language: str, audience: str) -> Notification:
    """What is told of an event that `told_as` names."""
    due_at = _due_at(case, event)
    values = {
        "agency": agency.name(language),
        "reference": case.reference,
        "words": event.text or "",
        "date": readable_day(due_at, language) if due_at else "",
        "praised": case.praised or "",
        "outcome": outcome_words(event.data.get("outcome"), language),
        "other": event.data.get("into", ""),
    }
    return Notification(told_as(case, event) or "", audience, values, language)


def _due_at(case: Case, event: CaseEvent) -> datetime | None:
    """The deadline that an event speaks of; a compliment has none."""
    if event.kind == FILED:
        return case.due_at
    told = event.data.get("due_at")
    return datetime.fromisoformat(told) if told else None


def outcome_words(outcome: str | None, language: str) -> str:
    """What becomes of a suggestion, in words: «قيد الدراسة»; nothing where that was not said."""
    return sentence(f"outcome_{outcome}", language) if outcome else ""


def _of_suggestion(event: CaseEvent) -> str | None:
    """What is told of what becomes of a suggestion, with the answer or later; None for any other event."""
    if "outcome" not in event.data:
        return None
    if event.kind == PROGRESS:
        return "outcome_and_words" if event.text else "outcome"
    return "reply_with_outcome"


def _of_status(case: Case, event: CaseEvent) -> str | None:
    after = event.data.get("after")
    if event.text is not None:
        return "question" if after == Status.WAITING else "message"
    if event.data.get("before") == Status.DUPLICATE:
        return "parted"
    unanswered = after == Status.CLOSED and event.data.get("before") in OPEN
    return "closed" if unanswered and case.type != COMPLIMENT else None
