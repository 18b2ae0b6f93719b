"""action_validate_slot_mappings: reads every message, before rules and forms decide what comes next.

Rasa runs an action of this name after each message. It is the one reader of all messages: of the form's answers too,
so that a turn costs one call here and at most one for what is said.
"""

from actions.after_filing.reading import read_care
from actions.base import Answer, TurnAction
from actions.begin import begin_with, begins
from actions.coming_back import ASKED, answer_offer, come_back, speaks_of_draft, with_kept_draft
from actions.draft import QUESTIONS, begun
from actions.emergency import go_on_after_danger, is_after_danger, is_danger, read_danger, resume, take_heard
from actions.facts import take_files
from actions.human import answers_offer, unwanted
from actions.in_case_form import read_in_form
from actions.language import language_after
from actions.opening_hours import working_hours
from actions.other_matters import first_kept
from actions.prove_phone import proves
from actions.reading import Reading
from actions.reference import read_reference
from actions.set_aside import bring_back, is_wanted_back
from actions.similar import look_for_similar
from actions.texts import utterance
from actions.turn import Turn
from actions.word_lists import has

_QUESTIONS_OF = {"case_form": QUESTIONS, "status_form": ("reference",)}
_FORM_SLOTS = {slot for questions in _QUESTIONS_OF.values() for slot in questions}
# What was last spoken of, where the form was left with a draft in it.
_YES_OR_NO = {"affirm", "deny", "skip", "done", "cancel"}
_LEFT_OPEN = {"cancel_asked", "distress"}
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
        turn = kept
    reading.set(again=_is_again(turn), last_intent=turn.intent)
    reading.set(language=language_after(turn), topic=None)
    if turn.intent == "faq_working_hours":
        reading.set(working_hours=working_hours(reading.slots))
    elsewhere = _elsewhere(turn)
    danger = elsewhere is None and is_danger(turn)
    cared = not (elsewhere or danger) and read_care(reading)
    files = 0 if cared else take_files(reading)
    if elsewhere:
        reading.set(topic=elsewhere)
        handled = False
    elif danger:
        reading.set(care=None)
        handled = read_danger(reading, files)
    elif cared:
        handled = False
    elif turn.form is None and proves(turn):
        reading.set(topic="verify")
        handled = False
    elif turn.form != "case_form" and is_wanted_back(turn) and not begun(turn.slots):
        handled = bring_back(reading)
    elif turn.form is None and turn.slots.get("topic") in ASKED and begun(turn.slots):
        handled = answer_offer(reading, files)
    elif speaks_of_draft(turn):
        handled = come_back(reading, files)
    elif is_after_danger(turn):
        handled = go_on_after_danger(reading, files)
    elif turn.form is None and _is_left_open(turn):
        handled = _go_on(reading)
    elif turn.form is None and turn.slots.get("topic") == "other_offered" and turn.intent in _YES_OR_NO:
        handled = _other_matter(reading)
    elif turn.form == "case_form":
        reading.set(proof=None)
        if not resume(reading):
            read_in_form(reading, files)
        handled = reading.handled
    else:
        read_reference(reading)
        handled = "reference" not in reading.changes and begins(reading)
        if not handled and turn.intent in ("affirm", "done") and turn.slots.get("last_reference"):
            reading.set(topic="filed")
    if handled:
        take_heard(reading)
        reading.settle()
    _count_misses(reading, handled)
    return reading


def _elsewhere(turn: Turn) -> str | None:
    """The topic of what comes before anything else: despair, and a human being who is wanted or no longer wanted."""
    if has("distress", turn.text):
        return "distress"
    if turn.intent == "emergency":
        return None
    answer = answers_offer(turn)
    if unwanted(turn) or answer is False:
        return "no_agent"
    return "agent" if answer else None


def _is_again(turn: Turn) -> bool:
    """Whether the same is said twice running, so that the answer has other words than the one before."""
    return turn.intent == turn.slots.get("last_intent") and not turn.slots.get("again")


def _is_left_open(turn: Turn) -> bool:
    """Whether the form goes on with this message, whatever it says, save where it asks for a human being."""
    left = turn.slots.get("topic") in _LEFT_OPEN and turn.slots.get("description")
    return bool(left) and not (turn.intent == "speak_to_agent" and turn.interrupts)


def _go_on(reading: Reading) -> bool:
    """Back into the form, which was left with a draft in it; unless it is to be dropped, as was asked."""
    asked = reading.turn.slots.get("topic") == "cancel_asked"
    meant = reading.turn.intent in ("affirm", "cancel", "done") and not has("undo", reading.turn.text)
    dropped = asked and meant
    reading.set(topic="cancel" if dropped else "case")
    if not dropped:
        reading.say("say_goes_on")
    return True


def _other_matter(reading: Reading) -> bool:
    """Whether the form opens with the matter that was kept for later; else it is dropped, as was said."""
    wanted = reading.turn.intent == "affirm"
    if wanted:
        begin_with(reading, first_kept(reading.turn))
    reading.set(topic="case" if wanted else "other_dropped", other_matters=reading.slots["other_matters"][1:])
    return wanted


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
