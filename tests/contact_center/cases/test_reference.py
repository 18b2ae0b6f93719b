import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.cases.reference import NotAReference, Reference, WrongCheckDigit, new_reference, parse

REFERENCES = st.builds(new_reference, st.integers(2025, 2099))
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
BETWEEN = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=3)


@pytest.mark.parametrize("known", ["26-1234-5675", "25-0000-0019"])
def test_numbers_once_handed_out_stay_valid(known: str) -> None:
    assert parse(known).display == known


@given(REFERENCES)
def test_what_is_shown_is_understood(reference: Reference) -> None:
    assert re.fullmatch(r"\d\d-\d{4}-\d{4}", reference.display)
    assert parse(reference.display) == reference


@given(REFERENCES, st.lists(BETWEEN, min_size=11, max_size=11), st.sampled_from([{}, ARABIC_INDIC, PERSIAN]))
def test_anything_may_stand_between_the_digits_of_any_script(
    reference: Reference, between: list[str], script: dict[int, int]
) -> None:
    spoken = "".join(gap + digit for gap, digit in zip(between, reference.digits, strict=False)) + between[-1]
    assert parse(spoken.translate(script)) == reference


@given(REFERENCES, st.integers(0, 9), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(reference: Reference, place: int, by: int) -> None:
    wrong = str((int(reference.digits[place]) + by) % 10)
    with pytest.raises(WrongCheckDigit):
        parse(reference.digits[:place] + wrong + reference.digits[place + 1 :])


@given(REFERENCES)
def test_every_swap_of_neighbours_is_noticed(reference: Reference) -> None:
    for place, (left, right) in enumerate(pairwise(reference.digits)):
        if left != right:
            with pytest.raises(WrongCheckDigit):
                parse(reference.digits[:place] + right + left + reference.digits[place + 2 :])


@pytest.mark.parametrize(
    "text", ["", "شصار على شكواي؟", "39123456", "850112345", "26-1234-567", "+973 3912 3456", "26-1234-56789"]
)
def test_more_or_fewer_digits_are_no_reference(text: str) -> None:
    with pytest.raises(NotAReference):
        parse(text)


@pytest.mark.parametrize("digits", ["26-1234-5670", "٢٦١٢٣٤٥٦٧٠", "261234567"])
def test_only_ten_western_digits_make_one(digits: str) -> None:
    with pytest.raises(NotAReference):
        Reference(digits)


def test_the_year_is_in_front_and_the_rest_is_random() -> None:
    drawn = {new_reference(2026).digits for _ in range(200)}
    assert len(drawn) > 195
    assert all(digits.startswith("26") for digits in drawn)
    assert new_reference(2105).digits.startswith("05")
