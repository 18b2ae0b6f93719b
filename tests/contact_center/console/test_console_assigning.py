"""Who works on a case: taken by one click, given to a colleague, on the page and by the API."""

import pytest
from desk import Filed, Visit

from contact_center.accounts.api_keys import create_key
from contact_center.accounts.models import Account
from contact_center.cases.models import Case
from contact_center.database import Database

KEY = "0123456789abcdef"


@pytest.fixture
async def muna(database: Database, filed: Filed, password_hash: str) -> Account:
    """Omar's colleague."""
    account = Account(username="muna", display_name="Muna", password_hash=password_hash, role="officer", agency="works")
    async with database.transaction() as session:
        session.add(account)
    return account


async def assignee(database: Database, case: Case) -> tuple[str | None, str]:
    async with database.transaction() as session:
        now = await session.get_one(Case, case.id)
        return now.assignee, now.status


async def test_one_click_takes_it(visit: Visit, filed: Filed, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    assert "أتولاه أنا" in (await omar.get(page)).text
    for _ in range(2):
        taken = await omar.post(f"{page}/assign", data={"to": "omar", "key": KEY})
        assert taken.headers["location"] == f"{page}?done=assigned"
    assert await assignee(database, filed.pothole) == ("omar", "assigned")
    shown = (await omar.get(f"{page}?done=assigned")).text
    assert "أُحيل الطلب" in shown
    assert "أتولاه أنا" not in shown
    assert "<bdi>Omar</bdi></dd>" in shown


async def test_a_colleague_gets_it_and_nobody_else_is_offered(
    visit: Visit, filed: Filed, muna: Account, database: Database
) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    shown = (await omar.get(page)).text
    assert '<option value="muna">Muna</option>' in shown
    assert "sara" not in shown
    await omar.post(f"{page}/assign", data={"to": "muna", "key": KEY})
    assert await assignee(database, filed.pothole) == ("muna", "assigned")
    assert "أُحيل إلى</strong>" in (await omar.get(page)).text


async def test_people_of_elsewhere_are_refused_in_words(visit: Visit, filed: Filed, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    refused = await omar.post(f"{page}/assign", data={"to": "sara", "key": KEY})
    assert (refused.status_code, "ليس من جهة الطلب" in refused.text) == (422, True)
    assert await assignee(database, filed.pothole) == (None, "received")


@pytest.mark.parametrize(("who", "status"), [("amal", 403), ("sara", 404), ("adel", 303), (None, 303)])
async def test_who_may_say_who_works_on_it(visit: Visit, filed: Filed, who: str | None, status: int) -> None:
    page = f"/console/cases/{filed.pothole.reference}"
    answer = await (await visit(who)).post(f"{page}/assign", data={"to": "omar", "key": KEY})
    assert answer.status_code == status
    assert ("sign-in" in answer.headers.get("location", "")) is (who is None)


async def test_an_agencys_own_system_assigns_too(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        key = await create_key(session, "works", actor="test")
    client, address = await visit(), f"/api/v1/cases/{filed.pothole.reference}/assign"
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "1"}
    for _ in range(2):
        answer = await client.post(address, json={"to": "omar"}, headers=headers)
        assert (answer.status_code, answer.json()["assignee"], answer.json()["status"]) == (201, "omar", "assigned")
    assert (
        await client.post(address, json={"to": "sara"}, headers=headers | {"Idempotency-Key": "2"})
    ).status_code == 422
    assert (await client.post(address, json={"to": "omar"})).status_code == 401
