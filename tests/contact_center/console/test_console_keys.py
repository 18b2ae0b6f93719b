"""Keys of machines in the console: made and shown once, used, revoked."""

import re

import pytest
from desk import Visit
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.console.words import words
from contact_center.database import Database

HOME = "/console/keys"


async def test_a_key_is_shown_once_used_and_revoked(visit: Visit, database: Database) -> None:
    adel, machine = await visit("adel"), await visit()
    assert words("keys.none", "ar") in (await adel.get(HOME)).text
    made = await adel.post(HOME, data={"name": " نظام الهاتف "})
    (key,) = re.findall(r'<code class="number once" dir="ltr">(tws_[\w-]{43})</code>', made.text)
    listed = (await adel.get(HOME)).text
    assert key not in listed
    assert "نظام الهاتف" in listed
    assert words("keys.never", "ar") in listed
    bearer = {"Authorization": f"Bearer {key}"}
    assert (await machine.post("/api/v1/calls", json={"phone": None}, headers=bearer)).status_code == 201
    assert words("keys.never", "ar") not in (await adel.get(HOME)).text
    revoked = await adel.post(f"{HOME}/revoke", data={"name": "نظام الهاتف"})
    assert revoked.headers["location"] == f"{HOME}?done=revoked"
    assert (await machine.post("/api/v1/calls", json={"phone": None}, headers=bearer)).status_code == 401
    page = (await adel.get(revoked.headers["location"])).text
    assert words("keys.revoked", "ar") in page
    assert f"{HOME}/revoke" not in page
    async with database.transaction() as session:
        entries = list(await session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("key."))))
    assert [(entry.actor, entry.action) for entry in entries] == [
        ("account:adel", "key.create"),
        ("account:adel", "key.revoke"),
    ]
    assert key not in str([vars(entry) for entry in entries])


@pytest.mark.parametrize(
    ("name", "status", "fault"), [("  ", 422, "name"), ("x" * 81, 422, "name"), ("crm", 409, "taken")]
)
async def test_names_that_cannot_be(visit: Visit, name: str, status: int, fault: str) -> None:
    adel = await visit("adel")
    await adel.post(HOME, data={"name": "crm"})
    refused = await adel.post(HOME, data={"name": name})
    assert refused.status_code == status
    assert words(f"keys.fault_{fault}", "ar", longest="٨٠") in refused.text
    assert "tws_" not in refused.text


async def test_no_key_no_revoking(visit: Visit) -> None:
    assert (await (await visit("adel")).post(f"{HOME}/revoke", data={"name": "crm"})).status_code == 404


async def test_an_auditor_sees_keys_and_their_use_only(visit: Visit) -> None:
    await (await visit("adel")).post(HOME, data={"name": "crm"})
    page = (await (await visit("zain")).get(HOME)).text
    assert "crm" in page
    assert f'action="{HOME}' not in page
