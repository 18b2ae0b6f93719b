import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.citizens.privacy import redact

SCRIPTS = [{}, str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")]
BETWEEN = ["", " ", "-", " - ", "\u00a0", ".", "\u200f", "–", ") "]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("رقمي الشخصي 850112345 وتلفوني 39123456", "رقمي الشخصي [cpr] وتلفوني [number]"),
        ("+973 3912 3456", "[number]"),
        ("00973-39123456.", "[number]."),
        ("(+973) 3912-3456", "([number]"),
        ("CPR850112345, رقمي39123456وشكرا", "CPR[cpr], رقمي[number]وشكرا"),
        ("٨٥٠١١٢٣٤٥", "[cpr]"),
        ("phone=+97339123456, cpr=850112345", "phone=[number], cpr=[cpr]"),
        ("case 26-1234-5675", "case [number]"),
        ("{'text': '85 01 12345'}", "{'text': '[cpr]'}"),
    ],
)
def test_numbers_of_people_go(text: str, kept: str) -> None:
    assert redact(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "مجمع 203 طريق 312 مبنى 44",
        "2026-01-31T18:43:07.123456Z",
        "2026-01-31 18:43",
        "message 550e8400-e29b-41d4-a716-446655440000 failed",
        "digest e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SM0123456789abcdef0123456789abcdef sent",
        "took 0.12345 s",
        "attempt 3 of 5, 123456 bytes",
        "",
    ],
)
def test_the_rest_stays(text: str) -> None:
    assert redact(text) == text


@given(
    st.from_regex(r"[0-9]{8,12}", fullmatch=True),
    st.sampled_from(SCRIPTS),
    st.sampled_from(BETWEEN),
    st.sampled_from(["", "cpr: ", "رقمي ", '{"phone": "', "'", "(", ">", "،", "\n", "tel:", "tel", "رقمي"]),
    st.sampled_from(["", " ok", '"}', ",", "؟", ")", "\n", "م", "x"]),
)
def test_no_eight_digits_in_a_row_survive_however_they_are_written(
    digits: str, script: dict[int, int], between: str, before: str, after: str
) -> None:
    written = between.join(digits).translate(script)
    kept = redact(before + written + after)
    assert sum(map(str.isdecimal, kept)) < 7
