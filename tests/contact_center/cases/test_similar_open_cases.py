"""Finding an open case about the same, joining it, and who then hears and sees what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, select, text

from contact_center.agencies.models import Category
from contact_center.agencies.queries import catalogue
from contact_center.attachments.models import Attachment
from contact_center.cases import queries, service
from contact_center.cases.duplicates import Draft, Similar, closest
from contact_center.cases.following import Addition, join
from contact_center.cases.models import Case, CaseEvent, CaseFollower
from contact_center.cases.nearby import candidates
from contact_center.cases.new_case import NewCase
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.handling import Handler
from contact_center.conversations.models import Conversation, OutboxMessage
from contact_center.database import Database
from contact_center.jobs import open_queue
from contact_center.notifications import followers
from contact_center.notifications.case_events import tell_event
from contact_center.tasks import register
from tests.no_files import NO_FILES

MakeCase = Callable[..., NewCase]
LIKE = Draft("waste.collection", "محد شال الزبالة", area="البسيتين", block="226")


async def person(database: Database, channel: str = "telegram", language: str = "ar", **known: Any) -> Conversation:
    address = str(uuid4())
    async with database.transaction() as session:
        identity = await identity_for(session, channel, address, None, known.get("phone"))
        conversation = Conversation(
            id=uuid4(), channel=channel, address=address, identity_id=identity.id, language=language
        )
        session.add(conversation)
    return conversation


async def filed(database: Database, new: NewCase, **columns: Any) -> Case:
    async with database.transaction() as session:
        case = await service.file(session, new)
        for name, value in columns.items():
            setattr(case, name, value)
    return case


async def similar(database: Database, draft: Draft, *identities: UUID) -> Similar | None:
    async with database.transaction() as session:
        return await closest(session, draft, identities)


def addition(conversation: Conversation, words: str = "عندنا بعد", key: str | None = None, **more: Any) -> Addition:
    return Addition(conversation.identity_id, conversation.id, words, key or str(uuid4()), **more)


async def joined(database: Database, case: Case, added: Addition, *, own: bool = False) -> bool:
    async with database.transaction() as session:
        return await join(session, await session.get_one(Case, case.id), added, own=own)


async def events_of(database: Database, case: Case) -> list[CaseEvent]:
    async with database.transaction() as session:
        return list(await queries.timeline(session, case.id))


class TestFinding:
    async def test_an_open_case_at_the_same_place(self, database: Database, a_case: MakeCase) -> None:
        case = await filed(database, a_case())
        found = await similar(database, LIKE)
        assert found is not None
        assert (found.case.id, found.own) == (case.id, False)

    @pytest.mark.parametrize(
        "columns",
        [
            {"status": "closed"},
            {"status": "withdrawn"},
            {"created_at": now() - timedelta(days=31)},
            {"block": "225"},
            {"type": "suggestion"},
            {"category": "police.nuisance"},
        ],
    )
    async def test_not_one_that_ended_is_old_or_elsewhere(
        self, database: Database, a_case: MakeCase, columns: dict[str, Any]
    ) -> None:
        await filed(database, a_case(), **columns)
        assert await similar(database, LIKE) is None

    async def test_one_of_a_category_that_an_administrator_added(self, database: Database, a_case: MakeCase) -> None:
        async with database.transaction() as session:
            added = {"name_ar": "مظلات المواقف", "name_en": "Shades", "agency": "@municipality", "position": 900.5}
            session.add(Category(code="park.shades", place="required", **added))
        case = await filed(database, a_case(category="park.shades", description="المظلة طاحت على السيارات"))
        found = await similar(database, replace(LIKE, category="park.shades", description="طاحت المظلة على السيايير"))
        assert found is not None
        assert found.case.id == case.id

    async def test_a_case_from_the_call_desk_takes_part(self, database: Database, a_case: MakeCase) -> None:
        case = await filed(database, a_case(channel="call_center"))
        found = await similar(database, LIKE)
        assert found is not None
        assert found.case.id == case.id

    async def test_ones_own_comes_first_and_then_the_nearest(self, database: Database, a_case: MakeCase) -> None:
        me = await person(database)
        mine = await filed(database, a_case(identity_id=me.identity_id))
        pinned = {"block": None, "lat": 26.2700, "lon": 50.6100}
        near = await filed(database, a_case(**pinned))
        far = await filed(database, a_case(**(pinned | {"lat": 26.2715})))
        here = Draft("waste.collection", "الزبالة", "البسيتين", lat=26.2701, lon=50.6100)
        nearest, closest_of_all = await similar(database, here), await similar(database, LIKE, me.identity_id)
        assert nearest is not None
        assert nearest.case.id == near.id != far.id
        assert closest_of_all is not None
        assert (closest_of_all.case.id, closest_of_all.own) == (mine.id, True)

    async def test_ones_own_matter_without_a_place(self, database: Database, a_case: MakeCase) -> None:
        me, other = await person(database), await person(database)
        words = "الشركة ما عطتنا رواتبنا من ثلاث شهور"
        nowhere = {"area": None, "block": None, "governorate": None}
        await filed(
            database, a_case(category="work.unpaid-wages", description=words, identity_id=me.identity_id, **nowhere)
        )
        draft = Draft("work.unpaid-wages", words)
        found = await similar(database, draft, me.identity_id)
        assert found is not None
        assert found.own
        assert await similar(database, draft, other.identity_id) is None
        assert await similar(database, draft) is None

    async def test_a_case_that_one_joined_counts_as_ones_own(self, database: Database, a_case: MakeCase) -> None:
        me = await person(database)
        case = await filed(database, a_case())
        await joined(database, case, addition(me))
        found = await similar(database, LIKE, me.identity_id)
        assert found is not None
        assert found.own

    async def test_cases_are_asked_for_once(self, database: Database, a_case: MakeCase) -> None:
        await filed(database, a_case())
        me = await person(database)
        seen: list[str] = []

        def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        await similar(database, LIKE, me.identity_id)
        assert len([statement for statement in seen if "FROM cases" in statement]) == 1
        assert len(seen) == 2  # the other: whether the catalogue has changed

    async def test_among_a_hundred_thousand_cases_it_uses_indexes(self, database: Database) -> None:
        async with database.transaction() as session:
            await session.execute(text(MANY))
        async with database.transaction() as session:
            await session.execute(text("ANALYZE cases"))
            here = Draft("road.pothole", "حفرة", "سند", "745", lat=26.1, lon=50.5)
            outage = Draft("power.outage", "", "سند")
            for draft, identities in ((here, ()), (LIKE, ()), (here, (uuid4(),)), (outage, ())):
                asked = candidates(draft, identities).compile(session.bind, compile_kwargs={"literal_binds": True})
                plan = "\n".join(await session.scalars(text(f"EXPLAIN ANALYZE {asked}".replace(":", r"\:"))))
                assert "Seq Scan on cases" not in plan, plan
                assert float(plan.rsplit("Execution Time: ", 1)[1].split()[0]) < 50, plan


MANY = """
INSERT INTO cases (id, reference, type, category, agency, description, governorate, area, block, lat, lon, channel,
                   language, status, created_at, term, due_at, search_text)
SELECT gen_random_uuid(), 'x' || n, 'complaint',
       (ARRAY['road.pothole', 'waste.collection', 'power.outage', 'drain.sewage-overflow', 'water.leak'])[1 + n % 5],
       'works', 'حفرة في الشارع رقم ' || n, 'capital', 'سند',
       CASE WHEN n % 3 > 0 THEN (100 + n % 1100)::text END,
       CASE WHEN n % 3 = 0 THEN 25.9 + random() * 0.4 END, CASE WHEN n % 3 = 0 THEN 50.4 + random() * 0.3 END,
       'telegram', 'ar', (ARRAY['received', 'closed', 'in_progress'])[1 + n % 3],
       now() - random() * interval '300 days', '7', now(), ''
FROM generate_series(1, 100000) n
"""


class TestJoining:
    async def test_the_joiners_words_are_kept_but_not_shown_to_the_other(
        self, database: Database, a_case: MakeCase
    ) -> None:
        owner, me = await person(database), await person(database)
        case = await filed(database, a_case(identity_id=owner.identity_id, conversation_id=owner.id))
        photo = await a_file(database, me)
        contact = {"contact_name": "سلمان", "contact_phone": "+97336001122"}
        assert await joined(database, case, addition(me, "الزبالة عند بيتي", attachments=(photo,), contact=contact))
        _, noted, information = await events_of(database, case)
        assert (noted.kind, noted.public, noted.data) == ("joined", False, {"followers": 1})
        assert (information.kind, information.text, information.public) == ("information", "الزبالة عند بيتي", False)
        assert information.data["contact_name"] == "سلمان"
        async with database.transaction() as session:
            shown = await queries.own(session, await session.get_one(Case, case.id))
        assert shown.attachments == ()
        assert "بيتي" not in repr(shown)

    async def test_the_owners_own_files_stay_visible(self, database: Database, a_case: MakeCase) -> None:
        owner, me = await person(database), await person(database)
        case = await filed(database, a_case(identity_id=owner.identity_id, conversation_id=owner.id))
        photo = await a_file(database, owner)
        await joined(database, case, addition(owner, "صورة ثانية", attachments=(photo,)), own=True)
        await joined(database, case, addition(me, attachments=(await a_file(database, me),)))
        async with database.transaction() as session:
            assert (await queries.own(session, await session.get_one(Case, case.id))).attachments == (photo,)

    async def test_the_same_message_again_changes_nothing(self, database: Database, a_case: MakeCase) -> None:
        me = await person(database)
        case = await filed(database, a_case())
        again = addition(me)
        assert await joined(database, case, again)
        await move(database, case, "closed")
        assert await joined(database, case, again), "what was done stays done"
        assert len(await events_of(database, case)) == 4

    async def test_joining_twice_is_one_follower_with_more_words(self, database: Database, a_case: MakeCase) -> None:
        me = await person(database)
        case = await filed(database, a_case())
        await joined(database, case, addition(me))
        await joined(database, case, addition(me))
        kinds = [event.kind for event in await events_of(database, case)]
        assert kinds == ["filed", "joined", "information", "information"]

    async def test_a_case_that_has_ended_is_not_joined(self, database: Database, a_case: MakeCase) -> None:
        case = await filed(database, a_case())
        await move(database, case, "closed")
        assert not await joined(database, case, addition(await person(database)))
        async with database.transaction() as session:
            assert await session.scalar(select(func.count()).select_from(CaseFollower)) == 0

    async def test_ones_own_case_gets_the_words_and_no_follower(self, database: Database, a_case: MakeCase) -> None:
        me = await person(database)
        case = await filed(database, a_case(identity_id=me.identity_id))
        await joined(database, case, addition(me), own=True)
        _, information = await events_of(database, case)
        assert (information.kind, information.actor, information.public) == ("information", "citizen", True)


class TestTelling:
    async def test_each_follower_is_told_once_in_their_language(self, database: Database, a_case: MakeCase) -> None:
        owner, arab, english = (
            await person(database),
            await person(database, "whatsapp"),
            await person(database, "sms", "en"),
        )
        case = await filed(database, a_case(identity_id=owner.identity_id, conversation_id=owner.id))
        await joined(database, case, addition(arab))
        await joined(database, case, addition(english))
        reply = await answer(database, case)
        late = await person(database)
        await joined_anyway(database, case, late)
        for _ in range(2):  # as a worker does that takes over from another
            await followers.tell(database, reply)
        async with database.transaction() as session:
            rows = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()
        rows = [row for row in rows if not row.buttons]  # the owner is also asked to rate it
        told = {row.conversation_id: row for row in rows}
        assert len(rows) == len(told) == 3
        assert set(told) == {owner.id, arab.id, english.id}
        assert "الشكوى المشتركة" in told[arab.id].text
        assert "which you joined" in told[english.id].text
        assert all("تم الرفع" in row.text and case.reference in row.text for row in rows)
        assert told[arab.id].role == "agency"

    async def test_a_job_is_made_only_where_somebody_follows(self, database: Database, a_case: MakeCase) -> None:
        case = await filed(database, a_case())
        await answer(database, case)
        assert await jobs_waiting(database) == 0
        await joined_anyway(database, case, await person(database))
        await answer(database, case)
        assert await jobs_waiting(database) == 1

    async def test_the_worker_does_the_job(self, database: Database, database_url: str, a_case: MakeCase) -> None:
        me, case = await person(database, "webchat"), await filed(database, a_case())
        await joined(database, case, addition(me))
        await answer(database, case)
        queue = open_queue(database_url)
        register(queue, database, Handler(database, None, {}, None), Delivery(database, {}, NO_FILES))  # type: ignore[arg-type]
        async with queue.open_async():
            await queue.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful")
        async with database.transaction() as session:
            (told,) = await session.scalars(select(OutboxMessage.text))
        assert "تم الرفع" in told
        assert await jobs_waiting(database) == 0


async def answer(database: Database, case: Case) -> int:
    async with database.transaction() as session:
        known = await session.get_one(Case, case.id)
        reply = await service.reply(session, known, "تم الرفع", close=False, actor="key:erp")
        await tell_event(session, await catalogue(session), known, reply)
    return reply.id


async def joined_anyway(database: Database, case: Case, who: Conversation) -> None:
    async with database.transaction() as session:
        session.add(CaseFollower(case_id=case.id, identity_id=who.identity_id, conversation_id=who.id))


async def move(database: Database, case: Case, status: str) -> None:
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:erp")


async def jobs_waiting(database: Database) -> int:
    async with database.transaction() as session:
        count = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tell_followers'"
        return int(await session.scalar(text(count)) or 0)


async def a_file(database: Database, conversation: Conversation) -> UUID:
    async with database.transaction() as session:
        file = Attachment(
            id=uuid4(), conversation_id=conversation.id, source_key=str(uuid4()), kind="photo",
            media_type="image/jpeg", filename="a.jpg", size=1, sha256="0" * 64, storage_key="k",
        )  # fmt: skip
        session.add(file)
    return file.id
