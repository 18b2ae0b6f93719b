"""The list of cases: what a search and each filter leave, and the way from page to page."""

import re
from datetime import timedelta

import httpx
from desk import Filed, Visit, form
from sqlalchemy import update

from contact_center.accounts.api_keys import create_key
from contact_center.cases import service as cases
from contact_center.cases.assigning import assign
from contact_center.cases.models import Case
from contact_center.clock import now
from contact_center.console.case_list import PAGE
from contact_center.database import Database

LISTED = re.compile(r'href="/console/cases/(\d\d-\d{4}-\d{4})"')


async def listed(client: httpx.AsyncClient, query: str = "") -> list[str]:
    return LISTED.findall((await client.get(f"/console/cases{query}")).text)


async def test_the_newest_case_comes_first(visit: Visit, filed: Filed) -> None:
    assert await listed(await visit("amal")) == [filed.outage.reference, filed.pothole.reference]


async def test_each_search_and_filter_leaves_what_it_says(visit: Visit, filed: Filed, database: Database) -> None:
    pothole, outage = filed.pothole.reference, filed.outage.reference
    async with database.transaction() as session:
        late = update(Case).where(Case.reference == outage).values(due_at=now() - timedelta(days=1))
        await session.execute(late)
        await cases.set_status(session, await session.get_one(Case, filed.pothole.id), "in_progress", actor="system")
    amal = await visit("amal")
    expected = {
        "?q=حفره": [pothole],  # another spelling
        "?q=مريم": [pothole],
        "?q=39123456": [outage, pothole],
        "?q=لا شيء": [],
        "?status=in_progress": [pothole],
        "?status=open": [outage, pothole],
        "?status=closed": [],
        "?agency=works": [pothole],
        "?category=power.outage": [outage],
        "?channel=telegram": [outage, pothole],
        "?channel=sms": [],
        "?due=overdue": [outage],
        "?due=overdue&agency=works": [],
        "?filed=today": [outage, pothole],
    }
    assert {query: await listed(amal, query) for query in expected} == expected


async def test_a_whole_reference_number_leads_to_its_case(visit: Visit, filed: Filed) -> None:
    amal, reference = await visit("amal"), filed.pothole.reference
    arabic_digits = reference.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")).replace("-", " ")
    for typed in (reference, arabic_digits):
        answer = await amal.get("/console/cases", params={"q": typed})
        assert answer.headers["location"] == f"/console/cases/{reference}"


async def test_a_mistyped_reference_number_is_noticed(visit: Visit, filed: Filed) -> None:
    reference = filed.pothole.reference
    wrong = reference[:-1] + str((int(reference[-1]) + 1) % 10)
    assert "فيه خطأ" in (await (await visit("amal")).get("/console/cases", params={"q": wrong})).text


async def test_pages_follow_each_other_without_gap_or_repeat(visit: Visit, database: Database) -> None:
    async with database.transaction() as session:
        references = [(await cases.file(session, form(description=f"حفرة {n}"))).reference for n in range(PAGE + 3)]
    amal = await visit("amal")
    first = await amal.get("/console/cases?status=open")
    older = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert older
    second = await amal.get(older[1].replace("&amp;", "&"))
    assert LISTED.findall(first.text) + LISTED.findall(second.text) == references[::-1]
    assert 'rel="next"' not in second.text
    assert 'rel="first" href="/console/cases?status=open"' in second.text


async def test_an_address_of_no_page_is_told_in_words(visit: Visit) -> None:
    answer = await (await visit("amal")).get("/console/cases?after=nonsense")
    assert answer.status_code == 422
    assert "لم نفهم ما أُرسل" in answer.text


async def test_what_people_write_is_shown_and_never_run(visit: Visit, database: Database) -> None:
    nasty = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)>"
    async with database.transaction() as session:
        case = await cases.file(session, form(description=nasty, contact_name=nasty, area=nasty))
    amal = await visit("amal")
    for address in ("/console/cases", f"/console/cases/{case.reference}", f"/console/cases?q={nasty}"):
        text = (await amal.get(address)).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;" in text


async def test_an_officer_gets_the_agencys_queue_first(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        early, late, ended, stopped = [await cases.file(session, form(description=f"حفرة {n}")) for n in range(4)]
        for case, days in ((late, 3), (early, 1), (ended, 0), (stopped, 0)):
            due = now() + timedelta(days=days)
            await session.execute(update(Case).where(Case.id == case.id).values(due_at=due))
        await cases.set_status(session, ended, "closed", actor="account:omar")
        await cases.set_status(session, stopped, "waiting", actor="account:omar")
    omar = await visit("omar")
    queue = [early.reference, late.reference, filed.pothole.reference, stopped.reference]
    newest = [stopped.reference, ended.reference, late.reference, early.reference, filed.pothole.reference]
    assert await listed(omar) == await listed(omar, "?done=sent_on") == queue
    assert await listed(omar, "?order=due&status=open") == queue
    assert await listed(omar, "?order=newest&status=") == newest
    assert await listed(omar, "?q=حفرة") == newest
    assert (await listed(await visit("amal")))[0] == newest[0]


async def test_ones_own_cases_are_a_list_too(visit: Visit, filed: Filed, database: Database) -> None:
    omar = await visit("omar")
    assert await listed(omar, "?mine=1") == []
    async with database.transaction() as session:
        await assign(session, await session.get_one(Case, filed.pothole.id), "omar", actor="account:adel")
    assert await listed(omar, "?mine=1") == [filed.pothole.reference]
    assert await listed(await visit("sami"), "?mine=1") == []
    assert "<bdi>Omar</bdi></small>" in (await omar.get("/console/cases")).text
    assert 'name="mine"' not in (await (await visit("amal")).get("/console/cases")).text


async def test_the_queue_over_the_api(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        key = await create_key(session, "works", actor="test")
        second = await cases.file(session, form(description="حفرة ثانية"))
        await session.execute(update(Case).where(Case.id == second.id).values(due_at=now()))
    client, headers = await visit(), {"Authorization": f"Bearer {key}"}
    asked = {"status": "open", "order": "due", "agency": "works", "limit": "1"}
    first = (await client.get("/api/v1/cases", params=asked, headers=headers)).json()
    rest = (await client.get("/api/v1/cases", params=asked | {"after": first["next"]}, headers=headers)).json()
    assert [case["reference"] for case in first["cases"] + rest["cases"]] == [
        second.reference,
        filed.pothole.reference,
    ]
    assert rest["next"] is None
    assert (await client.get("/api/v1/cases", params={"status": "nonsense"}, headers=headers)).status_code == 422
    assert (await client.get("/api/v1/cases")).status_code == 401
