"""A message inside the case form: an answer, a correction, something shared, or something in between."""

import re
from collections.abc import Callable, Mapping

from actions.answers import READERS, contact_phone
from actions.asides import answer_aside, is_waiting
from actions.before import offers, take_no_name, take_same_place, wants_no_name, wants_same_place
from actions.corrections import correct, field_named, go_back
from actions.draft import QUESTIONS, drops_the_draft
from actions.edits import edit_draft, edit_message
from actions.facts import number_instead, take_pin
from actions.other_matters import keep_for_later, names_another_matter
from actions.person import is_name, own_name
from actions.place_words import is_mostly_place, repeats_place
from actions.reading import Reading
from actions.reference import read_reference
from actions.turn import Turn
from actions.word_lists import has, opens_with
from bot.arabic import is_taken_back, normalise

_LATER_QUESTIONS = ("attachments", "contact_name", "contact_phone", "confirm", "similar")
_WRONG = re.compile(r"غلط|خطا|wrong|incorrect")
_MAY_BE_EMPTIED = ("attachments", "contact_name", "contact_phone")
"""Their buttons «بدون …» send the same payload as «تخطي»."""
_FEW_WORDS = 4
_A_SENTENCE = 6
_SAYS_LITTLE = {"inform", "nlu_fallback", "deny", "affirm"}
# What rules answer inside the form: the rest either is an answer or was not understood.
_LEFT_TO_RULES = {"nlu_fallback", "affirm", "deny", "skip", "done", "inform"}


def read_in_form(reading: Reading, files: int) -> None:
    """Read a message at the open question; `files`: how many came with it and are kept by now."""
    turn = reading.turn
    if is_waiting(turn) and not files:
        answer_aside(reading)
        return
    if files and turn.question != "attachments" and (turn.question != "description" or turn.text):
        reading.say("say_attachment_kept")
    if turn.metadata.get("location") and take_pin(reading) and turn.question != "area":
        reading.say("say_location_kept")
    offers(reading)
    if wants_same_place(turn):
        take_same_place(reading)
    elif wants_no_name(turn) and take_no_name(reading):
        pass
    elif _stands_as_it_was(turn):
        reading.leave_as_it_was()
    elif is_said_once_more(turn):
        reading.say("say_already_so")
        reading.unusable()
    elif turn.question == "contact_name" and is_name(turn) and not number_instead(turn):
        READERS["contact_name"](reading)
    elif turn.intent in _SPECIAL:
        _SPECIAL[turn.intent](reading)
    elif names_another_matter(turn):
        keep_for_later(reading)
    elif _is_correction(turn):
        correct(reading)
    elif turn.intent == "go_back":
        go_back(reading)
    else:
        _read_words(reading)
    if files:
        reading.answered()


def _read_words(reading: Reading) -> None:
    """The number of another case, or an answer; what surely is neither is left to rules."""
    turn = reading.turn
    read_reference(reading)
    if reading.changes.get("reference"):
        return
    if not _cancels(turn):
        READERS[turn.question or "description"](reading)
    surely = turn.interrupts or _cancels(turn)
    if not reading.handled and surely and turn.text and drops_the_draft(turn):  # a button needs no question
        reading.set(topic="cancel_asked")
        return
    if not reading.handled and not turn.interrupts and not _cancels(turn) and turn.intent not in _LEFT_TO_RULES:
        reading.not_understood()


def _stands_as_it_was(turn: Turn) -> bool:
    """Whether a question that was opened again is not to be answered anew: «رجوع» to the summary, «تخطي», «خلها»."""
    question, kept = turn.question, turn.slots.get("kept") or {}
    if question is None or question != turn.slots.get("reopened") or kept.get(question) is None:
        return False
    if turn.intent == "skip" and (turn.text or question not in _MAY_BE_EMPTIED):
        return True
    from_summary = all(turn.slots.get(other) is not None for other in QUESTIONS if other not in (question, "confirm"))
    back = turn.intent == "go_back" and (from_summary or question == "description")
    return back or has("leave_it", turn.text)


def is_said_once_more(turn: Turn) -> bool:
    """Whether it is the name or the place that was given before, by somebody who is not sure that it arrived.

    Said a second time to the question for the address it is an answer: no more is known.
    """
    if turn.question in ("contact_name", "area") or turn.slots.get("reopened") or turn.slots.get("tries"):
        return False
    name = turn.slots.get("contact_name")
    if name and normalise(turn.text).strip() == normalise(name).strip():
        return True
    says_little = turn.question == "address" or is_mostly_place(turn)
    taken_back = turn.intent in ("correct_information", "deny")
    return turn.words <= _A_SENTENCE and says_little and not taken_back and repeats_place(turn)


def _cancels(turn: Turn) -> bool:
    """Whether a few words say so that sound like it only faintly: «الغوا الطلب» is no name of an area."""
    return turn.intent in ("cancel", "withdraw_case") and turn.words <= _FEW_WORDS and has("cancel", turn.text)


def _is_correction(turn: Turn) -> bool:
    """Said to be one, save where it answers the open question; a place or phone in passing; «الرقم غلط»."""
    if turn.value("field"):
        return True
    if opens_with("change", turn.text) and field_named(turn.text):
        return True
    if turn.intent == "correct_information" or (turn.intent in _SAYS_LITTLE and _takes_a_place_back(turn)):
        if turn.question in ("description", "category"):
            return _is_only_facts(turn)
        return True
    if turn.question == "category" and turn.intent in ("deny", "inform", "nlu_fallback") and _is_only_facts(turn):
        return True
    if turn.question in _LATER_QUESTIONS and turn.intent in _SAYS_LITTLE and own_name(turn.text):
        return True
    in_passing = turn.intent in ("deny", "inform") and turn.question in _LATER_QUESTIONS and _names_facts(turn)
    wrong = turn.words <= _FEW_WORDS and _WRONG.search(normalise(turn.text)) and field_named(turn.text)
    return in_passing or (bool(wrong) and turn.question not in ("description", "category"))


def _takes_a_place_back(turn: Turn) -> bool:
    """Whether one area is given instead of another: «سترة مو سند»."""
    areas = {
        is_taken_back(turn.text, area["start"]) for area in turn.entities if area["entity"] == "area" and turn.text
    }
    return areas == {True, False}


def _is_only_facts(turn: Turn) -> bool:
    """Whether it says where, or on which number, and nothing of what happened."""
    if number_instead(turn):
        return True
    return is_mostly_place(turn.without("phone")) and not turn.value("reference")


def _names_facts(turn: Turn) -> bool:
    """Whether there is a place in it, or a phone, that is not the answer to the open question."""
    facts = {"block", "road", "building", "area", "phone"}
    answers = {"contact_name": {"area"}, "contact_phone": {"phone"}}
    named = any(turn.value(fact) for fact in facts - answers.get(turn.question or "", set()))
    return named or bool(number_instead(turn))


def _edit_draft(reading: Reading) -> None:
    edit_draft(reading)
    reading.answered()


def _edit_message(reading: Reading) -> None:
    if edit_message(reading):
        reading.answered()


def _shared(reading: Reading) -> None:
    """A file or a pin on its own: kept by now."""
    if reading.turn.question == "attachments":
        READERS["attachments"](reading)
    reading.answered()


def _shared_contact(reading: Reading) -> None:
    """The answer to the question for a phone, or to be kept for it."""
    asked = reading.turn.question == "contact_phone"
    contact_phone.read(reading)
    if not asked and "contact_phone" in reading.changes:
        reading.set(confirm=None)
        reading.say("say_phone_kept")


def _gone_on(reading: Reading) -> None:
    """A button of an earlier offer: the draft is open, and goes on."""
    reading.say("say_goes_on")
    reading.answered()


def _not_now(reading: Reading) -> None:
    """Another draft is open by now: that one first."""
    reading.say("say_one_at_a_time")
    reading.answered()


_SPECIAL: Mapping[str, Callable[[Reading], None]] = {
    "resume_draft": _gone_on,
    "restore_draft": _not_now,
    "edit_draft": _edit_draft,
    "edit_message": _edit_message,
    "share_attachment": _shared,
    "share_contact": _shared_contact,
    "share_location": _shared,
}
