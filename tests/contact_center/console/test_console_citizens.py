"""A person's page: who looked is noted, messages stop on request, and two of the staff hand out or erase it all."""

from zipfile import ZipFile

import pytest
from desk import OVERFLOW, Filed, OpenPage, Visit, form, says
from playwright.async_api import expect
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.citizens.models import ChannelIdentity, PrivacyRequest
from contact_center.conversations import call_desk
from contact_center.conversations.inbox import conversation_at
from contact_center.database import Database
from contact_center.telephone import service as telephone


async def noted(database: Database) -> list[tuple[str, str, str]]:
    """Who did what to whom with people's data, oldest first."""
    async with database.transaction() as session:
        found = select(AuditEntry).where(AuditEntry.action.startswith("citizen.")).order_by(AuditEntry.id)
        return [(entry.actor, entry.action, entry.subject) for entry in await session.scalars(found)]


async def close(database: Database, filed: Filed) -> None:
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        await service.reply(session, case, "أُصلحت", close=True, actor="account:omar")


async def test_all_that_is_known_of_somebody_is_on_one_page_and_every_look_is_noted(
    visit: Visit, filed: Filed, database: Database
) -> None:
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        await service.note(session, case, "يفضل الاتصال مساءً", actor="account:sami")
        talk = await conversation_at(session, "telegram", "4711")
        assert talk
        await says(session, talk, "9", text="شكرًا لكم")
    amal, home = await visit("amal"), f"/console/citizens/{filed.mariam}"
    led = await amal.get(f"/console/citizens?q={filed.pothole.reference}")
    assert (led.status_code, led.headers["location"]) == (303, home)
    shown = (await amal.get(home)).text
    for part in ("مريم", "4711", filed.pothole.reference, "شكرًا لكم", "يفضل الاتصال مساءً", "Sami"):
        assert part in shown, part
    assert filed.outage.reference not in shown
    said = await amal.get(f"{home}/conversations/{filed.pothole.conversation_id}")
    assert "في حفرة عندنا في الطريق" in said.text
    who, whom = "account:amal", str(filed.mariam)
    assert await noted(database) == [(who, "citizen.open", whom), (who, "citizen.read", whom)]
    assert home in (await amal.get(f"/console/cases/{filed.pothole.reference}")).text
    assert home not in (await (await visit("omar")).get(f"/console/cases/{filed.pothole.reference}")).text


async def test_an_auditor_sees_who_has_looked_at_whom(visit: Visit, filed: Filed) -> None:
    page = f"/console/citizens/{filed.mariam}"
    amal, zain = await visit("amal"), await visit("zain")
    trail = f"/console/audit?subject={filed.mariam}"
    assert trail not in (await amal.get(page)).text
    assert trail in (await zain.get(page)).text
    looked = (await zain.get(trail)).text
    assert looked.count("فتح صفحة شخص</td>") == 2
    assert f'href="{page}"' in looked
    assert "Amal" in looked


async def test_a_conversation_is_read_as_its_own_persons_only(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        other = await call_desk.begin_call(session, "36777888")
        citizen = (await session.get_one(ChannelIdentity, other.identity_id)).citizen_id
    amal = await visit("amal")
    assert (await amal.get(f"/console/citizens/{citizen}/conversations/{other.id}")).status_code == 200
    assert (await amal.get(f"/console/citizens/{filed.mariam}/conversations/{other.id}")).status_code == 404


async def test_the_page_of_a_call_leads_to_who_calls(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        talk = await call_desk.begin_call(session, "36777888")
        await telephone.typed(session, talk, "amal")
        citizen = (await session.get_one(ChannelIdentity, talk.identity_id)).citizen_id
    amal = await visit("amal")
    assert f"/console/citizens/{citizen}" in (await amal.get(f"/console/calls/{talk.id}")).text
    shown = await amal.get(f"/console/citizens/{citizen}")
    assert "+97336777888" in shown.text


async def test_messages_stop_and_start_as_the_person_asks(visit: Visit, filed: Filed, database: Database) -> None:
    amal = await visit("amal")
    page = f"/console/citizens/{filed.mariam}"
    address = f"{page}/identities/{filed.pothole.identity_id}/messages"

    async def since() -> object:
        async with database.transaction() as session:
            return (await session.get_one(ChannelIdentity, filed.pothole.identity_id)).opted_out_at

    for wanted, done in (("false", "messages_off"), ("false", "unchanged"), ("true", "messages_on")):
        answer = await amal.post(address, data={"wanted": wanted})
        assert answer.headers["location"] == f"{page}?done={done}"
        assert (await since() is None) is (wanted == "true")
    actions = [action for _, action, _ in await noted(database)]
    assert actions == ["citizen.messages_off", "citizen.messages_on"]
    strange = f"/console/citizens/{filed.mariam}/identities/{filed.mariam}/messages"
    assert (await amal.post(strange, data={"wanted": "false"})).status_code == 404


async def test_one_asks_another_approves_and_both_see_it_at_once(
    open_page: OpenPage, filed: Filed, database: Database
) -> None:
    await close(database, filed)
    amal, adel = await open_page("amal"), await open_page("adel")
    await adel.goto("/console/citizens")
    await amal.goto("/console/citizens")
    await amal.get_by_label("رقم هاتف أو رقم طلب").fill(filed.pothole.reference)
    await amal.keyboard.press("Enter")
    await amal.wait_for_url(f"**/citizens/{filed.mariam}")
    for number, kind in enumerate(("نسخة من البيانات", "محو البيانات"), start=1):
        await amal.get_by_label(kind).check()
        await amal.get_by_label("كيف تأكدت").select_option("called_back")
        await amal.get_by_role("button", name="سجّل الطلب").press("Enter")
        await expect(amal.locator(".asked li")).to_have_count(number)
        await expect(amal.get_by_text("سُجّل الطلب، وينتظر موافقة موظف آخر")).to_be_visible()
    await expect(amal.get_by_role("button", name="أوافق")).to_have_count(0)
    await expect(adel.locator("#requests tbody tr")).to_have_count(2)
    await expect(adel.locator("#nav .count.new")).to_have_text("٢")
    await adel.get_by_role("link", name="افتح صفحة الشخص").first.press("Enter")
    await adel.get_by_role("button", name="أوافق على تسليم البيانات").press("Enter")
    await expect(adel.get_by_role("link", name="نزّل البيانات")).to_have_count(0)
    fetch = amal.get_by_role("link", name="نزّل البيانات")
    async with amal.expect_download() as coming:
        await fetch.press("Enter")
    held = ZipFile(await (await coming.value).path())
    assert "في حفرة عندنا في الطريق" in held.read("person.json").decode()
    assert len(held.namelist()) == 2
    await adel.get_by_role("button", name="أوافق على المحو").press("Enter")
    await expect(adel.get_by_text("بقيت أرقام الطلبات وأوقاتها للإحصاء فقط")).to_be_visible()
    await expect(adel.get_by_text("مريم")).to_have_count(0)
    await amal.reload()
    await expect(amal.get_by_text("مريم")).to_have_count(0)
    await amal.goto(f"/console/cases/{filed.pothole.reference}")
    await expect(amal.locator("main")).to_contain_text("مُحيت بيانات مقدم الطلب")
    actions = [(who.partition(":")[2], action.partition(".")[2]) for who, action, _ in await noted(database)]
    assert [each for each in actions if each[1] not in ("open", "read")] == [
        ("amal", "ask"), ("amal", "ask"), ("adel", "approve"), ("amal", "download"), ("adel", "approve"),
    ]  # fmt: skip


async def test_an_open_case_and_ones_own_request_are_in_the_way_and_it_is_said(
    visit: Visit, filed: Filed, database: Database
) -> None:
    amal, page = await visit("amal"), f"/console/citizens/{filed.mariam}"
    asked = {"kind": "erasure", "recognised": "identity_card"}
    answer = await amal.post(f"{page}/requests", data=asked, follow_redirects=True)
    assert "لهذا الشخص طلبات قيد المتابعة" in answer.text
    await close(database, filed)
    await amal.post(f"{page}/requests", data=asked)
    async with database.transaction() as session:
        request = (await session.scalars(select(PrivacyRequest))).one()
        await service.file(session, form(identity_id=filed.pothole.identity_id))
    own = await amal.post(f"/console/citizens/requests/{request.id}/approve", follow_redirects=True)
    assert "يوافق على الطلب موظف آخر" in own.text
    late = await (await visit("adel")).post(f"/console/citizens/requests/{request.id}/approve", follow_redirects=True)
    assert "لهذا الشخص طلبات قيد المتابعة" in late.text
    assert (await amal.post(f"{page}/requests", data=asked | {"kind": "everything"})).status_code == 422


@pytest.mark.parametrize("width", [400, 1366])
async def test_no_page_about_a_person_is_wider_than_its_window(
    open_page: OpenPage, filed: Filed, database: Database, width: int
) -> None:
    async with database.transaction() as session:
        talk = await call_desk.begin_call(session, "39123456")
        await telephone.typed(session, talk, "amal")
        await telephone.wrap_up(session, talk.id, "informed", "سألت عن الحفرة وقالت إنها تتصل باجر", None, "amal")
    page = await open_page("amal", width)
    for language in ("ar", "en"):
        her_talk = f"/{filed.mariam}/conversations/{filed.pothole.conversation_id}"
        for where in ("", "?q=39123456", f"/{filed.mariam}", her_talk):
            await page.goto(f"/console/citizens{where}")
            assert await page.evaluate(OVERFLOW) <= 0, (language, where)
        if language == "ar":
            await page.get_by_role("button", name="English").click()
            await expect(page.locator("html")).to_have_attribute("lang", "en")
