"""The call desk over HTTP: for an existing telephone system, and for our own console."""

from typing import Any, Self
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.arabic import parse_phone
from contact_center.accounts import audit
from contact_center.api.dependencies import DatabaseOf, IdempotencyKey, ListenerOf, StaffOrKey, staff_or_key
from contact_center.cases.queries import filed_in
from contact_center.conversations import call_desk
from contact_center.conversations.lines import as_lines
from contact_center.conversations.models import Conversation
from contact_center.conversations.queries import assistant_lines
from contact_center.conversations.waiting import handled
from contact_center.database import Database
from contact_center.errors import InvalidInput, NotFound
from contact_center.listening import conversation_changed
from contact_center.notifications.case_events import tell_number_to

ANSWER_SECONDS = 10.0
"""How long a request waits for the assistant before it answers with what there is."""

router = APIRouter(prefix="/api/v1/calls", tags=["calls"], dependencies=[Depends(staff_or_key)])


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewCall(_Body):
    """The caller's number in any writing; null: withheld."""

    phone: str | None = Field(None, max_length=40)


class Said(_Body):
    """What the caller says, or the payload of the quick reply that the agent chose."""

    text: str | None = Field(None, min_length=1, max_length=10_000)
    payload: str | None = Field(None, max_length=64)

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.text is None) == (self.payload is None):
            raise ValueError("Send exactly one of text and payload.")
        return self


class Number(_Body):
    """A phone in any writing."""

    phone: str = Field(min_length=1, max_length=40)


@router.post("", status_code=201)
async def begin(body: NewCall, database: DatabaseOf) -> dict[str, str]:
    """Begin a call: `{conversation}`."""
    async with database.transaction() as session:
        conversation = await call_desk.begin_call(session, body.phone)
    return {"conversation": str(conversation.id)}


@router.post("/{conversation}/messages", status_code=202)
async def say(
    conversation: UUID, body: Said, database: DatabaseOf, listener: ListenerOf, key: IdempotencyKey = None
) -> dict[str, Any]:
    """Tell the assistant what the caller says; the answer holds what it replies, as far as that came in time."""
    async with database.transaction() as session:
        call = await call_desk.call(session, conversation)
        before = await _newest(session, conversation)
        inbox_id = await call_desk.caller_says(session, call, text=body.text, button=body.payload, key=key)
    if inbox_id:
        await handled(database, listener, conversation, inbox_id, ANSWER_SECONDS)
    return await _state(database, conversation, before)


@router.post("/{conversation}/caller")
async def confirm_caller(conversation: UUID, database: DatabaseOf) -> dict[str, str]:
    """The agent has made sure that the caller's number is theirs: `{phone}`, verified for this call."""
    async with database.transaction() as session:
        phone = await call_desk.confirm_caller(session, await call_desk.call(session, conversation))
    return {"phone": phone}


@router.post("/{conversation}/number", status_code=202)
async def text_number(conversation: UUID, body: Number, database: DatabaseOf, actor: StaffOrKey) -> dict[str, str]:
    """Text the number of the case that was filed last in this call to another phone: `{reference, phone}` in E.164."""
    phone = parse_phone(body.phone)
    if phone is None:
        raise InvalidInput("هذا ليس رقم هاتف صحيحًا. This is not a valid phone number.", field="phone")
    async with database.transaction() as session:
        await call_desk.call(session, conversation)
        filed = await filed_in(session, conversation)
        if not filed:
            raise NotFound("Nothing was filed in this call.")
        await tell_number_to(session, filed[-1], phone)
        await audit.record(session, actor, "call.text_number", filed[-1].reference)
        await conversation_changed(session, conversation)
    return {"reference": filed[-1].reference, "phone": phone}


@router.get("/{conversation}/messages")
async def messages(conversation: UUID, database: DatabaseOf, after: int = 0) -> list[dict[str, Any]]:
    """The assistant's side, oldest first: `[{id, role, text, buttons, expects}]`; `after`: an id already known."""
    state = await _state(database, conversation, after)
    return list(state["messages"])


@router.patch("/{conversation}/draft")
async def edit(
    conversation: UUID, fields: dict[str, Any], database: DatabaseOf, listener: ListenerOf, key: IdempotencyKey = None
) -> dict[str, Any]:
    """Set fields of the draft by hand; answers with the draft after it and the assistant's next question."""
    async with database.transaction() as session:
        call = await call_desk.call(session, conversation)
        before = await _newest(session, conversation)
        inbox_id = await call_desk.edit_draft(session, call, fields, key)
    if inbox_id:
        await handled(database, listener, conversation, inbox_id, ANSWER_SECONDS)
    return await _state(database, conversation, before)


async def _newest(session: Any, conversation: UUID) -> int:
    lines = await assistant_lines(session, conversation)
    return lines[-1].id if lines else 0


async def _state(database: Database, conversation_id: UUID, after: int) -> dict[str, Any]:
    async with database.transaction() as session:
        call: Conversation = await call_desk.call(session, conversation_id)
        lines = await as_lines(session, await assistant_lines(session, conversation_id, after))
    return {
        "conversation": str(call.id),
        "messages": lines,
        "expects": call.expects,
        "draft": call.draft,
    }
