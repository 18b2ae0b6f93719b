"""What is done with a filed case in a conversation, on a real PostgreSQL: whole exchanges, message by message."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from turns import reading, turn

from actions.after_filing.action import AfterFiling
from actions.base import Answer
from actions.case_status import CaseStatus
from contact_center.agencies.models import Agency
from contact_center.attachments.models import Attachment
from contact_center.cases import queries, service
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.new_case import NewCase
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from tests.moved_clock import clock_moved

PHONE = "+97336001122"


@pytest.fixture(autouse=True)
def _here(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database as the action server's own."""
    monkeypatch.setattr("actions.after_filing.action.database", lambda: database)
    monkeypatch.setattr("actions.case_status.database", lambda: database)


class Somebody:
    """Writes from one address; remembers what the assistant does of them."""

    def __init__(self, database: Database, channel: str, conversation: UUID, identity: UUID) -> None:
        self.database, self.channel, self.conversation, self.identity = database, channel, conversation, identity
        self.slots: dict[str, Any] = {}
        self.buttons: list[dict[str, str]] = []

    @classmethod
    async def new(cls, database: Database, channel: str = "telegram", phone: str | None = None) -> "Somebody":
        async with database.transaction() as session:
            address = str(uuid4())
            identity = await identity_for(session, channel, address, None, phone)
            conversation = Conversation(id=uuid4(), channel=channel, address=address, identity_id=identity.id)
            session.add(conversation)
        return cls(database, channel, conversation.id, identity.id)

    async def filed(self, **changed: Any) -> Case:
        form: dict[str, Any] = {
            "type": "complaint", "category": "waste.collection", "description": "زبالة", "governorate": "muharraq",
            "conversation_id": self.conversation, "identity_id": self.identity, "channel": self.channel,
        }  # fmt: skip
        async with self.database.transaction() as session:
            return await service.file(session, NewCase(**(form | changed)))

    async def says(self, text: str = "", intent: str = "nlu_fallback", **given: Any) -> str:
        """Say something; what is answered. The same `message_id` again is the same turn."""
        message_id = given.pop("message_id", str(uuid4()))
        kept = {"language": "ar", **self.slots}
        given = {"channel": self.channel, "message_id": message_id, **given}
        read = reading(text, intent, slots=kept, **given)
        assert read.slots["topic"] == "care", (text, intent)
        asked = replace(turn(text, intent, slots=read.slots, **given), conversation=str(self.conversation))
        answer: Answer = await AfterFiling().act(asked)
        self.slots = {**read.slots, **answer.slots}
        self.buttons = answer.said[-1]["buttons"]
        return "\n".join(said["text"] for said in answer.said)

    async def chooses(self, case: Case) -> str:
        """Press the button of a case."""
        digits = case.reference.replace("-", "")
        assert any(digits in button["payload"] for button in self.buttons)
        return await self.says(intent="inform", payload={"reference": digits})

    @property
    def follow_up(self) -> str:
        """The case that the new one is to name, for which the only button is."""
        (button,) = self.buttons
        intent, _, entities = button["payload"].partition("{")
        assert intent == "/report_complaint"
        return str(json.loads("{" + entities)["follows"])

    @property
    def asked(self) -> str | None:
        return (self.slots.get("care") or {}).get("step")


@pytest.fixture
async def me(database: Database) -> Somebody:
    return await Somebody.new(database)


async def events(database: Database, case: Case) -> list[tuple[str, str | None]]:
    async with database.transaction() as session:
        return [(event.kind, event.text) for event in await queries.timeline(session, case.id)][1:]


async def fresh(database: Database, case: Case) -> Case:
    async with database.transaction() as session:
        return await session.get_one(Case, case.id)


async def rule(database: Database, case: Case, *, days: int, times: int) -> None:
    async with database.transaction() as session:
        agency = await session.get_one(Agency, case.agency)
        agency.reopen_days, agency.reopen_times = days, times


async def answered(database: Database, case: Case, days_ago: float = 0) -> None:
    with clock_moved(-timedelta(days=days_ago)):
        async with database.transaction() as session:
            own = await session.get_one(Case, case.id)
            await service.reply(session, own, "تم الإصلاح", close=True, actor="key:x")


async def moved(database: Database, case: Case, status: str) -> None:
    async with database.transaction() as session:
        await service.set_status(session, await session.get_one(Case, case.id), status, actor="key:x")


class TestAPhotoRightAfterFiling:
    async def sent(self, database: Database, me: Somebody) -> tuple[Case, UUID, str]:
        case = await me.filed()
        me.slots |= {"last_reference": case.reference, "spoken_of": case.reference, "filed_at": now().isoformat()}
        async with database.transaction() as session:
            file = Attachment(
                conversation_id=me.conversation, kind="photo", media_type="image/jpeg", filename="1.jpg", size=1,
                sha256="0" * 64, storage_key=str(uuid4()), source_key="a",
            )  # fmt: skip
            session.add(file)
        question = await me.says(intent="share_attachment", attachments=[{"id": str(file.id), "kind": "photo"}])
        return case, file.id, question

    async def test_is_asked_about_then_added(self, database: Database, me: Somebody) -> None:
        case, file, question = await self.sent(database, me)
        assert "نضيفه للطلب" in question
        assert case.reference in question
        assert [button["payload"] for button in me.buttons] == ["/affirm", "/deny"]
        assert await events(database, case) == []
        added = await me.says("اي", "affirm")
        assert "أضفناها" in added
        assert me.asked == "more"
        async with database.transaction() as session:
            assert (await session.get_one(Attachment, file)).case_id == case.id

    async def test_is_asked_about_in_other_words_after_something_else(self, database: Database, me: Somebody) -> None:
        _, _, question = await self.sent(database, me)
        again = await me.says("ممم")
        assert (again != question, me.asked) == (True, "photo")

    async def test_nothing_is_added_on_a_cancel(self, database: Database, me: Somebody) -> None:
        case, _, _ = await self.sent(database, me)
        await me.says("الغاء", "cancel")
        assert (await events(database, case), me.asked) == ([], None)


class TestAdding:
    async def test_in_one_message(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        said = await me.says(f"ابي اضيف على {case.reference}: الحفرة كبرت", "add_information")
        assert case.reference in said
        assert await events(database, case) == [("information", "الحفرة كبرت")]

    async def test_in_several_until_that_is_all(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await moved(database, case, "waiting")
        assert "شنو نضيف" in await me.says("ابي اضيف على شكوتي", "add_information")
        await me.says("رقم البيت 20", "inform")
        assert (await fresh(database, case)).status == "in_progress"
        await me.says("والريحة صارت اقوى", "report_complaint", category="waste.collection")
        await me.says("بس هذا", "done")
        assert me.asked is None
        assert [text for kind, text in await events(database, case) if kind == "information"] == [
            "رقم البيت 20",
            "والريحة صارت اقوى",
        ]

    async def test_a_repeated_turn_adds_once_and_says_the_same(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        before = dict(me.slots)
        first = await me.says("اضيفوا على شكوتي ان الحفرة كبرت", "add_information", message_id="m1")
        me.slots = before
        assert await me.says("اضيفوا على شكوتي ان الحفرة كبرت", "add_information", message_id="m1") == first
        assert len(await events(database, case)) == 1

    async def test_what_has_ended_is_offered_to_be_reopened_with_it(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        await me.says(f"ابي اضيف على {case.reference}: بعدها مكسورة", "add_information")
        assert me.asked == "reopen"
        await me.says("نعم", "affirm")
        assert (await fresh(database, case)).status == "reopened"
        assert (await events(database, case))[-1] == ("reopened", "بعدها مكسورة")


class TestWithdrawing:
    async def test_asked_once_and_done(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        assert "؟" in await me.says("انحلت المشكلة سكرو الشكوى", "withdraw_case")
        assert (await fresh(database, case)).status == "received"
        before, message = dict(me.slots), str(uuid4())
        first = await me.says("اي", "affirm", message_id=message)
        assert await events(database, case) == [("withdrawn", "انحلت المشكلة سكرو الشكوى")]
        me.slots = before
        assert await me.says("اي", "affirm", message_id=message) == first
        assert len(await events(database, case)) == 1

    async def test_a_photo_that_comes_next_is_not_for_it(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        me.slots |= {"last_reference": case.reference, "spoken_of": case.reference, "filed_at": now().isoformat()}
        await me.says("ابي اسحب شكوتي", "withdraw_case")
        await me.says("اي", "affirm")
        assert me.slots["filed_at"] is None

    async def test_no_leaves_it(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await me.says("ابي اسحب شكوتي", "withdraw_case")
        await me.says("لا", "deny")
        assert ((await fresh(database, case)).status, me.asked) == ("received", None)

    async def test_a_question_in_between_asks_again(self, database: Database, me: Somebody) -> None:
        await me.filed()
        question = await me.says("ابي اسحب شكوتي", "withdraw_case")
        assert await me.says("كم الرسوم", "faq_cost") == question

    async def test_not_twice(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await moved(database, case, "withdrawn")
        said = await me.says(f"اسحبوا {case.reference}", "withdraw_case")
        assert "مسحوب" in said
        assert me.asked is None


class TestReopening:
    async def test_with_the_reason_in_the_message(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        before = dict(me.slots)
        first = await me.says("قالو صلحوه وهو ما تصلح", "reopen_case", message_id="m1")
        assert (await events(database, case))[-1] == ("reopened", "قالو صلحوه وهو ما تصلح")
        me.slots = before
        assert await me.says("قالو صلحوه وهو ما تصلح", "reopen_case", message_id="m1") == first
        assert len(await events(database, case)) == 2

    async def test_the_reason_is_asked_for(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        await me.says("ابي افتح الشكوى مرة ثانية", "reopen_case")
        assert (me.asked, (await fresh(database, case)).status) == ("reason", "closed")
        await me.says("صبغوا على الشق وبس", "report_complaint", category="road.pothole")
        assert (await events(database, case))[-1] == ("reopened", "صبغوا على الشق وبس")

    async def test_after_thirty_days_a_new_one_is_offered(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case, days_ago=31)
        assert "30" in await me.says(f"رجعت المشكلة {case.reference}", "reopen_case")
        assert me.follow_up == case.reference

    async def test_the_agencys_own_days_count(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await rule(database, case, days=10, times=2)
        await answered(database, case, days_ago=11)
        assert "10 أيام" in await me.says(f"رجعت المشكلة {case.reference}", "reopen_case")
        assert me.follow_up == case.reference
        assert (await fresh(database, case)).status == "closed"

    async def test_as_often_as_the_agency_allows_then_a_new_one_is_offered(
        self, database: Database, me: Somebody
    ) -> None:
        case = await me.filed()
        await rule(database, case, days=30, times=1)
        await answered(database, case)
        await me.says(f"افتحوا الطلب {case.reference} الحفرة رجعت مثل اول", "reopen_case")
        assert (await fresh(database, case)).status == "reopened"
        await answered(database, case)
        said = await me.says(f"افتحوا الطلب {case.reference} الحفرة رجعت مثل اول", "reopen_case")
        assert case.reference in said
        assert (me.follow_up, me.asked) == (case.reference, None)
        assert (await fresh(database, case)).status == "closed"
        again = reading("", "report_complaint", payload={"follows": case.reference}, channel="telegram")
        assert (again.slots["follows"], again.slots["topic"]) == (case.reference, None)

    async def test_a_low_rating_asks_why_and_offers_only_what_the_rule_allows(
        self, database: Database, me: Somebody
    ) -> None:
        case = await me.filed()
        await rule(database, case, days=30, times=0)
        await answered(database, case)
        said = await me.says("زفت", rating_of=case.reference)
        assert (me.asked, "نفتح" in said) == ("comment", False)
        await me.says("ما جاني احد", "nlu_fallback")
        assert (await events(database, case))[-1] == ("rating", "ما جاني احد")
        assert (await fresh(database, case)).status == "closed"
        assert (await fresh(database, case)).status == "closed"

    async def test_what_is_open_takes_the_words(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await me.says(f"{case.reference} ما تصلح شي", "reopen_case")
        assert await events(database, case) == [("information", "ما تصلح شي")]


class TestRating:
    async def test_a_number_then_a_word(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        digits = case.reference.replace("-", "")
        await me.says(intent="rate_reply", payload={"reference": digits, "rating": "4"})
        assert me.asked == "comment"
        await me.says("تأخروا شوي", "complain_about_assistant", confidence=0.4)
        assert (await fresh(database, case)).rating == 4
        assert (await events(database, case))[1:] == [("rating", None), ("rating", "تأخروا شوي")]

    async def test_in_words_with_a_comment(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        await me.says("ممتاز بس تأخروا", "thank", rating_of=case.reference)
        assert ((await fresh(database, case)).rating, me.asked) == (5, None)

    async def test_a_second_one_replaces_the_first(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        for stars in ("5", "1"):
            await me.says(intent="rate_reply", payload={"reference": case.reference.replace("-", ""), "rating": stars})
        assert (await fresh(database, case)).rating == 1

    async def test_a_low_one_may_reopen(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        await me.says("زفت", rating_of=case.reference)
        assert me.asked == "reopen"
        await me.says("نعم", "affirm")
        assert me.asked == "reason"
        await me.says("ما جاني احد", "nlu_fallback")
        now_ = await fresh(database, case)
        assert (now_.status, now_.rating) == ("reopened", 1)

    async def test_a_low_one_with_its_reason_needs_no_other(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case)
        await me.says("زفت ما سووا شي", rating_of=case.reference)
        await me.says("اي افتحوه", "affirm")
        assert (await events(database, case))[-1] == ("reopened", "زفت ما سووا شي")

    async def test_not_after_two_weeks(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        await answered(database, case, days_ago=15)
        said = await me.says(intent="rate_reply", payload={"reference": case.reference, "rating": "5"})
        assert "14" in said
        assert (await fresh(database, case)).rating is None


class TestWhichCase:
    async def test_the_one_spoken_of_last(self, database: Database, me: Somebody) -> None:
        first, _ = await me.filed(), await me.filed()
        asked = turn("", "check_status", slots={"reference": first.reference.replace("-", "")}, channel="telegram")
        answer = await CaseStatus().act(replace(asked, conversation=str(me.conversation)))
        me.slots = answer.slots
        await me.says("اضيفوا ان الحفرة كبرت", "add_information")
        assert len(await events(database, first)) == 1

    async def test_the_only_open_one(self, database: Database, me: Somebody) -> None:
        closed, open_ = await me.filed(), await me.filed()
        await moved(database, closed, "closed")
        await me.says("ابي اسحب شكوتي", "withdraw_case")
        await me.says("نعم", "affirm")
        assert (await fresh(database, open_)).status == "withdrawn"

    async def test_else_they_choose_from_their_newest_and_nothing_said_is_lost(
        self, database: Database, me: Somebody
    ) -> None:
        cases = [await me.filed() for _ in range(6)]
        await me.says("اضيفوا على شكوتي ان الحفرة كبرت", "add_information")
        assert me.asked == "which"
        assert len(me.buttons) == 6, "five and none of them"
        await me.chooses(cases[3])
        assert await events(database, cases[3]) == [("information", "الحفرة كبرت")]

    async def test_none_of_them(self, database: Database, me: Somebody) -> None:
        await me.filed()
        await me.filed()
        await me.says("ابي اسحب شكوتي", "withdraw_case")
        await me.says("ولا واحد", "deny")
        assert me.asked is None

    @pytest.mark.parametrize("intent", ["add_information", "withdraw_case", "reopen_case"])
    async def test_nobody_elses(self, database: Database, me: Somebody, intent: str) -> None:
        case = await (await Somebody.new(database)).filed()
        said = await me.says(f"شكوتي {case.reference} انحلت بنفسها", intent)
        assert "80008001" in said
        assert (me.asked, await events(database, case)) == (None, [])

    async def test_the_same_verified_phone_elsewhere(self, database: Database) -> None:
        case = await (await Somebody.new(database, "whatsapp", PHONE)).filed()
        other = await Somebody.new(database, "sms", PHONE)
        await other.says(f"اضيفوا على {case.reference}: الحفرة كبرت", "add_information")
        assert len(await events(database, case)) == 1

    async def test_nobody_without_a_case(self, database: Database, me: Somebody) -> None:
        await me.says("ابي اسحب شكوتي", "withdraw_case")
        assert (me.asked, me.buttons[0]["payload"]) == (None, "/report_complaint")

    @pytest.mark.parametrize("number", ["26-6799-5585", "26-0000-0000"])
    async def test_a_number_that_is_none(self, database: Database, me: Somebody, number: str) -> None:
        await me.filed()
        said = await me.says(f"اسحبوا {number}", "withdraw_case")
        assert number in said
        assert me.asked is None


class TestInTheForm:
    async def ask(self, me: Somebody, text: str, intent: str, **given: Any) -> Answer:
        slots = {"language": "ar", "description": "حفرة", "category": "road.pothole"}
        read = reading(text, intent, asked="address", slots=slots, channel="telegram", **given)
        asked = turn(text, intent, asked="address", slots=read.slots, channel="telegram", message_id="m", **given)
        answer = await AfterFiling().act(replace(asked, conversation=str(me.conversation)))
        assert "description" not in answer.slots
        return answer

    async def test_one_message_is_enough(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        answer = await self.ask(me, f"ضيفوا على {case.reference}: الحفرة كبرت", "add_information")
        assert answer.slots["care"] is None
        assert len(await events(database, case)) == 1

    async def test_what_needs_another_waits_until_the_form_is_done(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        answer = await self.ask(me, f"اسحبوا {case.reference}", "withdraw_case")
        assert answer.slots["care"] is None
        assert (await fresh(database, case)).status == "received"

    async def test_to_withdraw_what_is_not_sent(self, database: Database, me: Somebody) -> None:
        await me.filed()
        answer = await self.ask(me, "اسحبوا طلبي", "withdraw_case")
        assert "ما انرسل" in answer.said[0]["text"]


class TestStatusInWords:
    async def status(self, me: Somebody, case: Case, language: str = "ar") -> str:
        slots = {"reference": case.reference.replace("-", ""), "language": language}
        asked = turn("", "check_status", slots=slots, channel=me.channel)
        answer = await CaseStatus().act(replace(asked, conversation=str(me.conversation)))
        return "\n".join(said["text"] for said in answer.said)

    @pytest.mark.parametrize("language", ["ar", "en"])
    async def test_what_was_done_and_what_comes_next(self, database: Database, me: Somebody, language: str) -> None:
        case = await me.filed()
        seen = {await self.status(me, case, language)}
        for status in ("assigned", "in_progress", "waiting", "transferred"):
            await moved(database, case, status)
            seen.add(await self.status(me, case, language))
        await answered(database, case)
        seen.add(await self.status(me, case, language))
        assert len(seen) == 6
        assert not any("{" in text or "_" in text for text in seen)

    async def test_late_is_said_and_what_to_do(self, database: Database, me: Somebody) -> None:
        case = await me.filed()
        async with database.transaction() as session:
            (await session.get_one(Case, case.id)).due_at = now() - timedelta(days=2)
        assert "80008001" in await self.status(me, case)
        await answered(database, case)
        assert "نعتذر" not in await self.status(me, case)

    async def test_others_read_none_of_it(self, database: Database, me: Somebody) -> None:
        case = await (await Somebody.new(database)).filed()
        assert "آخر جديد" not in await self.status(me, case)


async def test_nothing_is_done_for_who_is_nobody(database: Database, me: Somebody) -> None:
    """`rasa shell`, which has no conversation of the gateway's."""
    await me.filed()
    me.conversation = uuid4()
    await me.says("ابي اسحب شكوتي", "withdraw_case")
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(CaseEvent)) == 1
