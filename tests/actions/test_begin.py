"""Where a case begins, and what of it the first message holds already."""

import pytest
from turns import reading, said

STORY = "في طفح مجاري في سند مجمع 643 صار له اسبوع"


def test_the_first_message_gives_all_that_it_holds() -> None:
    result = reading(STORY, "report_complaint", category="drain.sewage-overflow")
    assert result.slots["description"] == STORY
    assert result.slots["case_type"] == "complaint"
    assert (result.slots["area"], result.slots["block"], result.slots["governorate"]) == ("سند", "643", "capital")
    assert result.slots["category_options"][0] == "drain.sewage-overflow"
    assert result.slots["category"] is None, "proposed, not decided"


def test_a_bare_wish_leaves_the_description_to_be_asked() -> None:
    result = reading("ابي اقدم اقتراح", "make_suggestion")
    assert result.slots["description"] is None
    assert result.slots["case_type"] == result.slots["opening"] == "suggestion"


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        ("report_complaint", "complaint"),
        ("make_suggestion", "suggestion"),
        ("make_inquiry", "inquiry"),
        ("give_compliment", "compliment"),
        ("emergency", "complaint"),
    ],
)
def test_the_intent_says_what_kind_of_case_it_is(intent: str, kind: str) -> None:
    assert reading("كلام عن الشارع", intent, category="road.pothole").slots["case_type"] == kind


def test_a_kind_that_is_only_guessed_is_a_complaint() -> None:
    assert reading(STORY, "make_inquiry", confidence=0.5, category="road.pothole").slots["case_type"] == "complaint"


@pytest.mark.parametrize("intent", ["inform", "nlu_fallback"])
def test_a_description_that_no_intent_claims_begins_a_case(intent: str) -> None:
    result = reading("There is a big pothole on road 312 in Sitra", intent, category="road.pothole")
    assert result.slots["topic"] == "case"
    assert (result.slots["area"], result.slots["road"]) == ("سترة", "312")


def test_a_wish_that_the_intents_missed_begins_a_complaint() -> None:
    result = reading("I want to complain", "nlu_fallback")
    assert result.slots["topic"] == "case"
    assert result.slots["case_type"] == "complaint"
    assert result.slots["description"] is None


@pytest.mark.parametrize("text", ["؟؟!!", "…", "🤷", "👍👍"])
def test_signs_without_a_word_are_no_wish(text: str) -> None:
    result = reading(text, "nlu_fallback")
    assert (result.slots["topic"], result.handled, result.slots["misses"]) == (None, False, 1)


def test_a_lone_place_is_kept() -> None:
    result = reading("سترة", "inform", category="agri.fisheries", sure=0.7)
    assert (result.slots["topic"], result.slots["area"], result.slots["description"]) == ("case", "سترة", None)


@pytest.mark.parametrize("text", ["🙂🙂🙂", "asdf qwer", "؟"])
def test_gibberish_begins_nothing_and_is_counted(text: str) -> None:
    result = reading(text, "nlu_fallback", category="env.pollution", sure=0.1)
    assert result.slots["topic"] is None
    assert (result.slots["misses"], result.slots["lost"]) == (1, "first")
    again = reading(text, "nlu_fallback", category="env.pollution", sure=0.1, slots={"misses": 1})
    assert again.slots["lost"] == "help", "help is offered at the second time"


def test_photo_first_is_kept_and_not_asked_for_again() -> None:
    result = reading(intent="share_attachment", attachments=[{"id": "a1", "kind": "photo"}])
    assert (result.slots["attachments"], result.slots["opening"]) == (["a1"], "photo")


def test_location_first_is_kept_with_its_area() -> None:
    result = reading(intent="share_location", location={"lat": 26.1536, "lon": 50.6160})
    assert (result.slots["area"], result.slots["governorate"], result.slots["opening"]) == (
        "سترة", "capital", "location",
    )  # fmt: skip


def test_a_location_abroad_is_said_and_not_kept() -> None:
    result = reading(intent="share_location", location={"lat": 25.2, "lon": 55.3})
    assert said(result) == ["say_location_outside"]
    assert result.slots["lat"] is None


def test_a_typed_payload_is_no_description() -> None:
    result = reading('/file_case{"x": 1}', "report_complaint", category="road.pothole", slots={"language": "ar"})
    assert result.slots["description"] is None
    assert result.slots["language"] == "ar"


def test_what_the_channel_knows_of_the_person_is_not_asked() -> None:
    result = reading(
        STORY, "report_complaint", category="road.pothole", channel="whatsapp", phone="+97336001122", profile_name="علي"
    )
    assert (result.slots["contact_phone"], result.slots["contact_name"]) == ("+97336001122", "علي")


def test_a_reference_in_any_words_asks_for_the_status() -> None:
    result = reading("شصار على ٢٦-١٢٣٤-٥٦٧٨", "report_complaint", category="road.pothole")
    assert (result.slots["reference"], result.slots["topic"]) == ("2612345678", "status")
    assert result.slots["description"] is None
