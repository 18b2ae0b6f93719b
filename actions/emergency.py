"""Danger, wherever the conversation stands: the way to help at once, and no question in the same breath."""

from dataclasses import replace

from actions.answers import READERS
from actions.answers.description import MAX, describes, take_description, take_more
from actions.asides import asks, is_waiting
from actions.begin import take_beginning
from actions.coming_back import is_new_matter, open_question
from actions.draft import begun
from actions.in_case_form import is_said_once_more, read_in_form
from actions.other_matters import keep_for_later
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


def is_danger(turn: Turn) -> bool:
    """Whether a message calls for help, or may; not where that is faintly suspected only in what is a name or a place
    that the form asked for."""
    if turn.intent != "emergency":
        return False
    if turn.form == "case_form" and (is_said_once_more(turn) or is_waiting(turn)):
        return False
    asked = turn.form == "case_form" and _is_faint(turn)
    return not (asked and (is_mostly_place(turn) or (turn.question == "contact_name" and is_name(turn))))


def read_danger(reading: Reading, files: int) -> bool:
    """Leave the open question unasked, and keep the words for the case; whether the form goes on.

    Outside the form the words begin a case where it is known what it would be about: it is there when all are well.
    Inside, where danger is only suspected, and where words about the case are said in answer to 999, it goes on after
    999.
    """
    turn = reading.turn
    if _answers_999(turn):
        return resume(reading) if turn.form else go_on_after_danger(reading, files)
    if turn.channel == "call_center":
        reading.say("say_emergency_on_call")
    if turn.form == "case_form" and _is_part_of_the_story(reading):
        _name_999_and_go_on(reading)
        return True
    if turn.form != "case_form" and not begun(turn.slots):
        if turn.category(_SURE) is None:
            return False
        told = list(reading.said)
        take_beginning(reading)
        reading.said[:] = told  # 999 first, and of the case nothing yet
    elif turn.text and _may_be_about_the_case(reading):
        _keep(reading)
    reading.set(topic="emergency")
    if turn.form != "case_form" or not reading.handled:
        return False
    reading.say("utter_emergency")  # a photo came with it: the form goes on, and the rule that names 999 does not speak
    return True


def is_after_danger(turn: Turn) -> bool:
    """Whether a case waits outside the form until all are well, and the message may be about it."""
    waits = turn.form is None and turn.slots.get("topic") == "emergency" and begun(turn.slots)
    return bool(waits) and turn.value("reference") is None


def go_on_after_danger(reading: Reading, files: int) -> bool:
    """Take what is told next into the case; whether the form opens. A question in between leaves the case waiting."""
    turn = reading.turn
    reading.set(topic="emergency")
    inside = replace(turn, form="case_form", question=open_question(dict(turn.slots)))
    reading.turn = inside
    if resume(reading):
        return True
    if turn.intent == "cancel":
        reading.set(topic="cancel")
        reading.turn = turn
    elif turn.interrupts:
        reading.turn = turn
    elif is_new_matter(turn):
        keep_for_later(reading)
    elif describes(turn) and not asks(turn):
        take_more(reading)
    else:
        read_in_form(reading, files)
    return reading.turn is inside and reading.handled


def resume(reading: Reading) -> bool:
    """Go on with the open question after an emergency, where the person says no more than that all is well."""
    if not _answers_999(reading.turn):
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


def _answers_999(turn: Turn) -> bool:
    """Whether it says that all are well, right after 999 was named and with a case waiting."""
    waits = turn.form == "case_form" or is_after_danger(turn)
    if turn.slots.get("topic") != "emergency" or not waits or not turn.text or has("not_well", turn.text):
        return False
    return turn.intent in _ALL_WELL or (turn.words <= _FEW_WORDS and has("all_well", turn.text))


def _is_faint(turn: Turn) -> bool:
    """Whether it is the model's suspicion alone, and a slight one."""
    return bool(turn.text) and turn.confidence < _SURE


def _is_part_of_the_story(reading: Reading) -> bool:
    turn = reading.turn
    said_before = turn.slots.get("topic") == "emergency"
    if not turn.text or _is_faint(turn) or turn.text.strip() in (turn.slots.get("description") or ""):
        return bool(turn.text)
    return said_before and _is_about_the_case(reading)


def _name_999_and_go_on(reading: Reading) -> None:
    """999 first, then the words as part of the story."""
    reading.say("utter_emergency")
    if reading.turn.question in _TELLING:
        READERS[reading.turn.question](reading)
    else:
        take_more(reading)
    reading.answered()


def _keep(reading: Reading) -> None:
    """Keep the words, with those of the message before that the case has not heard of either."""
    turn, before = reading.turn, reading.slots.get("heard") or {}
    words = [said for said in (before.get("text", ""), turn.text) if said]
    categories, entities = [list(guess) for guess in turn.categories], [dict(found) for found in turn.entities]
    heard = {"text": "\n".join(dict.fromkeys(words))[:MAX], "categories": categories, "entities": entities}
    reading.set(heard=heard)


def _is_about_the_case(reading: Reading) -> bool:
    """Whether it is surely of the field that the case is of; before there is a case, of any."""
    other = reading.turn.category(_SURE)
    if reading.turn.question == "description":
        return bool(other)
    known = reading.slots.get("category") or next(iter(reading.slots.get("category_options") or ()), "")
    return bool(other and known) and str(other).split(".")[0] == known.split(".")[0]


def _may_be_about_the_case(reading: Reading) -> bool:
    """The same, or it is not surely about anything else."""
    unsure = reading.turn.question != "description" and reading.turn.category(_SURE) is None
    return _is_about_the_case(reading) or (unsure and reading.turn.category() is not None)
