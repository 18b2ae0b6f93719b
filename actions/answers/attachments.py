"""Photos and other files: several may come until the person says that is all."""

from actions.answers.description import take_more
from actions.asides import answer_aside, is_aside
from actions.person import name_unasked
from actions.reading import Reading

_A_STORY = 2
_ENOUGH = {"خلاص", "خلص", "khalas", "5alas"}
"""By itself a word for cancelling too, but not at this question."""


def read(reading: Reading) -> None:
    """Files are already kept; here it is decided whether more are to come."""
    turn = reading.turn
    files = reading.slots.get("files") or []
    if turn.metadata.get("attachments"):
        reading.set(file_count=len(files), has_files=True)
        reading.answered()
    elif turn.declines or turn.text.strip(" .!").lower() in _ENOUGH:
        reading.set(attachments=files)
    elif turn.intent == "affirm":
        reading.say("say_send_it_now")
        reading.answered()
    elif turn.interrupts or turn.intent == "correct_information":
        return
    elif is_aside(turn):
        answer_aside(reading)
    elif name := name_unasked(turn):
        reading.set(contact_name=name)
        reading.say("say_name_kept")
        reading.answered()
    elif turn.words >= _A_STORY:
        take_more(reading)
