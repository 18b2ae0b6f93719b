"""Everything that a case's page shows, read in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.accounts.queries import colleagues, display_names
from contact_center.accounts.roles import only_reads
from contact_center.agencies.calendar import WorkingCalendar
from contact_center.agencies.entries import Named
from contact_center.agencies.queries import catalogue, working_calendar
from contact_center.attachments import queries as attachments
from contact_center.attachments.models import Attachment
from contact_center.cases import escalations, queries
from contact_center.cases.assigning import ASSIGNED
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.outcomes import Outcome, steps_of
from contact_center.cases.reference import NotAReference, WrongCheckDigit
from contact_center.cases.suggestion_progress import may_go_to
from contact_center.channels.base import ChannelCode
from contact_center.clock import now
from contact_center.console.case_rows import Deadline, deadline_of
from contact_center.console.case_talk import talk_of
from contact_center.console.merge_view import MergeView, merge_view
from contact_center.console.permissions import (
    may_answer,
    may_pass_on,
    may_promise,
    may_see,
    sees_people,
    speaks_for_agency,
    statuses,
)
from contact_center.console.place_map import PlaceMap, place_map
from contact_center.console.transcripts import Line
from contact_center.errors import NotFound
from contact_center.notifications.canned import FilledReply, filled_for
from contact_center.notifications.sent import Sent, of_events
from contact_center.privacy.search import citizen_of

_ACCOUNT = "account:"


@dataclass(frozen=True)
class CaseView:
    """A case with all that is around it; names are in the reader's language."""

    case: Case
    category: str
    agency: str
    meant_for: str | None
    """The agency in whose place this one has the case."""
    governorate: str | None
    map: PlaceMap | None
    """Where it lies, drawn; None where that is not known."""
    deadline: Deadline
    events: Sequence[CaseEvent]
    names: Mapping[str, str]
    """Display names of the staff in the timeline, by actor."""
    files: Sequence[Attachment]
    """Those that came with the case itself."""
    files_of: Mapping[int, Sequence[Attachment]]
    """Those that came later, by the event's id."""
    lines: Sequence[Line]
    may_write: bool
    may_speak: bool
    may_answer: bool
    promise_from: date | None
    """The first day that another date may be promised for; None where the account may promise none."""
    statuses: Sequence[Status]
    colleagues: Sequence[Account]
    """To whom the account may give the case; () where it may not."""
    assignee: str | None
    """What the person is called who works on it."""
    agencies: Sequence[tuple[str, str]]
    """Codes and names of the agencies that the account may send the case on to; () where it may not."""
    categories: Sequence[tuple[str, str]]
    """Likewise, what else the case may be about."""
    outcomes: Sequence[Outcome]
    """What a suggestion's answer may say of it; () for any other case."""
    may_pass_on: bool
    """Whether the account may mark a compliment as passed on."""
    progress: Sequence[Outcome]
    """What the account may give an answered suggestion as its next outcome."""
    canned: Sequence[FilledReply]
    """What may be put into an answer; () where the account gives none."""
    merging: MergeView
    how_told: str
    """How what is written here reaches the citizen, as `words.yml` says it: `reply_hint`, `by_sms` or `unheard`."""
    person: UUID | None
    """Whose page leads to all that is known of who filed it; None where nobody knows, or that is not for the reader."""
    sent: Mapping[int, Sequence[Sent]]
    """What was told of each event, by its id, and how far it has come."""


async def find(session: AsyncSession, account: Account, reference: str) -> Case:
    """The case of a reference number; raises `NotFound`, also where the account may not see it."""
    try:
        case = await queries.by_reference(session, reference)
    except (NotAReference, WrongCheckDigit):
        case = None
    if case is None or not await sees(session, account, case):
        raise NotFound("There is no such case.")
    return case


async def sees(session: AsyncSession, account: Account, case: Case) -> bool:
    """Whether an account may see a case: by its role, or because nobody of the agency was there to escalate it to."""
    return may_see(account, case) or await escalations.reaches(session, account, case)


async def view(session: AsyncSession, account: Account, case: Case, language: str) -> CaseView:
    """All of it."""
    known, calendar = await catalogue(session), await working_calendar(session)
    events = await queries.timeline(session, case.id)
    files = await attachments.of_case(session, case.id)
    files_of = _by_event(events, files)
    later = {file.id for each in files_of.values() for file in each}
    governorate = known.governorates.get(case.governorate or "")
    may_send_on = case.status in OPEN and speaks_for_agency(account, case)
    names = await _names(session, case, events)
    return CaseView(
        case=case,
        category=known.categories[case.category].name(language),
        agency=known.agencies[case.agency].name(language),
        meant_for=known.agencies[case.meant_for].name(language) if case.meant_for else None,
        governorate=governorate.name(language) if governorate else None,
        map=place_map(case.lat, case.lon, case.area, language),
        deadline=deadline_of(case, calendar, language),
        events=events,
        names=names,
        files=[file for file in files if file.id not in later],
        files_of=files_of,
        lines=await talk_of(session, account, case),
        may_write=not only_reads(account),
        may_speak=speaks_for_agency(account, case),
        may_answer=may_answer(account, case),
        promise_from=_next_working_day(case.due_at, calendar) if case.due_at and may_promise(account, case) else None,
        statuses=statuses(account, case, known.agencies[case.agency]),
        colleagues=await colleagues(session, case.agency) if may_send_on else (),
        assignee=names.get(f"{_ACCOUNT}{case.assignee}"),
        agencies=_others(known.at_work, case.agency, language) if may_send_on else (),
        categories=_others(known.offered, case.category, language) if may_send_on else (),
        may_pass_on=may_pass_on(account, case),
        outcomes=steps_of(case),
        progress=may_go_to(case) if speaks_for_agency(account, case) else (),
        canned=await filled_for(session, case, known) if speaks_for_agency(account, case) else (),
        merging=await merge_view(session, account, case),
        how_told=_how_told(case),
        person=await citizen_of(session, case) if sees_people(account) else None,
        sent=await of_events(session, events),
    )


def _how_told(case: Case) -> str:
    if case.conversation_id is not None and case.channel != ChannelCode.CALL_CENTER:
        return "reply_hint"
    return "by_sms" if case.contact_phone or case.told_identity_id else "unheard"


def _others(entries: Mapping[str, Named], code: str, language: str) -> list[tuple[str, str]]:
    return [(entry.code, entry.name(language)) for entry in entries.values() if entry.code != code]


def _by_event(events: Sequence[CaseEvent], files: Sequence[Attachment]) -> dict[int, list[Attachment]]:
    """The files that each event brought, in the order in which they were sent."""
    known = {str(file.id): file for file in files}
    named = {event.id: event.data.get("attachments") or () for event in events}
    return {event: [known[one] for one in ids if one in known] for event, ids in named.items()}


def _next_working_day(due_at: datetime, calendar: WorkingCalendar) -> date:
    """The first working day after the deadline and after today."""
    return calendar.first_working_day(calendar.day_of(max(due_at, now())) + timedelta(days=1))


async def _names(session: AsyncSession, case: Case, events: Sequence[CaseEvent]) -> dict[str, str]:
    """Of whoever acted, and of whom the case was given to, by `account:<username>`."""
    usernames = {event.actor.removeprefix(_ACCOUNT) for event in events if event.actor.startswith(_ACCOUNT)}
    given = {event.data["assignee"][1] for event in events if event.kind == ASSIGNED}
    assignee = {case.assignee} if case.assignee else set()
    named = await display_names(session, usernames | given | assignee)
    return {_ACCOUNT + username: name for username, name in named.items()}
