"""A code proves a phone: for ten minutes, in five tries, three times an hour, and a repeated turn counts once."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from contact_center.citizens.models import PhoneCode
from contact_center.citizens.phone_codes import MOST_CODES, MOST_TRIES, NewCode, Trial, new_code, try_code
from contact_center.citizens.service import identity_for
from contact_center.database import Database

PHONE, KEY = "+97336112233", "secret"


class Proof:
    """Somebody who asks for codes and gives them back, each in a transaction of its own."""

    def __init__(self, database: Database, identity: UUID) -> None:
        self.database, self.identity = database, identity

    async def asks(self, cause: str, phone: str = PHONE) -> NewCode:
        async with self.database.transaction() as session:
            return await new_code(session, self.identity, phone, cause=cause, key=KEY)

    async def tries(self, code: str | None, cause: str) -> tuple[Trial, str | None]:
        async with self.database.transaction() as session:
            return await try_code(session, self.identity, code or "", cause=cause, key=KEY)

    async def waits(self, minutes: int) -> None:
        async with self.database.transaction() as session:
            earlier = PhoneCode.created_at - timedelta(minutes=minutes)
            await session.execute(update(PhoneCode).values(created_at=earlier))


async def somebody(database: Database, address: str = "42") -> Proof:
    async with database.transaction() as session:
        return Proof(database, (await identity_for(session, "webchat", address)).id)


def wrong(code: str | None) -> str:
    return f"{(int(code or 0) + 1) % 10**6:06d}"


async def test_the_right_code_proves_the_phone_once(database: Database) -> None:
    proof = await somebody(database)
    made = await proof.asks("m1")
    assert made.allowed
    assert made.code is not None
    assert (len(made.code), made.code.isdecimal()) == (6, True)
    assert await proof.tries(made.code, "m2") == (Trial.RIGHT, PHONE)
    assert await proof.tries(made.code, "m2") == (Trial.RIGHT, PHONE)  # the turn was repeated
    assert await proof.tries(made.code, "m3") == (Trial.SPENT, None)


async def test_the_code_itself_is_kept_nowhere(database: Database) -> None:
    proof = await somebody(database)
    made = await proof.asks("m1")
    async with database.transaction() as session:
        row = (await session.execute(select(PhoneCode))).scalar_one()
    assert made.code not in " ".join(str(value) for value in vars(row).values())
    assert len(row.code_hash) == 64


async def test_a_repeated_turn_makes_no_second_code(database: Database) -> None:
    proof = await somebody(database)
    await proof.asks("m1")
    assert await proof.asks("m1") == NewCode(allowed=True, code=None)
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(PhoneCode)) == 1


async def test_five_tries_and_no_more(database: Database) -> None:
    proof = await somebody(database)
    made = await proof.asks("m1")
    for number in range(MOST_TRIES - 1):
        for _repeated in range(3):
            assert await proof.tries(wrong(made.code), f"try{number}") == (Trial.WRONG, None)
    assert await proof.tries(wrong(made.code), "last") == (Trial.SPENT, None)
    assert await proof.tries(made.code, "after") == (Trial.SPENT, None)


async def test_ten_minutes(database: Database) -> None:
    proof = await somebody(database)
    made = await proof.asks("m1")
    await proof.waits(11)
    assert await proof.tries(made.code, "m2") == (Trial.SPENT, None)


async def test_a_new_code_takes_the_place_of_the_old(database: Database) -> None:
    proof = await somebody(database)
    old, new = await proof.asks("m1"), await proof.asks("m2")
    if old.code != new.code:
        assert await proof.tries(old.code, "m3") == (Trial.WRONG, None)
    assert await proof.tries(new.code, "m4") == (Trial.RIGHT, PHONE)


async def test_three_an_hour_for_one_who_asks(database: Database) -> None:
    proof = await somebody(database)
    for number in range(MOST_CODES):
        assert (await proof.asks(f"m{number}", f"+9733611223{number}")).allowed
    assert await proof.asks("one more", "+97336112239") == NewCode(allowed=False)
    await proof.waits(61)
    assert (await proof.asks("later", "+97336112239")).allowed


async def test_three_an_hour_for_one_phone_whoever_asks(database: Database) -> None:
    for number in range(MOST_CODES):
        assert (await (await somebody(database, f"chat{number}")).asks(f"m{number}")).allowed
    assert not (await (await somebody(database, "another")).asks("one more")).allowed


async def test_nobody_elses_code_is_taken(database: Database) -> None:
    made = await (await somebody(database)).asks("m1")
    assert await (await somebody(database, "another")).tries(made.code, "m2") == (Trial.SPENT, None)


@pytest.mark.parametrize("code", ["", "12345", "١٢٣٤٥٦", "x" * 1000])
async def test_what_is_no_code_is_wrong(database: Database, code: str) -> None:
    proof = await somebody(database)
    await proof.asks("m1")
    assert (await proof.tries(code, "m2"))[0] == Trial.WRONG
