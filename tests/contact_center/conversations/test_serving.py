"""Agents at work: who gets whom, how many at once, passed on, ended, noted; and nobody writes in another's place."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import JSONResponse
from test_handling import assistant, greeting

from contact_center.accounts import conversing
from contact_center.accounts import service as accounts
from contact_center.accounts.models import AuditEntry
from contact_center.accounts.queries import anyone_on_duty
from contact_center.attachments.storage import Storage
from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.clock import now
from contact_center.conversations import agent_form, handoff, handoff_queries, holding, inbox, notes
from contact_center.conversations.handling import Handler
from contact_center.conversations.models import Conversation, ConversationNote, Handoff, InboxMessage, OutboxMessage
from contact_center.conversations.outcomes import Outcome
from contact_center.conversations.queries import transcript
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput, NotFound

T = TypeVar("T")


async def within(database: Database, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    async with database.transaction() as session:
        return await work(session)


@pytest.fixture
async def agents(database: Database) -> None:
    """Noora and Ali are there, Sara is away; all are agents."""
    async with database.transaction() as session:
        for name, shown in (("noora", "نورة"), ("ali", "علي"), ("sara", "سارة")):
            await accounts.create_account(session, name, "agent", actor="test", display_name=shown)
        for name in ("noora", "ali"):
            await accounts.set_duty(session, name, on=True, actor="test")


async def waits(database: Database, address: str, language: str = "ar", text: str = "ابي موظف") -> UUID:
    """Somebody asks for a human being; their conversation."""
    message = InboundMessage(
        channel=ChannelCode.TELEGRAM, address=address, provider_id=f"{address}:{uuid4()}", text=text
    )
    async with database.transaction() as session:
        conversation = await inbox.conversation_for(session, message)
        await inbox.store(session, conversation, message)
        await handoff.request(session, conversation.id, "request", language=language, source_message_id=str(uuid4()))
        return conversation.id


async def take(database: Database, conversation: UUID, agent: str = "noora") -> Handoff:
    return await within(database, lambda session: handoff.take(session, conversation, agent, actor="test"))


async def take_next(database: Database, agent: str = "noora") -> UUID | None:
    taken = await within(database, lambda session: handoff.take_next(session, agent, actor="test"))
    return taken.conversation_id if taken else None


async def pass_on(database: Database, conversation: UUID, to: str, agent: str = "noora") -> Handoff:
    return await within(
        database, lambda session: handoff.transfer(session, conversation, to, agent=agent, actor="account:noora")
    )


async def say(database: Database, conversation: UUID, text: str, agent: str) -> None:
    await within(database, lambda session: handoff.say(session, conversation, text, agent=agent))


async def can(database: Database, agent: str, capacity: int, *speaks: str) -> None:
    await within(
        database,
        lambda session: conversing.set_conversing(
            session, agent, capacity=capacity, speaks=speaks or ("ar", "en"), actor="account:adel"
        ),
    )


async def told(database: Database, conversation: UUID) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(OutboxMessage.role, OutboxMessage.text)
            .where(OutboxMessage.conversation_id == conversation)
            .order_by(OutboxMessage.id)
        )
        return [(row.role, row.text) for row in rows]


@pytest.mark.usefixtures("agents")
class TestTheNextOne:
    async def test_whoever_has_waited_longest_in_a_language_that_the_agent_speaks(self, database: Database) -> None:
        english, first, second = [await waits(database, str(n), "en" if n == 0 else "ar") for n in range(3)]
        await can(database, "noora", 4, "ar")
        assert [await take_next(database) for _ in range(3)] == [first, second, None]
        assert await take_next(database, "ali") == english

    async def test_two_who_ask_at_once_get_two_people(self, database: Database) -> None:
        people = {await waits(database, str(n)) for n in range(2)}
        assert set(await asyncio.gather(*(take_next(database, who) for who in ("noora", "ali")))) == people

    async def test_one_person_is_given_to_one_of_two_who_ask_at_once(self, database: Database) -> None:
        person = await waits(database, "1")
        given = await asyncio.gather(*(take_next(database, who) for who in ("noora", "ali")))
        assert sorted(given, key=str) == sorted([person, None], key=str)

    async def test_who_is_away_is_given_nobody(self, database: Database) -> None:
        await waits(database, "1")
        with pytest.raises(holding.Away):
            await take_next(database, "sara")

    async def test_when_all_are_away_nobody_is_on_duty(self, database: Database) -> None:
        there = []
        for name in ("noora", "ali"):
            there.append(await within(database, anyone_on_duty))
            await within(database, lambda s, name=name: accounts.set_duty(s, name, on=False, actor="test"))
        assert [*there, await within(database, anyone_on_duty)] == [True, True, False]


@pytest.mark.usefixtures("agents")
class TestRoom:
    async def test_over_capacity_nobody_more_is_taken_even_at_once(self, database: Database) -> None:
        await can(database, "noora", 2)
        people = [await waits(database, str(n)) for n in range(4)]
        took = await asyncio.gather(*(take(database, each) for each in people), return_exceptions=True)
        assert sorted(type(each).__name__ for each in took) == ["Full", "Full", "Handoff", "Handoff"]
        with pytest.raises(holding.Full):
            await take_next(database)

    async def test_what_one_has_may_be_taken_again_when_full(self, database: Database) -> None:
        await can(database, "noora", 1)
        person = await waits(database, "1")
        first, again = await take(database, person), await take(database, person)
        assert first.id == again.id

    async def test_ending_one_makes_room(self, database: Database) -> None:
        await can(database, "noora", 1)
        first, second = await waits(database, "1"), await waits(database, "2")
        await take(database, first)
        await within(
            database,
            lambda session: handoff.resolve(session, first, Outcome.INFORMED, agent="noora", actor="account:noora"),
        )
        assert await take_next(database) == second

    @pytest.mark.parametrize(("capacity", "speaks"), [(0, ("ar",)), (21, ("ar",)), (4, ()), (4, ("fr",))])
    async def test_what_cannot_be(self, database: Database, capacity: int, speaks: tuple[str, ...]) -> None:
        with pytest.raises(InvalidInput):
            await within(
                database,
                lambda session: conversing.set_conversing(
                    session, "noora", capacity=capacity, speaks=speaks, actor="test"
                ),
            )

    async def test_it_is_in_the_audit_trail_once(self, database: Database) -> None:
        for _ in range(2):
            await can(database, "noora", 2, "en")
        async with database.transaction() as session:
            kept = select(AuditEntry.data).where(AuditEntry.action == "account.conversing")
            assert list(await session.scalars(kept)) == [{"capacity": [4, 2], "speaks": ["ar en", "en"]}]


@pytest.mark.usefixtures("agents")
class TestOnlyWhoeverHasIt:
    async def test_writes_passes_on_hands_back_and_ends(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        deeds: list[Callable[[AsyncSession], Awaitable[object]]] = [
            lambda session: handoff.say(session, person, "هلا", agent="ali"),
            lambda session: handoff.transfer(session, person, "noora", agent="ali", actor="account:ali"),
            lambda session: handoff.release(session, person, agent="ali", actor="account:ali"),
            lambda session: handoff.resolve(session, person, Outcome.FILED, agent="ali", actor="account:ali"),
            lambda session: agent_form.edit(session, person, {"area": "سند"}, agent="ali"),
        ]
        for deed in deeds:
            with pytest.raises(Conflict) as refused:
                await within(database, deed)
            assert refused.value.details["agent"] == "noora"
        assert [role for role, _ in await told(database, person)] == ["system"]

    async def test_two_who_take_and_write_at_once_are_one_voice(self, database: Database) -> None:
        person = await waits(database, "1")

        async def take_and_write(agent: str) -> None:
            await take(database, person, agent)
            await say(database, person, f"أنا {agent}", agent)

        tried = await asyncio.gather(*map(take_and_write, ("noora", "ali")), return_exceptions=True)
        assert sorted(type(each).__name__ for each in tried) == ["Conflict", "NoneType"]
        async with database.transaction() as session:
            holder = (await session.scalars(select(Handoff.agent))).one()
        assert (await told(database, person))[1:] == [("agent", f"أنا {holder}")]

    async def test_what_is_written_while_it_is_passed_on_is_said_before_or_refused(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        outcome = await asyncio.gather(
            say(database, person, "لحظة", "noora"), pass_on(database, person, "ali"), return_exceptions=True
        )
        texts = [text for _, text in await told(database, person)]
        if isinstance(outcome[0], Conflict):
            assert "لحظة" not in texts
        else:
            assert texts.index("لحظة") < len(texts) - 1
        assert texts[-1] == "معاك علي من مركز الاتصال 👋"

    async def test_nothing_is_no_message(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        with pytest.raises(InvalidInput):
            await say(database, person, "  ", "noora")


@pytest.mark.usefixtures("agents")
class TestPassedOn:
    async def test_the_person_is_told_who_it_is_now_and_it_is_audited(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        assert (await pass_on(database, person, "ali")).agent == "ali"
        back = await within(
            database, lambda session: handoff.transfer(session, person, "noora", agent="ali", actor="account:ali")
        )
        assert back.agent == "noora"
        names = ["نورة", "علي", "نورة"]
        assert await told(database, person) == [("system", f"معاك {name} من مركز الاتصال 👋") for name in names]
        async with database.transaction() as session:
            kept = select(AuditEntry.data).where(AuditEntry.action == "conversation.transfer").order_by(AuditEntry.id)
            assert [each["agent"] for each in await session.scalars(kept)] == [["noora", "ali"], ["ali", "noora"]]

    async def test_not_to_somebody_who_is_away_full_or_no_agent(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        await can(database, "ali", 1)
        await take(database, await waits(database, "2"), "ali")
        for to, why in (("sara", holding.Away), ("ali", holding.Full), ("nobody", InvalidInput)):
            with pytest.raises(why):
                await pass_on(database, person, to)

    async def test_the_colleague_has_the_same_patience(self, database: Database) -> None:
        """What the first agent left unanswered is not held against the second at once."""
        person = await waits(database, "1")
        await take(database, person)
        async with database.transaction() as session:
            await session.execute(update(Handoff).values(taken_at=now() - timedelta(hours=1)))
        await pass_on(database, person, "ali")
        assert await within(database, lambda session: handoff.give_back_forgotten(session, timedelta(minutes=30))) == 0


@pytest.mark.usefixtures("agents")
class TestTheEnd:
    async def test_the_person_is_told_and_the_assistant_answers_again(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        await within(
            database,
            lambda session: handoff.resolve(session, person, Outcome.REFERRED, agent="noora", actor="account:noora"),
        )
        async with database.transaction() as session:
            (ended,) = await session.scalars(select(Handoff))
            assert (ended.status, ended.ended_by, ended.outcome) == ("ended", "agent", "referred")
            assert (await session.get_one(Conversation, person)).mode == "assistant"
            notices = select(InboxMessage.id).where(InboxMessage.content.has_key("notice"))
            assert list(await session.scalars(notices)) == [], "nothing is open that the assistant should go on with"
        role, text = (await told(database, person))[-1]
        assert (role, text[:21]) == ("system", "انتهى كلامك مع الموظف")

    async def test_a_human_being_may_be_asked_for_again(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        await within(
            database,
            lambda session: handoff.resolve(session, person, Outcome.INFORMED, agent="noora", actor="account:noora"),
        )
        await waits(database, "1")
        assert await take_next(database, "ali") == person


@pytest.mark.usefixtures("agents")
class TestNotes:
    async def test_the_person_never_hears_of_them(self, database: Database) -> None:
        person = await waits(database, "1")
        for _ in range(2):
            await within(
                database, lambda session: notes.write(session, person, " زبون دائم ", author="ali", key="12345678")
            )
        async with database.transaction() as session:
            (kept,) = await session.scalars(select(ConversationNote))
            assert (kept.text, kept.author) == ("زبون دائم", "ali")
            assert list(await session.scalars(select(OutboxMessage.id))) == []
            assert [line.role for line in await transcript(session, person)] == ["citizen"]

    async def test_of_nothing_or_empty_there_is_none(self, database: Database) -> None:
        with pytest.raises(NotFound):
            await within(database, lambda s: notes.write(s, uuid4(), "هلا", author="ali", key="12345678"))
        person = await waits(database, "1")
        with pytest.raises(InvalidInput):
            await within(database, lambda s: notes.write(s, person, " ", author="ali", key="12345678"))


@pytest.mark.usefixtures("agents")
class TestTheForm:
    async def test_the_assistant_takes_it_in_and_the_person_hears_nothing(
        self, database: Database, tmp_path: Path
    ) -> None:
        person = await waits(database, "1")
        await take(database, person)
        async with database.transaction() as session:
            heard = (await session.get_one(Conversation, person)).last_inbound_at
            inbox_id = await agent_form.edit(session, person, {"area": "سند"}, agent="noora", key="k1")
        assert inbox_id
        before = await told(database, person)
        async with assistant(greeting) as (client, turns):
            await Handler(database, client, {}, Storage(tmp_path)).handle(inbox_id, tries=0)
        assert [(turn["payload"], turn["metadata"]["draft"]) for turn in turns] == [("/edit_draft", {"area": "سند"})]
        async with database.transaction() as session:
            conversation = await session.get_one(Conversation, person)
            kept = (conversation.draft, conversation.expects, conversation.mode, conversation.last_inbound_at)
            assert kept == ({"area": "سند"}, "area", "agent", heard)
        assert await told(database, person) == before

    async def test_where_the_assistant_fails_the_person_hears_nothing_either(
        self, database: Database, tmp_path: Path
    ) -> None:
        person = await waits(database, "1")
        await take(database, person)
        async with database.transaction() as session:
            inbox_id = await agent_form.edit(session, person, {"area": "سند"}, agent="noora")
        assert inbox_id
        before = await told(database, person)
        async with assistant(lambda _: JSONResponse({}, 422)) as (client, _):
            handler = Handler(database, client, {}, Storage(tmp_path))
            for tries in range(5):
                with pytest.raises(Exception, match="again in"):
                    await handler.handle(inbox_id, tries=tries)
            await handler.handle(inbox_id, tries=5)
        async with database.transaction() as session:
            assert (await session.get_one(InboxMessage, inbox_id)).status == "failed"
        assert await told(database, person) == before

    async def test_it_is_no_word_of_the_person(self, database: Database) -> None:
        """The agent's patience counts from what the person wrote, and the queue shows that."""
        person = await waits(database, "1")
        await take(database, person)
        await say(database, person, "شلون أساعدك؟", "noora")
        await within(database, lambda s: agent_form.edit(s, person, {"area": "سند"}, agent="noora"))
        async with database.transaction() as session:
            (one,) = await handoff_queries.open_ones(session, "noora")
            assert one.words == "ابي موظف"
            await session.execute(update(InboxMessage).values(received_at=now() + timedelta(seconds=1)))
            forgotten = await handoff_queries.unanswered_since(session, now() + timedelta(hours=1))
            assert [each.Conversation.id for each in forgotten] == [person], "what the person wrote is owed an answer"
            drafts = InboxMessage.content.has_key("draft")
            await session.execute(update(InboxMessage).where(~drafts).values(received_at=now() - timedelta(hours=2)))
            assert await handoff_queries.unanswered_since(session, now() + timedelta(hours=1)) == []

    async def test_only_the_forms_own_fields(self, database: Database) -> None:
        person = await waits(database, "1")
        await take(database, person)
        with pytest.raises(InvalidInput):
            await within(database, lambda s: agent_form.edit(s, person, {"reference": "1"}, agent="noora"))
