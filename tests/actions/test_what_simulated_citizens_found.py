"""What simulated citizens (tests/simulation) came upon: each as short as it can be told."""

import pytest
from test_answers import WHOLE
from turns import reading, said


def test_of_a_name_that_is_wrong_the_right_one_is_taken() -> None:
    result = reading(
        "الاسم غلط، اسمي نوف الأنصاري", "correct_information", asked="confirm", slots={**WHOLE, "confirm": None}
    )
    assert result.slots["contact_name"] == "نوف الأنصاري"


def test_a_house_of_the_block_before_goes_with_it() -> None:
    before = {**WHOLE, "area": "الجفير", "governorate": "capital", "block": "340", "road": "4018", "building": "512"}
    result = reading(
        "Sorry, the place is Adliya block 327 road 2719, not Juffair", "correct_information",
        asked="confirm", slots={**before, "confirm": None},
    )  # fmt: skip
    assert [result.slots[part] for part in ("block", "road", "building")] == ["327", "2719", None]


@pytest.mark.parametrize("words", ["خلاص", "Khalas."])
def test_enough_photos_do_not_cancel_the_case(words: str) -> None:
    result = reading(words, "cancel", asked="attachments", slots={**WHOLE, "attachments": None, "files": ["1"]})
    assert result.slots["attachments"] == ["1"]
    assert result.slots["topic"] is None


@pytest.mark.parametrize("words", ["ma sawart shay", "ma3endi", "ما صورت شي"])
def test_having_taken_no_photo_is_no_description(words: str) -> None:
    result = reading(words, "inform", asked="attachments", slots={**WHOLE, "attachments": None})
    assert result.slots["attachments"] == []
    assert result.slots["description"] == WHOLE["description"]


def test_words_of_the_description_are_not_added_to_it_again() -> None:
    words = WHOLE["description"]
    result = reading(words, "nlu_fallback", asked="attachments", slots={**WHOLE, "attachments": None})
    assert result.slots["description"] == words
    assert "say_description_extended" not in said(result)


@pytest.mark.parametrize(
    ("words", "intent", "sure", "kind"),
    [
        ("أود الاستفسار عن دوري في قائمة انتظار الوحدات السكنية", "make_inquiry", 0.7, "inquiry"),
        ("ما عطوني دوري في قائمة انتظار الوحدات السكنية", "make_inquiry", 0.7, "complaint"),
        ("ما جاوبوا على سؤالي عن قائمة الانتظار", "report_complaint", 0.7, "complaint"),
    ],
)
def test_a_kind_that_is_named_need_not_be_surely_understood(words: str, intent: str, sure: float, kind: str) -> None:
    result = reading(words, intent, confidence=sure, category="housing.unit-wait")
    assert result.slots["case_type"] == kind


@pytest.mark.parametrize(
    ("words", "intent", "kind"),
    [
        ("I would like to thank somebody", "give_compliment", "compliment"),
        ("ابي اشكر ناس تعبوا معاي والله", "give_compliment", "compliment"),
        ("عندي لكم اقتراح حلو ابي اوصله للمسؤولين", "make_suggestion", "suggestion"),
        ("I have an idea I would like to share", "make_suggestion", "suggestion"),
    ],
)
@pytest.mark.parametrize("category", ["none", "other.unclear"])
def test_a_wish_without_what_it_is_about_is_no_description(words: str, intent: str, kind: str, category: str) -> None:
    result = reading(words, intent, category=category)
    assert (result.slots["description"], result.slots["case_type"], result.handled) == (None, kind, True)


@pytest.mark.parametrize(
    "words", ["I would like to thank the nurses of ward 5 for their care", "اشكر موظفة الاستقبال في مستشفى الملك حمد"]
)
def test_thanks_that_say_for_what_are_one(words: str) -> None:
    assert reading(words, "give_compliment", category="none").slots["description"] == words


@pytest.mark.parametrize(
    ("words", "intent", "sure", "kind"),
    [
        ("شكوى", "check_status", 0.34, "complaint"),
        ("3endi so2al", "skip", 0.44, "inquiry"),
        ("ابي اسجل شكوى جديدة", "nlu_fallback", 0.8, "complaint"),
        ("عندي اقتراح", "list_my_cases", 0.4, "suggestion"),
    ],
)
def test_a_bare_wish_begins_a_case_whatever_it_is_taken_for(words: str, intent: str, sure: float, kind: str) -> None:
    result = reading(words, intent, confidence=sure)
    assert (result.slots["topic"], result.slots["case_type"]) == ("case", kind)


@pytest.mark.parametrize(
    ("words", "intent", "sure"),
    [("شكرا", "thank", 0.5), ("وين وصلت شكواي", "check_status", 0.5), ("شكوى", "check_status", 0.9)],
)
def test_other_words_do_not(words: str, intent: str, sure: float) -> None:
    assert reading(words, intent, confidence=sure).slots["topic"] is None


@pytest.mark.parametrize("question", ["category", "area", "address", "attachments", "contact_name", "confirm"])
@pytest.mark.parametrize("words", ["الجو اليوم حار وايد الله يعينا", "What a hot day it is today"])
def test_small_talk_is_no_part_of_the_story(question: str, words: str) -> None:
    before = {**WHOLE, "category_step": "propose", question: None}
    result = reading(
        words, "give_compliment", confidence=0.5, category="other.unclear", asked=question, slots=before
    )  # fmt: skip
    assert said(result) == ["say_small_talk"]
    assert (result.slots["description"], result.slots[question]) == (WHOLE["description"], None)


def test_the_heat_of_a_school_is_a_story() -> None:
    words = "الجو في الصف حار والمكيف خربان"
    slots = {**WHOLE, "category": "edu.school-building", "attachments": None}
    result = reading(words, "report_complaint", category="edu.school-building", asked="attachments", slots=slots)
    assert result.slots["description"].endswith(words)


ADDRESS = {"block": "745", "road": "4532", "building": None}


@pytest.mark.parametrize("question", ["category", "attachments", "contact_name", "confirm"])
@pytest.mark.parametrize("words", ["la ghalat, etareeq 4523 mo 4532", "4523 مو ٤٥٣٢", "not 4532 but 4523"])
def test_a_number_taken_back_is_known_by_the_address(question: str, words: str) -> None:
    slots = {**WHOLE, **ADDRESS, "category_step": "propose", question: None}
    result = reading(words, "correct_information", asked=question, slots=slots)
    assert (result.slots["road"], result.slots["block"], said(result)) == ("4523", "745", ["say_changed"])


def test_a_number_of_no_address_is_not() -> None:
    slots = {**WHOLE, **ADDRESS, "confirm": None}
    result = reading("صار لها 3 ايام مو 2", "correct_information", asked="confirm", slots=slots)
    assert {part: result.slots[part] for part in ADDRESS} == ADDRESS


BABY = "We have a small baby in the house"


@pytest.mark.parametrize("question", ["address", "attachments", "contact_name", "contact_phone", "confirm"])
def test_a_slight_suspicion_of_danger_names_999_and_goes_on(question: str) -> None:
    slots = {**WHOLE, question: None}
    result = reading(BABY, "emergency", confidence=0.5, category="water.outage", sure=0.2, asked=question, slots=slots)
    assert said(result) == ["utter_emergency", "say_description_extended"]
    assert result.slots["description"] == f"{WHOLE['description']}\n{BABY}"
    assert (result.handled, result.slots[question]) == (True, None)


def test_a_name_is_no_danger_at_all() -> None:
    slots = {**WHOLE, "contact_name": None}
    result = reading("صقر المريسي", "emergency", confidence=0.3, asked="contact_name", slots=slots)
    assert (said(result), result.slots["contact_name"]) == ([], "صقر المريسي")


def test_words_of_danger_that_may_be_about_the_case_are_kept_for_it() -> None:
    words, slots = "والشياب يتعبون في الصلاة", {**WHOLE, "confirm": None}
    first = reading(words, "emergency", category="power.hazard", sure=0.1, asked="confirm", slots=slots)
    assert not first.handled
    after = reading("الكل بخير", "greet", asked="confirm", slots=first.slots)
    assert after.slots["description"].endswith(words)


HURT = "الرصيف مكسر وامي طاحت عليه وتعورت"


def test_told_again_after_999_it_is_the_description() -> None:
    first = reading(HURT, "emergency", category="road.pavement", asked="description", slots={})
    again = reading(HURT, "emergency", category="road.pavement", asked="description", slots=first.slots)
    assert (first.handled, said(again), again.slots["topic"]) == (False, ["utter_emergency"], "case")
    assert again.slots["description"] == HURT


@pytest.mark.parametrize(
    ("words", "intent"),
    [("محد في خطر", "report_complaint"), ("ma fe khatar", "emergency"), ("Everyone is safe", "faq_privacy")],
)
def test_all_well_is_understood_after_999_whatever_it_is_taken_for(words: str, intent: str) -> None:
    slots = {**WHOLE, "confirm": None, "topic": "emergency"}
    result = reading(words, intent, category="none", asked="confirm", slots=slots)
    assert (said(result), result.slots["description"]) == (["say_goes_on"], WHOLE["description"])


def test_not_well_is_not() -> None:
    slots = {**WHOLE, "confirm": None, "topic": "emergency"}
    assert not reading("ولدي مو بخير", "emergency", category="none", asked="confirm", slots=slots).handled


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("contact_phone", "علي"),
        ("confirm", "علي"),
        ("address", "سترة"),
        ("confirm", "في سترة"),
        ("attachments", "سترة"),
    ],
)
def test_an_answer_said_once_more_is_already_so(question: str, words: str) -> None:
    before = {**WHOLE, question: None}
    result = reading(words, "inform", asked=question, slots=before)
    assert said(result) == ["say_already_so"]
    assert {name: result.slots[name] for name in before} == before


@pytest.mark.parametrize("words", ["احنا ساكنين في سترة", "سترة طال عمرك"])
def test_the_area_said_once_more_is_no_address(words: str) -> None:
    slots = {**WHOLE, "address": None}
    first = reading(words, "inform", asked="address", slots=slots)
    assert (said(first), first.slots["address"]) == (["say_already_so"], None)
    second = reading(words, "inform", asked="address", slots=first.slots)
    assert second.slots["address"] is not None


def test_a_place_nearby_is_an_address_though_the_area_is_known() -> None:
    result = reading("يم مسجد سترة", "inform", asked="address", slots={**WHOLE, "address": None})
    assert result.slots["address"] == "يم مسجد سترة"


@pytest.mark.parametrize("question", ["attachments", "contact_phone", "confirm"])
@pytest.mark.parametrize("words", ["my name is Maria Reyes, not Santos", "اسمي مريم الحداد مو مريم الحايكي"])
def test_ones_own_name_is_a_correction_whatever_is_asked(question: str, words: str) -> None:
    result = reading(words, "inform", asked=question, slots={**WHOLE, question: None})
    assert result.slots["contact_name"] in ("Maria Reyes", "مريم الحداد")
    assert (said(result), result.slots["description"]) == (["say_changed"], WHOLE["description"])


@pytest.mark.parametrize(
    "words", ["wel ree7a wasla len dakhel elbait", "والريحة واصلة داخل البيت", "And the smell comes into our house"]
)
def test_what_begins_with_and_is_no_other_matter(words: str) -> None:
    slots = {**WHOLE, "confirm": None}
    result = reading(words, "report_complaint", category="drain.sewage-overflow", asked="confirm", slots=slots)
    assert (said(result), result.slots.get("other_matters")) == (["say_description_extended"], None)
    assert result.slots["description"].endswith(words)


@pytest.mark.parametrize(
    "words", ["والله حفرة كبيرة في شارعنا كل يوم", "واير كهربا مكشوف في شارعنا", "well there is a hole in our road"]
)
def test_words_that_only_look_so_may_be_one(words: str) -> None:
    slots = {**WHOLE, "category": "waste.collection", "confirm": None}
    result = reading(words, "report_complaint", category="road.pothole", asked="confirm", slots=slots)
    assert said(result) == ["say_one_at_a_time"]


@pytest.mark.parametrize(
    ("words", "name"), [("وفاء العلوي", "وفاء العلوي"), ("وليد", "وليد"), ("واسمي علي حسن", "علي حسن")]
)
def test_a_name_keeps_its_first_letter(words: str, name: str) -> None:
    result = reading(words, "inform", asked="contact_name", slots={**WHOLE, "contact_name": None})
    assert result.slots["contact_name"] == name


def test_thanks_are_no_kind_of_case() -> None:
    slots = {**WHOLE, "case_type": None}
    assert reading("شكرا", "thank", asked="case_type", slots=slots).slots["case_type"] is None
    assert reading("شكر", "give_compliment", asked="case_type", slots=slots).slots["case_type"] == "compliment"


def test_danger_that_is_in_the_description_is_not_waited_for_again() -> None:
    slots = {**WHOLE, "description": HURT, "category": None}
    result = reading(HURT, "emergency", category="road.pavement", asked="category", slots=slots)
    assert (said(result), result.handled) == (["utter_emergency", "say_already_so"], True)


@pytest.mark.parametrize("question", ["description", "category", "area", "address", "contact_name", "confirm"])
@pytest.mark.parametrize(
    ("words", "intent", "sure"),
    [("لحظة شوي", "go_back", 0.62), ("hold on please", "emergency", 0.25), ("one sec", "nlu_fallback", 0.8)],
)
def test_asking_for_a_moment_changes_nothing(question: str, words: str, intent: str, sure: float) -> None:
    before = {**WHOLE, "category_step": "propose", question: None}
    result = reading(words, intent, confidence=sure, asked=question, slots=before)
    assert said(result) == ["say_at_ease"]
    assert {name: result.slots[name] for name in before} == before


def test_a_moment_and_a_correction_is_a_correction() -> None:
    slots = {**WHOLE, "confirm": None}
    result = reading("لحظة، رقمي 36990011", "correct_information", asked="confirm", slots=slots)
    assert result.slots["contact_phone"] == "+97336990011"


@pytest.mark.parametrize("words", ["is my information private?", "وين مكتبكم؟"])
def test_a_question_is_no_area(words: str) -> None:
    result = reading(words, "make_inquiry", asked="area", slots={**WHOLE, "area": None})
    assert (said(result), result.slots.get("area_words")) == (["say_question_later"], None)


@pytest.mark.parametrize("question", ["attachments", "confirm"])
def test_a_suggestion_not_a_complaint_is_one(question: str) -> None:
    words = "it is a suggestion not a complaint"
    result = reading(words, "correct_information", asked=question, slots={**WHOLE, question: None})
    assert result.slots["case_type"] == "suggestion"


def test_what_fits_nowhere_is_no_other_matter() -> None:
    words = "الوضع صار لا يطاق"
    result = reading(
        words, "report_complaint", category="other.unclear", asked="confirm", slots={**WHOLE, "confirm": None}
    )  # fmt: skip
    assert result.slots["description"].endswith(words)


def test_changed_to_is_no_part_of_a_name() -> None:
    slots = {**WHOLE, "confirm": None}
    result = reading("change my name to Hussain Ali", "inform", asked="confirm", slots=slots)
    assert result.slots["contact_name"] == "Hussain Ali"


@pytest.mark.parametrize(
    ("words", "intent", "sure"),
    [("وايد اسئلة صراحة", "complain_about_assistant", 0.78), ("eljaw nar elyoom", "nlu_fallback", 0.8)],
)
def test_annoyance_and_weather_are_no_name(words: str, intent: str, sure: float) -> None:
    slots = {**WHOLE, "contact_name": None}
    assert reading(words, intent, confidence=sure, asked="contact_name", slots=slots).slots["contact_name"] is None
