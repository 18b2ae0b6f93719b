import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arabic import normalise
from bot.arabic.redaction import PLACEHOLDERS, redact

WORDS = (
    "اسمي محمد علي على my name is Ali §name §phone §place § 39123456 850112345 مجمع 203 ٣٣٣ BH http:// www. @ .com "
    "لوحة \u200f ـ و : 26-1234-5678"
)
TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(st.characters() | st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩۰²½①㍘ -.+@§/:\u200f\u0640"), max_size=60),
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=14).map(" ".join),
)
NAME = st.one_of(st.text(max_size=12), st.sampled_from(["محمد علي", "Ali Hassan", "phone", "§name", "سند"]))
NAMES = st.lists(NAME, max_size=3)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("تلفوني 39123456 ورقمي الشخصي 850112345", "تلفوني §phone ورقمي الشخصي §cpr"),
        ("call me +973 3912 3456.", "call me §phone ."),
        ("رقم البلاغ ٢٦-١٢٣٤-٥٦٧٨ وين وصل", "رقم البلاغ §reference وين وصل"),
        ("حفرة في مجمع ٢٠٣ طريق ٣١٢ مبنى ٤٤ شقة 12 بسند", "حفرة في §place بسند"),
        ("مجمع 203 ومجمع 204", "§place"),
        ("راسلوني ali.hasan@mail.com او www.example.com/x?y=1", "راسلوني §email او §link"),
        ("انستا @ali_98 حولت على BH67 BMAG 0000 1299 1234 56", "انستا §account حولت على §iban"),
        ("السيارة لوحة 123 صدمت", "السيارة §plate صدمت"),
        ("رقم السيارة: ٦٥٤٣٢١", "§plate"),
        ("الحساب 12345 والفاتورة 999", "الحساب §number والفاتورة 999"),
        ("رقمي39123456وشكرا", "رقمي §phone وشكرا"),
        ("1\u200f2\u06403\u200f4", "§number"),
        ("صار لي 3 اسابيع والساعة 10:30", "صار لي 3 اسابيع والساعة 10:30"),
        ("الكهرباء طافية من يومين في البسيتين", "الكهرباء طافية من يومين في البسيتين"),
    ],
)
def test_numbers_and_addresses_go(text: str, kept: str) -> None:
    assert redact(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("السلام عليكم انا اسمي محمد علي حسن وعندي مشكلة", "السلام عليكم انا اسمي §name وعندي مشكلة"),
        ("اسمي: مريم، الماي مقطوع", "اسمي: §name ، الماي مقطوع"),
        ("My name is John Smith and the street is dark", "My name is §name and the street is dark"),
        ("esmi Fatima w 3ndi shakwa", "esmi §name w 3ndi shakwa"),
        ("اسم المتصلة زينب جعفر من المحرق", "اسم المتصلة §name من المحرق"),
        ("شنو اسم الشارع", "شنو اسم الشارع"),
        ("اسمي", "اسمي"),
    ],
)
def test_what_people_introduce_themselves_by_goes(text: str, kept: str) -> None:
    assert redact(text) == kept


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("معاكم محمد علي من سند", ["محمد علي"], "معاكم §name من سند"),
        ("انا مُحمّد وقلت لعلي يتصل على الرقم", ["محمد علي"], "انا §name وقلت §name يتصل على الرقم"),
        ("ALI from Sanad, the light is off", ["Ali of the Light House"], "§name from Sanad, the light is off"),
        ("انا من سند", ["سند"], "انا من سند"),
        ("الماي مقطوع", ["🌹", "م", ""], "الماي مقطوع"),
    ],
)  # fmt: skip
def test_a_known_name_goes(text: str, names: list[str], kept: str) -> None:
    assert redact(text, names) == kept


@given(TEXTS, NAMES)
@settings(max_examples=600, deadline=None)
def test_once_is_enough_and_no_long_number_survives(text: str, names: list[str]) -> None:
    redacted = redact(text, names)
    assert redact(redacted, names) == redacted
    assert not re.search(r"\d{4}", redacted)
    assert not re.search(r"\d{4}", normalise(redacted))


@given(st.from_regex(r"[0-9]{7,12}", fullmatch=True), st.sampled_from(["", " ", "-", " - ", ".", "\u200f", ") "]))
def test_numbers_written_with_gaps_go_whole(number: str, between: str) -> None:
    redacted = redact(f"رقمي {between.join(number)} شكرا")
    assert not re.search(r"\d", redacted)


def test_placeholders_may_stand_in_training_data() -> None:
    for name in PLACEHOLDERS:
        assert re.fullmatch("[a-z]+", name)
        assert redact(f"x §{name} y") == f"x §{name} y"
