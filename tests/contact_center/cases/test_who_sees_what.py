from collections.abc import Callable
from dataclasses import fields
from typing import Any
from uuid import uuid4

import pytest

from contact_center.attachments.models import Attachment
from contact_center.cases import queries, service, timeline
from contact_center.cases.new_case import NewCase
from contact_center.cases.views import public_view
from contact_center.citizens.service import identity_for
from contact_center.database import Database

MakeCase = Callable[..., NewCase]
PHONE, OTHER_PHONE = "+97339123456", "+97336000000"


async def test_the_number_alone_opens_no_word_about_the_person(database: Database, a_case: MakeCase) -> None:
    secret = {"description": "سر كبير", "contact_name": "سر الاسم", "contact_phone": PHONE, "address": "سر البيت"}
    async with database.transaction() as session:
        case = await service.file(session, a_case(**secret))
    view = public_view(case)
    assert " ".join(field.name for field in fields(view)) == "reference type category agency status due_at"
    assert not any(value in repr(view) for value in (*secret.values(), "البسيتين", "226"))


@pytest.mark.parametrize(
    ("filer", "asker", "sees"),
    [
        (("telegram", "1", None), ("telegram", "1", None), True),
        (("telegram", "1", None), ("telegram", "2", None), False),
        (("telegram", "1", None), ("whatsapp", "1", None), False),
        (("whatsapp", PHONE, PHONE), ("sms", PHONE, PHONE), True),
        (("whatsapp", PHONE, PHONE), ("sms", OTHER_PHONE, OTHER_PHONE), False),
        (("webchat", "w", None), ("sms", PHONE, PHONE), False),  # the phone was typed in the web chat, not verified
        (("whatsapp", PHONE, PHONE), ("webchat", "w", None), False),  # and now the one who asks has none
    ],
)
async def test_who_may_see_all(
    database: Database, a_case: MakeCase, filer: tuple[Any, ...], asker: tuple[Any, ...], sees: bool
) -> None:
    async with database.transaction() as session:
        wrote = await identity_for(session, filer[0], filer[1], verified_phone=filer[2])
        asks = await identity_for(session, asker[0], asker[1], verified_phone=asker[2])
        case = await service.file(session, a_case(identity_id=wrote.id, contact_phone=PHONE))
        assert await queries.may_see_all(session, case, asks.id, asks.verified_phone) is sees
        theirs = await queries.cases_of(session, asks.id, asks.verified_phone)
        assert [found.id for found in theirs] == ([case.id] if sees else [])


async def test_nobody_sees_all_of_a_case_without_a_known_filer(database: Database, a_case: MakeCase) -> None:
    async with database.transaction() as session:
        case = await service.file(session, a_case(contact_phone=PHONE))
        assert not await queries.may_see_all(session, case, None, PHONE)
        assert not await queries.may_see_all(session, case, None, None)


async def test_a_phone_verified_later_opens_earlier_cases(database: Database, a_case: MakeCase) -> None:
    async with database.transaction() as session:
        telegram = await identity_for(session, "telegram", "1")
        case = await service.file(session, a_case(identity_id=telegram.id))
        assert not await queries.may_see_all(session, case, uuid4(), PHONE)
        await identity_for(session, "telegram", "1", verified_phone=PHONE)
        assert await queries.may_see_all(session, case, uuid4(), PHONE)


async def test_my_cases_are_the_newest_few(database: Database, a_case: MakeCase) -> None:
    async with database.transaction() as session:
        mine = await identity_for(session, "telegram", "1")
        filed = [await service.file(session, a_case(identity_id=mine.id)) for _ in range(4)]
        found = await queries.cases_of(session, mine.id, limit=3)
    assert [case.id for case in found] == [case.id for case in reversed(filed[1:])]


async def test_the_person_who_filed_it_sees_answers_and_photos_but_no_note(
    database: Database, a_case: MakeCase
) -> None:
    conversation = uuid4()
    stored = {"media_type": "image/jpeg", "filename": "a.jpg", "size": 1, "sha256": "0" * 64, "storage_key": "0" * 64}
    async with database.transaction() as session:
        photo = Attachment(conversation_id=conversation, source_key="a", kind="photo", **stored)
        session.add(photo)
        await session.flush()
        case = await service.file(session, a_case(conversation_id=conversation, attachments=(photo.id,)))
        await timeline.record(session, case, "note", "account:ali", public=False, text="المواطن مزعج")
        await timeline.record(session, case, "reply", "account:ali", public=False, text="مسودة")
        await service.reply(session, case, "تم", close=True, actor="account:ali")
        view = await queries.own(session, case)
        all_events = await queries.timeline(session, case.id)
        public = await queries.timeline(session, case.id, public_only=True)
    assert (view.description, view.area, view.status) == (case.description, "البسيتين", "closed")
    assert view.attachments == (photo.id,)
    assert [reply.text for reply in view.replies] == ["تم"]
    assert [event.kind for event in all_events] == ["filed", "note", "reply", "reply"]
    assert [event.kind for event in public] == ["filed", "reply"]
