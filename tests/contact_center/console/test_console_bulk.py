"""One step for many cases: each by itself, once, and for each it is said what happened or why not."""

from html import unescape
from typing import Any

import pytest
from desk import Filed, OpenPage, Visit, form, talk_on_telegram
from playwright.async_api import expect
from sqlalchemy import func, select

from contact_center.accounts.api_keys import create_key
from contact_center.cases import service as cases
from contact_center.cases.models import Case, CaseEvent
from contact_center.conversations.models import OutboxMessage
from contact_center.database import Database

KEY = "0123456789abcdef"
PAGE = "/console/cases/bulk"


@pytest.fixture
async def three(database: Database, filed: Filed) -> list[Case]:
    """Three of works: one with its conversation, one without, and one that is closed."""
    async with database.transaction() as session:
        talk = await talk_on_telegram(session, "4712")
        second = await cases.file(
            session,
            form(description="حفرة ثانية", contact_name=None, conversation_id=talk.id, identity_id=talk.identity_id),
        )
        closed = await cases.file(session, form(description="حفرة ثالثة"))
        await cases.set_status(session, closed, "closed", actor="account:omar")
    return [filed.pothole, second, closed]


async def statuses(database: Database, some: list[Case]) -> list[str]:
    async with database.transaction() as session:
        return [(await session.get_one(Case, case.id)).status for case in some]


def ticked(some: list[Case], do: str, **said: Any) -> dict[str, Any]:
    return {"reference": [case.reference for case in some], "do": do, "key": KEY, **said}


async def test_each_is_done_by_itself_and_once(
    visit: Visit, filed: Filed, three: list[Case], database: Database
) -> None:
    omar = await visit("omar")
    body = ticked([*three, filed.outage], "reply", canned="photo")
    for _ in range(2):
        answer = await omar.post(PAGE, data=body)
        assert answer.status_code == 200
    shown = unescape(answer.text)
    assert "تم لعدد ٢ من ٤." in shown
    assert shown.count("حُفظ الرد") == 2
    assert "حالة الطلب لا تسمح بذلك" in shown
    assert "لا يوجد شيء هنا" in shown
    assert await statuses(database, three) == ["answered", "answered", "closed"]
    async with database.transaction() as session:
        replies = list(
            await session.scalars(select(CaseEvent.text).where(CaseEvent.kind == "reply").order_by(CaseEvent.id))
        )
        told = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.role == "agency")
        assert (len(replies), await session.scalar(told)) == (2, 2)
    assert replies[0] == (
        f"السلام عليكم مريم حسن، عشان نكمل طلبك {three[0].reference} نحتاج صورة واضحة للمكان. ممكن إرسالها هني."
    )
    assert replies[1]
    assert replies[1].startswith(f"السلام عليكم، عشان نكمل طلبك {three[1].reference}")


async def test_what_one_refuses_holds_up_no_other(visit: Visit, three: list[Case], database: Database) -> None:
    omar = await visit("omar")
    answer = await omar.post(PAGE, data=ticked(three, "assign", to="omar"))
    assert "تم لعدد ٢ من ٣." in answer.text
    assert "حالة الطلب لا تسمح بذلك" in answer.text
    assert await statuses(database, three) == ["assigned", "assigned", "closed"]


async def test_statuses_and_agencies_in_bulk(visit: Visit, three: list[Case], database: Database) -> None:
    omar = await visit("omar")
    await omar.post(PAGE, data=ticked(three[:2], "status", status="in_progress", word="الفريق في الطريق"))
    assert await statuses(database, three[:2]) == ["in_progress"] * 2
    async with database.transaction() as session:
        said = (CaseEvent.kind == "status", CaseEvent.text == "الفريق في الطريق")
        assert await session.scalar(select(func.count()).select_from(CaseEvent).where(*said)) == 2
    sent = await omar.post(PAGE, data=ticked(three[:2], "transfer", agency="sce", reason="ليست لنا") | {"key": KEY * 2})
    assert "تم لعدد ٢ من ٢." in sent.text
    assert await statuses(database, three[:2]) == ["transferred"] * 2


async def test_nothing_ticked_and_too_many_are_told(visit: Visit, three: list[Case]) -> None:
    omar = await visit("omar")
    for nothing in (ticked([], "assign", to="omar"), ticked(three, "nothing", to="omar")):
        assert "لم تحدد طلبًا" in (await omar.post(PAGE, data=nothing)).text
    many = ticked([], "assign", to="omar") | {"reference": ["26-0000-0000"] * 101}
    assert (await omar.post(PAGE, data=many)).status_code == 422


@pytest.mark.parametrize(
    ("who", "status", "after"),
    [("amal", 403, "received"), ("sara", 200, "received"), ("adel", 200, "assigned"), (None, 303, "received")],
)
async def test_who_may(
    visit: Visit, filed: Filed, database: Database, who: str | None, status: int, after: str
) -> None:
    client = await visit(who)
    answer = await client.post(PAGE, data=ticked([filed.pothole], "assign", to="omar"))
    assert answer.status_code == status
    assert await statuses(database, [filed.pothole]) == [after]
    offered = (await client.get("/console/cases", follow_redirects=True)).text
    assert ('id="bulk"' in offered) is (who in ("sara", "adel"))


async def test_over_the_api_the_same(visit: Visit, filed: Filed, three: list[Case], database: Database) -> None:
    async with database.transaction() as session:
        key = await create_key(session, "works", actor="test")
    client = await visit()
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "1"}
    body = {"references": [*(case.reference for case in three), "nonsense"], "do": "assign", "to": "omar"}
    for _ in range(2):
        results = (await client.post("/api/v1/cases/bulk", json=body, headers=headers)).json()["results"]
        assert [(one["done"], one["status"], one["error"]) for one in results] == [
            (True, "assigned", None),
            (True, "assigned", None),
            (False, None, "conflict"),
            (False, None, "not_a_reference"),
        ]
    assert (await client.post("/api/v1/cases/bulk", json=body)).status_code == 401
    for wrong in ({"references": []}, {"references": ["1"] * 101}, {"do": "delete"}):
        assert (await client.post("/api/v1/cases/bulk", json=body | wrong, headers=headers)).status_code == 422


async def test_ticked_and_assigned_by_keyboard(
    open_page: OpenPage,
    three: list[Case],
    database: Database,
) -> None:
    page = await open_page("omar")
    await page.goto("/console/cases")
    await page.get_by_label(f"حدد الطلب {three[0].reference}").focus()
    await page.keyboard.press("Space")
    await expect(page.locator("#ticked")).to_have_text("المحدد: ١")
    await page.keyboard.press("Enter")  # sends nothing
    await page.get_by_label("حدد كل ما في الصفحة").focus()
    await page.keyboard.press("Space")
    await expect(page.locator("#ticked")).to_have_text("المحدد: ٢")
    await page.get_by_text("من يتولى الطلب").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="أحِله إلى الزميل").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("تم لعدد ٢ من ٢.")
    assert await statuses(database, three) == ["assigned", "assigned", "closed"]


async def test_a_reply_to_many_goes_with_ctrl_and_enter_as_what_it_is(
    open_page: OpenPage, three: list[Case], database: Database
) -> None:
    page = await open_page("omar")
    await page.goto("/console/cases")
    await page.get_by_label("حدد كل ما في الصفحة").check()
    for opened in await page.locator("form:has([name=do]) summary").all():
        await opened.click()
    await page.locator("form:has([name=do]) textarea[name=text]").fill("أُصلحت كلها")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("status")).to_have_text("تم لعدد ٢ من ٢.")
    assert await statuses(database, three) == ["answered", "answered", "closed"]
