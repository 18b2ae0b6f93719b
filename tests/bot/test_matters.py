"""Two matters in one message are told apart only where both are surely about something, and of different fields."""

from typing import Any

import pytest

from bot.matters import understand_matters

HOLE, LAMPS, WASTE = "في حفرة كبيرة في شارعنا", "الليتات في الفريج طافية من اسبوع", "محد شال الزبالة من اسبوع"
SUBJECTS = {"حفرة": "road.pothole", "ليت": "power.street-light", "زبالة": "waste.collection"}
SURE = 0.9


def understand(text: str, confidence: float = SURE) -> dict[str, Any]:
    """As the model answers, its subject being known by a word of the text."""
    code = next((code for word, code in SUBJECTS.items() if word in text), "none")
    return {
        "text": text,
        "intent": {"name": "report_complaint", "confidence": 0.8},
        "entities": [{"entity": "area", "value": "سند"}] if "سند" in text else [],
        "categories": [{"code": code, "confidence": confidence}, {"code": "other.unclear", "confidence": 0.01}],
    }


@pytest.mark.parametrize(
    "between",
    ["، وبعد ", "، وأيضاً ", "، وايضا ", "، وكمان ", ". وعندي شكوى ثانية: ", "\nالثاني: ", ". ثانياً، ", "، وبعدين ",
     ". also, ", "\n2. ", " ٢- ", ". Another problem: "],
)  # fmt: skip
def test_the_second_matter_is_kept_apart(between: str) -> None:
    understood = understand_matters(f"{HOLE}{between}{LAMPS}", understand)
    assert understood["text"] == HOLE
    assert understood["second"]["text"] == LAMPS


def test_it_is_kept_as_a_message_of_its_own_is_understood() -> None:
    second = understand_matters(f"{HOLE}، وبعد {LAMPS} في سند", understand)["second"]
    assert second == {
        "text": f"{LAMPS} في سند",
        "intent": "report_complaint",
        "confidence": 0.8,
        "entities": [{"entity": "area", "value": "سند"}],
        "categories": [["power.street-light", SURE], ["other.unclear", 0.01]],
    }


@pytest.mark.parametrize(
    "text",
    [
        HOLE,
        "",
        f"{HOLE} {LAMPS}",
        f"{HOLE}، وبعد الحفرة هذي صار لها شهر والسيايير تتكسر",
        f"{HOLE}، وبعد محد يرد علينا ولا يسمعنا",
        f"{HOLE}، وبعد الليتات طافية",
        f"حفرة هني، وبعد {LAMPS}",
        f"{HOLE}وبعد {LAMPS}",
    ],
    ids=[
        "one",
        "empty",
        "no mark",
        "same field",
        "about nothing",
        "second too short",
        "first too short",
        "inside a word",
    ],
)
def test_one_matter_stays_whole(text: str) -> None:
    understood = understand_matters(text, understand)
    assert understood["text"] == text
    assert "second" not in understood


def test_what_is_only_guessed_is_no_second_matter() -> None:
    text = f"{HOLE}، وبعد {LAMPS}"
    assert "second" not in understand_matters(text, lambda part: understand(part, 0.5))


def test_a_later_mark_may_be_the_one() -> None:
    """At the first mark there is too little before it; nothing of the words is lost."""
    first = "السلام عليكم، وبعد في حفرة كبيرة عندنا"
    understood = understand_matters(f"{first}، وكمان {WASTE}", understand)
    assert (understood["text"], understood["second"]["text"]) == (first, WASTE)


def test_the_whole_is_understood_once_where_there_is_one_matter() -> None:
    asked: list[str] = []

    def counted(text: str) -> dict[str, Any]:
        asked.append(text)
        return understand(text)

    understand_matters(HOLE, counted)
    assert asked == [HOLE]


def calls_for_help(text: str) -> dict[str, Any]:
    """The same, where only what begins with the fire is known for danger."""
    understood = understand(text)
    name = "emergency" if text.startswith("في حريق") else understood["intent"]["name"]
    return {**understood, "intent": {"name": name, "confidence": 0.8}}


@pytest.mark.parametrize(
    "text", ["ليتات الشارع طافية وبعدين في حريق في بيت الجيران", "في حريق في بيت الجيران وبعدين ليتات الشارع طافية"]
)
def test_danger_anywhere_makes_it_one_call_for_help(text: str) -> None:
    understood = understand_matters(text, calls_for_help)
    assert (understood["intent"]["name"], understood["text"]) == ("emergency", text)
    assert "second" not in understood
