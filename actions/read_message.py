"""action_validate_slot_mappings: reads every message, before rules and forms decide what comes next.

Rasa runs an action of this name after each message. It is the one reader of all messages: of the form's answers too,
so that a turn costs one call here and at most one for what is said.
"""

from actions.answers import READERS
from actions.answers.description import describes, extend_description, take_description
from actions.base import Answer, TurnAction
from actions.begin import begins
from actions.corrections import correct, go_back
from actions.draft import QUESTIONS
from actions.edits import edit_draft, edit_message
from actions.facts import take_files, take_pin
from actions.language import language_after
from actions.reading import Reading
from actions.reference import read_reference
from actions.texts import utterance
from actions.turn import Turn

_QUESTIONS_OF = {"case_form": QUESTIONS, "status_form": ("reference",)}
_FORM_SLOTS = {slot for questions in _QUESTIONS_OF.values() for slot in questions}


class ReadMessage(TurnAction):
    """Writes into the slots what a message says, and says what has to be said before the next question."""

    called = "action_validate_slot_mappings"

    async def act(self, turn: Turn) -> Answer:
        """Sets slots that changed, and slots of the form that were answered, be it with what they had."""
        if _is_read_already(turn):
            return Answer()
        reading = read(turn)
        said = [utterance(response, reading.slots, **values) for response, values in reading.said]
        changed = {
            slot: value
            for slot, value in reading.changes.items()
            if slot in _FORM_SLOTS or value != turn.slots.get(slot)
        }
        return Answer(said, changed)


def _is_read_already(turn: Turn) -> bool:
    """Rasa runs this action a second time when a message has opened a form, which then has no question yet."""
    return turn.form is not None and turn.question not in _QUESTIONS_OF[turn.form]


def read(turn: Turn) -> Reading:
    """Read a message where the conversation stands."""
    reading = Reading(turn)
    reading.set(language=language_after(turn), topic=None)
    files = take_files(reading)
    if turn.form == "case_form":
        _in_case_form(reading, files)
        handled = any(question in reading.changes for question in QUESTIONS)
    else:
        read_reference(reading)
        handled = "reference" not in reading.changes and begins(reading)
    if handled:
        reading.settle()
    _count_misses(reading, handled)
    return reading


def _in_case_form(reading: Reading, files: int) -> None:
    turn = reading.turn
    if files and turn.question != "attachments" and (turn.question != "description" or turn.text):
        reading.say("say_attachment_kept")
    if turn.metadata.get("location") and take_pin(reading) and turn.question != "area":
        reading.say("say_location_kept")
    if turn.intent in _SPECIAL:
        _SPECIAL[turn.intent](reading)
    elif _is_correction(reading):
        correct(reading)
    elif turn.intent == "go_back":
        go_back(reading)
    else:
        read_reference(reading)
        if not reading.slots.get("reference"):
            READERS[turn.question or "description"](reading)
    if files:
        reading.answered()


def _is_correction(reading: Reading) -> bool:
    """Said to be one, save where it answers the open question; or «لا، المكان سند مو سترة» to the summary."""
    turn = reading.turn
    if turn.intent == "correct_information":
        return turn.question != "category" and not (turn.question == "description" and describes(reading))
    names_facts = turn.intent in ("deny", "inform") and bool(turn.text and turn.entities)
    return turn.value("field") in QUESTIONS or (turn.question == "confirm" and names_facts)


def _emergency(reading: Reading) -> None:
    """The way to help first; then the words belong to the case."""
    reading.say("utter_emergency")
    if reading.turn.text and reading.turn.question == "description":
        take_description(reading)
    elif reading.turn.text:
        extend_description(reading)
    reading.answered()


def _edit_draft(reading: Reading) -> None:
    edit_draft(reading)
    reading.answered()


def _edit_message(reading: Reading) -> None:
    if edit_message(reading):
        reading.answered()


def _shared(reading: Reading) -> None:
    """A file or a pin on its own: kept by now; the open question may be answered by it."""
    if reading.turn.question == "attachments":
        READERS["attachments"](reading)
    reading.answered()


_SPECIAL = {
    "emergency": _emergency,
    "edit_draft": _edit_draft,
    "edit_message": _edit_message,
    "share_attachment": _shared,
    "share_location": _shared,
}


def _count_misses(reading: Reading, handled: bool) -> None:
    """Every other time in a row that nothing was understood, help is offered."""
    missed = reading.turn.intent == "nlu_fallback" and not handled and not reading.changes.get("topic")
    misses = int(reading.slots.get("misses") or 0) + 1 if missed else 0
    reading.set(misses=misses, lost=missed and misses % 2 == 0)
