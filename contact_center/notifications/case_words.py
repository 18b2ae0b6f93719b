"""How an event of a case is put to those whom it is told. Pure."""

from datetime import datetime

from contact_center.agencies.catalogue import AgencyEntry
from contact_center.cases.interim import INTERIM
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.notifications.dates import readable_day
from contact_center.notifications.sentences import sentence


def told(case: Case, event: CaseEvent, agency: AgencyEntry, language: str, *, to_followers: bool = False) -> str:
    """What the agency says in a public event with words: its answer, its question, its new date, or a word of it."""
    words = event.text or ""
    if event.kind == INTERIM:
        date = readable_day(datetime.fromisoformat(event.data["due_at"]), language)
        words = f"{words}\n\n{sentence('new_date', language).format(date=date)}"
    name = "followed_case" if to_followers else _name(event)
    return sentence(name, language).format(agency=agency.name(language), reference=case.reference, words=words)


def _name(event: CaseEvent) -> str:
    if event.kind == "status" and event.data.get("after") == Status.WAITING:
        return "agency_asks"
    return "agency_replied" if event.kind == "reply" else "agency_writes"
