"""How an event of a case is put to those whom it is told. Pure."""

from datetime import datetime

from contact_center.agencies.entries import AgencyEntry
from contact_center.cases.interim import INTERIM
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.transfer import TRANSFERRED
from contact_center.notifications.dates import readable_day
from contact_center.notifications.sentences import sentence


def is_told(event: CaseEvent) -> bool:
    """Whether the citizen hears of an event by a message of its own."""
    return event.public and (event.text is not None or event.kind == TRANSFERRED)


def told(case: Case, event: CaseEvent, agency: AgencyEntry, language: str, *, to_followers: bool = False) -> str:
    """What happened in an event that is told: an answer, a question, a new date, another agency, or a word of it."""
    name = "followed_case" if to_followers else _name(event)
    return sentence(name, language).format(
        agency=agency.name(language), reference=case.reference, words=_words(event, agency, language)
    )


def _words(event: CaseEvent, agency: AgencyEntry, language: str) -> str:
    if event.kind not in (INTERIM, TRANSFERRED):
        return event.text or ""
    due = event.data["due_at"]
    if due is None:
        return sentence("goes_to_undated", language).format(agency=agency.name(language))
    date = readable_day(datetime.fromisoformat(due), language)
    if event.kind == INTERIM:
        return f"{event.text}\n\n{sentence('new_date', language).format(date=date)}"
    return sentence("goes_to", language).format(agency=agency.name(language), date=date)


def _name(event: CaseEvent) -> str:
    if event.kind == "status" and event.data.get("after") == Status.WAITING:
        return "agency_asks"
    return {"reply": "agency_replied", TRANSFERRED: "case_news"}.get(event.kind, "agency_writes")
