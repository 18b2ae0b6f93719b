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
        _unreadable(reading, "say_reference_wrong", reference=turn.text.strip())
    except NotAReference:
        if turn.intent in ("inform", "nlu_fallback", "check_status"):
            _unreadable(reading, "say_reference_unreadable")


def _unreadable(reading: Reading, explanation: str, **values: object) -> None:
    """Explain it, and have the number asked for again; the third time a human being is offered."""
    reading.missed()
    reading.say(explanation, **values)
    if reading.slots["lost"] == "human":
        reading.say("utter_agent_offered")
    reading.set(reference=None)
