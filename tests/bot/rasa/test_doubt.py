from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from small_assistant import SMALL

from bot.doubt import doubt_about, taken_from
from bot.understanding import understand_payload

RANKING = [{"name": name, "confidence": 0.2} for name in ("greet", "thank", "inform", "deny")]
CATEGORIES = [{"code": f"road.{number}", "confidence": 0.2} for number in range(5)]


def understood(intent: str) -> dict[str, Any]:
    return {"intent": {"name": intent, "confidence": 0.8}, "intent_ranking": RANKING, "categories": CATEGORIES}


@pytest.mark.parametrize(
    ("intent", "taken", "slots", "about"),
    [
        ("nlu_fallback", set(), {}, "intent"),
        ("nlu_fallback", {"description", "area"}, {"category_step": "propose"}, "intent"),
        ("nlu_fallback", {"contact_name"}, {}, None),
        ("greet", set(), {"category_step": "top"}, None),
        ("report_complaint", {"description"}, {"category_step": "top"}, "category"),
        ("report_complaint", {"description"}, {"category_step": "sections"}, "category"),
        ("report_complaint", {"description"}, {"category_step": "propose"}, None),
        ("report_complaint", {"description"}, {"category_step": "top", "category": "road.pothole"}, None),
    ],
)
def test_what_is_doubted(intent: str, taken: set[str], slots: dict[str, str], about: str | None) -> None:
    doubt = doubt_about(understood(intent), taken, slots)
    if about is None:
        assert doubt is None
    else:
        assert doubt == {"about": about, "intents": RANKING[:3], "categories": CATEGORIES[:3]}


def test_a_button_is_never_doubted() -> None:
    class Agent:
        domain = Domain.load(str(SMALL / "domain.yml"))

    payload = understand_payload(Agent(), "/affirm")
    assert doubt_about({**payload, "intent": {"name": "nlu_fallback"}}, set(), {}) is None


def test_only_the_latest_message_counts_and_only_what_it_gave() -> None:
    events = [
        UserUttered("حفرة"),
        SlotSet("description", "حفرة"),
        UserUttered("سند"),
        ActionExecuted("case_form"),
        SlotSet("area", "سند"),
        SlotSet("category", None),
        SlotSet("address", ""),
    ]
    assert taken_from(DialogueStateTracker.from_events("c", events)) == {"area"}
