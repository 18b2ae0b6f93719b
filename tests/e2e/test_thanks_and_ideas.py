"""Thanks reach the person they are for, and an idea's owner hears what becomes of it: told where they wrote."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from contact_center.agencies.catalogue import catalogue
from tests.e2e.person import Story
from tests.e2e.system import System
from tests.e2e.talking import Meet, Someone, company

pytestmark = [pytest.mark.usefixtures("no_traceback"), pytest.mark.timeout(240, func_only=True)]

MARYAM = Story("", "", "المنامة", "مريم أحمد", "36112233")


@pytest.fixture
async def meet(system: System) -> AsyncIterator[Meet]:
    """Meets people; when they have gone, all that they were told is looked through."""
    async with company(system) as meet:
        yield meet


def knows(category: str) -> Story:
    return replace(MARYAM, category=catalogue().categories[category].name_ar)


async def hears(someone: Someone, words: str) -> str:
    """All that comes until these words have."""
    heard = await someone.listens()
    while words not in heard:
        heard += await someone.listens()
    return heard


async def passed_on(system: System, reference: str) -> None:
    """An administrator marks in the console that the person was told."""
    username, password = system.admin
    async with httpx.AsyncClient(base_url=system.url, headers={"Origin": system.url}, timeout=60) as browser:
        await browser.post("/console/sign-in", data={"username": username, "password": password})
        answer = await browser.post(f"/console/compliments/{reference}/passed-on")
        assert answer.headers["location"] == "/console/compliments?done=passed_on"


async def test_thanks_to_a_nurse_reach_her(system: System, meet: Meet) -> None:
    someone = await meet("telegram", knows("health.centre"))
    await someone.says("ابي اشكر الممرضة فاطمة حسن في المركز الصحي في مدينة عيسى على تعاملها الطيب مع والدتي")
    case = await someone.files_the_rest()
    assert (case["type"], case["due_at"], case["praised"]) == ("compliment", None, "فاطمة حسن")
    assert "شكراً من القلب" in someone.transcript
    assert "وإلى المسؤول عن فاطمة حسن" in someone.transcript
    await passed_on(system, case["reference"])
    assert case["reference"] in await hears(someone, "وصل إلى فاطمة حسن")
    await someone.says(f"شصار على {case['reference']}")
    assert "موعد" not in someone.heard
    assert "وصل شكرك لأهله" in someone.heard


async def test_an_idea_is_studied_accepted_and_asked_after(system: System, meet: Meet) -> None:
    someone = await meet("webchat", knows("transport.bus"))
    await someone.says("عندي اقتراح، حطوا مظلات عند مواقف الباصات في المنامة لأن الناس توقف في الشمس")
    case = await someone.files_the_rest()
    assert "الرد بالنتيجة" in someone.transcript
    address = f"{system.url}/api/v1/cases/{case['reference']}"
    reply = {"text": "وصلت الفكرة لقسم التخطيط.", "outcome": "under_study", "close": True}
    (await system.http.post(f"{address}/reply", json=reply, headers=system.api)).raise_for_status()
    assert reply["text"] in await hears(someone, "النتيجة: قيد الدراسة")
    further = {"outcome": "accepted"}
    (await system.http.post(f"{address}/outcome", json=further, headers=system.api)).raise_for_status()
    await hears(someone, "النتيجة: مقبول")
    await someone.says(f"شصار على {case['reference']}")
    assert "النتيجة: مقبول" in someone.heard
    assert (await system.case(case["reference"]))["outcome"] == "accepted"
