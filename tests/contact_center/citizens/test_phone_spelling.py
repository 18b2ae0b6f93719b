import pytest

from contact_center.citizens.phones import masked, to_e164
from contact_center.errors import InvalidInput


@pytest.mark.parametrize(
    "text", ["39123456", "3912 3456", "٣٩١٢٣٤٥٦", "+97339123456", "0097339123456", "973 3912 3456", "+973-3912-3456"]
)
def test_one_spelling(text: str) -> None:
    assert to_e164(text) == "+97339123456"


def test_other_countries_keep_theirs() -> None:
    assert to_e164("+966 50 123 4567") == "+966501234567"


@pytest.mark.parametrize("text", ["", "hello", "123", "+9731", "39123456 36000000"])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        to_e164(text)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+97339123456", "+973******56"),
        ("+966501234567", "+966*******67"),
        ("39123456", "******56"),
        ("+1", "+1****+1"),
        (None, "-"),
        ("", "-"),
    ],
)
def test_masked(phone: str | None, shown: str) -> None:
    assert masked(phone) == shown
