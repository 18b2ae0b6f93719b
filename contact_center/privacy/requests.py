"""What people ask to have done with their data: one of the staff asks, another decides. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import Case
from contact_center.citizens.models import PrivacyRequest
from contact_center.clock import now
from contact_center.database import notify
from contact_center.errors import Conflict, Forbidden, NotFound
from contact_center.listening import CHANGES
from contact_center.privacy.person import Person

TOPIC = "requests"
"""What `Listener.watch` is given by whoever wants to know when something is asked or decided."""
HANDED_OUT_FOR = timedelta(days=7)
"""For so long after it was approved an export is handed to whoever asked for it."""


class Kind(StrEnum):
    """What may be asked for."""

    EXPORT = "export"
    ERASURE = "erasure"


class Recognised(StrEnum):
    """How whoever asks made sure that it is the person."""

    OWN_CHANNEL = "own_channel"
    """They wrote from the channel that it is about."""
    CALLED_BACK = "called_back"
    """They were called at the number that it is about."""
    IDENTITY_CARD = "identity_card"


class AskedBefore(Conflict):
    """The same is waiting for a decision already."""

    code = "asked_before"


class OpenCases(Conflict):
    """Somebody whose cases are open is not erased; `details["count"]`: how many are."""

    code = "open_cases"


class Erased(Conflict):
    """Nothing is held of the person any more."""

    code = "erased"


class Decided(Conflict):
    """Somebody was first."""

    code = "decided"


class OwnRequest(Forbidden):
    """Nobody decides what they asked for themselves."""

    code = "own_request"


@dataclass(frozen=True)
class Waits:
    """A request that waits to be decided, or an export to be fetched until then (aware)."""

    request: PrivacyRequest
    until: datetime | None


async def ask(session: AsyncSession, known: Person, kind: Kind, recognised: Recognised, username: str) -> UUID:
    """Ask on a person's behalf; the id of the request. Raises `Erased`, `AskedBefore`, and `OpenCases`."""
    if known.erased:
        raise Erased("Nothing is held of this person any more.")
    citizens = [citizen.id for citizen in known.citizens]
    same = (PrivacyRequest.citizen_id.in_(citizens), PrivacyRequest.kind == kind, PrivacyRequest.state == "asked")
    await session.refresh(known.citizens[0], with_for_update={"key_share": True})  # two who ask at once: one waits
    if await session.scalar(select(PrivacyRequest.id).where(*same).limit(1)):
        raise AskedBefore("This was asked for already.")
    if kind == Kind.ERASURE:
        await refuse_open_cases(session, known)
    request = PrivacyRequest(citizen_id=known.id, kind=kind, recognised_by=recognised, asked_by=username)
    session.add(request)
    await session.flush()
    about = _about(request) | {"recognised": recognised.value}
    await audit.record(session, f"account:{username}", "citizen.ask", str(request.citizen_id), **about)
    await notify(session, CHANGES, TOPIC)
    return request.id


async def refuse_open_cases(session: AsyncSession, known: Person) -> None:
    """Raise `OpenCases` where a case that the person filed waits for something."""
    waiting = known.cases().where(Case.status.in_(sorted(OPEN))).with_only_columns(func.count())
    count = await session.scalar(waiting)
    if count:
        raise OpenCases("Cases of this person are open.", count=count)


async def withdraw(session: AsyncSession, request_id: UUID, username: str) -> PrivacyRequest:
    """Take back what one asked for. Raises `NotFound`, `Decided`, and `Forbidden` for anybody else."""
    request = await _undecided(session, request_id)
    if request.asked_by != username:
        raise Forbidden("Only whoever asked takes it back.")
    request.state = "withdrawn"
    await audit.record(session, f"account:{username}", "citizen.withdraw", str(request.citizen_id), **_about(request))
    await notify(session, CHANGES, TOPIC)
    return request


async def decide(session: AsyncSession, request_id: UUID, username: str, *, approve: bool) -> PrivacyRequest:
    """Approve or refuse what somebody else asked for. Raises `NotFound`, `Decided`, `OwnRequest`.

    An approved erasure is to be carried out in the same transaction (`erasing.erase`).
    """
    request = await _undecided(session, request_id)
    if request.asked_by == username:
        raise OwnRequest("Somebody else decides this.")
    request.state = "approved" if approve else "refused"
    request.decided_by, request.decided_at = username, now()
    who, about = f"account:{username}", _about(request)
    await audit.record(
        session, who, "citizen.approve" if approve else "citizen.refuse", str(request.citizen_id), **about
    )
    await notify(session, CHANGES, TOPIC)
    return request


async def to_hand_out(session: AsyncSession, request_id: UUID, username: str) -> PrivacyRequest:
    """An approved export, for whoever asked for it, and noted. Raises `NotFound` for others, and after that time."""
    request = await session.get(PrivacyRequest, request_id)
    if request is None or request.asked_by != username or _until(request) is None:
        raise NotFound("There is nothing to fetch.")
    await audit.record(
        session, f"account:{username}", "citizen.download", str(request.citizen_id), request=str(request.id)
    )
    return request


async def find(session: AsyncSession, request_id: UUID) -> PrivacyRequest:
    """A request by its id. Raises `NotFound`."""
    request = await session.get(PrivacyRequest, request_id)
    if request is None:
        raise NotFound("There is no such request.")
    return request


async def waiting(session: AsyncSession) -> Sequence[PrivacyRequest]:
    """What waits to be decided, for longest first."""
    undecided = select(PrivacyRequest).where(PrivacyRequest.state == "asked")
    return list(await session.scalars(undecided.order_by(PrivacyRequest.asked_at, PrivacyRequest.id)))


async def how_many_wait(session: AsyncSession, username: str) -> int:
    """How many of them this account may decide."""
    others = (PrivacyRequest.state == "asked", PrivacyRequest.asked_by != username)
    return await session.scalar(select(func.count()).select_from(PrivacyRequest).where(*others)) or 0


async def of_person(session: AsyncSession, known: Person) -> Sequence[Waits]:
    """All that was asked for a person, the newest first."""
    citizens = [citizen.id for citizen in known.citizens]
    theirs = select(PrivacyRequest).where(PrivacyRequest.citizen_id.in_(citizens))
    newest = await session.scalars(theirs.order_by(PrivacyRequest.asked_at.desc(), PrivacyRequest.id))
    return [Waits(request, _until(request)) for request in newest]


def _until(request: PrivacyRequest) -> datetime | None:
    """Until when an export is handed out; None for one that is not, or no more."""
    if request.kind != Kind.EXPORT or request.state != "approved" or request.decided_at is None:
        return None
    until = request.decided_at + HANDED_OUT_FOR
    return until if now() < until else None


async def _undecided(session: AsyncSession, request_id: UUID) -> PrivacyRequest:
    request = await session.get(PrivacyRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise NotFound("There is no such request.")
    if request.state != "asked":
        raise Decided("This was decided already.", state=request.state)
    return request


def _about(request: PrivacyRequest) -> dict[str, str]:
    """What the audit trail says of it."""
    return {"kind": request.kind, "request": str(request.id)}
