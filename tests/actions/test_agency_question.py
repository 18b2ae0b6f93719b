"""An agency asks: what the person says next is the answer for that case, unless it is plainly something else."""

from dataclasses import replace
from typing import Any

import pytest
from test_after_filing import Somebody, _here, events, fresh, me  # noqa: F401  (fixtures)
from test_answers import WHOLE
from turns import reading, turn

from actions.after_filing.care import Care
from actions.case_status import CaseStatus
from actions.reading import Reading
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.database import Database

CASE = "26-6799-5584"
ASKED = {"reference": CASE, "category": "road.pothole", "newest": True}
EARLIER = ASKED | {"newest": False}
QUESTION = "أي مبنى بالضبط؟"
PHOTO = [{"id": "f66ac6b4-6a3c-4c2f-8a53-2f8a2b9f6d10", "kind": "photo"}]
PIN = {"lat": 26.1521, "lon": 50.5487}


def answered(result: Reading) -> Care | None:
    care = Care.of(result.slots)
    return care if care and result.slots["topic"] == "care" else None


class TestAnswers:
    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("جدام المدرسة بيت 12", "inform"),
            ("عند البوابة الثانية", "nlu_fallback"),
            ("نعم", "affirm"),
            ("لا ما عندي", "deny"),
            ("ما صورت", "skip"),
            ("3", "inform"),
            ("الحفرة نفسها كبرت وصار فيها ماي", "report_complaint"),
            ("نسيت اقول لكم ان الحفرة جدام باب الروضة", "add_information"),
            ("السلام عليكم، المبنى هو رقم 12 عند الدوار", "greet"),
            ("شكرا لكم، المبنى الابيض اللي على الزاوية", "thank"),
            ("تقصدون العداد القديم؟", "nlu_fallback"),
            ("building 12 next to the school", "out_of_scope"),
        ],
    )
    def test_words(self, text: str, intent: str) -> None:
        care = answered(reading(text, intent, category="road.pothole", asked_by_agency=ASKED))
        assert care
        assert (care.wish, care.reference) == ("add_information", CASE)
        assert care.words in text
        assert care.words

    def test_photos_and_places(self) -> None:
        photo = answered(reading(intent="share_attachment", attachments=PHOTO, asked_by_agency=ASKED))
        assert photo
        assert photo.files == (PHOTO[0]["id"],)
        place = answered(reading(intent="share_location", location=PIN, asked_by_agency=ASKED))
        assert place
        assert place.words == "26.152100, 50.548700"

    @pytest.mark.parametrize(
        ("text", "intent", "category"),
        [
            ("السلام عليكم", "greet", "none"),
            ("شكرا جزيلا", "thank", "none"),
            ("شصار على طلبي", "check_status", "none"),
            ("ابي اكلم موظف", "speak_to_agent", "none"),
            ("خلاص كنسل", "cancel", "none"),
            ("ابي اسحب شكوتي", "withdraw_case", "none"),
            ("ابي اقدم شكوى", "report_complaint", "none"),
            ("عندي شكوى ثانية عن الشارع", "report_complaint", "road.pothole"),
            ("الكهرباء طافية عندنا من الصبح", "report_complaint", "power.outage"),
            ("كم تكلف الخدمة؟", "faq_cost", "none"),
        ],
    )
    def test_what_is_plainly_something_else(self, text: str, intent: str, category: str) -> None:
        care = answered(reading(text, intent, category=category, asked_by_agency=ASKED))
        assert care is None or care.wish == "withdraw_case"

    def test_danger_comes_first(self) -> None:
        result = reading("حريق في بيتنا الحقونا", "emergency", asked_by_agency=ASKED)
        assert answered(result) is None

    def test_another_cases_number_is_of_that_case(self) -> None:
        care = answered(reading("ابي اضيف على 26-1234-5678: كبرت", "add_information", asked_by_agency=ASKED))
        assert care is None or care.reference != CASE

    def test_a_pressed_button_is_no_answer(self) -> None:
        assert answered(reading(intent="stale_button", asked_by_agency=ASKED)) is None

    def test_to_answer_without_the_answer_asks_for_it(self) -> None:
        care = answered(reading("ابي اضيف معلومة", "add_information", asked_by_agency=EARLIER))
        assert care
        assert (care.reference, care.words) == (CASE, "")


class TestLater:
    @pytest.mark.parametrize("text", ["جدام المدرسة", "building 12 near the school"])
    def test_what_nothing_else_could_be_is_still_the_answer(self, text: str) -> None:
        care = answered(reading(text, "nlu_fallback", asked_by_agency=EARLIER))
        assert care
        assert care.words == text

    @pytest.mark.parametrize(
        ("text", "intent", "category"),
        [
            ("نعم", "affirm", "none"),
            ("الليتات طافية في الشارع", "inform", "power.street-light"),
            ("في حفرة كبيرة", "report_complaint", "road.pothole"),
            ("هلا", "nlu_fallback", "none"),
        ],
    )
    def test_anything_else_is_none(self, text: str, intent: str, category: str) -> None:
        assert answered(reading(text, intent, category=category, asked_by_agency=EARLIER)) is None


class TestInTheForm:
    def test_the_newest_question_is_answered(self) -> None:
        result = reading("رقم المبنى 12", "inform", asked="description", asked_by_agency=ASKED)
        assert answered(result)
        assert result.slots.get("description") is None

    def test_yes_and_no_are_the_forms(self) -> None:
        assert answered(reading("نعم", "affirm", asked="confirm", slots=WHOLE, asked_by_agency=ASKED)) is None

    def test_after_the_forms_own_question_words_are_the_forms(self) -> None:
        assert (
            answered(reading("جدام المدرسة", "inform", asked="address", slots=WHOLE, asked_by_agency=EARLIER)) is None
        )


async def asked(database: Database, case: Case) -> dict[str, Any]:
    async with database.transaction() as session:
        own = await session.get_one(Case, case.id)
        await service.set_status(session, own, "waiting", actor="key:x", text=QUESTION)
    return {"reference": case.reference, "category": case.category, "newest": True}


class TestWhatIsDone:
    async def test_the_case_goes_on_and_more_may_follow(self, database: Database, me: Somebody) -> None:  # noqa: F811
        case = await me.filed()
        question = await asked(database, case)
        said = await me.says("المبنى رقم 12", "inform", asked_by_agency=question)
        assert "وصل جوابك" in said
        assert case.reference in said
        own = await fresh(database, case)
        assert (own.status, own.clock_stopped_at) == ("in_progress", None)
        more = await me.says("واللون ابيض", "nlu_fallback")
        assert "وصل جوابك" not in more
        assert [text for kind, text in await events(database, case) if kind == "information"] == [
            "المبنى رقم 12",
            "واللون ابيض",
        ]

    async def test_a_repeated_turn_is_the_same_turn(self, database: Database, me: Somebody) -> None:  # noqa: F811
        case = await me.filed()
        question, slots = await asked(database, case), dict(me.slots)
        first = await me.says("المبنى رقم 12", "inform", asked_by_agency=question, message_id="7")
        me.slots = slots
        again = await me.says("المبنى رقم 12", "inform", asked_by_agency=question, message_id="7")
        assert again == first
        assert len([kind for kind, _ in await events(database, case) if kind == "information"]) == 1

    async def test_the_status_tells_the_question_and_takes_the_answer(
        self,
        database: Database,
        me: Somebody,  # noqa: F811
    ) -> None:
        case = await me.filed()
        await asked(database, case)
        status = turn(
            "شصار", "check_status", slots={**me.slots, "reference": case.reference.replace("-", "")}, channel=me.channel
        )
        answer = await CaseStatus().act(replace(status, conversation=str(me.conversation)))
        told = "\n".join(each["text"] for each in answer.said)
        assert f"الجهة تنتظر منك: {QUESTION}" in told
        assert told.count(QUESTION) == 1
        me.slots |= answer.slots
        assert "وصل جوابك" in await me.says("رقم 12", "inform")
