"""Canned replies are made, changed and taken away, each by name in the audit trail; eight come with the service."""

from dataclasses import replace

import pytest
import yaml
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.canned_replies import queries
from contact_center.canned_replies.placeholders import unknown
from contact_center.canned_replies.service import Wording, delete_canned_reply, save_canned_reply
from contact_center.database import Database
from contact_center.errors import InvalidInput, NotFound
from tests.texts import SHIPPED

OURS = Wording("حفر", "Potholes", "طلبك {reference} عندنا", "Your {reference} is with us", "works")


async def offered(database: Database, agency: str) -> list[str]:
    async with database.transaction() as session:
        return [reply.code for reply in await queries.offered(session, agency)]


async def save(database: Database, code: str, wording: Wording) -> None:
    async with database.transaction() as session:
        await save_canned_reply(session, code, wording, actor="account:adel")


async def test_those_that_come_with_the_service_are_for_all(database: Database) -> None:
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert len(shipped) == 8
    assert not any(unknown(reply["text_ar"] + reply["text_en"]) for reply in shipped.values())
    assert await offered(database, "works") == await offered(database, "ewa") == sorted(shipped)


async def test_an_agencys_own_come_first_and_are_its_alone(database: Database) -> None:
    await save(database, "z-ours", OURS)
    assert (await offered(database, "works"))[0] == "z-ours"
    assert "z-ours" not in await offered(database, "ewa")


async def test_changed_and_taken_away_with_a_trace(database: Database) -> None:
    await save(database, "ours", OURS)
    await save(database, "ours", replace(OURS, text_en=" Changed {name} ", agency=None))
    async with database.transaction() as session:
        (reply,) = [one for one in await queries.canned_replies(session) if one.code == "ours"]
        assert (reply.text("en"), reply.title("ar"), reply.agency) == ("Changed {name}", "حفر", None)
    async with database.transaction() as session:
        await delete_canned_reply(session, "ours", actor="account:adel")
    assert "ours" not in await offered(database, "works")
    async with database.transaction() as session:
        trail = list(await session.scalars(select(AuditEntry).where(AuditEntry.subject == "ours")))
        assert [entry.action for entry in trail] == ["canned_reply.save", "canned_reply.save", "canned_reply.delete"]
        with pytest.raises(NotFound):
            await delete_canned_reply(session, "ours", actor="account:adel")


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
        await save(database, code, replace(OURS, **different))
