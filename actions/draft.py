"""The half-filled case: its questions, and which of them need asking."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from actions.known import catalogue
from actions.turn import Turn
from actions.word_lists import has, only
from bot.arabic import normalise, to_arabic
from contact_center.agencies.entries import CategoryEntry
from contact_center.agencies.routing import agency_for

Slots = Mapping[str, Any]

QUESTIONS = (
    "description", "case_type", "category", "area", "address", "attachments", "contact_name", "contact_phone",
    "confirm", "similar",
)  # fmt: skip
"""In the order in which the form asks them; the same as `case_form` in domain.yml."""

FIELDS = (
    *QUESTIONS, "governorate", "block", "road", "building", "lat", "lon", "area_words", "files", "category_options",
    "category_step", "reopened", "kept", "similar_case", "heard",
    "follows",
)  # fmt: skip
"""Every slot that a draft consists of."""

INITIAL: Mapping[str, Any] = {
    **dict.fromkeys(FIELDS),
    "file_count": 0,
    "has_files": False,
    "opening": "complaint",
    "area_step": "name",
    "changing": False,
    "tries": 0,
    "anonymous": False,
    "name_before": None,
}
"""The slots of a draft that has not begun, as domain.yml has them at first."""

CASE_TYPES = {
    "report_complaint": "complaint",
    "emergency": "complaint",
    "make_suggestion": "suggestion",
    "make_inquiry": "inquiry",
    "give_compliment": "compliment",
}
"""What a case is called, by the intent that begins it."""

_KINDS = {
    "complaint": re.compile(r"شكو(?!ر)|شكاو|\bبلاغ\b|[اأن]شتكي|complain"),
    "suggestion": re.compile(r"[اأن]قترا?ح|مقترح|فكره|suggest|\bidea\b"),
    "inquiry": re.compile(r"استفسا?ر|سو?ءال|سوال|[اأن]سال|inquir|question|\bask\b"),
    "compliment": re.compile(r"شكو?ر|ثناء|compliment|thank"),
}

_CHANNELS_WITHOUT_FILES = {"sms", "call_center"}
_CHANNELS_WITHOUT_NAMES = {"sms", "webchat", "call_center"}


def begun(slots: Slots) -> bool:
    """Whether anything was told that would be lost with the draft: words, files or a place."""
    told = any(slots.get(name) for name in ("description", "attachments", "files", "area", "block"))
    return told or slots.get("lat") is not None


def kinds_named(text: str) -> list[str]:
    """The kinds of case that a text names."""
    words = normalise(text)
    return [kind for kind, pattern in _KINDS.items() if pattern.search(words)]


def wished(text: str) -> str | None:
    """The kind of case that somebody wishes to file, who says nothing else: «عندي اقتراح», "I have a question".

    Thanks by themselves are no wish: «شكراً».
    """
    named = kinds_named(text) or kinds_named(to_arabic(text)) if only("wish", text) else []
    return named[0] if len(named) == 1 and named[0] != "compliment" else None


def category_entry(slots: Slots) -> CategoryEntry | None:
    """The catalogue's entry for the draft's category."""
    return catalogue().categories.get(slots.get("category") or "")


def agency_is_open(slots: Slots) -> bool:
    """Whether the governorate has yet to be known for the agency to be settled."""
    entry = category_entry(slots)
    return entry is not None and agency_for(catalogue(), entry.code, slots.get("governorate")) is None


def empty(question: str) -> Any:
    """The value of a question that was left empty, or need not be asked."""
    return [] if question == "attachments" else ""


def needed(question: str, slots: Slots, turn: Turn) -> bool:
    """Whether a question without an answer has to be asked."""
    need = _NEEDS.get(question)
    return need is None or slots.get("reopened") == question or need(slots, turn)


def _area(slots: Slots, turn: Turn) -> bool:
    entry = category_entry(slots)
    if entry is None or agency_is_open(slots):
        return True
    known = slots.get("block") or slots.get("lat") is not None
    return _is_about_a_fault(slots) and entry.place == "required" and not known


def _address(slots: Slots, turn: Turn) -> bool:
    entry = category_entry(slots)
    known = slots.get("lat") is not None or (slots.get("block") and slots.get("road"))
    return _is_about_a_fault(slots) and entry is not None and entry.place == "required" and not known


def _attachments(slots: Slots, turn: Turn) -> bool:
    return slots.get("case_type") == "complaint" and turn.channel not in _CHANNELS_WITHOUT_FILES


def _contact_name(slots: Slots, turn: Turn) -> bool:
    return turn.channel in _CHANNELS_WITHOUT_NAMES and not turn.metadata.get("profile_name")


def _contact_phone(slots: Slots, turn: Turn) -> bool:
    return not turn.metadata.get("phone")


def _similar(slots: Slots, turn: Turn) -> bool:
    return bool(slots.get("similar_case"))


def _is_about_a_fault(slots: Slots) -> bool:
    """Questions and thanks go a shorter way: nobody has to find or see anything."""
    return slots.get("case_type") in ("complaint", "suggestion")


_NEEDS: Mapping[str, Callable[[Slots, Turn], bool]] = {
    "area": _area,
    "address": _address,
    "attachments": _attachments,
    "contact_name": _contact_name,
    "contact_phone": _contact_phone,
    "similar": _similar,
}


def drops_the_draft(turn: Turn) -> bool:
    """Whether what was told is not wanted any more: «الغي الشكوى» means the open one, save where it names another."""
    another = turn.value("reference") or has("earlier", turn.text)
    meant = turn.intent == "cancel" or (turn.intent == "withdraw_case" and not another)
    return meant and bool(turn.slots.get("description"))
