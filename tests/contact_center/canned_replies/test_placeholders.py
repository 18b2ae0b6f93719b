"""What comes in the place of placeholders, and which there are."""

import pytest

from contact_center.canned_replies.placeholders import PLACEHOLDERS, can_be_filled, filled, unknown

VALUES = {"name": "مريم", "reference": "26-0123-4567", "agency": "الأشغال", "category": "حفر", "date": "الأحد"}


def test_each_is_filled() -> None:
    assert filled("أهلاً {name}: {reference} {agency} {category} {date}.", VALUES) == (
        "أهلاً مريم: 26-0123-4567 الأشغال حفر الأحد."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("السلام عليكم {name}، وصل", "السلام عليكم، وصل"), ("{name} أهلاً", "أهلاً"), ("Hello {name},", "Hello,")],
)
def test_a_name_that_is_not_known_leaves_no_hole(text: str, expected: str) -> None:
    assert filled(text, VALUES | {"name": ""}) == expected


def test_what_people_write_is_no_placeholder() -> None:
    assert filled("{name}!", VALUES | {"name": "{date}"}) == "{date}!"


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("".join(f"{{{name}}}" for name in PLACEHOLDERS), []),
        ("{phone} {name}", ["phone"]),
        ("{ name }", [" name "]),
        ("{}", [""]),
        ("{name", ["{"]),
        ("name}", ["}"]),
    ],
)
def test_what_is_no_placeholder_is_named(text: str, strange: list[str]) -> None:
    assert unknown(text) == strange


def test_only_a_name_may_be_missing() -> None:
    assert can_be_filled("{name} {reference}", VALUES | {"name": "", "date": ""})
    assert not can_be_filled("{name} {date}", VALUES | {"date": ""})
