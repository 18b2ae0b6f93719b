"""Danger in the middle of a case: the way to help at once, and no question in the same breath."""

from dataclasses import replace

from actions.answers import READERS
from actions.answers.description import MAX, take_description, take_more
from actions.person import is_name
from actions.place_words import is_mostly_place
from actions.reading import Reading
from actions.turn import Turn
from actions.word_lists import has

_SURE = 0.6
_FEW_WORDS = 6
# «تمام», «شكراً», «لا»: typed after 999 was named, they answer that, not the open question.
_ALL_WELL = {"affirm", "deny", "done", "thank", "greet"}
_TELLING = ("description", "category")


def answers_plainly(turn: Turn) -> bool:
    """Whether the danger is faintly suspected only in what is a name or a place."""
    return _is_faint(turn) and (is_mostly_place(turn) or (turn.question == "contact_name" and is_name(turn)))


def read_emergency(reading: Reading) -> None:
    """Leave the open question open and unasked; keep the words for the case where they may be about it.

    Where danger is only suspected, and where words about the case are said in answer to 999, it goes on after 999.
    """
    turn = reading.turn
    said_before = turn.slots.get("topic") == "emergency"
    if _is_faint(turn) or (turn.text and said_before and _is_about_the_case(reading)):
        _name_999_and_go_on(reading)
        return
    reading.set(topic="emergency")
    if turn.channel == "call_center":
        reading.say("say_emergency_on_call")
    if turn.text and _is_about_the_case(reading):
        categories, entities = [list(guess) for guess in turn.categories], [dict(found) for found in turn.entities]
        reading.set(heard={"text": turn.text, "categories": categories, "entities": entities})
    if reading.handled:  # a photo came with it: the form goes on, and the rule that names 999 does not speak
        reading.say("utter_emergency")


def resume(reading: Reading) -> bool:
    """Go on with the open question after an emergency, where the person says no more than that all is well."""
    turn = reading.turn
    after = turn.slots.get("topic") == "emergency"
    if not (after and turn.text and _says_all_well(turn)):
        return False
    reading.say("say_goes_on")
    reading.answered()
    return True


def take_heard(reading: Reading) -> None:
    """Add to the case what was kept of an emergency, now that the case goes on; rules see by `topic` that it does."""
    heard, turn = reading.turn.slots.get("heard"), reading.turn
    if turn.form == "case_form" and turn.slots.get("topic") == "emergency":
        reading.set(topic="case")
    if not heard:
        return
    known = reading.slots.get("description")
    if known is None:
        told = replace(
            turn,
            text=heard["text"],
            intent="report_complaint",
            categories=tuple((code, confidence) for code, confidence in heard["categories"]),
            entities=tuple(heard["entities"]),
        )
        reading.turn = told
        take_description(reading)
        reading.turn = turn
    elif heard["text"] not in known:
        words = (heard["text"], known) if turn.slots.get("description") is None else (known, heard["text"])
        reading.set(description="\n".join(words)[:MAX])
    reading.set(heard=None)


def _says_all_well(turn: Turn) -> bool:
    if has("not_well", turn.text):
        return False
    return turn.intent in _ALL_WELL or (turn.words <= _FEW_WORDS and has("all_well", turn.text))


def _is_faint(turn: Turn) -> bool:
    """Whether it is the model's suspicion alone, and a slight one."""
    return bool(turn.text) and turn.confidence < _SURE


def _name_999_and_go_on(reading: Reading) -> None:
    """999 first, then the words as part of the story."""
    reading.say("utter_emergency")
    if reading.turn.question in _TELLING:
        READERS[reading.turn.question](reading)
    else:
        take_more(reading)
    reading.answered()


def _is_about_the_case(reading: Reading) -> bool:
    """Whether it may be of the field that the case is of; before there is a case, whether it surely is of any."""
    turn, other = reading.turn, reading.turn.category(_SURE)
    if turn.question == "description":
        return bool(other)
    known = reading.slots.get("category") or next(iter(reading.slots.get("category_options") or ()), "")
    if other is None:
        return turn.category() is not None
    return bool(known) and other.split(".")[0] == known.split(".")[0]
