"""The event stream: each line once, in order, whatever happens to the connection."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
from chat_service import ChatService, Person, eventually, nothing_more, take
from sqlalchemy import text

from contact_center.database import Database

Begin = Callable[[], Awaitable[Person]]


async def test_lines_arrive_in_order_with_ids_and_buttons(service: ChatService, person: Begin) -> None:
    someone = await person()
    async with someone.events() as events:
        await service.say(someone.conversation, "وعليكم السلام")
        buttons = [{"title": "شكوى", "payload": "/inform"}, {"title": "استفسار", "payload": "/inform"}]
        await service.say(someone.conversation, "شنو تحب تسوي؟", buttons=buttons, expects="case_type")
        first, second = await take(events, 2)
    assert (first["text"], first["buttons"], first["expects"]) == ("وعليكم السلام", [], None)
    assert (second["text"], second["expects"]) == ("شنو تحب تسوي؟", "case_type")
    assert [button["title"] for button in second["buttons"]] == ["شكوى", "استفسار"]
    assert "/inform" not in str(second)
    assert int(first["event_id"]) < int(second["event_id"])
    assert [line["event_id"] == line["id"] for line in (first, second)] == [True, True]


async def test_who_comes_back_gets_exactly_what_was_missed(service: ChatService, person: Begin) -> None:
    someone = await person()
    for number in range(5):
        await service.say(someone.conversation, f"سطر {number}")
    async with someone.events() as events:
        lines = await take(events, 5)
    async with someone.events(after=lines[1]["event_id"]) as events:
        assert [line["text"] for line in await take(events, 3)] == ["سطر 2", "سطر 3", "سطر 4"]
        await service.say(someone.conversation, "سطر 5")
        assert [line["text"] for line in await take(events, 1)] == ["سطر 5"]
        assert await nothing_more(events)


async def test_two_tabs_both_hear_everything(service: ChatService, person: Begin) -> None:
    someone = await person()
    async with someone.events() as one, someone.events() as other:
        for number in range(10):
            await service.say(someone.conversation, str(number))
        for tab in (one, other):
            assert [line["text"] for line in await take(tab, 10)] == [str(number) for number in range(10)]


async def test_nobody_hears_another_conversation(service: ChatService, person: Begin) -> None:
    one, other = await person(), await person()
    async with other.events() as events:
        await service.say(one.conversation, "سر")
        assert await nothing_more(events)


async def test_the_stream_is_kept_and_held_back_by_nothing_in_between(person: Begin, http: httpx.AsyncClient) -> None:
    someone = await person()
    async with http.stream("GET", "/chat/events", headers=someone.headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"


@pytest.mark.parametrize("last", ["abc", "-1", "1.5", "9" * 19, b"\xb2"])
async def test_a_last_event_id_that_is_none_of_ours_is_refused(
    person: Begin, http: httpx.AsyncClient, last: str | bytes
) -> None:
    someone = await person()
    headers = httpx.Headers([*someone.headers.items(), ("Last-Event-ID", last)])
    assert (await http.get("/chat/events", headers=headers)).status_code == 422


async def test_whoever_leaves_leaves_nothing_behind(service: ChatService, person: Begin) -> None:
    someone = await person()
    await service.say(someone.conversation, "أهلًا")
    before = len(asyncio.all_tasks())
    async with AsyncExitStack() as streams:
        for _ in range(5):
            await take(await streams.enter_async_context(someone.events()), 1)
        assert len(asyncio.all_tasks()) > before
        assert service.app.state.listener._waiting

    async def left_behind() -> tuple[int, int, int]:
        state = service.app.state
        return len(asyncio.all_tasks()), len(state.listener._waiting), state.database.engine.pool.checkedout()

    await eventually(left_behind, lambda left: left[0] <= before and left[1:] == (0, 0))


async def test_a_database_that_goes_away_ends_the_stream_and_nothing_is_missed(
    service: ChatService, person: Begin, database: Database
) -> None:
    someone = await person()
    async with someone.events() as events:
        await service.say(someone.conversation, "قبل")
        [before] = await take(events, 1)
        async with database.transaction() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    " AND datname = current_database()"
                )
            )
        await service.say(someone.conversation, "بعد")
        try:
            [after] = await take(events, 1)
        except StopAsyncIteration:
            async with someone.events(after=before["event_id"]) as again:
                [after] = await take(again, 1)
    assert after["text"] == "بعد"
