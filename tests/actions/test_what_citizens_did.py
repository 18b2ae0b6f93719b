"""What people did in trials with earlier versions, and what should have come of it."""

from typing import Any

import pytest
from test_answers import DRAFT, PLACED, WHOLE
from turns import reading, said, turn

from actions.draft import QUESTIONS
from actions.language import language_after
from actions.reading import Reading
from actions.summary import address


def at(question: str, text: str, intent: str = "nlu_fallback", **given: Any) -> Reading:
    slots = {**WHOLE, question: None, **given.pop("slots", {})}
    return reading(text, intent, asked=question, slots=slots, **given)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_number_that_an_earlier_turn_left_does_not_block_the_form(question: str) -> None:
    """Or the form is dead: every answer was taken for the number's."""
    result = at(question, "بدون", "skip", slots={"reference": "2667995584", **DRAFT})
    assert result.handled


class TestAddress:
    @pytest.mark.parametrize(
        "text",
        [
            "والله حر ذبحنا بسرعة!!",
            "طفشتونا",
            "لحظة بسألك، الشرطة بتجي الحين؟",
            "بروح ارجع لكم بعدين",
            "ليش تسألون عن العنوان؟",
            "why do you need it",
        ],
    )
    def test_what_is_no_place_is_not_the_address(self, text: str) -> None:
        result = at("address", text, slots={**PLACED, "address": None, "block": "541"})
        assert (result.slots["address"], result.slots["block"]) == (None, "541")
        assert said(result), "it is answered"

    def test_at_the_second_try_any_words_are(self) -> None:
        assert at("address", "طرف الديرة", slots={"tries": 1}).slots["address"] == "طرف الديرة"

    def test_numbers_and_landmark_stand_beside_each_other(self) -> None:
        result = at("address", "قلت لكم بيت 20 طريق 4112 مجمع 541 مقابل مسجد الشيخ")
        assert result.slots["address"] == "مقابل مسجد الشيخ"
        assert address(result.slots) == "مجمع 541، طريق 4112، مبنى 20، مقابل مسجد الشيخ"

    @pytest.mark.parametrize(
        ("kept", "line", "heard"),
        [
            ("والله حر ذبحنا بسرعة!!", "مجمع 541، طريق 4112", "say_changed"),
            ("قريب من مسجد البديع", "مجمع 541، طريق 4112، قريب من مسجد البديع", "say_noted"),
        ],
    )
    def test_a_correction_replaces_it(self, kept: str, line: str, heard: str) -> None:
        result = at("confirm", "لا العنوان غلط، مجمع 541 طريق 4112", "correct_information", slots={"address": kept})
        assert address(result.slots) == line
        assert said(result) == [heard]

    def test_another_area_drops_the_block_of_the_one_before(self) -> None:
        slots = {"area": "مدينة عيسى", "governorate": "southern", "block": "812", "road": "1240", "address": "يم السوق"}
        result = at("confirm", "المنطقة المحرق", "correct_information", slots=slots)
        assert (result.slots["area"], address(result.slots)) == ("المحرق", "")
        assert result.slots["address"] is None, "asked again"


class TestCorrections:
    def test_nothing_is_said_to_be_changed_that_is_not(self) -> None:
        result = at("confirm", "المنطقة سترة", "correct_information")
        assert said(result) == ["say_already_so"]

    @pytest.mark.parametrize("text", ["بقالة المستقبل في الحد", "أبي اغيرها: مستشفى الملك حمد"])
    def test_what_it_names_is_added_to_the_description(self, text: str) -> None:
        result = at("confirm", text, "correct_information")
        assert result.slots["description"].endswith(text)
        assert "say_description_extended" in said(result)
        assert "الوصف" not in str(dict(result.said).get("say_changed"))

    def test_a_companys_number_is_not_the_persons(self) -> None:
        result = at("confirm", "الشركة اسمها زين ترا، والرقم 17123456", "inform")
        assert result.slots["contact_phone"] == WHOLE["contact_phone"]
        assert "17123456" in result.slots["description"]

    @pytest.mark.parametrize("text", ["اسمي فاطمة جاسم ورقمي ٣٦٩٩٨٨٧٧", "رقمي 36998877 واسمي فاطمة جاسم"])
    @pytest.mark.parametrize("question", ["contact_name", "contact_phone", "confirm"])
    def test_name_and_number_at_once(self, text: str, question: str) -> None:
        result = at(question, text, "inform", slots={"contact_phone": None})
        assert (result.slots["contact_name"], result.slots["contact_phone"]) == ("فاطمة جاسم", "+97336998877")

    @pytest.mark.parametrize("intent", ["inform", "report_complaint"])
    def test_a_new_name(self, intent: str) -> None:
        result = at("confirm", "غير الاسم الى سلمان احمد", intent)
        assert result.slots["contact_name"] == "سلمان احمد"
        assert result.slots["description"] == WHOLE["description"]


class TestName:
    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("Suresh", "affirm"),
            ("Rajesh Kumar", "correct_information"),
            ("Noora", "inform"),
            ("Ahmed Khan", "go_back"),
            ("علي حسن محمد", "inform"),
        ],
    )
    def test_names_are_names(self, text: str, intent: str) -> None:
        assert at("contact_name", text, intent).slots["contact_name"] == text

    @pytest.mark.parametrize(
        "text",
        ["قريب من صيدلية سترة", "يعني كم الرسوم؟", "اقتراح بعد: حطوا ماي بارد", "تمام ارسلوه", "بقالة المستقبل"],
    )
    def test_what_is_none_is_none(self, text: str) -> None:
        result = at("contact_name", text)
        assert result.slots["contact_name"] is None
        assert said(result)


@pytest.mark.parametrize("text", ["ما ابي", "بلاش", "خليها زي ما هي", "لا ما ابي احط اسمي", "no need"])
@pytest.mark.parametrize("question", ["address", "attachments", "contact_name", "contact_phone"])
def test_rather_not_leaves_the_question_and_drops_nothing(text: str, question: str) -> None:
    result = at(question, text, "cancel")
    assert result.slots[question] in ("", [])
    assert result.slots["topic"] is None


def test_a_typed_cancel_is_asked_about_once() -> None:
    assert at("contact_phone", "الغاء", "cancel").slots["topic"] == "cancel_asked"
    assert at("contact_phone", "", "cancel").slots["topic"] is None, "a button means it"
    after = {**WHOLE, "topic": "cancel_asked"}
    assert reading("اي", "affirm", slots=after).slots["topic"] == "cancel"
    kept = reading("لا", "deny", slots=after)
    assert (kept.slots["topic"], kept.slots["description"]) == ("case", WHOLE["description"])


@pytest.mark.parametrize(
    ("text", "question", "intent", "before", "after"),
    [
        ("Ahmed Khan", "contact_name", "inform", "en", "en"),
        ("Abdul Rahman Mohammed Ali", "contact_name", "inform", "en", "en"),
        ("ya correct", "confirm", "affirm", "en", "en"),
        ("near the big mosque", "address", "inform", "ar", "ar"),
        ("thank you bye", "confirm", "goodbye", "ar", "ar"),
        ("the light is broken", "description", "report_complaint", "ar", "en"),
    ],
)
def test_names_and_short_answers_keep_the_language(
    text: str, question: str, intent: str, before: str, after: str
) -> None:
    assert language_after(turn(text, intent, asked=question, slots={"language": before})) == after


class TestCategory:
    def test_a_place_leaves_the_question_open(self) -> None:
        result = at("category", "مجمع 704 طريق 421 سند", "inform", category="traffic.congestion", slots=DRAFT)
        assert (result.slots["category_options"], result.slots["category"]) == (DRAFT["category_options"], None)
        assert (result.slots["area"], result.slots["block"], result.slots["road"]) == ("سند", "704", "421")

    def test_no_photos_is_no_topic(self) -> None:
        result = at("category", "ما عندي صور", "skip", slots=DRAFT)
        assert result.slots["category_step"] == "propose"

    def test_what_is_hardly_likely_is_not_offered(self) -> None:
        result = reading("كلام عن شي غريب", "report_complaint", category="env.coast", sure=0.1)
        assert result.slots["category_step"] == "sections"
        only = {**DRAFT, "category_options": ["road.pothole"]}
        assert at("category", "لا", "deny", slots=only).slots["category_step"] == "sections"

    def test_the_catch_all_is_never_a_guess(self) -> None:
        result = reading("كلام عن شي غريب", "report_complaint", category="other.unclear")
        assert "other.unclear" not in result.slots["category_options"]

    def test_praise_has_no_second_subject(self) -> None:
        slots = {**DRAFT, "case_type": "compliment", "category_options": ["health.centre"]}
        result = at("category", "لأنه عالج أمي زين", "inform", category="health.medical-error", slots=slots)
        assert result.slots["category_options"] == ["health.centre"]


class TestDanger:
    @pytest.mark.parametrize("text", ["تعبت من حياتي ابي اموت", "ابي انتحر", "زوجي يضربني وخايفة", "I want to die"])
    @pytest.mark.parametrize("question", [None, "description", "category"])
    def test_despair_and_violence_get_no_form(self, text: str, question: str | None) -> None:
        result = reading(text, "nlu_fallback", asked=question, slots=DRAFT, category="police.conduct")
        assert (result.slots["topic"], result.handled) == ("distress", False)

    def test_the_draft_is_there_afterwards(self) -> None:
        result = reading("اي", "affirm", slots={**WHOLE, "topic": "distress"})
        assert (result.slots["topic"], result.slots["description"]) == ("case", WHOLE["description"])

    def test_no_menu_where_the_category_is_not_sure(self) -> None:
        result = reading("واحد طاح ومو قاعد يتنفس", "emergency", category="social.pension", sure=0.16)
        assert not result.handled


class TestLater:
    def test_another_matter_waits(self) -> None:
        text = "ابي اشتكي على فاتورة الكهرباء غالية"
        result = at("confirm", text, "report_complaint", category="utility.bill")
        assert (said(result), result.slots["description"]) == (["say_one_at_a_time"], WHOLE["description"])

    @pytest.mark.parametrize("question", ["attachments", "confirm", "category"])
    def test_a_question_is_not_part_of_the_story(self, question: str) -> None:
        result = at(question, "one minute, this is free or pay?", "report_complaint", slots=DRAFT)
        assert result.slots["description"] == WHOLE["description"]

    def test_details_at_the_photos_are_kept(self) -> None:
        assert at("attachments", "وايد ذبانة").slots["description"].endswith("وايد ذبانة")
        assert at("attachments", "مقابل مدرسة", slots={"address": ""}).slots["address"] == "مقابل مدرسة"

    @pytest.mark.parametrize("intent", ["thank", "goodbye"])
    def test_leaving_at_the_summary_says_that_nothing_is_sent(self, intent: str) -> None:
        assert said(at("confirm", "thank you bye", intent)) == ["say_only_confirm"]

    def test_confirmed_twice(self) -> None:
        assert reading("تأكيد", "affirm", slots={"last_reference": "26-6799-5584"}).slots["topic"] == "filed"
