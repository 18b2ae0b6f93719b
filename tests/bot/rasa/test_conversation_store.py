from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from small_assistant import SMALL

from bot.rows import Overtaken, PostgresRows
from bot.tracker_store import ConversationStore
from bot.turn import AlreadyAnswered, Replies, Turn, TurnFailed, current_turn


@pytest.fixture(scope="session")
def domain() -> Domain:
    return Domain.load(SMALL / "domain.yml")


@pytest.fixture(params=["memory", "postgres"])
async def stores(request: Any, domain: Domain, database_url: str) -> AsyncIterator[list[ConversationStore]]:
    """Two stores: of two processes on one database, or the same one twice where there is none."""
    if request.param == "memory":
        yield [ConversationStore(domain)] * 2
        return
    both = [ConversationStore(domain, database_url), ConversationStore(domain, database_url)]
    yield both
    for store in both:
        await store.close()


async def begin(store: ConversationStore, conversation: str = "c") -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.update(ActionExecuted("action_listen"))
    return tracker


def utter(tracker: DialogueStateTracker, text: str) -> None:
    tracker.update(UserUttered(text, {"name": "inform", "confidence": 1.0}))
    tracker.update(ActionExecuted("action_listen"))


async def test_what_was_saved_is_read(stores: list[ConversationStore]) -> None:
    first, second = stores
    tracker = await begin(first)
    tracker.update(SlotSet("area", "سترة"))
    utter(tracker, "سترة 😀")
    await first.save(tracker)
    for store in (first, second):
        read = await store.retrieve("c")
        assert read is not None
        assert read.get_slot("area") == "سترة"
        assert [event.as_dict() for event in read.events] == [event.as_dict() for event in tracker.events]
        assert list(await store.keys()) == ["c"]


async def test_a_new_conversation_is_not_stored_before_its_first_turn(stores: list[ConversationStore]) -> None:
    await begin(stores[0])
    assert not await stores[0].exists("c")


async def test_a_store_sees_what_another_process_wrote(stores: list[ConversationStore]) -> None:
    first, second = stores
    tracker = await begin(first)
    await first.save(tracker)
    assert (await second.retrieve("c")).get_slot("area") is None
    tracker.update(SlotSet("area", "سترة"))
    await first.save(tracker)
    assert (await second.retrieve("c")).get_slot("area") == "سترة"


async def test_of_two_that_answer_at_once_the_second_fails(stores: list[ConversationStore]) -> None:
    first, second = stores
    await first.save(await begin(first))
    one, other = await first.retrieve("c"), await second.retrieve("c")
    one.update(SlotSet("area", "سترة"))
    await first.save(one)
    other.update(SlotSet("area", "المحرق"))
    with pytest.raises(Overtaken):
        await second.save(other)
    assert (await second.retrieve("c")).get_slot("area") == "سترة"


async def test_of_two_that_begin_at_once_the_second_fails(stores: list[ConversationStore]) -> None:
    first, second = stores
    one, other = await begin(first), await begin(second)
    await first.save(one)
    with pytest.raises(Overtaken):
        await second.save(other)


async def test_a_conversation_forgotten_in_the_middle_of_a_turn_stays_forgotten(
    stores: list[ConversationStore],
) -> None:
    first, second = stores
    await first.save(await begin(first))
    tracker = await first.retrieve("c")
    await second.forget("c")
    with pytest.raises(Overtaken):
        await first.save(tracker)
    assert not await first.exists("c")


async def answer(store: ConversationStore, message_id: str, say: str = "هلا") -> dict[str, Any]:
    """A turn as the channel runs it."""
    replies = Replies("telegram")
    turn = Turn(message_id, {"intent": {"name": "greet", "confidence": 1.0}}, replies)
    token = current_turn.set(turn)
    try:
        tracker = await begin(store)
        await replies.send_response("c", {"text": say})
        await store.save(tracker)
    finally:
        current_turn.reset(token)
    assert turn.reply is not None
    return turn.reply


async def test_an_answered_message_is_not_answered_again(stores: list[ConversationStore]) -> None:
    first, second = stores
    reply = await answer(first, "1", "أول")
    for number in range(2, 6):
        await answer(first, str(number))
    for store in (first, second):
        with pytest.raises(AlreadyAnswered) as before:
            await answer(store, "1")
        assert before.value.reply == reply
    await answer(first, "6")
    await answer(first, "1")  # five are kept


async def test_a_turn_without_an_answer_is_not_stored(stores: list[ConversationStore]) -> None:
    with pytest.raises(TurnFailed, match="said nothing"):
        await answer(stores[0], "1", say="")
    assert not await stores[0].exists("c")


async def test_a_turn_that_did_not_end_in_listening_is_not_stored(stores: list[ConversationStore]) -> None:
    replies = Replies("telegram")
    await replies.send_response("c", {"text": "هلا"})
    token = current_turn.set(Turn("1", {}, replies))
    try:
        tracker = await begin(stores[0])
        tracker.update(ActionExecuted("utter_greet"))
        with pytest.raises(TurnFailed, match="utter_greet"):
            await stores[0].save(tracker)
    finally:
        current_turn.reset(token)
    assert not await stores[0].exists("c")


async def test_a_tracker_made_elsewhere_replaces_what_is_stored(stores: list[ConversationStore]) -> None:
    """As `rasa interactive` does."""
    await stores[0].save(await begin(stores[0]))
    foreign = DialogueStateTracker.from_events("c", [SlotSet("area", "سترة")], stores[0].domain.slots)
    await stores[0].save(foreign)
    assert (await stores[0].retrieve("c")).get_slot("area") == "سترة"


async def test_many_processes_may_start_at_once(database_url: str) -> None:
    rows = [PostgresRows(database_url) for _ in range(8)]
    assert await asyncio.gather(*(each.version("c") for each in rows)) == [0] * 8
    for each in rows:
        await each.close()
