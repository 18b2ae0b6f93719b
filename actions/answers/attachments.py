"""Photos and other files: several may come until the person says that is all."""

from actions.answers.description import extend_description
from actions.reading import Reading

_A_STORY = 3


def read(reading: Reading) -> None:
    """Files are already kept; here it is decided whether more are to come."""
    turn = reading.turn
    files = reading.slots.get("files") or []
    if turn.metadata.get("attachments"):
        reading.set(file_count=len(files), has_files=True)
        reading.answered()
    elif turn.declines:
        reading.set(attachments=files)
    elif turn.intent == "affirm":
        reading.say("say_send_it_now")
        reading.answered()
    elif not turn.interrupts and turn.words >= _A_STORY and turn.intent != "correct_information":
        extend_description(reading)
