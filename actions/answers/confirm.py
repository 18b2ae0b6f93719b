"""Yes or no to the summary, or what is to be changed in it."""

from actions.answers.description import take_more
from actions.asides import answer_aside, is_aside
from actions.reading import Reading
from actions.word_lists import has

_A_STORY = 3
_LEAVING = {"done", "skip", "thank", "goodbye"}


def read(reading: Reading) -> None:
    """Yes files the case; no asks what to change; a story more is added to the description."""
    turn = reading.turn
    if reading.slots.get("changing"):
        _read_choice(reading)
    elif turn.intent == "affirm":
        reading.set(confirm=True)
    elif turn.intent == "deny":
        reading.set(changing=True)
        reading.answered()
    elif turn.intent in _LEAVING:
        reading.unusable("say_only_confirm")
    elif turn.interrupts:
        return
    elif is_aside(turn):
        answer_aside(reading)
    elif turn.words >= _A_STORY or has("named", turn.text):
        take_more(reading)


def _read_choice(reading: Reading) -> None:
    """Nothing to be changed after all; a chosen field is a correction."""
    turn = reading.turn
    if turn.value("field") == "none" or turn.intent in ("affirm", "deny", "done", "skip"):
        reading.set(changing=False)
        reading.answered()
