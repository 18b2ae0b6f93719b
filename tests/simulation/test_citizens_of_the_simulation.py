"""The people of the simulation are as it takes them to be: places that exist, words that nobody was trained on."""

import json
from pathlib import Path

import pytest

from bot.arabic import area_named, find_areas, governorate_of_block, normalise
from contact_center.agencies.catalogue import catalogue
from tests.simulation.people import Someone, manners, people

ROOT = Path(__file__).resolve().parents[2]
LEAST_PEOPLE, LEAST_OF_A_MANNER = 60, 8


def test_there_are_enough_of_every_manner() -> None:
    assert len(people()) >= LEAST_PEOPLE
    assert len({someone.name for someone in people()}) == len(people())
    spoken = [someone.manner for someone in people()]
    assert {manner for manner in manners() if spoken.count(manner) < LEAST_OF_A_MANNER} == set()


@pytest.mark.parametrize("someone", people(), ids=lambda someone: someone.name)
def test_facts_agree_with_each_other(someone: Someone) -> None:
    assert all(code in catalogue().categories for code in someone.categories)
    for place in (someone.place, *(change.fields for change in someone.changes if "area" in change.fields)):
        if area := place.get("area"):
            known = area_named(area)
            assert known is not None
            assert known.name == area
            block = place.get("block")
            assert block is None or governorate_of_block(int(block)) in (None, known.governorate)


@pytest.mark.parametrize("someone", people(), ids=lambda someone: someone.name)
def test_words_hold_the_places_that_they_are_said_to_hold(someone: Someone) -> None:
    area = someone.place.get("area")
    expected = [area] if area else []
    for words in (*someone.tells, someone.where):
        assert [found.area for found in find_areas(words)] == (expected if words else [])
    for words in (*(set(someone.says) - set(someone.tells)), someone.more):
        assert find_areas(words) == []


def test_nothing_was_trained_on() -> None:
    trained = normalise("\n".join(path.read_text("utf-8") for path in (ROOT / "nlu_data").rglob("*.yml")))
    judged = {normalise(json.loads(line)["text"]) for line in _test_lines()}
    for someone in people():
        for words in (*someone.tells, *someone.says):
            assert normalise(words) not in trained
            assert normalise(words) not in judged


def _test_lines() -> list[str]:
    files = sorted((ROOT / "tests/nlu").glob("*.jsonl"))
    return [line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
