"""No page has what axe-core finds wrong: names, roles, contrast, order, language."""

from pathlib import Path
from typing import Any

import pytest
from desk import Filed, OpenPage, People
from filled import a_call_that_was_filed, asked_for, at_the_desk, doubted
from playwright.async_api import Page, expect

from contact_center import console
from contact_center.accounts import saved_filters
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.clock import now
from contact_center.conversations import call_desk
from contact_center.database import Database
from contact_center.telephone import callbacks
from contact_center.telephone import service as telephone
from contact_center.telephone.models import PhoneCall

AXE = Path(console.__file__).parent / "assets/node_modules/axe-core/axe.min.js"
PEOPLE = ("/citizens?q=39123456", "/citizens/{mariam}", "/citizens/{mariam}/conversations/{talk}")
CALLS = ("/calls", "/calls/log", "/calls/{call}", "/conversations", "/conversations/{mine}", "/conversations/{waiting}")
PAGES = {
    "amal": (
        "/",
        "/cases",
        "/cases?q=xyz",
        "/cases?status=open",
        "/cases/{case}",
        "/calls/new",
        "/messages",
        "/nothing-here",
        *CALLS,
        *PEOPLE,
    ),
    "omar": ("/cases", "/cases/{case}", "/cases/{answered}", "/escalations", "/compliments"),
    "noor": ("/routing", "/escalations"),
    "adel": (
        "/configuration",
        "/configuration/kinds/category",
        "/configuration/kinds/agency/entries/ewa",
        "/configuration/kinds/template",
        "/configuration/kinds/template/new",
        "/configuration/kinds/hours/entries/offices",
        "/configuration/calendar",
        "/configuration/history",
        "/configuration/catalogue",
        "/unclear",
        "/unclear/{unclear}",
        "/unclear?which=chosen",
        "/staff",
        "/staff/new",
        "/staff/accounts/omar",
        "/staff/accounts/amal",
        "/conversations/{mine}",
        "/keys",
        "/audit",
        "/account",
        "/account/two-factor",
    ),
    "zain": (
        "/",
        "/cases/{case}",
        "/configuration/kinds/agency/entries/ewa",
        "/staff/accounts/omar",
        "/keys",
        "/citizens/{mariam}",
        "/unclear/{unclear}",
    ),
}


async def violations(page: Page) -> list[str]:
    """What axe-core finds on a page: the rule, and the elements. Dark, the rules on colours look again."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = await _run(page, "undefined")
    await page.emulate_media(color_scheme="dark")
    found += await _run(page, "{runOnly: ['color-contrast', 'link-in-text-block']}")
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


async def _run(page: Page, options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await page.evaluate(f"axe.run({options}).then(result => result.violations)")
    return found


@pytest.fixture
async def places(database: Database, filed: Filed, people: People) -> dict[str, str]:
    """What pages are about: cases, one that waits and one that was answered; a call, and another caller who waits."""
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        await service.reply(session, case, "تم الردم", close=False, actor="account:omar")
        talk = await call_desk.begin_call(session, case.contact_phone)
        await telephone.typed(session, talk, "amal")
        caller = {"language": "en", "phone": "+97336001122", "began_at": now()}
        session.add(PhoneCall(provider_id="CA1", state="waiting", waiting_since=now(), **caller))
        abusive = PhoneCall(provider_id="CA2", state="ended", outcome="abusive", note="كلام سيئ", **caller)
        session.add(abusive)
        await session.flush()
        await callbacks.ask(session, abusive, "+97336001122")
        await saved_filters.save(session, people.amal, "المفتوحة", "status=open")
        unclear = await doubted(session)
        await a_call_that_was_filed(session, talk)
        await service.note(session, case, "يفضل الاتصال مساءً", actor="account:amal")
        await asked_for(session, filed)
        talks = {"call": str(talk.id), "unclear": str(unclear)} | await at_the_desk(session)
    cases = {"case": filed.pothole.reference, "answered": filed.pothole.reference}
    return cases | talks | {"mariam": str(filed.mariam), "talk": str(filed.pothole.conversation_id)}


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("who", PAGES)
async def test_no_page_is_in_anybodys_way(open_page: OpenPage, places: dict[str, str], who: str, language: str) -> None:
    page = await open_page(who, forgiving=True)
    if language == "en":
        await page.get_by_role("button", name="English").click()
    found = {}
    for where in PAGES[who]:
        await page.goto(f"/console{where.format(**places)}")
        assert await page.locator("html").get_attribute("lang") == language
        await expect(page.locator(".to-come")).to_have_count(0)
        found[where] = await violations(page)
    assert found == {where: [] for where in PAGES[who]}


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_nor_is_the_door(open_page: OpenPage, language: str) -> None:
    page = await open_page(None)
    await page.goto(f"/console/sign-in?lang={language}")
    assert await violations(page) == []


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_nor_is_what_opens_on_a_page(open_page: OpenPage, places: dict[str, str], language: str) -> None:
    """The side of a call when all of it is shown, the search of categories, and a photo seen large."""
    page = await open_page("amal", forgiving=True)
    if language == "en":
        await page.get_by_role("button", name="English").click()
    await page.goto(f"/console/calls/{places['call']}")
    await expect(page.locator("#told li")).to_have_count(1)
    await expect(page.locator("#similar li").first).to_be_visible()
    await page.locator("#field-category").fill("انارة")
    await expect(page.locator("#field-category-list [role=option]").first).to_be_visible()
    found = {"call": await violations(page)}
    await page.goto(f"/console/cases/{places['case']}")
    await page.locator("a[data-photo]").first.press("Enter")
    await expect(page.locator("#viewer img")).to_be_visible()
    found["viewer"] = await violations(page)
    assert found == {"call": [], "viewer": []}
