"""Danger in the middle of a case: the way to help at once, and no question in the same breath."""

from dataclasses import replace

from actions.answers.description import MAX, take_description
from actions.reading import Reading

_SURE = 0.6
# «الكل بخير», «تمام», «شكراً», «لا ما في خطر»: typed after 999 was named, they answer that, not the open question.
_ALL_WELL = {"affirm", "deny", "done", "thank", "greet"}


def read_emergency(reading: Reading) -> None:
    """Leave the open question open and unasked; keep the words for the case where they are about it."""
    turn = reading.turn
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
    if not (after and turn.text and turn.intent in _ALL_WELL):
        return False
    reading.say("say_goes_on")
    reading.answered()
    return True


def take_heard(reading: Reading) -> None:
    """Add to the case what was kept of an emergency, now that the case goes on; rules see by `topic` that it does."""
    heard, turn = reading.turn.slots.get("heard"), reading.turn
    if turn.form == "case_form" and turn.slots.get("topic") == "emergency" and turn.intent != "emergency":
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
        words = (heard["text"], known) if "description" in reading.changes else (known, heard["text"])
        reading.set(description="\n".join(words)[:MAX])
    reading.set(heard=None)


def _is_about_the_case(reading: Reading) -> bool:
    """Whether it is surely of the field that the case is of; before there is a case, of any."""
    other = reading.turn.category(_SURE)
    if reading.turn.question == "description":
        return bool(other)
    known = reading.slots.get("category") or next(iter(reading.slots.get("category_options") or ()), "")
    return bool(other and known) and str(other).split(".")[0] == known.split(".")[0]
