"""Role by agency by page: everyone sees what they may, and nothing else."""

import pytest
from desk import Filed, Visit
from fastapi import FastAPI

from contact_center.attachments import service as attachments
from contact_center.database import Database

NOBODY, AMAL, OMAR, SARA, ADEL = None, "amal", "omar", "sara", "adel"
PEOPLE = [NOBODY, AMAL, OMAR, SARA, ADEL]
KEY = "0123456789abcdef"

PAGES = {
    "/console/": {AMAL: 200, OMAR: 200, SARA: 200, ADEL: 200, NOBODY: 303},
    "/console/cases": {AMAL: 200, OMAR: 200, SARA: 200, ADEL: 200, NOBODY: 303},
    "/console/cases/{pothole}": {AMAL: 200, OMAR: 200, SARA: 404, ADEL: 200, NOBODY: 303},
    "/console/cases/{outage}": {AMAL: 200, OMAR: 404, SARA: 200, ADEL: 200, NOBODY: 303},
    "/console/attachments/{picture}": {AMAL: 200, OMAR: 200, SARA: 404, ADEL: 200, NOBODY: 303},
    "/console/calls/new": {AMAL: 200, OMAR: 403, SARA: 403, ADEL: 200, NOBODY: 303},
    "/console/choices": {AMAL: 200, OMAR: 403, SARA: 403, ADEL: 200, NOBODY: 303},
}
CHANGES = [
    ("/console/calls", {"phone": "39123456"}, {AMAL: 303, OMAR: 403, SARA: 403, ADEL: 303, NOBODY: 303}),
    (
        "/console/cases/{pothole}/status",
        {"status": "in_progress"},
        {AMAL: 403, OMAR: 303, SARA: 404, ADEL: 303, NOBODY: 303},
    ),
    ("/console/cases/{pothole}/reply", {"text": "أُصلحت"}, {AMAL: 403, OMAR: 303, SARA: 404, ADEL: 303, NOBODY: 303}),
    (
        "/console/cases/{outage}/status",
        {"status": "withdrawn"},
        {AMAL: 303, OMAR: 404, SARA: 403, ADEL: 303, NOBODY: 303},
    ),
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


async def test_an_officer_finds_only_the_agencys_cases_however_they_search(visit: Visit, filed: Filed) -> None:
    omar = await visit("omar")
    for query in ("", "?agency=ewa", "?q=الكهرباء", f"?q={filed.outage.reference}", "?status=open", "?filed=today"):
        text = (await omar.get(f"/console/cases{query}", follow_redirects=True)).text
        assert "الكهرباء مقطوعة" not in text, query
        assert f"/cases/{filed.outage.reference}" not in text, query
    assert filed.pothole.reference in (await omar.get("/console/cases")).text


async def test_the_figures_on_the_first_page_are_the_agencys_own(visit: Visit, filed: Filed) -> None:
    for who, count in (("omar", "١"), ("sara", "١"), ("amal", "٢")):
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


async def test_officers_have_no_part_in_calls_over_the_api_either(visit: Visit) -> None:
    answers = [(await (await visit(who)).post("/api/v1/calls", json={"phone": None})).status_code for who in PEOPLE]
    assert answers == [401, 201, 403, 403, 201]
