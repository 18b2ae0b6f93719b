"""A human being takes over: once, by one agent, and back again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import service as accounts
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.conversations import handoff, handoff_queries, inbox
from contact_center.conversations.models import Conversation, Handoff, InboxMessage, OutboxMessage
from contact_center.conversations.queries import transcript
from contact_center.conversations.turns import turn_of
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput, NotFound

T = TypeVar("T")
SUNDAY_NINE = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
FRIDAY_NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[datetime], None]:
    """Sets the service's clock, which goes on from there."""
    offset = tmp_path / "offset"
    monkeypatch.setenv("TAWASUL_CLOCK_OFFSET_FILE", str(offset))

    def set_clock(moment: datetime) -> None:
        offset.write_text(str((moment - datetime.now(UTC)).total_seconds()))

    set_clock(SUNDAY_NINE)
    return set_clock


@pytest.fixture
async def noora(database: Database) -> str:
    """An agent on duty."""
    async with database.transaction() as session:
        await accounts.create_account(session, "noora", "agent", actor="test", display_name="نورة")
        await accounts.create_account(session, "ali", "agent", actor="test", display_name="علي")
        await accounts.create_account(session, "officer", "officer", actor="test", agency="works")
        await accounts.set_duty(session, "noora", on=True, actor="test")
    return "noora"


async def write(database: Database, address: str, text: str = "هلا") -> UUID:
    """Somebody writes; their conversation."""
    message = InboundMessage(
        channel=ChannelCode.TELEGRAM, address=address, provider_id=f"{address}:{uuid4()}", text=text
    )
    async with database.transaction() as session:
        conversation = await inbox.conversation_for(session, message)
        await inbox.store(session, conversation, message)
        return conversation.id


async def wish(database: Database, conversation: UUID, message_id: str | None = None) -> handoff.Prospect:
    return await within(
        database,
        lambda session: handoff.request(
            session, conversation, "request", language="ar", source_message_id=message_id or str(uuid4())
        ),
    )


async def within(database: Database, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    async with database.transaction() as session:
        return await work(session)


async def mode(database: Database, conversation: UUID) -> str:
    async with database.transaction() as session:
        return (await session.get_one(Conversation, conversation)).mode


async def told(database: Database, conversation: UUID) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(OutboxMessage.role, OutboxMessage.text)
            .where(OutboxMessage.conversation_id == conversation)
            .order_by(OutboxMessage.id)
        )
        return [(row.role, row.text) for row in rows]


async def notices(database: Database) -> list[str]:
    async with database.transaction() as session:
        messages = await session.scalars(select(InboxMessage).order_by(InboxMessage.received_at))
        return [message.content["notice"] for message in messages if "notice" in message.content]


class TestTheQueue:
    async def test_places_are_by_who_waits_longest(self, database: Database, noora: str, at: object) -> None:
        first, second = await write(database, "1"), await write(database, "2")
        assert (await wish(database, first)).ahead == 0
        prospect = await wish(database, second)
        assert (prospect.ahead, prospect.on_duty, prospect.opens_at, prospect.already) == (1, True, None, False)
        async with database.transaction() as session:
            assert [row.Conversation.id for row in await handoff_queries.waiting(session)] == [first, second]

    async def test_asking_again_does_not_queue_twice(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        await wish(database, conversation)
        assert (await wish(database, conversation)).already
        async with database.transaction() as session:
            assert len(await handoff_queries.waiting(session)) == 1

    async def test_a_repeated_turn_hears_the_same(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        assert await wish(database, conversation, "m1") == await wish(database, conversation, "m1")

    async def test_ten_at_once_are_one_wish(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        await asyncio.gather(*(wish(database, conversation) for _ in range(10)))
        async with database.transaction() as session:
            assert len((await session.scalars(select(Handoff))).all()) == 1

    async def test_outside_office_hours_it_is_said_when(
        self, database: Database, noora: str, at: Callable[[datetime], None]
    ) -> None:
        at(FRIDAY_NOON)
        prospect = await wish(database, await write(database, "1"))
        assert not prospect.open_now
        assert prospect.opens_at == datetime(2026, 11, 21, 5, 0, tzinfo=UTC), "Saturday at eight"

    async def test_nobody_on_duty_is_known(self, database: Database, at: object) -> None:
        prospect = await wish(database, await write(database, "1"))
        assert (prospect.open_now, prospect.on_duty) == (True, False)

    async def test_a_wish_is_withdrawn_and_may_come_back(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        await wish(database, conversation)
        assert await within(database, lambda session: handoff.withdraw(session, conversation))
        assert not await within(database, lambda session: handoff.withdraw(session, conversation))
        assert not (await wish(database, conversation)).already


class TestTheAgent:
    async def test_the_person_is_told_who(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        await wish(database, conversation)
        await within(database, lambda session: handoff.take(session, conversation, noora, actor="test"))
        assert await mode(database, conversation) == "agent"
        assert await told(database, conversation) == [("system", "معاك نورة من مركز الاتصال 👋")]

    async def test_taking_again_says_nothing_more(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        for _ in range(2):
            await within(database, lambda session: handoff.take(session, conversation, noora, actor="test"))
        assert len(await told(database, conversation)) == 1

    async def test_two_agents_never_hold_the_same(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        taking = [
            within(database, lambda session, who=who: handoff.take(session, conversation, who, actor="test"))
            for who in (noora, "ali")
        ]
        outcomes = await asyncio.gather(*taking, return_exceptions=True)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Handoff"]

    @pytest.mark.parametrize("who", ["officer", "nobody"])
    async def test_only_agents_take(self, database: Database, noora: str, who: str) -> None:
        conversation = await write(database, "1")
        with pytest.raises(InvalidInput):
            await within(database, lambda session: handoff.take(session, conversation, who, actor="test"))

    async def test_an_unknown_conversation(self, database: Database, noora: str) -> None:
        with pytest.raises(NotFound):
            await within(database, lambda session: handoff.take(session, uuid4(), noora, actor="test"))

    async def test_words_go_out_once_per_key(self, database: Database, noora: str, at: object) -> None:
        conversation = await write(database, "1")
        await within(database, lambda session: handoff.take(session, conversation, noora, actor="test"))
        for _ in range(2):
            await within(database, lambda session: handoff.say(session, conversation, "هلا فيك", key="k"))
        assert (await told(database, conversation))[1:] == [("agent", "هلا فيك")]

    async def test_without_an_agent_nobody_speaks_or_hands_back(self, database: Database, noora: str) -> None:
        conversation = await write(database, "1")
        with pytest.raises(Conflict):
            await within(database, lambda session: handoff.say(session, conversation, "هلا"))
        with pytest.raises(Conflict):
            await within(database, lambda session: handoff.release(session, conversation, actor="test"))


class TestTheWayBack:
    async def test_the_assistant_is_told_and_staff_do_not_see_it(
        self, database: Database, noora: str, at: object
    ) -> None:
        conversation = await write(database, "1")
        await within(database, lambda session: handoff.take(session, conversation, noora, actor="test"))
        await within(database, lambda session: handoff.release(session, conversation, actor="test"))
        assert (await mode(database, conversation), await notices(database)) == ("assistant", ["agent_left"])
        async with database.transaction() as session:
            assert [line.role for line in await transcript(session, conversation)] == ["citizen", "system"]

    def test_the_notice_is_a_payload_for_the_assistant(self) -> None:
        message = InboundMessage(channel=ChannelCode.SMS, address="1", provider_id="h", notice="agent_silent")
        assert turn_of("c", "m", message).payload == "/agent_silent"

    async def test_it_is_no_sign_of_the_person(
        self, database: Database, noora: str, at: Callable[[datetime], None]
    ) -> None:
        """The window in which WhatsApp lets us write counts from the person's own last message."""
        conversation = await write(database, "1")
        await within(database, lambda session: handoff.take(session, conversation, noora, actor="test"))
        at(SUNDAY_NINE + timedelta(hours=2))
        await within(database, lambda session: handoff.release(session, conversation, actor="test"))
        async with database.transaction() as session:
            heard = (await session.get_one(Conversation, conversation)).last_inbound_at
        assert heard
        assert heard - SUNDAY_NINE < timedelta(minutes=1)


class TestTheSilentAgent:
    PATIENCE = timedelta(minutes=30)

    async def taken(self, database: Database, noora: str) -> UUID:
        conversation = await write(database, "1")
        await within(database, lambda session: handoff.take(session, conversation, noora, actor="test"))
        return conversation

    async def give_back(self, database: Database) -> int:
        return await within(database, lambda session: handoff.give_back_forgotten(session, self.PATIENCE))

    async def test_who_never_says_a_word_loses_it_once(
        self, database: Database, noora: str, at: Callable[[datetime], None]
    ) -> None:
        conversation = await self.taken(database, noora)
        at(SUNDAY_NINE + timedelta(minutes=29))
        assert await self.give_back(database) == 0
        at(SUNDAY_NINE + timedelta(minutes=31))
        assert [await self.give_back(database), await self.give_back(database)] == [1, 0]
        assert (await mode(database, conversation), await notices(database)) == ("assistant", ["agent_silent"])

    async def test_who_has_spoken_last_owes_nothing(
        self, database: Database, noora: str, at: Callable[[datetime], None]
    ) -> None:
        conversation = await self.taken(database, noora)
        at(SUNDAY_NINE + timedelta(minutes=1))
        await within(database, lambda session: handoff.say(session, conversation, "شلون أساعدك؟"))
        at(SUNDAY_NINE + timedelta(hours=5))
        assert await self.give_back(database) == 0

    async def test_a_question_left_open_is_owed(
        self, database: Database, noora: str, at: Callable[[datetime], None]
    ) -> None:
        conversation = await self.taken(database, noora)
        await within(database, lambda session: handoff.say(session, conversation, "شلون أساعدك؟"))
        at(SUNDAY_NINE + timedelta(minutes=10))
        await write(database, "1", "وين وصل طلبي؟")
        at(SUNDAY_NINE + timedelta(minutes=39))
        assert await self.give_back(database) == 0
        at(SUNDAY_NINE + timedelta(minutes=41))
        assert await self.give_back(database) == 1
