"""Pages are told what happens meanwhile, by whoever it may concern, and lose nothing that somebody is writing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from desk import COOKIE, Filed, OpenPage, People, form
from playwright.async_api import expect

from contact_center.accounts import service as accounts
from contact_center.accounts import sessions
from contact_center.cases import aftercare, service, sla
from contact_center.cases.models import Case
from contact_center.cases.transfer import Target, transfer
from contact_center.clock import now
from contact_center.console.waiting import newest_event
from contact_center.conversations import handoff
from contact_center.database import Database

Listen = Callable[..., AbstractAsyncContextManager["Stream"]]

SOON = 5.0
QUIET = 2.5
"""Seconds: longer than what is told together."""


class Stream:
    """One page's events."""

    def __init__(self, response: httpx.Response) -> None:
        self._names: asyncio.Queue[str] = asyncio.Queue()
        self.reading = asyncio.create_task(self._read(response))

    async def next(self) -> str | None:
        """The name of the next event; None where none comes soon."""
        try:
            return await asyncio.wait_for(self._names.get(), QUIET)
        except TimeoutError:
            return None

    async def _read(self, response: httpx.Response) -> None:
        async for line in response.aiter_lines():
            if line.startswith("event: "):
                self._names.put_nowait(line.removeprefix("event: "))


@pytest.fixture
def listen(address: str, database: Database, people: People) -> Listen:
    """Opens a page's stream, as a person."""

    @asynccontextmanager
    async def opened(username: str, query: str = "") -> AsyncIterator[Stream]:
        async with database.transaction() as session:
            token = await sessions.start(session, getattr(people, username))
            since = await newest_event(session)
        headers = {"Accept": "text/event-stream", "Cookie": f"{COOKIE}={token}"}
        client = httpx.AsyncClient(base_url=address, headers=headers, timeout=30)
        async with client, client.stream("GET", f"/console/events?since={since}{query}") as response:
            assert response.status_code == 200, await response.aread()
            await asyncio.sleep(0.3)  # until it listens
            stream = Stream(response)
            yield stream
            stream.reading.cancel()

    return opened


async def file(database: Database, **different: object) -> Case:
    async with database.transaction() as session:
        return await service.file(session, form(**different))


async def test_the_cases_of_ones_agency(database: Database, listen: Listen) -> None:
    async with listen("omar") as works, listen("sara") as ewa, listen("amal") as all_:
        await file(database)
        assert [await stream.next() for stream in (works, ewa, all_)] == ["cases", None, "cases"]


async def test_a_case_that_is_sent_on_concerns_both(database: Database, filed: Filed, listen: Listen) -> None:
    async with listen("omar") as works, listen("sara") as ewa:
        async with database.transaction() as session:
            case = await session.get_one(Case, filed.pothole.id)
            await transfer(session, case, Target("ewa"), "عمود كهرباء", actor="account:omar")
        assert [await works.next(), await ewa.next()] == ["cases", "cases"]


async def test_one_case_is_watched_by_whoever_may_see_it(
    database: Database,
    filed: Filed,
    listen: Listen,
    address: str,
    people: People,
) -> None:
    async with listen("omar", f"&case={filed.pothole.id}") as watching:
        await file(database)
        assert [await watching.next(), await watching.next()] == ["cases", None]
        async with database.transaction() as session:
            await aftercare.add_information(session, await session.get_one(Case, filed.pothole.id), "قبال المدرسة")
        assert {await watching.next(), await watching.next()} == {"cases", "case"}
    async with database.transaction() as session:
        token = await sessions.start(session, people.sara)
    async with httpx.AsyncClient(base_url=address, headers={"Cookie": f"{COOKIE}={token}"}) as stranger:
        assert (await stranger.get(f"/console/events?since=0&case={filed.pothole.id}")).status_code == 404


async def test_who_wants_a_human_being_concerns_those_who_take_conversations(
    database: Database, filed: Filed, listen: Listen
) -> None:
    talk = filed.pothole.conversation_id
    assert talk
    watched = f"&conversation={talk}"
    async with listen("amal", watched) as amal, listen("omar", watched) as omar, listen("adel") as adel:
        assert await amal.next() == "conversation", "once at the beginning"
        async with database.transaction() as session:
            await handoff.request(session, talk, "request", language="ar", source_message_id="m1")
        assert {await amal.next(), await amal.next()} == {"handoffs", "conversation"}
        assert [await adel.next(), await omar.next()] == ["handoffs", None]
        async with database.transaction() as session:
            await accounts.set_duty(session, "amal", on=True, actor="test")
        assert [await adel.next(), await omar.next()] == ["handoffs", None]


async def test_what_happened_before_a_page_listened_is_told_at_once(
    filed: Filed, address: str, database: Database, people: People
) -> None:
    async with database.transaction() as session:
        token, newest = await sessions.start(session, people.omar), await newest_event(session)
    client = httpx.AsyncClient(base_url=address, headers={"Cookie": f"{COOKIE}={token}"}, timeout=30)
    for since, told in ((newest - 1, "cases"), (newest, None)):
        async with client.stream("GET", f"/console/events?since={since}") as response:
            stream = Stream(response)
            assert await stream.next() == told
            stream.reading.cancel()
    await client.aclose()


async def test_a_hundred_pages_are_told_at_once(database: Database, listen: Listen) -> None:
    streams = [listen("omar") for _ in range(100)]
    opened = [await stream.__aenter__() for stream in streams]
    try:
        await file(database)
        started = asyncio.get_running_loop().time()
        assert await asyncio.gather(*(stream.next() for stream in opened)) == ["cases"] * 100
        assert asyncio.get_running_loop().time() - started < 1
    finally:
        await asyncio.gather(*(stream.__aexit__(None, None, None) for stream in streams))


async def test_a_new_case_appears_in_the_list(open_page: OpenPage, database: Database) -> None:
    officer, agent = await open_page("omar"), await open_page("amal")
    await officer.goto("/console/cases")
    await agent.goto("/console/cases")
    case = await file(database, description="حفرة جديدة عند الدوار")
    for page in (officer, agent):
        await expect(page.get_by_role("link", name=case.reference)).to_be_visible(timeout=SOON * 1000)


async def test_whoever_is_at_work_in_the_list_is_asked_first(
    open_page: OpenPage,
    database: Database,
    filed: Filed,
) -> None:
    page = await open_page("omar")
    await page.goto("/console/cases")
    tick = page.locator(f'input[name="reference"][value="{filed.pothole.reference}"]')
    await tick.check()
    case = await file(database)
    button = page.get_by_role("button", name="وصل جديد. اعرضه")
    await expect(button).to_be_visible(timeout=SOON * 1000)
    await expect(tick).to_be_checked()
    await button.press("Enter")
    await expect(page.get_by_role("link", name=case.reference)).to_be_visible()


async def test_what_the_citizen_adds_appears_while_an_officer_writes(
    open_page: OpenPage,
    database: Database,
    filed: Filed,
) -> None:
    page = await open_page("omar")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    await page.keyboard.press("r")
    await page.keyboard.type("نعاين الموقع")
    async with database.transaction() as session:
        await aftercare.add_information(session, await session.get_one(Case, filed.pothole.id), "قبال المدرسة")
    await expect(page.locator(".timeline")).to_contain_text("قبال المدرسة", timeout=SOON * 1000)
    await page.keyboard.type(" باجر")
    await expect(page.locator("#reply")).to_have_value("نعاين الموقع باجر")


async def test_the_citizens_rating_appears_in_the_timeline_and_among_the_facts(
    open_page: OpenPage, database: Database, filed: Filed
) -> None:
    page = await open_page("omar")
    await page.goto(f"/console/cases/{filed.pothole.reference}")
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        await service.reply(session, case, "تم الردم", close=False, actor="account:omar")
        await aftercare.rate(session, case, 4)
    for part in (".timeline", "#facts"):
        await expect(page.locator(part)).to_contain_text("٤ من ٥", timeout=SOON * 1000)
    await expect(page.locator("#standing")).to_contain_text("تم الرد")


async def test_the_head_counts_what_is_escalated_meanwhile(open_page: OpenPage, database: Database) -> None:
    case = await file(database)
    page = await open_page("huda")
    await expect(page.locator("#nav .count")).to_have_count(0)
    await sla.tick(database, now() + timedelta(days=90))
    await expect(page.locator("#nav .count")).to_have_text("١", timeout=SOON * 1000)
    assert case.due_at


async def test_a_lost_connection_is_said_and_what_was_missed_comes(
    open_page: OpenPage,
    database: Database,
) -> None:
    page = await open_page("omar", forgiving=True)
    await page.goto("/console/cases")
    offline = page.locator("#offline")
    await page.route("**/console/events?*", lambda route: route.abort())
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(offline).to_be_visible(timeout=SOON * 1000)
    case = await file(database)
    await page.unroute("**/console/events?*")
    await expect(page.get_by_role("link", name=case.reference)).to_be_visible(timeout=4 * SOON * 1000)
    await expect(offline).to_be_hidden()


async def test_after_signing_out_in_another_tab_nothing_more_is_shown(open_page: OpenPage, database: Database) -> None:
    page = await open_page("omar", forgiving=True)
    await page.goto("/console/cases")
    other = await page.context.new_page()
    await other.goto("/console/")
    await other.get_by_role("button", name="خروج").click()
    await file(database)
    await page.bring_to_front()
    await page.wait_for_url("**/console/sign-in*")
