"""What the one who filed a case does with it afterwards: adds to it, withdraws it, reopens it, rates the reply."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from contact_center.agencies.models import Agency
from contact_center.attachments.models import Attachment
from contact_center.attachments.queries import of_case
from contact_center.cases import aftercare, queries, reopening, service
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from contact_center.errors import Conflict, InvalidInput
from tests.moved_clock import clock_moved

MakeCase = Callable[..., NewCase]
Act = Callable[..., Any]


@pytest.fixture
async def case(database: Database, a_case: MakeCase) -> Case:
    async with database.transaction() as session:
        return await service.file(session, a_case())


async def do(database: Database, case: Case, act: Act, *given: Any, **named: Any) -> CaseEvent:
    async with database.transaction() as session:
        event: CaseEvent = await act(session, await session.get_one(Case, case.id), *given, **named)
        return event


async def seen(database: Database, case: Case) -> tuple[Case, list[CaseEvent]]:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id), list(await queries.timeline(session, case.id, public_only=True))


async def answered(database: Database, case: Case, *, days_ago: float = 0, close: bool = False) -> None:
    with clock_moved(-timedelta(days=days_ago)):
        await do(database, case, service.reply, "تم", close=close, actor="key:x")


async def set_to(database: Database, case: Case, status: str) -> None:
    await do(database, case, service.set_status, status, actor="key:x")


class TestAdding:
    @pytest.mark.parametrize("key", ["m1", None])
    async def test_words_stand_on_the_timeline(self, database: Database, case: Case, key: str | None) -> None:
        await do(database, case, aftercare.add_information, "  الحفرة كبرت ", idempotency_key=key)
        now_, events = await seen(database, case)
        assert now_.status == "received"
        assert (events[-1].kind, events[-1].text, events[-1].actor) == ("information", "الحفرة كبرت", "citizen")

    async def test_a_case_that_waited_for_them_goes_on(self, database: Database, case: Case) -> None:
        await set_to(database, case, "waiting")
        event = await do(database, case, aftercare.add_information, "رقم البيت 20")
        assert (await seen(database, case))[0].status == "in_progress"
        assert (event.data["before"], event.data["after"]) == ("waiting", "in_progress")

    async def test_files_become_the_cases_but_not_those_of_others(self, database: Database, case: Case) -> None:
        mine, other = [await photo_in_a_conversation(database, name) for name in ("1", "2")]
        both = (mine.id, other.id)
        await do(
            database, case, aftercare.add_information, None, attachments=both, conversation_id=mine.conversation_id
        )
        async with database.transaction() as session:
            assert [file.id for file in await of_case(session, case.id)] == [mine.id]

    async def test_the_same_message_adds_once(self, database: Database, case: Case) -> None:
        first = await do(database, case, aftercare.add_information, "one", idempotency_key="m1")
        await set_to(database, case, "withdrawn")
        again = await do(database, case, aftercare.add_information, "one", idempotency_key="m1")
        assert first.id == again.id

    @pytest.mark.parametrize("status", sorted(set(Status) - OPEN))
    async def test_nothing_is_added_to_what_has_ended(self, database: Database, case: Case, status: str) -> None:
        await set_to(database, case, status)
        with pytest.raises(Conflict):
            await do(database, case, aftercare.add_information, "more")
        assert len((await seen(database, case))[1]) == 2

    async def test_nothing_is_no_information(self, database: Database, case: Case) -> None:
        with pytest.raises(InvalidInput):
            await do(database, case, aftercare.add_information, "  ")


class TestWithdrawing:
    @pytest.mark.parametrize("reason", ["انحلت", None])
    async def test_it_ends_with_or_without_a_reason(self, database: Database, case: Case, reason: str | None) -> None:
        event = await do(database, case, aftercare.withdraw, reason, idempotency_key="m")
        assert (event.kind, event.text, event.public) == ("withdrawn", reason, True)
        now_, _ = await seen(database, case)
        assert (now_.status, now_.closed_at is not None) == ("withdrawn", True)
        assert (await do(database, case, aftercare.withdraw, reason, idempotency_key="m")).id == event.id

    @pytest.mark.parametrize("status", ["closed", "withdrawn", "duplicate"])
    async def test_not_twice_nor_after_the_end(self, database: Database, case: Case, status: str) -> None:
        await set_to(database, case, status)
        with pytest.raises(Conflict):
            await do(database, case, aftercare.withdraw, idempotency_key="another")


async def rule(database: Database, case: Case, *, days: int = 30, times: int = 2) -> None:
    async with database.transaction() as session:
        agency = await session.get_one(Agency, case.agency)
        agency.reopen_days, agency.reopen_times = days, times


class TestReopening:
    @pytest.mark.parametrize("close", [True, False])
    async def test_with_the_reason_and_a_new_date(self, database: Database, case: Case, close: bool) -> None:
        await answered(database, case, days_ago=29, close=close)
        event = await do(database, case, aftercare.reopen, "ما تصلح شي", idempotency_key="m")
        now_, _ = await seen(database, case)
        assert (event.kind, event.text) == ("reopened", "ما تصلح شي")
        assert (now_.status, now_.answered_at, now_.closed_at) == ("reopened", None, None)
        assert now_.due_at > now()
        assert (await do(database, case, aftercare.reopen, "again", idempotency_key="m")).id == event.id

    async def test_not_after_thirty_days(self, database: Database, case: Case) -> None:
        await answered(database, case, days_ago=30.01)
        with pytest.raises(reopening.TooLate):
            await do(database, case, aftercare.reopen, "ما تصلح شي")
        assert (await seen(database, case))[0].status == "answered"

    @pytest.mark.parametrize(("days", "days_ago", "allowed"), [(10, 9.9, True), (10, 10.1, False), (60, 59, True)])
    async def test_for_as_many_days_as_the_agency_says(
        self, database: Database, case: Case, days: int, days_ago: float, allowed: bool
    ) -> None:
        await rule(database, case, days=days)
        await answered(database, case, days_ago=days_ago)
        if not allowed:
            with pytest.raises(reopening.TooLate):
                await do(database, case, aftercare.reopen, "ما تصلح شي")
            return
        await do(database, case, aftercare.reopen, "ما تصلح شي")
        assert (await seen(database, case))[0].status == "reopened"

    @pytest.mark.parametrize("times", [0, 1, 3])
    async def test_as_often_as_the_agency_says(self, database: Database, case: Case, times: int) -> None:
        await rule(database, case, times=times)
        for _ in range(times):
            await answered(database, case)
            await do(database, case, aftercare.reopen, "ما تصلح شي")
        await answered(database, case)
        with pytest.raises(reopening.TooOften):
            await do(database, case, aftercare.reopen, "ما تصلح شي")
        now_, _ = await seen(database, case)
        assert (now_.status, now_.times_reopened) == ("answered", times)

    async def test_never_where_the_agency_gives_no_days(self, database: Database, case: Case) -> None:
        await rule(database, case, days=0)
        await answered(database, case)
        with pytest.raises(reopening.TooOften):
            await do(database, case, aftercare.reopen, "ما تصلح شي")

    async def test_what_comes_later_is_a_new_case_that_names_the_old_one(
        self, database: Database, case: Case, a_case: MakeCase
    ) -> None:
        async with database.transaction() as session:
            later = await service.file(session, a_case(follows=case.reference))
        assert (await seen(database, later))[0].follows == case.reference

    async def test_what_was_withdrawn_too(self, database: Database, case: Case) -> None:
        await do(database, case, aftercare.withdraw)
        await do(database, case, aftercare.reopen, "رجعت المشكلة")
        assert (await seen(database, case))[0].status == "reopened"

    @pytest.mark.parametrize("status", ["received", "in_progress", "waiting", "duplicate"])
    async def test_neither_open_ones_nor_duplicates(self, database: Database, case: Case, status: str) -> None:
        if status != "received":
            await set_to(database, case, status)
        with pytest.raises(Conflict):
            await do(database, case, aftercare.reopen, "ما تصلح شي")

    async def test_never_without_a_reason(self, database: Database, case: Case) -> None:
        await answered(database, case)
        with pytest.raises(InvalidInput):
            await do(database, case, aftercare.reopen, " ")


class TestRating:
    async def test_stored_on_the_case_with_its_word(self, database: Database, case: Case) -> None:
        await answered(database, case, days_ago=13.9)
        event = await do(database, case, aftercare.rate, 4, " تأخروا ")
        assert (event.kind, event.text, event.data) == ("rating", "تأخروا", {"rating": 4, "before": None})
        assert (await seen(database, case))[0].rating == 4

    async def test_a_second_one_replaces_it(self, database: Database, case: Case) -> None:
        await answered(database, case)
        await do(database, case, aftercare.rate, 5, idempotency_key="a")
        await do(database, case, aftercare.rate, 1, idempotency_key="b")
        await do(database, case, aftercare.rate, 5, idempotency_key="a")
        assert (await seen(database, case))[0].rating == 1

    async def test_not_after_fourteen_days(self, database: Database, case: Case) -> None:
        await answered(database, case, days_ago=14.01)
        with pytest.raises(reopening.TooLate):
            await do(database, case, aftercare.rate, 5)
        assert (await seen(database, case))[0].rating is None

    async def test_not_before_an_answer(self, database: Database, case: Case) -> None:
        with pytest.raises(Conflict):
            await do(database, case, aftercare.rate, 5)

    @pytest.mark.parametrize("rating", [0, 6, -1])
    async def test_from_one_to_five(self, database: Database, case: Case, rating: int) -> None:
        await answered(database, case)
        with pytest.raises(InvalidInput):
            await do(database, case, aftercare.rate, rating)


async def photo_in_a_conversation(database: Database, address: str) -> Attachment:
    async with database.transaction() as session:
        identity = await identity_for(session, "telegram", address, None, None)
        conversation = Conversation(id=uuid4(), channel="telegram", address=address, identity_id=identity.id)
        session.add(conversation)
        await session.flush()
        photo = Attachment(
            conversation_id=conversation.id,
            source_key=address,
            kind="photo",
            media_type="image/jpeg",
            filename="photo.jpg",
            size=1,
            sha256="0" * 64,
            storage_key="00",
        )
        session.add(photo)
    return photo
