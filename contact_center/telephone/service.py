"""What can be done with calls: answer one, have it wait, take it, end it, write what became of it."""

import re
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import parse_phone
from contact_center.accounts import audit
from contact_center.channels.voice import CLIENT, Heard
from contact_center.citizens.phones import masked
from contact_center.clock import now
from contact_center.conversations import call_desk
from contact_center.conversations.models import Conversation
from contact_center.errors import Conflict, InvalidInput, NotFound
from contact_center.listening import conversation_changed
from contact_center.telephone import callbacks
from contact_center.telephone.models import AgentLine, PhoneCall
from contact_center.telephone.outcomes import WRITTEN, Outcome
from contact_center.telephone.queries import language_of, line_of

WAITING = "callers"
"""What `Listener.watch` is given by whoever wants to know when somebody begins or ceases to wait."""
_CLIENT = re.compile(rf"{CLIENT}:[\w.@+-]{{1,100}}")

log = structlog.get_logger()


async def answer(session: AsyncSession, heard: Heard) -> PhoneCall:
    """The call that a request is about, made at its first, and ours until the transaction ends.

    A number that cannot be called, as forged ones may be, counts as withheld.
    """
    call = await _by_provider_id(session, heard.provider_id)
    if call is not None:
        return call
    phone = parse_phone(heard.phone) if heard.phone else None
    new = {"provider_id": heard.provider_id, "phone": phone, "language": await language_of(session, phone)}
    await session.execute(insert(PhoneCall).values(**new).on_conflict_do_nothing(index_elements=["provider_id"]))
    log.info("phone_call_began", provider_id=heard.provider_id, phone=masked(phone))
    call = await _by_provider_id(session, heard.provider_id)
    if call is None:
        raise RuntimeError("a call vanished while it was answered")
    return call


async def wait(session: AsyncSession, call: PhoneCall) -> None:
    """Have a caller wait for an agent; one who waits, is taken or has hung up is left as they are."""
    if call.state != "menu":
        return
    call.state, call.waiting_since = "waiting", call.waiting_since or now()
    await _queue_changed(session)


async def leave(session: AsyncSession, call: PhoneCall) -> None:
    """Have a caller go back from the queue to the menu."""
    if call.state == "waiting":
        call.state, call.waiting_since = "menu", None
        await _queue_changed(session)


async def take(session: AsyncSession, call_id: UUID, username: str) -> PhoneCall:
    """Let an agent take a caller who waits; the call then has its conversation at the call desk.

    Raises `NotFound`, `Conflict` where the caller does not wait any more, `InvalidInput` where nobody knows where to
    ring the agent.
    """
    call = await _held(session, PhoneCall.id == call_id)
    if call is None:
        raise NotFound("There is no such call.")
    if call.state != "waiting":
        raise Conflict("This caller does not wait any more.", agent=call.taken_by)
    if await line_of(session, username) is None:
        raise InvalidInput("Say first where you are to be rung.", field="line")
    if call.conversation_id is None:
        conversation = await call_desk.begin_call(session, call.phone)
        conversation.language = call.language
        call.conversation_id = conversation.id
    call.state, call.taken_by, call.taken_at, call.outcome = "taken", username, now(), None
    call.times_taken += 1
    await audit.record(session, f"account:{username}", "call.take", str(call.id))
    await _queue_changed(session)
    return call


async def give_back(session: AsyncSession, call: PhoneCall, time_taken: int) -> None:
    """Put a caller back into the queue, at their old place: the agent could not be reached.

    `time_taken`: `times_taken` as it was then; what comes late, after somebody took the caller again, changes nothing.
    """
    if call.state != "taken" or call.times_taken != time_taken:
        return
    log.info("agent_not_reached", call=str(call.id), agent=call.taken_by)
    call.state, call.taken_by, call.taken_at = "waiting", None, None
    await _queue_changed(session)
    await _call_changed(session, call)


async def give_back_by_id(session: AsyncSession, call_id: UUID, time_taken: int) -> None:
    """As `give_back`, for whoever holds no call."""
    call = await _held(session, PhoneCall.id == call_id)
    if call is not None:
        await give_back(session, call, time_taken)


async def end(session: AsyncSession, call: PhoneCall) -> None:
    """Note that a call is over; the second time nothing changes."""
    if call.state == "ended":
        return
    if call.state == "waiting":
        call.outcome = Outcome.ABANDONED
    elif call.state == "menu":
        call.outcome = call.outcome or Outcome.HUNG_UP
    call.state, call.ended_at = "ended", now()
    await _queue_changed(session)
    await _call_changed(session, call)


async def end_by_id(session: AsyncSession, call_id: UUID) -> None:
    """As `end`, for whoever holds no call."""
    call = await _held(session, PhoneCall.id == call_id)
    if call is not None:
        await end(session, call)


async def typed(session: AsyncSession, conversation: Conversation, username: str) -> None:
    """Keep a call for the log whose number an agent typed."""
    phone, language = conversation.caller_phone, await language_of(session, conversation.caller_phone)
    conversation.language = language
    taken = {"state": "taken", "taken_by": username, "taken_at": now(), "times_taken": 1}
    session.add(PhoneCall(phone=phone, language=language, conversation_id=conversation.id, **taken))
    await session.flush()


async def wrap_up(
    session: AsyncSession, conversation_id: UUID, outcome: str, note: str, callback_at: datetime | None, username: str
) -> None:
    """Write what became of a call, and when to call back (aware) if that was promised; it may be written anew.

    Raises `NotFound`, `InvalidInput` for an outcome that none is, or a callback that lacks its time or number.
    """
    call = await _held(session, PhoneCall.conversation_id == conversation_id)
    if call is None:
        raise NotFound("There is no such call.")
    if outcome not in WRITTEN:
        raise InvalidInput("There is no such outcome.", field="outcome")
    if outcome == Outcome.CALLBACK:
        await callbacks.promise(session, call, callback_at, username)
    else:
        await callbacks.take_back(session, call, username)
    call.outcome, call.note, call.wrapped_up_at = outcome, note.strip() or None, now()
    if call.provider_id is None and call.ended_at is None:
        call.state, call.ended_at = "ended", now()
    await audit.record(session, f"account:{username}", "call.wrap_up", str(call.id), outcome=outcome)


async def ring_at(session: AsyncSession, username: str, address: str) -> None:
    """Say where an agent is rung: a phone in any writing, or `client:name`. Raises `InvalidInput`."""
    wanted = address.strip()
    where = wanted if _CLIENT.fullmatch(wanted) else parse_phone(wanted)
    if where is None:
        raise InvalidInput("This is not a phone number.", field="line")
    said = insert(AgentLine).values(username=username, address=where)
    await session.execute(said.on_conflict_do_update(index_elements=["username"], set_={"address": where}))
    await audit.record(session, f"account:{username}", "call.line", username)


async def _by_provider_id(session: AsyncSession, provider_id: str) -> PhoneCall | None:
    return await _held(session, PhoneCall.provider_id == provider_id)


async def _held(session: AsyncSession, which: ColumnElement[bool]) -> PhoneCall | None:
    held = select(PhoneCall).where(which).with_for_update().execution_options(populate_existing=True)
    return await session.scalar(held)


async def _queue_changed(session: AsyncSession) -> None:
    await conversation_changed(session, WAITING)


async def _call_changed(session: AsyncSession, call: PhoneCall) -> None:
    if call.conversation_id is not None:
        await conversation_changed(session, call.conversation_id)
