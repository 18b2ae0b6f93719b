"""A category that is retired: what the router learnt still names it, and nobody is offered it."""

from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

import pytest
from turns import reading, turn

from actions.ask_category import question
from actions.category_groups import choices
from actions.known import catalogue, still_offered
from contact_center.agencies import catalogue as shipped

GONE = "road.pothole"
GUESSES = ((GONE, 0.9), ("road.pavement", 0.4), ("none", 0.1))


@pytest.fixture
def retired() -> Iterator[None]:
    known = shipped.catalogue()
    without = replace(known, categories={**known.categories, GONE: replace(known.categories[GONE], retired=True)})
    with mock.patch("actions.known.shipped.catalogue", return_value=without):
        yield


def offered(group: str) -> list[str]:
    return [button["payload"] for button in question({"language": "ar", "category_step": group})["buttons"]]


def test_the_next_best_guess_is_taken(retired: None) -> None:
    assert still_offered(GUESSES) == GUESSES[1:]


def test_a_button_from_before_does_not_choose_it(retired: None) -> None:
    slots = {"case_type": "complaint", "description": "حفرة", "category_step": "sections", "category_options": []}
    read = reading(asked="category", payload={"category": GONE}, slots=slots)
    assert read.changes.get("category") is None
    assert reading(asked="category", payload={"category": "road.pavement"}, slots=slots).changes["category"]


def test_no_list_offers_it(retired: None) -> None:
    (group,) = [code for code, choice in choices().items() if GONE in choice.categories]
    assert not any(GONE in payload for payload in offered(group))
    assert any("road.pavement" in payload for payload in offered(group))


def test_it_is_still_known_by_name(retired: None) -> None:
    assert catalogue().categories[GONE].name("en") == "Potholes and broken road surface"
    assert turn("حفرة", category=GONE).category() == GONE  # turns that were read before
