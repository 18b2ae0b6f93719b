"""A phone is proved before it opens what was filed with it, and the steps of that never swallow anything else."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from turns import reading, turn

from actions.prove_phone import ProvePhone
from actions.turn import Turn
from contact_center.citizens.models import ChannelIdentity
from contact_center.citizens.service import identity_for
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.settings import Settings

PHONE = "+97336112233"
SMS_ON = {
    "twilio_account_sid": "AC1", "twilio_auth_token": "t", "public_url": "https://example.org",
    "sms_number": "+97317000000", "secret_key": "secret",
}  # fmt: skip


class Asker:
    """Somebody in a conversation, with the slots that the action has set so far."""

    def __init__(self, database: Database, conversation: UUID) -> None:
        self.database, self.conversation = database, conversation
        self.slots: dict[str, Any] = {"language": "en"}

    async def says(self, text: str = "", intent: str = "inform", message: str = "", **metadata: Any) -> str:
        given = turn(text, intent, slots=self.slots, message_id=message or str(uuid4()), **metadata)
        answer = await ProvePhone().act(Turn(**{**vars(given), "conversation": str(self.conversation)}))
        self.slots |= answer.slots
        return "\n".join(utterance["text"] for utterance in answer.said)

    async def sms(self) -> list[str]:
        async with self.database.transaction() as session:
            sent = select(OutboxMessage.text).where(OutboxMessage.channel == "sms").order_by(OutboxMessage.id)
            return list(await session.scalars(sent))

    async def verified(self) -> str | None:
        async with self.database.transaction() as session:
            mine = select(ChannelIdentity.verified_phone).where(ChannelIdentity.channel == "webchat")
            return await session.scalar(mine)


@pytest.fixture
async def asker(database: Database, monkeypatch: pytest.MonkeyPatch) -> Asker:
    monkeypatch.setattr("actions.prove_phone.database", lambda: database)
    monkeypatch.setattr("actions.prove_phone.get_settings", lambda: Settings(**SMS_ON))
    async with database.transaction() as session:
        identity = await identity_for(session, "webchat", "42")
        conversation = Conversation(id=uuid4(), channel="webchat", address="42", identity_id=identity.id)
        session.add(conversation)
    return Asker(database, conversation.id)


def code_in(text: str) -> str:
    return "".join(sign for sign in text.splitlines()[0] if sign.isdecimal())


async def test_the_code_goes_to_the_phone_and_proves_it(asker: Asker) -> None:
    await asker.says(intent="verify_phone")
    assert asker.slots["proof"] == "phone"
    assert PHONE in await asker.says("36112233")
    (text,) = await asker.sms()
    assert asker.slots["proof"] == "code"
    await asker.says(code_in(text))
    assert asker.slots["proof"] is None
    assert await asker.verified() == PHONE


async def test_a_repeated_turn_sends_one_code(asker: Asker) -> None:
    await asker.says(intent="verify_phone")
    first = await asker.says("36112233", message="m1")
    asker.slots["proof"] = "phone"
    assert await asker.says("36112233", message="m1") == first
    assert len(await asker.sms()) == 1


async def test_a_wrong_code_proves_nothing_and_five_are_the_end(asker: Asker) -> None:
    await asker.says(intent="verify_phone")
    await asker.says("36112233")
    wrong = f"{(int(code_in((await asker.sms())[0])) + 1) % 10**6:06d}"
    for _ in range(5):
        await asker.says(wrong)
    assert asker.slots["proof"] is None
    assert await asker.verified() is None


async def test_without_sms_it_is_said(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.prove_phone.get_settings", lambda: Settings(secret_key="secret"))
    await asker.says(intent="verify_phone")
    assert "80008001" in await asker.says("36112233")
    assert (await asker.sms(), asker.slots["proof"]) == ([], None)


async def test_a_fourth_code_in_an_hour_is_refused(asker: Asker) -> None:
    for _ in range(4):
        await asker.says(intent="verify_phone")
        said = await asker.says("36112233")
    assert "80008001" in said
    assert len(await asker.sms()) == 3


async def test_anothers_card_is_only_a_number_to_send_a_code_to(asker: Asker) -> None:
    await asker.says(intent="verify_phone")
    await asker.says(intent="share_contact", contact={"phone": PHONE, "own": False})
    assert asker.slots["proof"] == "code"
    assert await asker.verified() is None


async def test_it_may_be_left(asker: Asker) -> None:
    await asker.says(intent="verify_phone")
    await asker.says("لا", "deny")
    assert asker.slots["proof"] is None


@pytest.mark.parametrize("text", ["481516", "٤٨١٥١٦", "481 516", "481-516"])
def test_a_code_is_taken_however_it_is_typed(text: str) -> None:
    assert reading(text, slots={"proof": "code"}).changes["topic"] == "verify"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("هلا", "greet"),
        ("بكم الخدمة؟", "faq_cost"),
        ("في حفرة عند بيت 36112233 والسيايير تتكسر منها وايد", "report_complaint"),
    ],
)
def test_what_is_something_else_is_not_swallowed(text: str, intent: str) -> None:
    assert reading(text, intent, slots={"proof": "phone"}).changes["topic"] is None


def test_nothing_is_taken_for_a_code_that_nobody_asked_for() -> None:
    assert reading("481516").changes["topic"] != "verify"


def test_an_open_case_form_ends_it() -> None:
    assert reading("سند", asked="area", slots={"proof": "code"}).changes["proof"] is None
