"""The phone on which the agency may ask back; nobody has to give one."""

from actions.answers.description import take_more, tells_more
from actions.asides import answer_aside, is_aside
from actions.person import name_unasked, own_name
from actions.reading import OFFERED_AFTER, Reading
from bot.arabic import parse_phone


def read(reading: Reading) -> None:
    """A phone number in any writing, a shared contact, or none."""
    turn = reading.turn
    contact = turn.metadata.get("contact") or {}
    phone = parse_phone(contact.get("phone") or turn.text)
    if phone:
        reading.set(contact_phone=phone)
        if name := own_name(turn.text):
            reading.set(contact_name=name)
        if contact.get("own") and not reading.slots.get("contact_name") and contact.get("name"):
            reading.set(contact_name=contact["name"])
    elif turn.declines:
        reading.set(contact_phone="")
    elif (turn.interrupts and turn.intent != "share_contact") or turn.intent == "go_back":
        return
    elif is_aside(turn):
        answer_aside(reading)
    elif name := name_unasked(turn):
        reading.set(contact_name=name)
        reading.say("say_name_kept")
        reading.answered()
    elif turn.question == "contact_phone" and tells_more(turn):
        take_more(reading)
    elif turn.question == "contact_phone":
        again = bool(reading.slots.get("tries"))
        if reading.unusable("say_phone_wrong_again" if again else "say_phone_wrong") > OFFERED_AFTER:
            reading.leave_out(contact_phone="")
