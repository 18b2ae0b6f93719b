"""A file without a word, right after a case was filed: it is asked whether it belongs to that case or to another."""

from datetime import datetime, timedelta

from actions.after_filing.care import Care
from actions.draft import begun
from actions.turn import Turn
from actions.word_lists import has
from contact_center.clock import now

STEP = "photo"
STILL_TALKING = timedelta(hours=1)
_SURE = 0.6
_A_STORY = 3
_BEGINS = {"deny", "skip", "report_complaint", "make_suggestion", "make_inquiry", "give_compliment"}
_UNSURE = {"inform", "nlu_fallback"}


def maybe_for_case(turn: Turn) -> Care | None:
    """The files of a message as something for the case just filed; None where it is nothing of the kind."""
    files, just_filed = tuple(file["id"] for file in turn.metadata.get("attachments") or ()), turn.slots.get("filed_at")
    if not files or turn.text or turn.form or begun(turn.slots) or not just_filed:
        return None
    another = turn.slots.get("spoken_of") != turn.slots.get("last_reference")
    if another or now() - datetime.fromisoformat(just_filed) > STILL_TALKING:
        return None
    return Care("add_information", turn.slots["last_reference"], step=STEP, files=files)


def is_for_another(turn: Turn, care: Care) -> bool:
    """Whether the files that were asked about begin a case of their own: a no, or words of another matter."""
    if care.step != STEP:
        return False
    told = turn.intent in _UNSURE and turn.words >= _A_STORY and turn.category(_SURE)
    return turn.intent in _BEGINS or has("another_case", turn.text) or bool(told)
