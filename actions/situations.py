"""Where a conversation may stand when a message comes, and who reads it there."""

from collections.abc import Callable

from actions.after_filing.reading import read_care
from actions.begin import begin_with, begins
from actions.coming_back import ASKED, answer_offer, come_back, speaks_of_draft
from actions.draft import begun
from actions.emergency import go_on_after_danger, is_after_danger, is_danger, read_danger, resume
from actions.facts import take_files
from actions.human import answers_offer, unwanted
from actions.in_case_form import read_in_form
from actions.other_matters import first_kept
from actions.prove_phone import proves
from actions.reading import Reading
from actions.reference import read_reference
from actions.set_aside import bring_back, is_wanted_back
from actions.turn import Turn
from actions.word_lists import has

# What was last spoken of, where the form was left with a draft in it.
_LEFT_OPEN = {"cancel_asked", "distress"}
_YES_OR_NO = {"affirm", "deny", "skip", "done", "cancel"}


def read_where_it_stands(reading: Reading) -> bool:
    """Have the message read by who reads it there; whether the form goes on with what was read."""
    turn = reading.turn
    elsewhere = _elsewhere(turn)
    if not elsewhere and not is_danger(turn) and not _is_wanted_back(turn) and read_care(reading):
        return False
    files = take_files(reading)
    if elsewhere:
        reading.set(topic=elsewhere)
        return False
    read = next(read for stands, read in _SITUATIONS if stands(turn))
    return read(reading, files)


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


def _in_danger(reading: Reading, files: int) -> bool:
    reading.set(care=None)
    return read_danger(reading, files)


def _is_proof(turn: Turn) -> bool:
    return turn.form is None and proves(turn)


def _prove(reading: Reading, _files: int) -> bool:
    reading.set(topic="verify")
    return False


def _is_wanted_back(turn: Turn) -> bool:
    return turn.form != "case_form" and is_wanted_back(turn) and not begun(turn.slots)


def _bring_back(reading: Reading, _files: int) -> bool:
    return bring_back(reading)


def _is_offered_a_draft(turn: Turn) -> bool:
    return turn.form is None and turn.slots.get("topic") in ASKED and begun(turn.slots)


def _is_left_open(turn: Turn) -> bool:
    """Whether the form goes on with this message, whatever it says, save where it asks for a human being."""
    left = turn.slots.get("topic") in _LEFT_OPEN and turn.slots.get("description")
    return turn.form is None and bool(left) and not (turn.intent == "speak_to_agent" and turn.interrupts)


def _go_on(reading: Reading, _files: int) -> bool:
    """Back into the form, which was left with a draft in it; unless it is to be dropped, as was asked."""
    asked = reading.turn.slots.get("topic") == "cancel_asked"
    meant = reading.turn.intent in ("affirm", "cancel", "done") and not has("undo", reading.turn.text)
    dropped = asked and meant
    reading.set(topic="cancel" if dropped else "case")
    if not dropped:
        reading.say("say_goes_on")
    return True


def _is_offered_another_matter(turn: Turn) -> bool:
    return turn.form is None and turn.slots.get("topic") == "other_offered" and turn.intent in _YES_OR_NO


def _other_matter(reading: Reading, _files: int) -> bool:
    """Whether the form opens with the matter that was kept for later; else it is dropped, as was said."""
    wanted = reading.turn.intent == "affirm"
    if wanted:
        begin_with(reading, first_kept(reading.turn))
    reading.set(topic="case" if wanted else "other_dropped", other_matters=reading.slots["other_matters"][1:])
    return wanted


def _is_in_case_form(turn: Turn) -> bool:
    return turn.form == "case_form"


def _in_case_form(reading: Reading, files: int) -> bool:
    reading.set(proof=None)
    if not resume(reading):
        read_in_form(reading, files)
    return reading.handled


def _anywhere(_turn: Turn) -> bool:
    return True


def _begin_or_look_up(reading: Reading, _files: int) -> bool:
    turn = reading.turn
    read_reference(reading)
    begun_now = "reference" not in reading.changes and begins(reading)
    if not begun_now and turn.intent in ("affirm", "done") and turn.slots.get("last_reference"):
        reading.set(topic="filed")
    return begun_now


_SITUATIONS: tuple[tuple[Callable[[Turn], bool], Callable[[Reading, int], bool]], ...] = (
    (is_danger, _in_danger),
    (_is_proof, _prove),
    (_is_wanted_back, _bring_back),
    (_is_offered_a_draft, answer_offer),
    (speaks_of_draft, come_back),
    (is_after_danger, go_on_after_danger),
    (_is_left_open, _go_on),
    (_is_offered_another_matter, _other_matter),
    (_is_in_case_form, _in_case_form),
    (_anywhere, _begin_or_look_up),
)
"""In order of precedence: the first that holds reads the message."""
