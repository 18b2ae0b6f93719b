"""action_validate_slot_mappings: reads every message, before rules and forms decide what comes next.

Rasa runs an action of this name after each message. It is the one reader of all messages: of the form's answers too,
so that a turn costs one call here and at most one for what is said.
"""

from actions.base import Answer, TurnAction
from actions.coming_back import with_kept_draft
from actions.draft import QUESTIONS
from actions.emergency import take_heard
from actions.language import language_after
from actions.opening_hours import working_hours
from actions.reading import Reading
from actions.similar import look_for_similar
from actions.situations import read_where_it_stands
from actions.texts import utterance
from actions.turn import Turn

_QUESTIONS_OF = {"case_form": QUESTIONS, "status_form": ("reference",)}
_FORM_SLOTS = {slot for questions in _QUESTIONS_OF.values() for slot in questions}
# Answered with utter_not_understood where nothing could be read.
_NOT_UNDERSTOOD = {"nlu_fallback", "inform"}
# Nor are these, where they do not fit the open question, or there is none.
_NO_ANSWERS = {"affirm", "deny", "skip", "done", "go_back"}
_NOT_OURS = {"out_of_scope"}


class ReadMessage(TurnAction):
    """Writes into the slots what a message says, and says what has to be said before the next question."""

    called = "action_validate_slot_mappings"

    async def act(self, turn: Turn) -> Answer:
        """Sets slots that changed, and slots of the form that were answered, be it with what they had."""
        if _is_read_already(turn):
            return Answer()
        reading = read(turn)
        await look_for_similar(reading)
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
    kept = with_kept_draft(turn)
    reading = Reading(kept)
    if kept is not turn:
        reading.set(**kept.slots)
    reading.set(again=_is_again(kept), last_intent=kept.intent, language=language_after(kept), topic=None)
    if kept.intent == "faq_working_hours":
        reading.set(working_hours=working_hours(reading.slots))
    handled = read_where_it_stands(reading)
    if handled:
        take_heard(reading)
        reading.settle()
    _count_misses(reading, handled)
    return reading


def _is_again(turn: Turn) -> bool:
    """Whether the same is said twice running, so that the answer has other words than the one before."""
    return turn.intent == turn.slots.get("last_intent") and not turn.slots.get("again")


def _count_misses(reading: Reading, handled: bool) -> None:
    """Count messages in a row that were not understood."""
    if "misses" in reading.changes:
        return
    kinds = _NOT_UNDERSTOOD | _NO_ANSWERS
    if reading.turn.form != "case_form":
        kinds |= _NOT_OURS  # what we make of noise, too
    missed = reading.turn.intent in kinds and not handled and not reading.changes.get("topic")
    if missed:
        reading.missed()
    else:
        reading.set(misses=0, lost="first")
