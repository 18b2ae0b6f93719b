"""Role by agency by page: everyone sees what they may, and nothing else."""

import re
from uuid import UUID

import pytest
from desk import Filed, Visit
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from contact_center.agencies.models import Agency
from contact_center.attachments import service as attachments
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.database import Database

NOBODY, AMAL, OMAR, SAMI, HUDA, SARA, ADEL, ZAIN = None, "amal", "omar", "sami", "huda", "sara", "adel", "zain"
PEOPLE = [NOBODY, AMAL, OMAR, SAMI, HUDA, SARA, ADEL, ZAIN]
KEY = "0123456789abcdef"


def each(amal: int, works: int, ewa: int, adel: int, zain: int = 403) -> dict[str | None, int]:
    """What everybody gets; all of an agency's staff may do what an officer may."""
    return {AMAL: amal, OMAR: works, SAMI: works, HUDA: works, SARA: ewa, ADEL: adel, ZAIN: zain, NOBODY: 303}


PAGES = {
    "/console/": each(200, 200, 200, 200, 200),
    "/console/cases": each(200, 200, 200, 200, 200),
    "/console/escalations": each(403, 200, 200, 200),
    "/console/cases/{pothole}": each(200, 200, 404, 200, 200),
    "/console/cases/{outage}": each(200, 404, 200, 200, 200),
    "/console/cases/{pothole}/suggested": each(200, 200, 404, 200, 200),
    "/console/attachments/{picture}": each(200, 200, 404, 200, 200),
    "/console/calls": each(200, 403, 403, 200),
    "/console/calls/log": each(200, 403, 403, 200),
    "/console/calls/new": each(200, 403, 403, 200),
    "/console/conversations": each(200, 403, 403, 200),
    "/console/conversations/{talk}": each(200, 403, 403, 200),
    "/console/conversations/{talk}/state": each(200, 403, 403, 200),
    "/console/conversations/{talk}/files/{picture}": each(200, 403, 403, 200),
    f"/console/conversations/{UUID(int=0)}": each(404, 403, 403, 404),
    "/console/choices": each(200, 403, 403, 200),
    "/console/citizens": each(200, 403, 403, 200, 200),
    "/console/citizens?q={pothole}": each(303, 403, 403, 303, 303),
    "/console/citizens/{mariam}": each(200, 403, 403, 200, 200),
    "/console/citizens/{mariam}/requests": each(200, 403, 403, 200),
    "/console/citizens/{mariam}/conversations/{talk}": each(200, 403, 403, 200, 200),
    f"/console/citizens/requests/{UUID(int=0)}/export": each(404, 403, 403, 404),
    "/console/choices/categories": each(200, 403, 403, 200),
    "/console/messages": each(200, 200, 200, 200, 200),
    "/console/configuration": each(403, 403, 403, 200, 200),
    "/console/unclear": each(403, 403, 403, 200, 200),
    "/console/staff": each(403, 403, 403, 200, 200),
    "/console/staff/new": each(403, 403, 403, 200),
    "/console/staff/accounts/amal": each(403, 403, 403, 200, 200),
    "/console/keys": each(403, 403, 403, 200, 200),
    "/console/audit": each(403, 403, 403, 200, 200),
    "/console/account": each(200, 200, 200, 200, 200),
    "/console/account/two-factor": each(200, 200, 200, 200, 200),
}
CHANGES = [
    ("/console/calls", {"phone": "39123456"}, each(303, 403, 403, 303)),
    ("/console/calls/line", {"line": "17111111"}, each(303, 403, 403, 303)),
    ("/console/conversations/presence", {"state": "on"}, each(303, 403, 403, 303)),
    ("/console/conversations/next", {}, each(303, 403, 403, 303)),
    ("/console/conversations/{talk}/take", {}, each(303, 403, 403, 303)),
    ("/console/conversations/{talk}/messages", {"text": "هلا"}, each(201, 403, 403, 201)),
    ("/console/conversations/{talk}/notes", {"text": "اتصل به"}, each(201, 403, 403, 201)),
    ("/console/conversations/{talk}/transfer", {"to": "nobody"}, each(303, 403, 403, 303)),
    ("/console/conversations/{talk}/release", {}, each(303, 403, 403, 303)),
    ("/console/conversations/{talk}/resolve", {"outcome": "informed"}, each(303, 403, 403, 303)),
    (f"/console/calls/queue/{UUID(int=0)}/take", {}, each(303, 403, 403, 303)),
    (f"/console/calls/{UUID(int=0)}/wrap-up", {"outcome": "informed"}, each(404, 403, 403, 404)),
    (f"/console/calls/callbacks/{UUID(int=0)}", {"result": "reached"}, each(404, 403, 403, 404)),
    ("/console/cases/{pothole}/status", {"status": "in_progress"}, each(403, 303, 404, 303)),
    ("/console/cases/{pothole}/reply", {"text": "أُصلحت"}, each(403, 303, 404, 303)),
    ("/console/cases/{pothole}/notes", {"text": "اتصل به"}, each(303, 303, 404, 303)),
    ("/console/cases/{outage}/status", {"status": "withdrawn"}, each(303, 404, 403, 303)),
    ("/console/citizens/{mariam}/identities/{telegram}/messages", {"wanted": "false"}, each(303, 403, 403, 303)),
    ("/console/citizens/{mariam}/requests", {"kind": "export", "recognised": "called_back"}, each(303, 403, 403, 303)),
    (f"/console/citizens/requests/{UUID(int=0)}/approve", {}, each(404, 403, 403, 404)),
    (f"/console/citizens/requests/{UUID(int=0)}/refuse", {}, each(404, 403, 403, 404)),
    (f"/console/citizens/requests/{UUID(int=0)}/withdraw", {}, each(404, 403, 403, 404)),
    ("/console/staff/new", {"username": "new", "role": "agent"}, each(403, 403, 403, 200)),
    ("/console/staff/accounts/noor", {"role": "agent"}, each(403, 403, 403, 303)),
    ("/console/staff/accounts/noor/password", {}, each(403, 403, 403, 200)),
    ("/console/staff/accounts/noor/two-factor", {}, each(403, 403, 403, 303)),
    ("/console/staff/accounts/noor/disable", {}, each(403, 403, 403, 303)),
    ("/console/staff/accounts/noor/enable", {}, each(403, 403, 403, 303)),
    ("/console/staff/accounts/amal/conversations", {"capacity": "3", "speaks": "ar"}, each(403, 403, 403, 303)),
    ("/console/keys", {"name": "telephone"}, each(403, 403, 403, 200)),
    ("/console/keys/revoke", {"name": "telephone"}, each(403, 403, 403, 303)),
    ("/console/unclear/1", {"intent": "greet"}, each(403, 403, 403, 404)),
    ("/console/unclear/1/dismiss", {}, each(403, 403, 403, 404)),
    ("/console/filters", {"name": "قائمتي", "query": "status=open"}, each(303, 303, 303, 303)),
    (f"/console/filters/{UUID(int=0)}/delete", {}, each(303, 303, 303, 303)),
    ("/console/language", {"language": "en"}, each(303, 303, 303, 303, 303)),
]


def address(template: str, filed: Filed) -> str:
    case = filed.pothole
    return template.format(
        pothole=case.reference,
        outage=filed.outage.reference,
        picture=filed.picture,
        mariam=filed.mariam,
        talk=case.conversation_id,
        telegram=case.identity_id,
    )


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
    assert answers == [401, 201, 403, 403, 403, 403, 201, 403]


async def test_an_auditor_changes_nothing_wherever_they_try(visit: Visit, app: FastAPI) -> None:
    """Not even where a page that is yet to be written forgets to ask."""
    (console,) = [route for route in app.routes if getattr(route, "name", "") == "console"]
    found = iter_route_contexts(console.routes)  # type: ignore[attr-defined]
    changes = [route.path for route in found if "POST" in (getattr(route, "methods", None) or ())]
    own = ("/sign-in", "/sign-out", "/language", "/account")
    tried = [re.sub(r"\{\w+\}", "1", path) for path in changes if not path.startswith(own)]
    assert len(tried) > 25
    zain = await visit(ZAIN)
    answers = {path: (await zain.post(f"/console{path}")).status_code for path in tried}
    assert answers == dict.fromkeys(tried, 403)


async def test_an_auditor_is_offered_no_change(visit: Visit, filed: Filed) -> None:
    zain = await visit(ZAIN)
    own = {"/console/language", "/console/sign-out"}
    pages = [
        "",
        "cases",
        f"cases/{filed.pothole.reference}",
        "messages",
        "citizens",
        f"citizens/{filed.mariam}",
        "unclear",
        "staff",
        "staff/accounts/amal",
        "keys",
        "audit",
    ]
    settings = [
        "",
        "/kinds/agency",
        "/kinds/agency/entries/ewa",
        "/kinds/template",
        "/history",
        "/catalogue",
        "/calendar",
    ]
    for page in (*pages, *(f"configuration{each}" for each in settings)):
        shown = await zain.get(f"/console/{page}")
        assert shown.status_code == 200, page
        forms = re.findall(r'<form[^>]*method="post"[^>]*>', shown.text)
        offered = {re.findall(r'action="([^"]*)"', form)[0] for form in forms} - own
        assert offered <= {"/console/configuration/kinds/agency/entries/ewa"}, page
        assert "/new" not in shown.text, page
    entry = (await zain.get("/console/configuration/kinds/agency/entries/ewa")).text
    assert "<fieldset" in entry
    assert 'class="primary"' not in entry


async def test_an_auditor_reads_whole_conversations(visit: Visit, filed: Filed) -> None:
    page = await (await visit(ZAIN)).get(f"/console/cases/{filed.pothole.reference}")
    assert "في حفرة عندنا في الطريق" in page.text
