"""A case's page: all that is known, the reply, the change of status."""

import re
from datetime import timedelta

import pytest
from desk import PNG, Filed, Visit, form, says, talk_on_telegram
from sqlalchemy import func, select, update

from contact_center.cases import queries
from contact_center.cases import service as cases
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.sla import tick
from contact_center.channels.base import ChannelCode
from contact_center.clock import now
from contact_center.conversations.buttons import token
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.database import Database

KEY = "0123456789abcdef"


async def test_the_page_shows_everything_of_the_case(visit: Visit, filed: Filed) -> None:
    text = (await (await visit("omar")).get(f"/console/cases/{filed.pothole.reference}")).text
    for shown in (
        filed.pothole.reference,
        "حفرة كبيرة في طريق ٣١٢",
        "وزارة الأشغال",
        "مريم حسن",
        "+97339123456",
        "محافظة المحرق",
        "203",
        "شكوى",
        "مستلم",
        "باقي",
        "في حفرة عندنا في الطريق",
        "سؤال عن: في حفرة عندنا في الطريق",
        f'src="/console/attachments/{filed.picture}"',
    ):
        assert shown in text, shown


async def test_the_same_page_in_english(visit: Visit, filed: Filed) -> None:
    adel = await visit("adel")
    await adel.post("/console/language", data={"language": "en"})
    text = (await adel.get(f"/console/cases/{filed.pothole.reference}")).text
    for shown in ("Ministry of Works", "Muharraq Governorate", "Received", "working day", "Complaint"):
        assert shown in text, shown


async def test_a_picture_is_served_as_what_it_is_and_can_run_nothing(visit: Visit, filed: Filed) -> None:
    answer = await (await visit("omar")).get(f"/console/attachments/{filed.picture}")
    assert answer.content == PNG
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("inline")
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_reply_reaches_the_person_once_however_often_it_is_sent(
    visit: Visit, filed: Filed, database: Database
) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    for _ in range(3):
        sent = await omar.post(f"{page}/reply", data={"text": "أُصلحت الحفرة", "close": "true", "key": KEY})
        assert sent.headers["location"] == f"{page}?done=replied"
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        replies = list(
            await session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind == "reply"))
        )
        told = list(await session.scalars(select(OutboxMessage).where(OutboxMessage.role == "agency")))
    assert case.status == "closed"
    assert [(event.actor, event.text) for event in replies] == [("account:omar", "أُصلحت الحفرة")]
    assert len(told) == 1
    assert "وزارة الأشغال" in told[0].text
    assert "أُصلحت الحفرة" in told[0].text
    shown = (await omar.get(f"{page}?done=replied")).text
    assert "حُفظ الرد" in shown
    assert "Omar" in shown


async def test_a_reply_that_comes_too_late_is_not_lost_to_its_writer(
    visit: Visit, filed: Filed, database: Database
) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        await cases.set_status(session, case, "withdrawn", actor="citizen")
    answer = await omar.post(f"{page}/reply", data={"text": "كلام كتبته بعناية", "key": KEY})
    assert answer.status_code == 409
    assert "كلام كتبته بعناية" in answer.text
    assert "تغيّر الطلب في هذه الأثناء" in answer.text


async def test_an_empty_reply_is_told_in_words(visit: Visit, filed: Filed, database: Database) -> None:
    page = f"/console/cases/{filed.pothole.reference}"
    answer = await (await visit("omar")).post(f"{page}/reply", data={"text": "  \n", "key": KEY})
    assert answer.status_code == 422
    assert "اكتب النص أولًا" in answer.text
    async with database.transaction() as session:
        assert (await session.get_one(Case, filed.pothole.id)).status == "received"


async def test_a_status_is_changed_with_a_word_to_the_person(visit: Visit, filed: Filed, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    moved = await omar.post(f"{page}/status", data={"status": "waiting", "text": "أرسلوا صورة أوضح", "key": KEY})
    assert moved.status_code == 303
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        event = (await queries.timeline(session, case.id))[-1]
        told = await session.scalar(select(OutboxMessage.text).where(OutboxMessage.role == "agency"))
    assert (case.status, event.kind, event.actor) == ("waiting", "status", "account:omar")
    assert told
    assert "أرسلوا صورة أوضح" in told
    assert "من «مستلم» إلى «بانتظار مقدم الطلب»" in (await omar.get(page)).text


async def test_no_way_leads_where_the_lifecycle_has_none(visit: Visit, filed: Filed) -> None:
    page = f"/console/cases/{filed.pothole.reference}"
    omar = await visit("omar")
    impossible = {"reopened": 409, "answered": 403, "transferred": 403, "nonsense": 403}
    for status, expected in impossible.items():
        answer = await omar.post(f"{page}/status", data={"status": status, "key": KEY + status})
        assert answer.status_code == expected, status


async def test_the_contact_centre_says_nothing_in_an_agencys_name(
    visit: Visit, filed: Filed, database: Database
) -> None:
    page = f"/console/cases/{filed.pothole.reference}"
    answer = await (await visit("amal")).post(f"{page}/status", data={"status": "withdrawn", "text": "x", "key": KEY})
    assert answer.status_code == 403
    async with database.transaction() as session:
        told = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.role == "agency")
        assert await session.scalar(told) == 0


async def test_an_officer_reads_only_the_talk_that_led_to_the_case(visit: Visit, database: Database) -> None:
    """One person's chat holds complaints to several agencies: each agency sees its own."""
    hour_ago = now() - timedelta(hours=1)
    async with database.transaction() as session:
        talk = await talk_on_telegram(session, "5", "شكوى للكهرباء")
        first = await cases.file(session, form(category="power.outage", conversation_id=talk.id))
        await session.execute(update(Case).values(created_at=hour_ago))
        await session.execute(update(InboxMessage).values(received_at=hour_ago))
        await session.execute(update(OutboxMessage).values(created_at=hour_ago))
    async with database.transaction() as session:
        await says(session, await session.get_one(Conversation, talk.id), "second", text="شكوى للأشغال")
        second = await cases.file(session, form(conversation_id=talk.id))
    seen = {
        who: [text in page for text in ("شكوى للكهرباء", "شكوى للأشغال")]
        for who, case in (("sara", first), ("omar", second), ("amal", first), ("adel", second))
        for page in [(await (await visit(who)).get(f"/console/cases/{case.reference}")).text]
    }
    assert seen == {"sara": [True, False], "omar": [False, True], "amal": [True, True], "adel": [True, True]}


async def test_a_pressed_button_is_shown_by_its_title(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, filed.pothole.conversation_id)
        asked = await session.scalar(select(OutboxMessage.id).where(OutboxMessage.conversation_id == conversation.id))
        assert asked
        await says(session, conversation, "pressed", button=token(asked, 1))
        await says(session, conversation, "photo", media=[{"kind": "photo", "source": "x"}])
    page = (await (await visit("amal")).get(f"/console/cases/{filed.pothole.reference}")).text
    said = re.findall(r'by-citizen">.*?</li>', page, re.DOTALL)
    assert '<p class="words" dir="auto">لا</p>' in said[1]
    assert "صورة" in said[2]


@pytest.mark.parametrize(("phone", "shown"), [("+97339123456", "في رسالة نصية"), (None, "ولا تصله رسالة")])
async def test_staff_are_told_whether_a_reply_reaches_a_caller(
    visit: Visit, database: Database, phone: str | None, shown: str
) -> None:
    async with database.transaction() as session:
        case = await cases.file(session, form(channel=ChannelCode.CALL_CENTER, contact_phone=phone))
    assert shown in (await (await visit("omar")).get(f"/console/cases/{case.reference}")).text


async def test_an_unknown_reference_is_a_page_that_one_understands(visit: Visit, filed: Filed) -> None:
    for reference in ("99", "26-0000-0000", "abc", "1" * 400):
        answer = await (await visit("amal")).get(f"/console/cases/{reference}")
        assert answer.status_code == 404, reference
        assert "لا يوجد شيء هنا" in answer.text


async def test_another_date_is_promised_once_with_its_reason(visit: Visit, filed: Filed, database: Database) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    offered = re.search(r'name="due_on" required min="([0-9-]+)"', (await omar.get(page)).text)
    assert offered
    day_off = await omar.post(
        f"{page}/interim-reply", data={"text": "تأخر المقاول", "due_on": "2020-01-01", "key": KEY}
    )
    assert (day_off.status_code, "اختر يوم عمل" in day_off.text, "تأخر المقاول" in day_off.text) == (422, True, True)
    for _ in range(2):
        body = {"text": "تأخر المقاول", "due_on": offered[1], "key": KEY}
        sent = await omar.post(f"{page}/interim-reply", data=body)
        assert sent.headers["location"] == f"{page}?done=promised"
    shown = (await omar.get(f"{page}?done=promised")).text
    assert "حُفظ الموعد الجديد" in shown
    assert "رد مرحلي بموعد جديد" in shown
    assert 'name="due_on"' not in shown
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        (told,) = await session.scalars(select(OutboxMessage.text).where(OutboxMessage.role == "agency"))
    assert case.due_at.date().isoformat() == offered[1]
    assert "الموعد الجديد" in told


async def test_the_contact_centre_promises_nothing_for_an_agency(visit: Visit, filed: Filed) -> None:
    amal, page = await visit("amal"), f"/console/cases/{filed.pothole.reference}"
    assert 'name="due_on"' not in (await amal.get(page)).text
    body = {"text": "تأخر المقاول", "due_on": "2030-01-02", "key": KEY}
    assert (await amal.post(f"{page}/interim-reply", data=body)).status_code == 403


async def test_what_was_noted_of_the_deadline_stands_in_the_timeline(
    visit: Visit, filed: Filed, database: Database
) -> None:
    await tick(database, filed.pothole.due_at + timedelta(days=60))
    shown = (await (await visit("omar")).get(f"/console/cases/{filed.pothole.reference}")).text
    for words in ("اقترب الموعد", "فات الموعد", "إلى المشرف", "إلى المدير"):
        assert words in shown, words


async def test_while_the_person_owes_an_answer_the_deadline_is_said_to_stand(
    visit: Visit, filed: Filed, database: Database
) -> None:
    async with database.transaction() as session:
        await cases.set_status(session, await session.get_one(Case, filed.pothole.id), "waiting", actor="account:omar")
    assert "متوقف" in (await (await visit("omar")).get(f"/console/cases/{filed.pothole.reference}")).text


async def test_a_case_that_is_not_ours_is_sent_on_with_the_reason(
    visit: Visit, filed: Filed, database: Database
) -> None:
    omar, page = await visit("omar"), f"/console/cases/{filed.pothole.reference}"
    assert '<option value="sce">' in (await omar.get(page)).text
    nowhere = await omar.post(f"{page}/transfer", data={"reason": "ليست لنا", "key": KEY})
    assert (nowhere.status_code, "ليست لنا" in nowhere.text) == (409, True)
    sent = await omar.post(f"{page}/transfer", data={"agency": "sce", "reason": "ليست لنا", "key": KEY})
    assert sent.headers["location"] == "/console/cases?done=sent_on"
    assert "حُوّل الطلب" in (await omar.get(sent.headers["location"])).text
    assert (await omar.get(page)).status_code == 404
    shown = (await (await visit("adel")).get(page)).text
    for words in ("المجلس الأعلى للبيئة", "حُوّل إلى جهة أخرى", "ليست لنا", "Omar"):
        assert words in shown, words


async def test_the_contact_centre_sends_nothing_on(visit: Visit, filed: Filed) -> None:
    amal, page = await visit("amal"), f"/console/cases/{filed.pothole.reference}"
    assert 'name="reason"' not in (await amal.get(page)).text
    body = {"agency": "sce", "reason": "x", "key": KEY}
    assert (await amal.post(f"{page}/transfer", data=body)).status_code == 403


async def test_a_note_is_read_by_staff_and_told_to_nobody(visit: Visit, filed: Filed, database: Database) -> None:
    amal, page = await visit("amal"), f"/console/cases/{filed.pothole.reference}"
    for _ in range(2):
        sent = await amal.post(f"{page}/notes", data={"text": "اتصل مرتين", "key": KEY})
        assert sent.headers["location"] == f"{page}?done=noted"
    assert (await amal.post(f"{page}/notes", data={"text": " ", "key": "f" * 16})).status_code == 422
    shown = (await (await visit("omar")).get(page)).text
    assert shown.count("اتصل مرتين") == 1
    async with database.transaction() as session:
        note = (await session.scalars(select(CaseEvent).where(CaseEvent.kind == "note"))).one()
        assert (note.public, note.actor) == (False, "account:amal")
        assert list(await session.scalars(select(OutboxMessage).where(OutboxMessage.role == "agency"))) == []
