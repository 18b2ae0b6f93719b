"""Everything that the assistant says, as domain.yml has it: in both languages, complete, within channels' limits."""

import itertools
import re
from typing import Any

import pytest
import yaml

from actions import texts
from actions.category_groups import choices
from actions.draft import FIELDS, INITIAL, QUESTIONS
from contact_center.agencies.catalogue import catalogue
from contact_center.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN["responses"]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def conditions() -> dict[str, set[Any]]:
    """Every slot that wording depends on, with all values that it is written for."""
    values: dict[str, set[Any]] = {}
    for variant in itertools.chain.from_iterable(RESPONSES.values()):
        for part in variant.get("condition", ()):
            values.setdefault(part["name"], set()).add(part["value"])
    return values


ASKED_FOR = {"STOP", "START"}
"""Words that a person is to send as they stand."""


def chosen(name: str, slots: dict[str, Any]) -> list[dict[str, Any]]:
    """The variants that Rasa would choose from."""
    here = [variant for variant in RESPONSES[name] if variant.get("channel") in (None, slots.get("channel"))]
    suited = [
        variant
        for variant in here
        if variant.get("condition") and all(slots.get(part["name"]) == part["value"] for part in variant["condition"])
    ]
    own = [variant for variant in suited if variant.get("channel")]
    return own or suited or [variant for variant in here if not variant.get("condition")]


def situations(name: str) -> list[dict[str, Any]]:
    """Every combination of the slots that a response looks at, in both languages."""
    slots = {part["name"] for variant in RESPONSES[name] for part in variant.get("condition", ())} | {"language"}
    every = {slot: sorted(conditions()[slot] | ({"ar"} if slot == "language" else set()), key=str) for slot in slots}
    every["channel"] = [None, *sorted({v["channel"] for v in RESPONSES[name] if "channel" in v})]
    return [dict(zip(every, values, strict=True)) for values in itertools.product(*every.values())]


OF_A_KIND = re.compile(r"(?<!word_type)_(?:complaint|suggestion|inquiry|compliment)$")
"""The end of a wording that is for one kind of case only; others of that kind hear the one without it."""


@pytest.mark.parametrize("name", RESPONSES)
def test_one_wording_for_every_situation_in_its_language(name: str) -> None:
    for slots in situations(name):
        variants = chosen(name, slots)
        assert len(variants) == 1, slots
        text = PLACEHOLDER.sub("", variants[0]["text"])
        arabic = bool(re.search(r"[\u0621-\u064a]", text))
        latin = set(re.findall(r"[A-Za-z]+", text)) - ASKED_FOR
        assert text.strip() == "" or not latin or slots["language"] == "en", (slots, latin)
        assert not (arabic and slots["language"] == "en"), slots
        for button in variants[0].get("buttons", ()):
            assert bool(re.search(r"[\u0621-\u064a]", button["title"])) == (slots["language"] == "ar")


@pytest.mark.parametrize("name", RESPONSES)
def test_both_languages_name_the_same_values_and_lead_to_the_same_places(name: str) -> None:
    for slots in situations(name):
        arabic, english = (chosen(name, {**slots, "language": language})[0] for language in ("ar", "en"))
        assert set(PLACEHOLDER.findall(arabic["text"])) == set(PLACEHOLDER.findall(english["text"]))
        payloads = [[button["payload"] for button in variant.get("buttons", ())] for variant in (arabic, english)]
        assert payloads[0] == payloads[1]


@pytest.mark.parametrize("name", RESPONSES)
def test_no_wording_breaks_a_channels_limit(name: str) -> None:
    """WhatsApp: 1,600 characters, lists of ten with titles of 24, three quick replies with titles of 20."""
    for variant in RESPONSES[name]:
        titles = [button["title"] for button in variant.get("buttons", ())]
        assert len(variant["text"]) <= 600
        assert len(titles) <= 10
        assert all(len(title) <= (20 if len(titles) <= 3 else 24) for title in titles), titles


def test_actions_choose_as_rasa_does() -> None:
    for name in RESPONSES:
        for slots in situations(name):
            assert texts._wording(name, slots).text == chosen(name, slots)[0]["text"]


def test_every_response_is_said_somewhere() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "actions").rglob("*.py")]
    sources += [path.read_text(encoding="utf-8") for path in (ROOT / "nlu_data" / "rules").glob("*.yml")]
    everything = "\n".join(sources)
    by_pattern = ("utter_ask_", "word_", "utter_default")
    general = {name: OF_A_KIND.sub("", name) for name in RESPONSES}
    unsaid = [name for name in RESPONSES if general[name] not in everything and not name.startswith(by_pattern)]
    assert unsaid == []
    assert [name for name in general.values() if name not in RESPONSES] == []


def test_words_exist_for_everything_that_is_looked_up() -> None:
    statuses = ["received", "assigned", "in_progress", "waiting", "answered", "closed", "reopened", "transferred"]
    statuses += ["withdrawn", "duplicate"]
    kinds = ["complaint", "suggestion", "inquiry", "compliment"]
    wanted = [f"word_status_{status}" for status in statuses] + [f"word_type_{kind}" for kind in kinds]
    assert [name for name in wanted if name not in RESPONSES] == []


def test_the_form_in_the_domain_is_the_one_that_actions_read() -> None:
    assert tuple(DOMAIN["forms"]["case_form"]["required_slots"]) == QUESTIONS
    slots = DOMAIN["slots"]
    assert [field for field in FIELDS if field not in slots] == []
    assert {name: slots[name].get("initial_value") for name in INITIAL} == dict(INITIAL)


class TestGroups:
    def test_every_category_is_reached_once(self) -> None:
        reached = [code for choice in choices().values() for code in choice.categories]
        assert sorted([*reached, "other.unclear"]) == sorted(catalogue().categories)

    def test_every_list_fits_and_no_way_is_longer_than_three_steps(self) -> None:
        for code, choice in choices().items():
            assert len(choice.groups) + len(choice.categories) <= 9
            assert all(len(title) <= 24 for title in choice.title.values()), code
            assert all(not choices()[group].groups for child in choice.groups for group in choices()[child].groups)
