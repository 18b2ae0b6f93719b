"""Two matters in one message, and danger, which is never the second of them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.matters import understand_matters


def understand(text: str) -> dict[str, Any]:
    subjects = {"حفرة": "road.pothole", "ليتات": "power.street-light", "حريق": "fire.safety"}
    code = next((code for word, code in subjects.items() if word in text), "none")
    intent = "emergency" if text.startswith("في حريق") else "report_complaint"
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": [],
        "categories": [{"code": code, "confidence": 0.9}],
    }


def test_of_two_matters_the_second_is_kept() -> None:
    understood = understand_matters("في حفرة في شارعنا، وبعدين ليتات الشارع كله طافية", understand)
    assert understood["text"] == "في حفرة في شارعنا"
    assert understood["second"]["text"] == "ليتات الشارع كله طافية"


@pytest.mark.parametrize(
    "text", ["ليتات الشارع طافية وبعدين في حريق في بيت الجيران", "في حريق في بيت الجيران وبعدين ليتات الشارع طافية"]
)
def test_danger_anywhere_makes_it_one_call_for_help(text: str) -> None:
    understood = understand_matters(text, understand)
    assert (understood["intent"]["name"], understood["text"]) == ("emergency", text)
    assert "second" not in understood
