from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import procrastinate
import pytest
from procrastinate.testing import InMemoryConnector
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.clock import now
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.handling import Handler
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput, NotFound
from contact_center.jobs import DELETE_OLD_REVIEWS
from contact_center.tasks import register
from contact_center.understanding import queries, service
from contact_center.understanding.models import ReviewItem
from contact_center.understanding.service import Routing
from tests.no_files import NO_FILES

GUESSES = {
    "intents": [{"name": "greet", "confidence": 0.2}],
    "categories": [{"code": "road.pothole", "confidence": 0.1}],
}
ROAD, WATER, DRAIN = Routing("road.pothole", "works"), Routing("water.leak", "ewa"), Routing("drain.sewage", "works")


async def message(session: AsyncSession, text: str, inbox_id: UUID | None = None, **different: Any) -> None:
    known: dict[str, Any] = {"channel": "sms", "names": ["مريم حسن"], "about": "intent", "guesses": GUESSES}
    await service.remember_message(session, inbox_id or uuid4(), text, **(known | different))


async def move(session: AsyncSession, case_id: UUID, before: Routing, after: Routing) -> None:
    text = "اسمي مريم والماي يطلع من الشارع ٣٩١٢٣٤٥٦"
    await service.remember_move(session, case_id, text, channel="sms", names=[], before=before, after=after)


async def waiting(database: Database) -> Sequence[ReviewItem]:
    async with database.transaction() as session:
        return await queries.waiting(session, 10)


async def test_a_message_is_kept_once_without_personal_data(database: Database) -> None:
    inbox_id = uuid4()
    for _ in range(2):
        async with database.transaction() as session:
            await message(session, "انا مريم ورقمي 39123456 ومحد رد علي في سند", inbox_id)
    (item,) = await waiting(database)
    assert item.text == "انا §name ورقمي §phone ومحد رد علي في سند"
    assert (item.why, item.channel, item.status, item.labels) == ("intent", "sms", "waiting", GUESSES)


@pytest.mark.parametrize("text", ["39123456", " ٨٥٠١١٢٣٤٥ ؟", "🙂", "مريم"])
async def test_what_is_nothing_but_personal_data_is_not_kept(database: Database, text: str) -> None:
    async with database.transaction() as session:
        await message(session, text)
    assert await waiting(database) == []


async def test_of_a_long_story_whole_words_are_kept(database: Database) -> None:
    async with database.transaction() as session:
        await message(session, "حفرة " * 3000)
    (item,) = await waiting(database)
    assert item.text == ("حفرة " * 400).strip()


async def test_the_newest_come_first(database: Database) -> None:
    async with database.transaction() as session:
        for text in ("الاول", "الثاني", "الثالث"):
            await message(session, text)
        assert [item.text for item in await queries.waiting(session, 2)] == ["الثالث", "الثاني"]


async def test_a_moved_case_shows_where_it_lay_first_and_lies_now(database: Database) -> None:
    case_id = uuid4()
    for before, after in ((ROAD, DRAIN), (DRAIN, WATER)):
        async with database.transaction() as session:
            await move(session, case_id, before, after)
    (item,) = await waiting(database)
    assert (item.why, item.text) == ("moved", "اسمي §name والماي يطلع من الشارع §phone")
    assert item.labels == {
        "before": {"category": "road.pothole", "agency": "works"},
        "after": {"category": "water.leak", "agency": "ewa"},
    }


async def test_a_case_that_came_back_or_never_left_is_of_no_interest(database: Database) -> None:
    case_id = uuid4()
    async with database.transaction() as session:
        await move(session, case_id, ROAD, WATER)
        await move(session, case_id, WATER, ROAD)
        await move(session, uuid4(), ROAD, ROAD)
    assert await waiting(database) == []


async def test_what_was_accepted_waits_no_more_and_stays_as_it_was(database: Database) -> None:
    case_id = uuid4()
    async with database.transaction() as session:
        await move(session, case_id, ROAD, WATER)
        (item,) = await queries.waiting(session, 10)
        service.accept(item)
    async with database.transaction() as session:
        await move(session, case_id, WATER, DRAIN)
        accepted = await queries.item(session, item.id)
        assert accepted.labels["after"]["category"] == "water.leak"
        with pytest.raises(Conflict, match="accepted before"):
            service.accept(accepted)
    assert await waiting(database) == []


async def test_what_was_dismissed_is_gone(database: Database) -> None:
    async with database.transaction() as session:
        await message(session, "كلام")
        (item,) = await queries.waiting(session, 10)
        await service.dismiss(session, item)
    async with database.transaction() as session:
        with pytest.raises(NotFound):
            await queries.item(session, item.id)


async def test_nothing_stays_longer_than_90_days(database: Database) -> None:
    """As the worker does it each night."""
    queue = procrastinate.App(connector=InMemoryConnector())
    register(queue, database, Handler(database, None, {}, None), Delivery(database, {}, NO_FILES))  # type: ignore[arg-type]
    periodic = {job.task.name for job in queue.periodic_registry.periodic_tasks.values()}
    assert DELETE_OLD_REVIEWS in periodic
    async with database.transaction() as session:
        await message(session, "قديم")
        await session.execute(update(ReviewItem).values(created_at=now() - timedelta(days=90, seconds=1)))
        await message(session, "جديد")
        await session.execute(
            update(ReviewItem).where(ReviewItem.text == "جديد").values(created_at=now() - timedelta(days=89))
        )
    await queue.tasks[DELETE_OLD_REVIEWS](timestamp=0)
    assert [item.text for item in await waiting(database)] == ["جديد"]


async def test_what_is_chosen_waits_no_more_and_may_be_chosen_anew(database: Database) -> None:
    async with database.transaction() as session:
        await message(session, "نقرة عودة")
    (item,) = await waiting(database)
    for intent, category in (("greet", None), ("report_complaint", "road.pothole"), ("make_inquiry", "none")):
        async with database.transaction() as session:
            service.choose(await queries.item(session, item.id), intent, category, {"road.pothole"})
        async with database.transaction() as session:
            (kept,) = await queries.chosen(session)
            assert kept.labels["chosen"] == {"intent": intent, "category": category}
            assert kept.labels["intents"] == GUESSES["intents"]
            assert await queries.counted(session) == {"chosen": 1}
    assert await waiting(database) == []


@pytest.mark.parametrize(
    ("intent", "category", "field"),
    [
        ("sing", None, "intent"),
        ("", None, "intent"),
        ("greet", "road.pothole", "category"),
        ("report_complaint", None, "category"),
        ("report_complaint", "road.moon", "category"),
    ],
)
async def test_what_does_not_go_together_is_not_chosen(
    database: Database, intent: str, category: str | None, field: str
) -> None:
    async with database.transaction() as session:
        await message(session, "نقرة عودة")
    (item,) = await waiting(database)
    with pytest.raises(InvalidInput) as error:
        service.choose(item, intent, category, {"road.pothole"})
    assert error.value.details["field"] == field
    assert item.status == "waiting"


async def test_what_is_in_the_data_is_not_chosen_again(database: Database) -> None:
    async with database.transaction() as session:
        await message(session, "نقرة عودة")
        (item,) = await queries.waiting(session, 1)
        service.choose(item, "greet", None, ())
        service.accept(item)
        with pytest.raises(Conflict):
            service.choose(item, "greet", None, ())


async def test_older_ones_follow(database: Database) -> None:
    async with database.transaction() as session:
        for number in range(3):
            await message(session, f"كلام {number} غير واضح")
        newest = await queries.waiting(session, 2)
        (last,) = await queries.waiting(session, 2, newest[-1].id)
    assert [item.text for item in (*newest, last)] == [f"كلام {number} غير واضح" for number in (2, 1, 0)]
