"""The queue of what is to be routed on: for whom it is, sent on in one step, kept, and sent on when an agency joins."""

import pytest
from desk import Filed, Visit, form, talk_on_telegram
from sqlalchemy import select

from contact_center.accounts.api_keys import create_key
from contact_center.agencies.models import Agency
from contact_center.cases import service
from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations.models import OutboxMessage
from contact_center.database import Database

PAGE = "/console/routing"
KEY = "0123456789abcdef"


async def joins(database: Database, code: str, *, joined: bool) -> None:
    async with database.transaction() as session:
        (await session.get_one(Agency, code)).joined = joined


@pytest.fixture
async def waiting(database: Database, filed: Filed) -> list[Case]:
    """Two cases that wait: a pothole for works, which has not joined, and one of which it is not clear whose it is."""
    await joins(database, "works", joined=False)
    async with database.transaction() as session:
        talk = await talk_on_telegram(session, "4712", "في حفرة ثانية")
        hole = await service.file(session, form(conversation_id=talk.id, identity_id=talk.identity_id))
        unclear = await service.file(session, form(category="other.unclear", description="شي مو واضح"))
    return [hole, unclear]


async def state(database: Database, case: Case) -> tuple[str, bool, list[str]]:
    async with database.transaction() as session:
        kinds = select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
        now_ = await session.get_one(Case, case.id)
        return now_.agency, now_.routing_since is not None, list(await session.scalars(kinds))


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 303), ("amal", 403), ("omar", 403), ("huda", 403), ("sara", 403), ("noor", 200), ("adel", 200)],
)
async def test_it_is_for_the_routing_agency_and_administrators(
    visit: Visit, waiting: list[Case], database: Database, who: str | None, status: int
) -> None:
    browser = await visit(who)
    hole = waiting[0].reference
    page = await browser.get(PAGE)
    assert page.status_code == status
    if status == 200:
        return
    assert hole not in page.text
    posts = {f"{PAGE}/{hole}/send": {"agency": "ewa", "key": KEY}, f"{PAGE}/{hole}/keep": {"key": KEY}}
    for address, data in (posts | {f"{PAGE}/joined": {"agency": "works"}}).items():
        assert (await browser.post(address, data=data)).status_code == status
    assert await state(database, waiting[0]) == ("iga", True, ["filed"])
    if who:
        assert f'href="{PAGE}"' not in (await browser.get("/console/")).text


async def test_the_longest_wait_is_on_top_and_says_for_whom(visit: Visit, waiting: list[Case]) -> None:
    text = (await (await visit("noor")).get(PAGE)).text
    assert text.index(waiting[0].reference) < text.index(waiting[1].reference)
    assert "وزارة الأشغال لم تنضم بعد" in text
    assert '<option value="works"' not in text, "nothing can be sent to an agency that has not joined"
    assert '<span class="count">٢</span>' in text


async def test_sent_on_in_one_step_and_the_person_is_told(
    visit: Visit, waiting: list[Case], database: Database
) -> None:
    noor = await visit("noor")
    for _ in range(2):
        answer = await noor.post(f"{PAGE}/{waiting[0].reference}/send", data={"agency": "mun-muharraq", "key": KEY})
        assert answer.status_code == 303
    assert await state(database, waiting[0]) == ("mun-muharraq", False, ["filed", "routed", "transferred"])
    async with database.transaction() as session:
        told = list(await session.scalars(select(OutboxMessage.text).where(OutboxMessage.role == "agency")))
    assert len(told) == 1
    assert "بلدية المحرق" in (told[0] or "")


async def test_kept_it_is_answered_for_the_other(visit: Visit, waiting: list[Case], database: Database) -> None:
    noor, hole = await visit("noor"), waiting[0]
    answer = await noor.post(f"{PAGE}/{hole.reference}/keep", data={"key": KEY})
    assert "done=kept" in answer.headers["location"]
    assert await state(database, hole) == ("iga", False, ["filed", "routed"])
    page = await noor.get(f"/console/cases/{hole.reference}")
    assert ("نيابة عن" in page.text, "خرج من قائمة التوجيه" in page.text) == (True, True)
    assert hole.reference not in (await noor.get(PAGE)).text


@pytest.mark.parametrize("agency", ["works", "nobody", "iga"])
async def test_not_where_it_cannot_go(visit: Visit, waiting: list[Case], database: Database, agency: str) -> None:
    noor = await visit("noor")
    answer = await noor.post(f"{PAGE}/{waiting[0].reference}/send", data={"agency": agency, "key": KEY})
    assert "done=gone" in answer.headers["location"]
    assert await state(database, waiting[0]) == ("iga", True, ["filed"])


async def test_only_what_is_here_is_sent_on_from_here(visit: Visit, filed: Filed, database: Database) -> None:
    adel = await visit("adel")
    answer = await adel.post(f"{PAGE}/{filed.pothole.reference}/send", data={"agency": "ewa", "key": KEY})
    assert "done=gone" in answer.headers["location"]
    assert (await state(database, filed.pothole))[0] == "works"


async def test_when_an_agency_joins_its_cases_are_offered_and_sent_on_together(
    visit: Visit, waiting: list[Case], database: Database
) -> None:
    noor = await visit("noor")
    assert "حوّلها كلها" not in (await noor.get(PAGE)).text
    early = await noor.post(f"{PAGE}/joined", data={"agency": "works"})
    assert "done=gone" in early.headers["location"]
    await joins(database, "works", joined=True)
    assert "حوّلها كلها" in (await noor.get(PAGE)).text
    await noor.post(f"{PAGE}/joined", data={"agency": "works"})
    assert (await state(database, waiting[0]))[:2] == ("works", False)
    assert (await state(database, waiting[1]))[:2] == ("iga", True)
    assert "حوّلها كلها" not in (await noor.get(PAGE)).text


async def test_the_figures_over_the_api(visit: Visit, waiting: list[Case], database: Database) -> None:
    browser = await visit(None)
    address = "/api/v1/figures/routing"
    assert (await browser.get(address)).status_code == 401
    async with database.transaction() as session:
        key = await create_key(session, "figures", actor="test")
    headers = {"Authorization": f"Bearer {key}"}
    first = (await browser.get(address, headers=headers)).json()
    assert (first["waiting"], first["left"], first["median_hours"], first["p95_hours"]) == (2, 0, None, None)
    await (await visit("noor")).post(f"{PAGE}/{waiting[0].reference}/keep", data={"key": KEY})
    second = (await browser.get(address, headers=headers)).json()
    assert (second["waiting"], second["left"]) == (1, 1)
    assert second["median_hours"] is not None
    before = {"since": "2020-01-01T00:00:00+03:00", "until": "2020-02-01T00:00:00+03:00"}
    assert (await browser.get(address, params=before, headers=headers)).json()["left"] == 0
    unzoned = await browser.get(address, params={"since": "2020-01-01T00:00:00"}, headers=headers)
    assert unzoned.status_code == 422
