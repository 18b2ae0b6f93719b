"""One asks, another decides, and the database holds them to it; an export holds all of theirs, nothing of others."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from lives import MARKS, OTHER_PHONE, OTHERS, PHONE, PNG, Lives
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from contact_center.attachments.storage import Storage
from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity, PrivacyRequest
from contact_center.citizens.service import identity_for
from contact_center.database import Database
from contact_center.errors import Forbidden, NotFound
from contact_center.privacy import export, requests
from contact_center.privacy.archive import archive
from contact_center.privacy.person import person
from contact_center.privacy.requests import Kind, Recognised
from contact_center.privacy.search import search
from tests.moved_clock import clock_moved


async def ask(database: Database, lives: Lives, kind: Kind = Kind.EXPORT) -> PrivacyRequest:
    async with database.transaction() as session:
        known = await person(session, lives.mariam)
        number = await requests.ask(session, known, kind, Recognised.IDENTITY_CARD, "amal")
        return await session.get_one(PrivacyRequest, number)


async def test_nobody_decides_what_they_asked_for_not_even_past_the_service(database: Database, lives: Lives) -> None:
    request = await ask(database, lives)
    with pytest.raises(requests.OwnRequest):
        async with database.transaction() as session:
            await requests.decide(session, request.id, "amal", approve=True)
    for values in ({"decided_by": "amal", "state": "approved"}, {"state": "approved"}, {"decided_by": "adel"}):
        with pytest.raises(IntegrityError):
            async with database.transaction() as session:
                await session.execute(update(PrivacyRequest).values(**values, decided_at=request.asked_at))


async def test_a_request_is_decided_once_and_only_its_asker_takes_it_back(database: Database, lives: Lives) -> None:
    request = await ask(database, lives)
    with pytest.raises(requests.AskedBefore):
        await ask(database, lives)
    await ask(database, lives, Kind.ERASURE)
    with pytest.raises(Forbidden):
        async with database.transaction() as session:
            await requests.withdraw(session, request.id, "adel")
    async with database.transaction() as session:
        await requests.decide(session, request.id, "adel", approve=False)
    with pytest.raises(requests.Decided):
        async with database.transaction() as session:
            await requests.decide(session, request.id, "adel", approve=True)
    with pytest.raises(requests.Decided):
        async with database.transaction() as session:
            await requests.withdraw(session, request.id, "amal")
    await ask(database, lives)


async def test_an_export_is_handed_to_its_asker_for_seven_days(database: Database, lives: Lives) -> None:
    request = await ask(database, lives)

    async def fetched(username: str) -> bool:
        try:
            async with database.transaction() as session:
                return bool(await requests.to_hand_out(session, request.id, username))
        except NotFound:
            return False

    assert not await fetched("amal")
    async with database.transaction() as session:
        await requests.decide(session, request.id, "adel", approve=True)
    assert await fetched("amal")
    assert not await fetched("adel")
    with clock_moved(timedelta(days=6, hours=23)):
        assert await fetched("amal")
    with clock_moved(timedelta(days=7, minutes=1)):
        assert not await fetched("amal")


async def test_an_export_holds_all_of_theirs_and_nothing_of_others(
    database: Database, lives: Lives, storage: Storage
) -> None:
    await ask(database, lives)
    async with database.transaction() as session:
        known = await person(session, lives.mariam)
        held = await export.files(session, known)
        document = await export.document(session, known, held)
    files = [(export.name_in_archive(file), storage.place(file.storage_key)) for file in held]
    made = ZipFile(BytesIO(b"".join(archive(document, [*files, ("files/gone.png", storage.place("0" * 64))]))))
    assert made.testzip() is None
    names = made.namelist()
    assert names[0] == "person.json"
    assert [made.read(name) for name in names[1:]] == [PNG]
    text = made.read("person.json").decode()
    assert [mark for mark in MARKS if mark not in text] == []
    assert OTHERS not in text
    assert OTHER_PHONE not in text
    assert "omar" not in text
    said = json.loads(text)
    assert {name for name, value in said.items() if not value} == set()
    assert len(said["cases"]) == 4
    assert {line["from"] for talk in said["conversations"] for line in talk["lines"]} >= {"person", "agent", "agency"}
    assert [case["added"][0]["text"] for case in said["joined_cases"]] == ["وعندنا زعفران"]


async def test_a_person_is_found_by_any_writing_and_told_from_who_only_gave_the_number(
    database: Database, lives: Lives
) -> None:
    async with database.transaction() as session:
        neighbour = await identity_for(session, ChannelCode.TELEGRAM, "neighbour", "جاسم")
        known = await person(session, lives.mariam)
        case = (await session.scalars(known.cases().limit(1))).one()
        reference = case.reference
        for text in ("39123456", "٣٩١٢ ٣٤٥٦", "00973 3912-3456", reference, reference.replace("-", " ")):
            assert [hit.id for hit in await search(session, text)] == [known.id], text
        assert [hit.sure for hit in await search(session, PHONE)] == [True]
        assert list(await search(session, "39000000")) == []
        assert {identity.channel for identity in known.identities} == {"telegram", "whatsapp", "sms", "call_center"}
        case.identity_id, case.told_identity_id = neighbour.id, None  # he wrote, and gave her number
        await session.flush()
        found = await search(session, PHONE)
        assert [(hit.id, hit.sure) for hit in found] == [(known.id, True), (neighbour.citizen_id, False)]


async def test_what_was_asked_for_one_is_not_asked_for_two_who_turn_out_to_be_one(
    database: Database, lives: Lives
) -> None:
    async with database.transaction() as session:
        stranger = await identity_for(session, ChannelCode.TELEGRAM, "stranger")
        known = await person(session, stranger.citizen_id)
        number = await requests.ask(session, known, Kind.EXPORT, Recognised.OWN_CHANNEL, "amal")
    async with database.transaction() as session:
        await identity_for(session, ChannelCode.TELEGRAM, "stranger", verified_phone=PHONE)
        request = await session.get_one(PrivacyRequest, number)
        identity = await session.scalar(select(ChannelIdentity).where(ChannelIdentity.address == "stranger"))
        assert identity
        assert (request.state, request.citizen_id) == ("withdrawn", identity.citizen_id)
