"""The call desk and the telephone: who waits, taking them, what is known of them, wrapping up, and the log."""

import asyncio
from datetime import datetime, timedelta

import httpx
import pytest
from desk import Filed, People, Visit, form, says, talk_on_telegram
from fastapi import FastAPI
from phone_desk import MARYAM, waiting
from sqlalchemy import select

from contact_center.accounts.models import AuditEntry
from contact_center.cases import service as cases
from contact_center.channels.base import ChannelCode
from contact_center.citizens.service import identity_for
from contact_center.clock import BAHRAIN, now
from contact_center.console.routes.live import _changes
from contact_center.conversations.inbox import begin
from contact_center.database import Database
from contact_center.telephone.models import Callback, PhoneCall
from contact_center.telephone.service import WAITING
from tests.fakes.twilio import Caller, TwilioServer


async def record(database: Database, caller: Caller) -> PhoneCall:
    async with database.transaction() as session:
        return (await session.scalars(select(PhoneCall).where(PhoneCall.provider_id == caller.sid))).one()


async def at_the_desk(visit: Visit, line: str = "17111111") -> httpx.AsyncClient:
    """Amal, who has said where she is rung."""
    amal = await visit("amal")
    assert (await amal.post("/console/calls/line", data={"line": line})).headers["location"].endswith("done=line")
    return amal


async def take(browser: httpx.AsyncClient, database: Database, caller: Caller) -> httpx.Response:
    call = await record(database, caller)
    return await browser.post(f"/console/calls/queue/{call.id}/take")


async def test_who_waits_is_listed_longest_first_by_name(visit: Visit, filed: Filed, twilio: TwilioServer) -> None:
    for phone in (MARYAM, "anonymous"):
        await waiting(twilio, phone)
    text = (await (await visit("amal")).get("/console/calls")).text
    assert text.index("مريم حسن") < text.index("الرقم محجوب")
    assert text.count("/take") == 2
    assert '<span class="count new">٢</span>' in text


async def test_taking_a_caller_rings_the_agent_and_shows_who_it_is(
    visit: Visit, filed: Filed, twilio: TwilioServer, database: Database
) -> None:
    async with database.transaction() as session:
        identity = await identity_for(session, ChannelCode.WHATSAPP, MARYAM, "مريم", MARYAM)
        talk = await begin(session, ChannelCode.WHATSAPP, MARYAM, identity)
        await says(session, talk, "one", text="وصلت الرافعة ولا بعد؟")
        talk.last_inbound_at = now()
        closed = await cases.file(session, form(category="road.sign"))
        await cases.reply(session, closed, "أُصلحت", close=True, actor="account:omar")
    caller = await waiting(twilio)
    amal = await at_the_desk(visit)
    taken = await take(amal, database, caller)
    await twilio.settled()
    assert caller.ringing == "+97317111111"
    call = await record(database, caller)
    assert taken.headers["location"] == f"/console/calls/{call.conversation_id}"
    text = (await amal.get(taken.headers["location"])).text
    for shown in ("مريم حسن", MARYAM, "العربية", "وصلت الرافعة ولا بعد؟", "واتساب"):
        assert shown in text
    assert text.index("طلبات مفتوحة من هذا الرقم") < text.index(filed.pothole.reference)
    assert text.index("طلبات سابقة من هذا الرقم") < text.index(closed.reference)
    async with database.transaction() as session:
        entries = list(await session.scalars(select(AuditEntry).where(AuditEntry.action == "call.take")))
    assert [(entry.actor, entry.subject) for entry in entries] == [("account:amal", str(call.id))]


async def test_what_was_written_before_today_or_elsewhere_is_not_shown(
    visit: Visit, filed: Filed, twilio: TwilioServer, database: Database
) -> None:
    async with database.transaction() as session:
        identity = await identity_for(session, ChannelCode.WHATSAPP, MARYAM, "مريم", MARYAM)
        talk = await begin(session, ChannelCode.WHATSAPP, MARYAM, identity)
        await says(session, talk, "one", text="كلام قديم")
        talk.last_inbound_at = now() - timedelta(days=1)
        other = await talk_on_telegram(session, "99", "كلام غيرها")
        other.last_inbound_at = now()
    amal = await at_the_desk(visit)
    taken = await take(amal, database, await waiting(twilio))
    text = (await amal.get(taken.headers["location"])).text
    assert "كلام قديم" not in text
    assert "كلام غيرها" not in text


async def test_a_caller_whom_a_colleague_has_is_gone(visit: Visit, twilio: TwilioServer, database: Database) -> None:
    caller = await waiting(twilio)
    amal = await at_the_desk(visit)
    adel = await visit("adel")
    await adel.post("/console/calls/line", data={"line": "client:adel"})
    await take(amal, database, caller)
    assert (await take(adel, database, caller)).headers["location"].endswith("done=gone")
    assert (await record(database, caller)).taken_by == "amal"


async def test_who_has_no_telephone_is_told_so(visit: Visit, twilio: TwilioServer, database: Database) -> None:
    caller = await waiting(twilio)
    amal = await visit("amal")
    assert (await take(amal, database, caller)).headers["location"].endswith("done=no_line")
    bad = await amal.post("/console/calls/line", data={"line": "مكتبي"}, follow_redirects=True)
    assert "ليس رقم هاتف صحيحًا" in bad.text
    assert caller.waits


async def test_a_caller_who_has_just_hung_up_is_taken_off_the_list(
    visit: Visit, twilio: TwilioServer, database: Database
) -> None:
    """Twilio knows before its report arrives."""
    caller = await waiting(twilio)
    caller.ended = True
    amal = await at_the_desk(visit)
    assert (await take(amal, database, caller)).headers["location"].endswith("done=gone")
    assert (await record(database, caller)).state == "ended"


async def test_a_call_that_twilio_does_not_put_through_waits_on(
    visit: Visit, twilio: TwilioServer, database: Database
) -> None:
    caller = await waiting(twilio)
    amal = await at_the_desk(visit)
    twilio.fail_next("Calls/", status=503)
    assert (await take(amal, database, caller)).headers["location"].endswith("done=not_put_through")
    assert (await record(database, caller)).state == "waiting"
    assert (await take(amal, database, caller)).headers["location"].startswith("/console/calls/")
    await twilio.settled()
    assert caller.ringing


async def test_the_page_says_that_the_caller_waits_again_or_is_gone(
    visit: Visit, twilio: TwilioServer, database: Database
) -> None:
    caller = await waiting(twilio)
    amal = await at_the_desk(visit)
    page = (await take(amal, database, caller)).headers["location"]
    await twilio.settled()
    assert (await amal.get(f"{page}/state")).json()["telephone"] is None
    await caller.agent_does_not_answer()
    assert (await amal.get(f"{page}/state")).json()["telephone"] == "waiting"
    await take(amal, database, caller)
    await twilio.settled()
    await caller.agent_hangs_up()
    assert (await amal.get(f"{page}/state")).json()["telephone"] == "ended"
    await amal.post(f"{page}/wrap-up", data={"outcome": "informed"})
    assert (await amal.get(f"{page}/state")).json()["telephone"] is None


async def test_wrapping_up_keeps_the_outcome_the_note_and_when_to_call_back(
    visit: Visit, twilio: TwilioServer, database: Database
) -> None:
    caller = await waiting(twilio)
    amal = await at_the_desk(visit)
    page = (await take(amal, database, caller)).headers["location"]
    at = (datetime.now(BAHRAIN) + timedelta(days=1)).replace(second=0, microsecond=0)
    written = {"outcome": "callback", "note": "يسأل عن الإنارة", "callback_at": at.strftime("%Y-%m-%dT%H:%M")}
    assert (await amal.post(f"{page}/wrap-up", data=written)).headers["location"].endswith("done=wrapped_up")
    await amal.post(f"{page}/wrap-up", data=written)
    call = await record(database, caller)
    assert (call.outcome, call.note) == ("callback", "يسأل عن الإنارة")
    async with database.transaction() as session:
        (callback,) = await session.scalars(select(Callback))
    assert (callback.phone, callback.promised_by, callback.wanted_at) == (MARYAM, "amal", at)
    listed = (await amal.get("/console/calls")).text
    assert f"/console/calls/callbacks/{callback.id}" in listed
    done = f"/console/calls/callbacks/{callback.id}"
    assert (await amal.post(done, data={"result": "reached"})).headers["location"].endswith("done=settled")
    adel = await visit("adel")
    assert (await adel.post(done, data={"result": "not_reached"})).headers["location"].endswith("done=settled_before")
    assert done not in (await amal.get("/console/calls")).text


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ({"outcome": ""}, "اختر نتيجة المكالمة"),
        ({"outcome": "abandoned"}, "اختر نتيجة المكالمة"),
        ({"outcome": "callback"}, "تحتاج موعدًا"),
        ({"outcome": "callback", "callback_at": "2020-01-01T10:00"}, "تحتاج موعدًا"),
        ({"outcome": "callback", "callback_at": "غدًا"}, "تحتاج موعدًا"),
    ],
)
async def test_a_wrap_up_that_cannot_be_kept_is_shown_again(
    visit: Visit, database: Database, written: dict[str, str], fault: str
) -> None:
    amal = await visit("amal")
    page = (await amal.post("/console/calls", data={"phone": "39123456"})).headers["location"]
    answer = await amal.post(f"{page}/wrap-up", data=written | {"note": "كلام لا يضيع"})
    assert answer.status_code == 422
    assert fault in answer.text
    assert "كلام لا يضيع" in answer.text
    async with database.transaction() as session:
        assert (await session.scalars(select(PhoneCall))).one().wrapped_up_at is None


async def test_the_log_holds_every_call_page_by_page(
    visit: Visit, filed: Filed, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contact_center.console.caller_view.LOG_PAGE", 2)
    amal = await visit("amal")
    typed = (await amal.post("/console/calls", data={"phone": "39123456"})).headers["location"]
    await amal.post(f"{typed}/wrap-up", data={"outcome": "abusive", "note": "كلام سيئ"})
    async with database.transaction() as session:
        for number in range(3):
            began = now() - timedelta(minutes=number + 1)
            call = {"state": "ended", "outcome": "hung_up", "began_at": began, "language": "en"}
            session.add(PhoneCall(provider_id=f"CA{number}", phone=f"+9733600000{number}", **call))
    first = (await amal.get("/console/calls/log")).text
    assert first.index("مريم حسن") < first.index("+97336000000")
    for shown in ("إساءة", "كلام سيئ", "Amal", typed):
        assert shown in first
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = (await amal.get(following)).text
    assert "+97336000001" in second
    assert "+97336000002" in second
    assert "+97336000000" not in second
    assert 'rel="next"' not in second
    assert (await amal.get("/console/calls/log?after=nonsense")).status_code == 422


async def test_an_agent_is_told_that_a_number_was_abusive(
    visit: Visit, twilio: TwilioServer, database: Database
) -> None:
    async with database.transaction() as session:
        for days in (1, 40):
            old = {"state": "ended", "outcome": "abusive", "began_at": now() - timedelta(days=days)}
            session.add(PhoneCall(phone=MARYAM, language="ar", **old))
    caller = await waiting(twilio)
    amal = await at_the_desk(visit)
    assert "إساءة سابقة: ١" in (await amal.get("/console/calls")).text
    page = (await take(amal, database, caller)).headers["location"]
    assert "إساءة سابقة: ١" in (await amal.get(page)).text


async def test_the_list_is_told_at_once_when_somebody_calls(
    visit: Visit, people: People, twilio: TwilioServer, app: FastAPI, database: Database
) -> None:
    amal = await visit("amal")
    topics, token = {"callers": WAITING}, amal.cookies["tawasul_staff"]
    news = _changes(database, app.state.listener, topics, token, people.amal, since=0, waits=False)
    coming = asyncio.ensure_future(anext(news))
    await asyncio.sleep(0.1)
    caller = await waiting(twilio)
    assert (await asyncio.wait_for(coming, 1)).event == "callers"
    coming = asyncio.ensure_future(anext(news))
    await caller.hangs_up()
    assert (await asyncio.wait_for(coming, 3)).event == "callers"
    await news.aclose()


async def test_who_comes_back_to_a_page_hears_that_somebody_waits(
    visit: Visit, people: People, twilio: TwilioServer, app: FastAPI, database: Database
) -> None:
    amal = await visit("amal")
    await waiting(twilio)
    token = amal.cookies["tawasul_staff"]
    for waits in (False, True):
        topics = {"callers": WAITING}
        news = _changes(database, app.state.listener, topics, token, people.amal, since=0, waits=waits)
        assert (await asyncio.wait_for(anext(news), 1)).event == "callers"
        await news.aclose()


async def test_machines_list_and_settle_callbacks_too(visit: Visit, twilio: TwilioServer, database: Database) -> None:
    caller = twilio.caller(MARYAM)
    await caller.calls()
    await caller.presses("2")
    amal, omar = await visit("amal"), await visit("omar")
    (wish,) = (await amal.get("/api/v1/callbacks")).json()
    assert (wish["phone"], wish["promised_by"], wish["result"]) == (MARYAM, None, None)
    done = f"/api/v1/callbacks/{wish['id']}/settle"
    assert (await omar.post(done, json={"result": "reached"})).status_code == 403
    assert (await amal.post(done, json={"result": "perhaps"})).status_code == 422
    assert (await amal.post(done, json={"result": "reached"})).json()["result"] == "reached"
    assert (await amal.post(done, json={"result": "reached"})).status_code == 200
    assert (await amal.post(done, json={"result": "not_needed"})).status_code == 409
    assert (await amal.get("/api/v1/callbacks")).json() == []
