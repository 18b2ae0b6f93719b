"""The reference number of a case, wherever in a message it stands."""

from actions.reading import Reading
from contact_center.cases.reference import NotAReference, WrongCheckDigit, parse

# These are about more than how the case stands.
_NOT_ASKING = {"add_information", "withdraw_case", "reopen_case", "faq_lost_reference", "emergency"}


def read_reference(reading: Reading) -> None:
    """Set `reference` where a number is given; inside the status form only one that can be right."""
    turn = reading.turn
    given = turn.value("reference")
    if turn.form == "status_form":
        _answer(reading, given)
    elif given and turn.intent not in _NOT_ASKING:
        reading.set(reference=given, topic="status")


def _answer(reading: Reading, given: str | None) -> None:
    """The answer to the status form's question."""
    turn = reading.turn
    if given is None and (turn.interrupts or not any(sign.isdecimal() for sign in turn.text)):
        return
    try:
        reading.set(reference=parse(given or turn.text).digits)
    except WrongCheckDigit:
        reading.say("say_reference_wrong", reference=turn.text.strip())
        reading.set(reference=None)
    except NotAReference:
        if turn.intent in ("inform", "nlu_fallback", "check_status"):
            reading.say("say_reference_unreadable")
            reading.set(reference=None)
