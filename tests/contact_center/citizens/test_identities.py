import asyncio

import pytest
from sqlalchemy import func, select

from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity, Citizen
from contact_center.citizens.queries import identities_of, identity_at
from contact_center.citizens.service import identity_for
from contact_center.database import Database

PHONE, OTHER_PHONE = "+97339123456", "+97336000000"


async def contact(
    database: Database, channel: str, address: str, name: str | None = None, phone: str | None = None
) -> ChannelIdentity:
    async with database.transaction() as session:
        return await identity_for(session, channel, address, name, phone)


async def counted(database: Database) -> tuple[int, int]:
    """Citizens and identities."""
    async with database.transaction() as session:
        citizens = await session.scalar(select(func.count()).select_from(Citizen))
        identities = await session.scalar(select(func.count()).select_from(ChannelIdentity))
        return citizens or 0, identities or 0


async def test_the_first_contact_makes_a_person_and_later_ones_find_them(database: Database) -> None:
    first = await contact(database, ChannelCode.TELEGRAM, "5001", "أم علي")
    again = await contact(database, "telegram", "5001", "أم علي")
    assert (again.id, again.citizen_id) == (first.id, first.citizen_id)
    assert await counted(database) == (1, 1)
    async with database.transaction() as session:
        assert (await session.get_one(Citizen, first.citizen_id)).name == "أم علي"


async def test_what_is_new_is_taken_and_what_is_not_given_stays(database: Database) -> None:
    await contact(database, "telegram", "5001", "Old name", PHONE)
    for name, phone in ((None, None), ("New name", None), (None, OTHER_PHONE)):
        await contact(database, "telegram", "5001", name, phone)
    async with database.transaction() as session:
        identity = await identity_at(session, "telegram", "5001")
    assert identity is not None
    assert (identity.profile_name, identity.verified_phone) == ("New name", OTHER_PHONE)
    assert await counted(database) == (1, 1)


async def test_the_same_address_on_another_channel_is_somebody_else(database: Database) -> None:
    telegram, webchat = await contact(database, "telegram", "1"), await contact(database, "webchat", "1")
    assert telegram.citizen_id != webchat.citizen_id


async def test_the_same_verified_phone_is_the_same_person(database: Database) -> None:
    whatsapp = await contact(database, "whatsapp", PHONE, phone=PHONE)
    sms = await contact(database, "sms", PHONE, phone=PHONE)
    other = await contact(database, "sms", OTHER_PHONE, phone=OTHER_PHONE)
    assert sms.citizen_id == whatsapp.citizen_id != other.citizen_id
    assert await counted(database) == (2, 3)


async def test_a_shared_contact_makes_two_people_one(database: Database) -> None:
    whatsapp = await contact(database, "whatsapp", PHONE, phone=PHONE)
    await contact(database, "telegram", "5001", "أم علي")
    telegram = await contact(database, "telegram", "5001", phone=PHONE)
    assert telegram.citizen_id == whatsapp.citizen_id
    assert await counted(database) == (1, 2)
    async with database.transaction() as session:
        theirs = await identities_of(session, whatsapp.citizen_id)
    assert [identity.channel for identity in theirs] == ["telegram", "whatsapp"]


@pytest.mark.parametrize("phone", [None, PHONE])
async def test_copies_at_once_make_one_person(database: Database, phone: str | None) -> None:
    made = await asyncio.gather(*(contact(database, "whatsapp", PHONE, phone=phone) for _ in range(10)))
    assert len({identity.id for identity in made}) == 1
    assert await counted(database) == (1, 1)


async def test_two_channels_at_once_make_one_person(database: Database) -> None:
    channels = ("whatsapp", "sms") * 5
    made = await asyncio.gather(*(contact(database, channel, PHONE, phone=PHONE) for channel in channels))
    assert len({identity.citizen_id for identity in made}) == 1
    assert await counted(database) == (1, 2)
