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
