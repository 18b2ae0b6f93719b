"""What was escalated, on its page and in the head of every page; and who opens what nobody else is there for."""

import re

import pytest
from desk import Filed, Visit
from sqlalchemy import update

from contact_center.accounts.models import Account
from contact_center.cases.deadline_marks import LEVELS
from contact_center.cases.models import Case
from contact_center.clock import now
from contact_center.database import Database

PAGE = "/console/escalations"
KEY = "0123456789abcdef"


@pytest.fixture
async def late(database: Database, filed: Filed) -> Case:
    """The case of works has gone up to the supervisor."""
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        case.marks = ["approaching", "officer", "breached", "supervisor"]
    return case


def counted(text: str) -> tuple[str, bool] | None:
    """The number in the head of a page, and whether there is something new."""
    found = re.search(r'href="/console/escalations".*?<span class="count( new)?">(.+?)</span></a>', text, re.DOTALL)
    return (found[2], bool(found[1])) if found else None


@pytest.mark.parametrize(
    ("who", "count"), [("omar", "١"), ("sami", "١"), ("huda", "١"), ("sara", None), ("adel", None), ("noor", None)]
)
async def test_it_is_counted_on_every_page_of_those_whom_it_reaches(
    visit: Visit, late: Case, who: str, count: str | None
) -> None:
    browser = await visit(who)
    for page in ("/console/", "/console/cases", PAGE, "/console/nothing-here"):
        text = (await browser.get(page)).text
        assert counted(text) == ((count, True) if count else None), page
        assert f'href="{PAGE}"' in text
    assert (f"/cases/{late.reference}" in (await browser.get(PAGE)).text) is (count is not None)


async def test_the_contact_centre_has_no_such_page(visit: Visit, late: Case) -> None:
    amal = await visit("amal")
    assert PAGE not in (await amal.get("/console/")).text


async def test_opened_it_is_no_longer_new_to_that_person(visit: Visit, late: Case) -> None:
    omar, sami = await visit("omar"), await visit("sami")
    page = (await omar.get(PAGE)).text
    assert (">جديد<" in page, "المشرف" in page) == (True, True)
    await omar.get(f"/console/cases/{late.reference}")
    page = (await omar.get(PAGE)).text
    assert (">جديد<" in page, counted(page)) == (False, ("١", False))
    assert counted((await sami.get(PAGE)).text) == ("١", True)


async def test_an_answered_case_is_on_nobodys_page(visit: Visit, late: Case) -> None:
    omar = await visit("omar")
    await omar.post(f"/console/cases/{late.reference}/reply", data={"text": "أُصلحت", "key": KEY})
    page = (await omar.get(PAGE)).text
    assert (late.reference in page, counted(page)) == (False, None)


async def test_a_head_sees_how_many_stand_at_each_level(visit: Visit, late: Case) -> None:
    shown = {who: (await (await visit(who)).get(PAGE)).text.count('class="figure ') for who in ("omar", "sami", "huda")}
    assert shown == {"omar": 0, "sami": 0, "huda": len(LEVELS)}


async def test_where_nobody_is_there_the_routing_agencys_supervisor_opens_it_but_does_not_speak(
    visit: Visit, late: Case, filed: Filed, database: Database
) -> None:
    noor, address = await visit("noor"), f"/console/cases/{late.reference}"
    picture = f"/console/attachments/{filed.picture}"
    assert [(await noor.get(each)).status_code for each in (address, picture)] == [404, 404]
    async with database.transaction() as session:
        gone = update(Account).where(Account.username.in_(["sami", "huda"])).values(disabled_at=now())
        await session.execute(gone)
    assert counted((await noor.get("/console/")).text) == ("١", True)
    assert "لا أحد في الجهة بهذه الدرجة" in (await noor.get(PAGE)).text
    assert [(await noor.get(each)).status_code for each in (address, picture)] == [200, 200]
    assert f'action="{address}/reply"' not in (await noor.get(address)).text
    said = await noor.post(f"{address}/reply", data={"text": "باسمهم", "key": KEY})
    noted = await noor.post(f"{address}/notes", data={"text": "اتصلنا بالجهة", "key": KEY})
    assert (said.status_code, noted.status_code) == (403, 303)
    assert (await noor.get(f"/console/cases/{filed.outage.reference}")).status_code == 404
