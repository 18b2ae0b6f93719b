"""What of a case is shown to whom. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contact_center.attachments.models import Attachment
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case, CaseEvent


@dataclass(frozen=True)
class PublicView:
    """What the reference number alone opens: no word, name, number or photo of the person. Codes; moments in UTC.

    A compliment has no deadline.
    """

    reference: str
    type: str
    category: str
    agency: str
    status: str
    due_at: datetime | None


@dataclass(frozen=True)
class Reply:
    """What the agency answered, and when (UTC)."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Happened:
    """The newest thing that was done about a case: the event's kind and words, and the status it led to."""

    at: datetime
    kind: str
    status: str | None
    text: str | None
    due_at: datetime | None
    """The date that it named."""
    agency: str | None
    """The agency that the case went on to."""
    into: str | None
    """The number of the case that it was joined to."""


@dataclass(frozen=True)
class OwnView(PublicView):
    """What the person who filed the case sees: everything but internal notes."""

    description: str
    area: str | None
    block: str | None
    road: str | None
    building: str | None
    address: str | None
    contact_name: str | None
    contact_phone: str | None
    created_at: datetime
    closed_at: datetime | None
    rating: int | None
    outcome: str | None
    """Of a suggestion, see `cases.outcomes`."""
    attachments: tuple[UUID, ...]
    replies: tuple[Reply, ...]
    """Oldest first."""
    happened: Happened | None
    merged_into: PublicView | None
    """The case that is worked on in the place of this one."""
    question: str | None
    """What the agency has asked of the person and waits for."""


def public_view(case: Case) -> PublicView:
    """What anyone may see who has the reference number."""
    return PublicView(case.reference, case.type, case.category, case.agency, case.status, case.due_at)


def own_view(
    case: Case, events: Sequence[CaseEvent], attachments: Sequence[Attachment], main: Case | None = None
) -> OwnView:
    """What the one who filed it may see (`queries.may_see_all`); of `events` only public replies are shown.

    `main`: the case that it was merged into; what somebody else filed is seen as its number alone opens it.
    """
    return OwnView(
        **vars(public_view(case)),
        description=case.description,
        area=case.area,
        block=case.block,
        road=case.road,
        building=case.building,
        address=case.address,
        contact_name=case.contact_name,
        contact_phone=case.contact_phone,
        created_at=case.created_at,
        closed_at=case.closed_at,
        rating=case.rating,
        outcome=case.outcome,
        attachments=tuple(attachment.id for attachment in attachments),
        replies=tuple(Reply(event.at, event.text or "") for event in events if event.public and event.kind == "reply"),
        happened=_newest(events),
        merged_into=public_view(main) if main else None,
        question=_asked(events) if case.status == Status.WAITING else None,
    )


def _newest(events: Sequence[CaseEvent]) -> Happened | None:
    """What was done last; what the person thought of a reply is not about the case."""
    shown = [event for event in events if event.public and event.kind != "rating"]
    if not shown:
        return None
    newest = shown[-1]
    named, agencies = newest.data.get("due_at"), newest.data.get("agency")
    return Happened(
        newest.at,
        newest.kind,
        newest.data.get("after"),
        newest.text,
        due_at=datetime.fromisoformat(named) if named else None,
        agency=agencies[1] if isinstance(agencies, list) else None,  # a transfer has from and to
        into=newest.data.get("into"),
    )


def _asked(events: Sequence[CaseEvent]) -> str | None:
    asked = (event.text for event in reversed(events) if event.public and event.data.get("after") == Status.WAITING)
    return next(asked, None)
