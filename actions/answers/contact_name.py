"""The person's name, where the channel gives none; nobody has to give one."""

from actions.answers.description import take_more, tells_more
from actions.asides import answer_aside, is_aside
from actions.before import may_be_anonymous, take_no_name
from actions.person import is_name, name_in, own_phone
from actions.reading import OFFERED_AFTER, Reading


def read(reading: Reading) -> None:
    """A name in letters, perhaps with the phone; or none."""
    turn = reading.turn
    name = name_in(turn.text) if is_name(turn) else None
    if name:
        reading.set(contact_name=name)
        if phone := own_phone(turn):
            reading.set(contact_phone=phone)
    elif turn.declines:
        _leave_out(reading)
    elif turn.interrupts or turn.intent == "go_back":
        return
    elif is_aside(turn):
        answer_aside(reading)
    elif tells_more(turn):
        take_more(reading)
    else:
        if reading.unusable("say_name_wrong") > OFFERED_AFTER:
            reading.leave_out(contact_name="")


def _leave_out(reading: Reading) -> None:
    """«بدون اسم», the button, is a wish to stay unknown where that is possible; who skips the question, or empties the
    name in the summary, may still leave a number."""
    pressed = not reading.turn.text and reading.slots.get("reopened") != "contact_name"
    if pressed and may_be_anonymous(reading.slots):
        take_no_name(reading)
    else:
        reading.set(contact_name="")
