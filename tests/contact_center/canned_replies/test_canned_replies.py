"""Canned replies are made, changed and taken away, each by name in the audit trail; eight come with the service."""

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import AuditEntry
from contact_center.canned_replies import queries
from contact_center.canned_replies.placeholders import can_be_filled, filled, unknown
from contact_center.configuration import history, service, tables
from contact_center.configuration.kinds import KINDS
from contact_center.database import Database
from contact_center.errors import InvalidInput, NotFound
from tests.texts import SHIPPED

OURS = {
    "title_ar": "حفر",
    "title_en": "Potholes",
    "text_ar": "طلبك {reference} عندنا",
    "text_en": "Your {reference} is with us",
    "agency": "works",
}
CANNED = KINDS["canned_reply"]
ADEL = "account:adel"


async def offered(database: Database, agency: str) -> list[str]:
    async with database.transaction() as session:
        return [reply.code for reply in await queries.offered(session, agency)]


async def save(database: Database, code: str, wording: dict[str, str]) -> None:
    async with database.transaction() as session:
        there = await tables.entry(session, CANNED, code) is not None
        seen = await history.newest_of(session, "canned_reply", code)
        form = wording | {"code": code}
        await service.save(session, CANNED, code if there else None, form, seen=seen, actor=ADEL)


async def take_away(session: AsyncSession, code: str) -> None:
    seen = await history.newest_of(session, "canned_reply", code)
    await service.remove(session, CANNED, code, seen=seen, actor=ADEL)


async def test_those_that_come_with_the_service_are_for_all(database: Database) -> None:
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert len(shipped) == 12
    assert not any(unknown(reply["text_ar"] + reply["text_en"]) for reply in shipped.values())
    assert await offered(database, "works") == await offered(database, "ewa") == sorted(shipped)


async def test_some_can_be_said_to_somebody_who_has_no_case() -> None:
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    texts = [[reply["text_ar"], reply["text_en"]] for reply in shipped.values()]
    sayable = [each for each in texts if all(can_be_filled(text, {}) for text in each)]
    assert len(sayable) >= 4
    for said in (filled(text, {}) for each in sayable for text in each):
        assert not any(gap in said for gap in (" ,", " ،", " .", " ؟", "  ")), said


async def test_an_agencys_own_come_first_and_are_its_alone(database: Database) -> None:
    await save(database, "z-ours", OURS)
    assert (await offered(database, "works"))[0] == "z-ours"
    assert "z-ours" not in await offered(database, "ewa")


async def test_changed_and_taken_away_with_a_trace(database: Database) -> None:
    await save(database, "ours", OURS)
    await save(database, "ours", OURS | {"text_en": " Changed {name} ", "agency": ""})
    async with database.transaction() as session:
        (reply,) = [one for one in await queries.canned_replies(session) if one.code == "ours"]
        assert (reply.text("en"), reply.title("ar"), reply.agency) == ("Changed {name}", "حفر", None)
    async with database.transaction() as session:
        await take_away(session, "ours")
    assert "ours" not in await offered(database, "works")
    async with database.transaction() as session:
        trail = list(await session.scalars(select(AuditEntry).where(AuditEntry.subject == "canned_reply/ours")))
        assert [entry.action for entry in trail] == ["configuration.change"] * 3
        with pytest.raises(NotFound):
            await take_away(session, "ours")


@pytest.mark.parametrize(
    ("code", "different"),
    [
        ("ours", {"text_ar": "{phone}"}),
        ("ours", {"text_en": "{name"}),
        ("ours", {"text_en": " "}),
        ("ours", {"text_ar": "x" * 2001}),
        ("ours", {"title_ar": ""}),
        ("ours", {"agency": "nobody"}),
        ("Not a code", {}),
    ],
)
async def test_what_cannot_be_is_refused(database: Database, code: str, different: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        await save(database, code, OURS | different)
