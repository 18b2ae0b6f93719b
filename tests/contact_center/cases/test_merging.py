"""A case becomes a duplicate of another: its people follow that one, and leave again where it was a mistake."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from contact_center.cases import aftercare, queries, service, timeline
from contact_center.cases.as_json import as_json
from contact_center.cases.duplicates import alike
from contact_center.cases.following import Addition, join
from contact_center.cases.merged import main_of, merged_into
from contact_center.cases.merging import NotMergeable, merge
from contact_center.cases.models import Case, CaseEvent, CaseFollower
from contact_center.cases.new_case import NewCase
from contact_center.citizens.service import identity_for
from contact_center.database import Database
from contact_center.errors import Conflict

Form = Callable[..., NewCase]


@dataclass(frozen=True)
class Person:
    """Somebody in the web chat."""

    identity: UUID
    conversation: UUID


@dataclass(frozen=True)
class Street:
    """One heap of rubbish, complained of by three people, and who they are."""

    cases: list[Case]
    people: list[Person]


async def person(database: Database) -> Person:
    conversation = uuid4()
    async with database.transaction() as session:
        identity = await identity_for(session, "webchat", str(conversation), None, None)
    return Person(identity.id, conversation)


@pytest.fixture
async def street(database: Database, a_case: Form) -> Street:
    people = [await person(database) for _ in range(3)]
    async with database.transaction() as session:
        forms = [a_case(identity_id=one.identity, conversation_id=one.conversation) for one in people]
        return Street([await service.file(session, form) for form in forms], people)


async def merged(database: Database, case: Case, main: Case, key: str | None = None) -> CaseEvent:
    async with database.transaction() as session:
        both = await session.get_one(Case, case.id), await session.get_one(Case, main.id)
        return await merge(session, *both, actor="account:huda", idempotency_key=key)


async def reopened(database: Database, case: Case) -> CaseEvent:
    async with database.transaction() as session:
        return await service.set_status(session, await session.get_one(Case, case.id), "reopened", actor="account:huda")


async def joined(database: Database, case: Case, who: Person) -> None:
    async with database.transaction() as session:
        addition = Addition(who.identity, who.conversation, "وأنا بعد", str(uuid4()))
        assert await join(session, await session.get_one(Case, case.id), addition, own=False)


async def followers(database: Database, case: Case) -> set[UUID]:
    async with database.transaction() as session:
        return set(await session.scalars(select(CaseFollower.identity_id).where(CaseFollower.case_id == case.id)))


async def seen(database: Database, case: Case) -> Case:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id)


async def test_its_filer_and_followers_follow_the_main_case(database: Database, street: Street) -> None:
    first, second, _ = street.cases
    neighbour = await person(database)
    await joined(database, second, neighbour)
    event = await merged(database, second, first, "1")
    assert (await merged(database, second, first, "1")).id == event.id
    after = await seen(database, second)
    assert (after.status, after.duplicate_of) == ("duplicate", first.id)
    assert (event.kind, event.public, event.data["into"]) == ("merged", True, first.reference)
    assert await followers(database, first) == {street.people[1].identity, neighbour.identity}
    async with database.transaction() as session:
        (told,) = [one for one in await queries.timeline(session, first.id) if one.kind == "took_in"]
        assert (told.public, told.data["duplicate"]) == (False, second.reference)
        assert (await as_json(session, after))["duplicate_of"] == first.reference
        assert [one.id for one in await merged_into(session, first.id)] == [second.id]


async def test_who_filed_both_is_not_told_twice(database: Database, a_case: Form) -> None:
    me = await person(database)
    async with database.transaction() as session:
        form = a_case(identity_id=me.identity, conversation_id=me.conversation)
        first, second = await service.file(session, form), await service.file(session, form)
    await merged(database, second, first)
    assert await followers(database, first) == set()


async def test_they_joined_after_what_was_said_before(database: Database, street: Street) -> None:
    first, second, _ = street.cases
    async with database.transaction() as session:
        own = await session.get_one(Case, first.id)
        early = await timeline.record(session, own, "status", "key:x", public=True, text="قبل")
    await merged(database, second, first)
    async with database.transaction() as session:
        own = await session.get_one(Case, first.id)
        late = await timeline.record(session, own, "status", "key:x", public=True, text="بعد")
        (follower,) = await session.scalars(select(CaseFollower).where(CaseFollower.case_id == first.id))
    assert early.at < follower.joined_at <= late.at


async def test_not_into_itself_nor_into_what_has_ended(database: Database, street: Street) -> None:
    first, second, third = street.cases
    with pytest.raises(NotMergeable):
        await merged(database, first, first)
    await merged(database, second, first)
    with pytest.raises(NotMergeable):  # of a duplicate
        await merged(database, third, second)
    with pytest.raises(NotMergeable):  # in a circle
        await merged(database, first, second)
    with pytest.raises(Conflict):  # twice
        await merged(database, second, third)


async def test_duplicates_of_a_duplicate_come_along_and_all_lead_to_the_main_case(
    database: Database, street: Street
) -> None:
    first, second, third = street.cases
    await merged(database, third, second)
    await merged(database, second, first)
    assert await followers(database, first) == {street.people[1].identity, street.people[2].identity}
    async with database.transaction() as session:
        assert (await main_of(session, await session.get_one(Case, third.id))).id == first.id
        assert [one.id for one in await merged_into(session, first.id)] == [second.id, third.id]


async def test_a_wrong_merge_is_undone_with_whom_it_brought(database: Database, street: Street) -> None:
    first, second, third = street.cases
    neighbour = await person(database)
    await joined(database, first, neighbour)
    await joined(database, second, neighbour)
    await merged(database, second, first)
    await merged(database, third, first)
    event = await reopened(database, second)
    after = await seen(database, second)
    assert (after.status, after.duplicate_of, event.data["before"]) == ("reopened", None, "duplicate")
    assert await followers(database, first) == {neighbour.identity, street.people[2].identity}
    assert await followers(database, second) == {neighbour.identity}
    async with database.transaction() as session:
        assert (await queries.timeline(session, first.id))[-1].kind == "let_go"


async def test_undone_below_a_merged_case_they_leave_all_the_way_up(database: Database, street: Street) -> None:
    first, second, third = street.cases
    await merged(database, third, second)
    await merged(database, second, first)
    await reopened(database, third)
    assert await followers(database, second) == set()
    assert await followers(database, first) == {street.people[1].identity}


async def test_who_came_by_two_duplicates_stays_with_the_other(database: Database, street: Street) -> None:
    first, second, third = street.cases
    neighbour = await person(database)
    for case in (second, third):
        await joined(database, case, neighbour)
        await merged(database, case, first)
    await reopened(database, second)
    assert await followers(database, first) == {neighbour.identity, street.people[2].identity}


async def test_who_joins_for_themselves_stays(database: Database, street: Street) -> None:
    first, second, _ = street.cases
    await merged(database, second, first)
    await joined(database, first, street.people[1])
    await reopened(database, second)
    assert await followers(database, first) == {street.people[1].identity}


async def test_its_filer_sees_of_the_main_case_what_the_number_opens(database: Database, street: Street) -> None:
    first, second, _ = street.cases
    await merged(database, second, first)
    async with database.transaction() as session:
        view = await queries.own(session, await session.get_one(Case, second.id))
        plain = await queries.own(session, await session.get_one(Case, first.id))
    assert view.merged_into
    assert (view.merged_into.reference, view.merged_into.status) == (first.reference, "received")
    assert not hasattr(view.merged_into, "description")
    assert plain.merged_into is None


async def test_what_is_probably_the_same_is_found_for_a_case_that_is_filed(
    database: Database, street: Street, a_case: Form
) -> None:
    first, second, third = street.cases
    async with database.transaction() as session:
        await service.file(session, a_case(area="سند", block="743"))
        await service.file(session, a_case(type="suggestion"))
        await service.set_status(session, await session.get_one(Case, third.id), "closed", actor="key:x")
        found = await alike(session, await session.get_one(Case, first.id))
    assert [case.id for case in found] == [second.id]


async def test_what_is_added_to_a_duplicate_reaches_the_case_that_is_worked_on(
    database: Database, street: Street
) -> None:
    first, second, third = street.cases
    await merged(database, first, second)
    await merged(database, second, third)
    for _ in range(2):
        async with database.transaction() as session:
            duplicate = await session.get_one(Case, first.id)
            await aftercare.add_information(session, duplicate, "بيتنا رقم 20", idempotency_key="m1")
    async with database.transaction() as session:
        own = [event for event in await queries.timeline(session, first.id) if event.kind == "information"]
        main = [event for event in await queries.timeline(session, third.id) if event.kind == "information"]
    assert [(event.text, event.public) for event in own] == [("بيتنا رقم 20", True)]
    assert [(event.text, event.public, event.data["duplicate"]) for event in main] == [
        ("بيتنا رقم 20", False, first.reference)
    ]


async def test_nothing_is_added_where_the_case_that_was_worked_on_has_ended(database: Database, street: Street) -> None:
    first, second, _ = street.cases
    await merged(database, first, second)
    async with database.transaction() as session:
        await service.reply(session, await session.get_one(Case, second.id), "تم", close=True, actor="key:x")
    with pytest.raises(Conflict):
        async with database.transaction() as session:
            await aftercare.add_information(session, await session.get_one(Case, first.id), "بيتنا رقم 20")
