"""Yes or no to the summary, or what is to be changed in it."""

from actions.answers.description import extend_description
from actions.reading import Reading

_A_STORY = 4


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
    elif turn.intent in ("done", "skip"):
        reading.say("say_only_confirm")
        reading.answered()
    elif not turn.interrupts and turn.words >= _A_STORY:
        extend_description(reading)


def _read_choice(reading: Reading) -> None:
    """Nothing to be changed after all; a chosen field is a correction."""
    turn = reading.turn
    if turn.value("field") == "none" or turn.intent in ("affirm", "deny", "done", "skip"):
        reading.set(changing=False)
        reading.answered()
