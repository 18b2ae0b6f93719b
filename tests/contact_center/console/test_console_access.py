"""Role by agency by page: everyone sees what they may, and nothing else."""

import pytest
from desk import Filed, Visit
from fastapi import FastAPI

from contact_center.agencies.models import Agency
from contact_center.attachments import service as attachments
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.database import Database

NOBODY, AMAL, OMAR, SAMI, HUDA, SARA, ADEL = None, "amal", "omar", "sami", "huda", "sara", "adel"
PEOPLE = [NOBODY, AMAL, OMAR, SAMI, HUDA, SARA, ADEL]
KEY = "0123456789abcdef"


def each(amal: int, works: int, ewa: int, adel: int) -> dict[str | None, int]:
    """What everybody gets; all of an agency's staff may do what an officer may."""
    return {AMAL: amal, OMAR: works, SAMI: works, HUDA: works, SARA: ewa, ADEL: adel, NOBODY: 303}


PAGES = {
    "/console/": each(200, 200, 200, 200),
    "/console/cases": each(200, 200, 200, 200),
    "/console/escalations": each(403, 200, 200, 200),
    "/console/cases/{pothole}": each(200, 200, 404, 200),
    "/console/cases/{outage}": each(200, 404, 200, 200),
    "/console/attachments/{picture}": each(200, 200, 404, 200),
    "/console/calls/new": each(200, 403, 403, 200),
    "/console/choices": each(200, 403, 403, 200),
}
CHANGES = [
    ("/console/calls", {"phone": "39123456"}, each(303, 403, 403, 303)),
    ("/console/cases/{pothole}/status", {"status": "in_progress"}, each(403, 303, 404, 303)),
    ("/console/cases/{pothole}/reply", {"text": "أُصلحت"}, each(403, 303, 404, 303)),
    ("/console/cases/{pothole}/notes", {"text": "اتصل به"}, each(303, 303, 404, 303)),
    ("/console/cases/{outage}/status", {"status": "withdrawn"}, each(303, 404, 403, 303)),
]


def address(template: str, filed: Filed) -> str:
    return template.format(pothole=filed.pothole.reference, outage=filed.outage.reference, picture=filed.picture)


@pytest.mark.parametrize("who", PEOPLE)
async def test_each_page_is_for_whom_it_is(visit: Visit, filed: Filed, who: str | None) -> None:
    browser = await visit(who)
    seen = {page: (await browser.get(address(page, filed))).status_code for page in PAGES}
    assert seen == {page: allowed[who] for page, allowed in PAGES.items()}


@pytest.mark.parametrize("who", PEOPLE)
async def test_each_change_is_for_whom_it_is(visit: Visit, filed: Filed, who: str | None) -> None:
    browser = await visit(who)
    for page, data, allowed in CHANGES:
        answer = await browser.post(address(page, filed), data=data | {"key": KEY})
        assert answer.status_code == allowed[who], page
        if who is NOBODY:
            assert answer.headers["location"] == "/console/sign-in"


async def test_an_agencys_staff_find_only_its_cases_however_they_search(visit: Visit, filed: Filed) -> None:
    queries = ("", "?agency=ewa", "?q=الكهرباء", f"?q={filed.outage.reference}", "?status=open", "?filed=today")
    for who in (OMAR, SAMI, HUDA):
        browser = await visit(who)
        for query in queries:
            text = (await browser.get(f"/console/cases{query}", follow_redirects=True)).text
            assert "الكهرباء مقطوعة" not in text, (who, query)
            assert f"/cases/{filed.outage.reference}" not in text, (who, query)
        assert filed.pothole.reference in (await browser.get("/console/cases")).text


async def test_the_figures_on_the_first_page_are_the_agencys_own(visit: Visit, filed: Filed) -> None:
    for who, count in (("omar", "١"), ("sami", "١"), ("huda", "١"), ("sara", "١"), ("amal", "٢")):
        text = (await (await visit(who)).get("/console/")).text
        assert f'href="/console/cases?status=open"><b>{count}</b>' in text, who


async def test_a_file_that_belongs_to_no_case_is_shown_to_nobody(
    visit: Visit, filed: Filed, database: Database, app: FastAPI
) -> None:
    async with database.transaction() as session:
        loose = await attachments.record(
            session,
            filed.pothole.conversation_id,  # type: ignore[arg-type]
            "two:0",
            "photo",
            "b.png",
            attachments.StoredFile("0" * 64, "0" * 64, 1, "image/png", "png"),
        )
    for who in ("amal", "adel"):
        assert (await (await visit(who)).get(f"/console/attachments/{loose.id}")).status_code == 404


async def test_the_page_offers_only_what_its_reader_may_do(visit: Visit, filed: Filed) -> None:
    page = f"/console/cases/{filed.pothole.reference}"
    for who, replies, moves in (("amal", False, {"withdrawn"}), ("omar", True, {"assigned", "in_progress", "waiting"})):
        text = (await (await visit(who)).get(page)).text
        assert (f'action="{page}/reply"' in text) is replies, who
        assert {
            name for name in ("assigned", "in_progress", "waiting", "withdrawn") if f'value="{name}"' in text
        } == moves
        assert ("/console/calls/new" in text) is (who == "amal")


async def test_the_contact_centre_reopens_by_the_agencys_rule_and_the_agency_as_it_likes(
    visit: Visit, filed: Filed, database: Database
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Agency, "works")).reopen_times = 0
        await service.reply(
            session, await session.get_one(Case, filed.pothole.id), "أُصلحت", close=True, actor="account:omar"
        )
    page = f"/console/cases/{filed.pothole.reference}"
    for who, status in ((AMAL, 409), (SARA, 404), (SAMI, 303)):
        browser = await visit(who)
        offered = 'value="reopened"' in (await browser.get(page)).text
        answer = await browser.post(f"{page}/status", data={"status": "reopened", "key": KEY})
        assert (answer.status_code, offered) == (status, status == 303), who
        assert ("لا يُفتح هذا الطلب من جديد" in answer.text) is (who == AMAL)


async def test_officers_have_no_part_in_calls_over_the_api_either(visit: Visit) -> None:
    answers = [(await (await visit(who)).post("/api/v1/calls", json={"phone": None})).status_code for who in PEOPLE]
    assert answers == [401, 201, 403, 403, 403, 403, 201]
