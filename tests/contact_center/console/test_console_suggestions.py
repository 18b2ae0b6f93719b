"""An officer answers a suggestion with what becomes of it, and says later how it went on."""

import pytest
from desk import Filed, Visit, form

from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.database import Database

KEY = "0123456789abcdef"


@pytest.fixture
async def idea(database: Database, filed: Filed) -> Case:
    """Works' own."""
    async with database.transaction() as session:
        return await service.file(session, form(type="suggestion", description="ممر مشاة قدام المدرسة"))


async def seen(database: Database, case: Case) -> tuple[str, str | None]:
    async with database.transaction() as session:
        now = await session.get_one(Case, case.id)
        return now.status, now.outcome


async def test_it_is_not_answered_without_an_outcome(visit: Visit, idea: Case, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{idea.reference}"
    assert '<select id="outcome" name="outcome" required>' in (await omar.get(page)).text
    refused = await omar.post(f"{page}/reply", data={"text": "فكرة جميلة", "key": KEY})
    assert (refused.status_code, "اختر نتيجة الاقتراح" in refused.text) == (422, True)
    assert "فكرة جميلة</textarea>" in refused.text
    assert await seen(database, idea) == ("received", None)


async def test_it_is_answered_and_goes_on(visit: Visit, idea: Case, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{idea.reference}"
    assert f"{page}/outcome" not in (await omar.get(page)).text
    answer = {"text": "فكرة جميلة", "outcome": "under_study", "close": "true", "key": KEY}
    assert (await omar.post(f"{page}/reply", data=answer)).headers["location"] == f"{page}?done=replied"
    assert await seen(database, idea) == ("closed", "under_study")
    shown = (await omar.get(page)).text
    assert f'action="{page}/outcome"' in shown
    assert '<option value="under_study">' not in shown
    assert "<p>نتيجة الاقتراح: قيد الدراسة</p>" in shown
    for _ in range(2):
        further = await omar.post(f"{page}/outcome", data={"outcome": "done", "text": "تم في أكتوبر", "key": KEY + "2"})
        assert further.headers["location"] == f"{page}?done=judged"
    assert await seen(database, idea) == ("closed", "done")
    shown = (await omar.get(f"{page}?done=judged")).text
    assert "حُفظت النتيجة" in shown
    assert shown.count("تم في أكتوبر") == 1
    assert f'action="{page}/outcome"' not in shown, "nothing comes after that"


async def test_nothing_of_it_on_a_complaints_page(visit: Visit, filed: Filed, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    assert "نتيجة الاقتراح" not in (await omar.get(page)).text
    refused = await omar.post(f"{page}/reply", data={"text": "تم", "outcome": "done", "key": KEY})
    assert refused.status_code == 422
    assert await seen(database, filed.pothole) == ("received", None)


@pytest.mark.parametrize(("who", "status"), [("amal", 403), ("sara", 404), ("adel", 303), (None, 303)])
async def test_who_may_say_what_becomes_of_it(
    visit: Visit, idea: Case, database: Database, who: str | None, status: int
) -> None:
    async with database.transaction() as session:
        own = await session.get_one(Case, idea.id)
        await service.reply(session, own, "ندرسها", close=False, outcome="under_study", actor="key:x")
    page = f"/console/cases/{idea.reference}"
    answer = await (await visit(who)).post(f"{page}/outcome", data={"outcome": "done", "key": KEY})
    assert answer.status_code == status
    assert ("sign-in" in answer.headers.get("location", "")) is (who is None)
    assert (await seen(database, idea))[1] == ("done" if who == "adel" else "under_study")
