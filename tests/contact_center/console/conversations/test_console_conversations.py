"""The queue of conversations and the page of one, as agents are served them."""

import asyncio
import html
import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from desk import PNG, Filed, Visit, says, talk_on_telegram
from sqlalchemy import select, update
from talks import KEY, taken, wants_somebody

from contact_center.accounts import conversing
from contact_center.accounts.queries import on_duty
from contact_center.attachments.models import Attachment
from contact_center.canned_replies.models import CannedReply
from contact_center.cases.models import Case
from contact_center.channels.base import ChannelCode, DeliveryStatus
from contact_center.clock import now
from contact_center.conversations import outbox
from contact_center.conversations.delivery_status import record_delivery
from contact_center.conversations.models import Conversation, Handoff, OutboxMessage
from contact_center.database import Database

HOME = "/console/conversations"
pytestmark = pytest.mark.usefixtures("there")


def page_of(talk: Conversation) -> str:
    return f"{HOME}/{talk.id}"


def draft_of(talk: Conversation) -> str:
    return f"/api/v1/conversations/{talk.id}/draft"


class TestTheQueue:
    async def test_mine_then_who_waits_longest_then_whom_colleagues_serve(
        self, visit: Visit, database: Database
    ) -> None:
        talks = [await wants_somebody(database, str(n), f"كلام {n}") for n in range(4)]
        await taken(database, talks[1].id, "amal")
        await taken(database, talks[0].id, "adel")
        text = (await (await visit("amal")).get(HOME)).text
        assert re.findall(r"كلام (\d)", text) == ["1", "2", "3", "0"]
        assert "معك ١ من ٤" in text
        assert re.findall(r"<td><bdi>(\w+)</bdi></td>", text) == ["Adel"]
        assert text.count('<span class="mark ">طلب موظفًا</span>') == 4

    async def test_by_language_and_in_the_head_how_many_wait(self, visit: Visit, database: Database) -> None:
        await wants_somebody(database, "1", "ابي موظف")
        await wants_somebody(database, "2", "An agent please", language="en")
        browser = await visit("amal")
        everybody = (await browser.get(HOME)).text
        assert re.search(r'المحادثات\s*<span class="count new">٢</span>', everybody)
        for language, seen in (("ar", (True, False)), ("en", (False, True))):
            text = (await browser.get(f"{HOME}?language={language}")).text
            assert ("ابي موظف" in text, "An agent please" in text) == seen
        assert "conversations" not in (await (await visit("omar")).get("/console/cases")).text

    async def test_of_a_great_many_mine_and_the_longest_waits_are_shown(self, visit: Visit, database: Database) -> None:
        mine = await wants_somebody(database, "mine", "معي أنا")
        await taken(database, mine.id, "amal")
        async with database.transaction() as session:
            for number in range(105):
                talk = await talk_on_telegram(session, f"many{number}")
                since = now() - timedelta(hours=9) + timedelta(minutes=number)
                wish = {"conversation_id": talk.id, "reason": "request", "language": "ar", "requested_at": since}
                session.add(Handoff(**wish))
        text = (await (await visit("amal")).get(HOME)).text
        assert ("معي أنا" in text, text.count("/take"), "وبعدهم في الانتظار: ٦" in text) == (True, 99, True)
        assert re.findall(r"<time[^>]*>([٠-٩]+):", text)[1] == "٥٤٠"

    async def test_what_was_written_last_is_the_persons(self, visit: Visit, database: Database) -> None:
        talk = await wants_somebody(database, "1")
        async with database.transaction() as session:
            await says(session, await session.get_one(Conversation, talk.id), "x", text="وين الموظف <b>؟")
            await outbox.add(session, await session.get_one(Conversation, talk.id), "لحظة")
        text = (await (await visit("amal")).get(HOME)).text
        assert "وين الموظف &lt;b&gt;؟" in text
        assert "لحظة" not in text

    async def test_away_and_back_and_the_next_one(self, visit: Visit, database: Database) -> None:
        talk, browser = await wants_somebody(database, "1"), await visit("amal")
        assert (
            (await browser.post(f"{HOME}/presence", data={"state": "off"})).headers["location"].endswith("?done=away")
        )
        refused = await browser.post(f"{HOME}/next", follow_redirects=True)
        assert "لا يمكن ذلك مع من هو غير متاح" in refused.text
        await browser.post(f"{HOME}/presence", data={"state": "on"})
        assert (await browser.post(f"{HOME}/next")).headers["location"] == page_of(talk)
        nobody = await browser.post(f"{HOME}/next", follow_redirects=True)
        assert "لا ينتظر أحد بلغة من لغاتك" in nobody.text

    async def test_over_capacity_it_is_said_why(self, visit: Visit, database: Database) -> None:
        talks = [await wants_somebody(database, str(n)) for n in range(2)]
        async with database.transaction() as session:
            await conversing.set_conversing(session, "amal", capacity=1, speaks=["ar"], actor="account:adel")
        browser = await visit("amal")
        await browser.post(f"{HOME}/next")
        for address in (f"{HOME}/next", f"{page_of(talks[1])}/take"):
            assert "لا مكان لمحادثة أخرى الآن" in (await browser.post(address, follow_redirects=True)).text


class TestOne:
    async def test_everything_said_with_how_far_it_came(self, visit: Visit, database: Database) -> None:
        talk = await wants_somebody(database, "1")
        await taken(database, talk.id, "amal")
        browser = await visit("amal")
        for number, text in enumerate(("أولى", "ثانية", "ثالثة", "رابعة", "خامسة")):
            sent = await browser.post(f"{page_of(talk)}/messages", data={"text": text, "key": f"{KEY}{number}"})
            assert sent.status_code == 201
        async with database.transaction() as session:
            await outbox.add(session, await session.get_one(Conversation, talk.id), "تم الردم", role="agency")
            for text, status in (("ثانية", "sent"), ("ثالثة", "delivered"), ("رابعة", "read"), ("خامسة", "failed")):
                await session.execute(update(OutboxMessage).where(OutboxMessage.text == text).values(status=status))
        await browser.post(f"{page_of(talk)}/notes", data={"text": "زبون دائم", "key": KEY})
        state = (await browser.get(f"{page_of(talk)}/state")).json()
        shown = [(line["role"], line["text"], line["progress"]) for line in state["lines"]]
        assert shown == [
            ("citizen", "في حفرة عندنا", None),
            ("assistant", "سؤال عن: في حفرة عندنا", "في الطريق"),
            ("citizen", "ابي موظف", None),
            ("system", "معاك Amal من مركز الاتصال 👋", "في الطريق"),
            ("agent", "أولى", "في الطريق"),
            ("agent", "ثانية", "أُرسلت"),
            ("agent", "ثالثة", "وصلت"),
            ("agent", "رابعة", "قُرئت"),
            ("agent", "خامسة", "لم تصل"),
            ("agency", "تم الردم", "في الطريق"),
            ("note", "زبون دائم", None),
        ]
        assert len({line["id"] for line in state["lines"]}) == len(shown)
        assert (state["standing"], state["agent"], state["expects"]) == ("mine", "Amal", "address")
        assert state["draft"] == {"description": "حفرة", "area": "سند"}
        assert "ملاحظة للزملاء من Amal" in state["lines"][-1]["who"]

    async def test_a_code_that_is_on_its_way_is_for_nobody_here(self, visit: Visit, database: Database) -> None:
        talk = await wants_somebody(database, "1")
        async with database.transaction() as session:
            conversation = await session.get_one(Conversation, talk.id)
            await outbox.add(session, conversation, "رمز «تواصل»: 123456", role=outbox.CODE)
        state = await (await visit("amal")).get(f"{page_of(talk)}/state")
        assert (state.status_code, "123456" in state.text) == (200, False)

    async def test_a_report_of_delivery_wakes_the_page(self, visit: Visit, database: Database, app: object) -> None:
        talk = await wants_somebody(database, "1")
        await taken(database, talk.id, "amal")
        await (await visit("amal")).post(f"{page_of(talk)}/messages", data={"text": "هلا", "key": KEY})
        async with database.transaction() as session:
            (message,) = await session.scalars(select(OutboxMessage).where(OutboxMessage.role == "agent"))
        with app.state.listener.watch(talk.id) as changed:  # type: ignore[attr-defined]
            await asyncio.sleep(0.2)
            changed.clear()
            async with database.transaction() as session:
                report = DeliveryStatus(ChannelCode.TELEGRAM, "x", "read", message_key=str(message.id))
                assert await record_delivery(session, report)
            await asyncio.wait_for(changed.wait(), 5)

    async def test_whoever_does_not_have_it_reads_and_is_refused_by_name(
        self, visit: Visit, database: Database
    ) -> None:
        talk = await wants_somebody(database, "1")
        await taken(database, talk.id, "adel")
        browser = await visit("amal")
        assert (await browser.get(page_of(talk))).status_code == 200
        state = (await browser.get(f"{page_of(talk)}/state")).json()
        assert (state["standing"], state["agent"]) == ("other", "Adel")
        said = await browser.post(f"{page_of(talk)}/messages", data={"text": "أنا بعد", "key": KEY})
        edited = await browser.patch(draft_of(talk), json={"area": "سترة"}, headers={"Idempotency-Key": KEY})
        assert [said.status_code, edited.status_code] == [409, 409]
        for deed, data in (
            ("take", {}),
            ("release", {}),
            ("transfer", {"to": "amal"}),
            ("resolve", {"outcome": "filed"}),
        ):
            answer = await browser.post(f"{page_of(talk)}/{deed}", data=data)
            assert answer.headers["location"] == f"{page_of(talk)}?done=not_yours", deed
        async with database.transaction() as session:
            assert (await session.scalars(select(Handoff.agent))).one() == "adel"
            assert "أنا بعد" not in list(await session.scalars(select(OutboxMessage.text)))

    async def test_a_message_with_the_same_key_goes_once_and_none_is_empty(
        self, visit: Visit, database: Database
    ) -> None:
        talk = await wants_somebody(database, "1")
        await taken(database, talk.id, "amal")
        browser = await visit("amal")
        for text, status in (("هلا", 201), ("هلا", 201), (" ", 422), ("x" * 4001, 422)):
            answer = await browser.post(
                f"{page_of(talk)}/messages", data={"text": text, "key": KEY if status == 201 else f"{KEY}2"}
            )
            assert answer.status_code == status
        async with database.transaction() as session:
            agents = select(OutboxMessage.text).where(OutboxMessage.role == "agent")
            assert list(await session.scalars(agents)) == ["هلا"]

    async def test_a_photo_goes_along_and_is_shown_to_those_who_take_conversations(
        self, visit: Visit, database: Database
    ) -> None:
        talk, other = await wants_somebody(database, "1"), await wants_somebody(database, "2")
        await taken(database, talk.id, "amal")
        browser = await visit("amal")
        photo, program = {"files": ("a.png", PNG)}, {"files": ("a.exe", b"MZ")}
        for files, status in ((photo, 201), (photo, 201), (program, 422)):
            answer = await browser.post(f"{page_of(talk)}/messages", data={"key": f"{KEY}{status}"}, files=files)
            assert answer.status_code == status
        async with database.transaction() as session:
            assert len(list(await session.scalars(select(Attachment.id)))) == 1, (
                "sent twice with one key it is kept once"
            )
        state = (await browser.get(f"{page_of(talk)}/state")).json()
        (file,) = state["lines"][-1]["files"]
        assert (file["name"], file["picture"]) == ("a.png", True)
        assert (await browser.get(f"{page_of(talk)}/files/{file['id']}")).content == PNG
        assert (await browser.get(f"{page_of(other)}/files/{file['id']}")).status_code == 404
        assert (await browser.get(f"/console/attachments/{file['id']}")).status_code == 404

    async def test_what_the_person_sent_is_shown(self, visit: Visit, filed: Filed, database: Database) -> None:
        async with database.transaction() as session:
            talk = await session.get_one(Conversation, filed.pothole.conversation_id)
            picture = {"kind": "photo", "source": "x", "attachment_id": filed.picture}
            await says(session, talk, "pic", media=[picture])
        browser = await visit("amal")
        state = (await browser.get(f"{page_of(talk)}/state")).json()
        assert [file["id"] for file in state["lines"][-1]["files"]] == [filed.picture]
        assert (await browser.get(f"{page_of(talk)}/files/{filed.picture}")).content == PNG

    async def test_canned_replies_read_as_they_will_be_sent(
        self, visit: Visit, filed: Filed, database: Database
    ) -> None:
        alone = await wants_somebody(database, "1")
        titles = {"title_ar": "ترحيب", "title_en": "Welcome"}
        async with database.transaction() as session:
            for code, agency, words in (
                ("hello", None, "هلا {name}، معاك مركز الاتصال."),
                ("theirs", "works", "نزوركم"),
            ):
                session.add(CannedReply(code=code, agency=agency, text_ar=words, text_en=words, **titles))
        offered = {}
        for talk in (filed.pothole.conversation_id, alone.id):
            text = (await (await visit("amal")).get(f"{HOME}/{talk}")).text
            kept = html.unescape(re.findall(r'data-canned="([^"]*)"', text)[0])
            offered[talk] = [reply["text"] for reply in json.loads(kept)]
        assert "هلا مريم، معاك مركز الاتصال." in offered[alone.id]
        assert len(offered[alone.id]) == 5, "of the shipped, those that name nothing of a case"
        with_case = offered[filed.pothole.conversation_id]
        assert any(filed.pothole.reference in text for text in with_case)
        assert "نزوركم" not in with_case, "an agency's own are for the agency"

    async def test_a_call_has_a_page_of_its_own(self, visit: Visit, database: Database) -> None:
        browser = await visit("amal")
        call = (await browser.post("/api/v1/calls", json={"phone": None})).json()["conversation"]
        for path in ("", "/state"):
            assert (await browser.get(f"{HOME}/{call}{path}")).status_code == 404

    async def test_handed_back_ended_and_passed_on(self, visit: Visit, database: Database) -> None:
        deeds = {"release": {}, "resolve": {"outcome": "informed"}, "transfer": {"to": "adel"}}
        browser = await visit("amal")
        for number, (deed, data) in enumerate(deeds.items()):
            talk = await wants_somebody(database, str(number))
            await browser.post(f"{page_of(talk)}/take")
            done = await browser.post(f"{page_of(talk)}/{deed}", data=data, follow_redirects=True)
            assert (done.status_code, str(done.url.path)) == (200, HOME)
            assert 'class="notice good"' in done.text
        async with database.transaction() as session:
            stand = select(Handoff.status, Handoff.outcome, Handoff.agent).order_by(Handoff.requested_at)
            assert [tuple(row) for row in await session.execute(stand)] == [
                ("ended", None, "amal"),
                ("ended", "informed", "amal"),
                ("active", None, "adel"),
            ]

    async def test_the_waiting_time_is_since_they_asked(self, visit: Visit, database: Database) -> None:
        await wants_somebody(database, "1")
        async with database.transaction() as session:
            await session.execute(update(Handoff).values(requested_at=now() - timedelta(minutes=7)))
        assert re.search(r"<time[^>]*>٧:0?٠", (await (await visit("amal")).get(HOME)).text)


class TestTheForm:
    @pytest.mark.usefixtures("worker")
    async def test_the_assistant_takes_it_in_or_says_what_it_could_not(self, visit: Visit, database: Database) -> None:
        talk = await wants_somebody(database, "1")
        await taken(database, talk.id, "amal")
        browser = await visit("amal")
        answers = []
        for number, fields in enumerate(({"block": "745"}, {"area": "أطلنطس"})):
            key = {"Idempotency-Key": f"{KEY}{number}"}
            answers.append((await browser.patch(draft_of(talk), json=fields, headers=key)).json())
        assert [answer["refused"] for answer in answers] == [[], ["area"]]
        assert (answers[0]["draft"]["block"], answers[0]["expects"]) == ("745", "address")
        state = (await browser.get(f"{page_of(talk)}/state")).json()
        assert (state["draft"]["block"], state["draft"]["area"]) == ("745", "سند")
        (line,) = [line for line in state["lines"] if "المجمع" in line["note"]]
        assert line["role"] == "agent"

    async def test_what_is_no_value_is_refused(self, visit: Visit, database: Database) -> None:
        talk = await wants_somebody(database, "1")
        await taken(database, talk.id, "amal")
        browser = await visit("amal")
        for fields in ({"area": ["سند"]}, {"reference": "x"}):
            answer = await browser.patch(draft_of(talk), json=fields, headers={"Idempotency-Key": KEY})
            assert answer.status_code == 422


async def test_an_administrator_says_what_an_agent_can_take(visit: Visit, database: Database) -> None:
    admin, page = await visit("adel"), "/console/staff/accounts/amal"
    done = await admin.post(f"{page}/conversations", data={"capacity": "2", "speaks": "en"}, follow_redirects=True)
    assert "حُفظ ما يتولاه من محادثات" in done.text
    assert 'value="2"' in done.text
    assert "من «\u2068٤\u2069» إلى «\u2068٢\u2069»" in done.text
    for data, words in (({"capacity": "0", "speaks": "en"}, "من ١ إلى ٢٠"), ({"capacity": "2"}, "لغة واحدة على الأقل")):
        refused = await admin.post(f"{page}/conversations", data=data)
        assert (refused.status_code, words in refused.text) == (422, True)
    assert "conversations" not in re.findall(
        r'action="([^"]*)"', (await admin.get("/console/staff/accounts/omar")).text
    )


async def test_who_signs_out_is_away(visit: Visit, database: Database) -> None:
    await (await visit("amal")).post("/console/sign-out")
    async with database.transaction() as session:
        assert [account.username for account in await on_duty(session)] == ["adel"]


async def test_from_a_case_those_who_may_write_find_the_conversation(visit: Visit, filed: Filed) -> None:
    link = f'href="{HOME}/{filed.pothole.conversation_id}"'
    for who, found in (("amal", True), ("omar", False), ("zain", False)):
        page = await (await visit(who)).get(f"/console/cases/{filed.pothole.reference}")
        assert (page.status_code, link in page.text) == (200, found), who


async def test_who_filed_a_case_is_found_with_it(visit: Visit, filed: Filed, database: Database) -> None:
    async with database.transaction() as session:
        case = await session.get_one(Case, filed.pothole.id)
        assert isinstance(case.conversation_id, UUID)
    text = (await (await visit("amal")).get(f"{HOME}/{case.conversation_id}")).text
    assert f"/console/cases/{filed.pothole.reference}" in text
