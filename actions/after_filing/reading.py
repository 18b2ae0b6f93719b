"""A message about a case that is filed: a wish, an answer to a question about it, or a rating."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions.after_filing.agency_question import answered_later, asked_case, just_answered
from actions.after_filing.care import WISHES, Care
from actions.after_filing.details import details
from actions.after_filing.new_photo import STEP, is_for_another, maybe_for_case
from actions.after_filing.rating import rating_in
from actions.after_filing.sent import files_of, words_of
from actions.answers.description import tells_a_case
from actions.asides import IN_BETWEEN, answer_in_between
from actions.draft import drops_the_draft
from actions.facts import note_refused_files
from actions.reading import Reading
from actions.turn import Turn
from actions.word_lists import has

Answer = Callable[[Reading, Care], Care | None]

# The person is somewhere else with these; what was said of the case is done already, or said again.
_ELSEWHERE = {"check_status", "emergency", "faq_lost_reference", "faq_which_agency", "list_my_cases", "speak_to_agent"}
_CASES_BEGIN = {"report_complaint", "make_suggestion", "make_inquiry", "give_compliment"}
# Answered by rules; the question stays open.
_SIGNALS = {"edit_message", "share_contact", "stale_button", "unsupported_message"}
_YES = {"affirm"}
_NO = {"deny", "skip", "cancel", "go_back"}
_ENOUGH = {"done", "thank", "goodbye"}
_PLAIN_YES = 3


def read_care(reading: Reading) -> bool:
    """Whether a message is about a filed case; sets what of it is known, and `topic`, by which rules see it."""
    turn, before = reading.turn, Care.of(reading.slots)
    care = (
        _rating(turn)
        or just_answered(turn)
        or (before and _answer(reading, before))
        or _wish(turn)
        or maybe_for_case(turn)
        or answered_later(turn)
    )
    if care is None:
        if before and turn.intent not in _SIGNALS:
            reading.set(care=None)
        if before and is_for_another(turn, before):
            reading.set(attachments=list(before.files), filed_at=None, topic="case")
        return False
    note_refused_files(reading)
    reading.set(care=care.kept(), topic="care")
    return True


def _rating(turn: Turn) -> Care | None:
    """A button, or words right after the question."""
    if turn.intent == "rate_reply":
        return Care("rate_reply", turn.value("reference"), rating=int(turn.value("rating") or 0))
    asked_of = turn.metadata.get("rating_of") if turn.form != "status_form" else None
    found = rating_in(turn) if asked_of and turn.text else None
    return Care("rate_reply", asked_of, rating=found[0], words=found[1]) if found else None


def _wish(turn: Turn) -> Care | None:
    """What is wanted of which case; inside the form only where that is surely meant."""
    if turn.intent not in WISHES:
        return None
    if turn.form == "case_form" and (tells_a_case(turn) or not turn.interrupts or drops_the_draft(turn)):
        return None
    reference = turn.value("reference") or turn.metadata.get("rating_of")
    if reference is None and turn.intent == "add_information":
        reference = asked_case(turn)
    return Care(turn.intent, reference, words=details(turn, turn.intent), files=files_of(turn))


def _answer(reading: Reading, before: Care) -> Care | None:
    """The answer to the open question; None where the person is somewhere else."""
    turn = reading.turn
    if turn.intent in _SIGNALS or turn.form is not None or _is_elsewhere(turn, before):
        return None
    care = replace(before, answer=None)
    answered = _STEPS[before.step or "which"](reading, care)
    if answered is None and turn.intent not in WISHES:
        return _in_between(reading, care)
    return answered


def _is_elsewhere(turn: Turn, before: Care) -> bool:
    if is_for_another(turn, before):
        return True
    if turn.intent in _ELSEWHERE:
        return turn.interrupts or turn.intent == "emergency"
    if turn.intent in _CASES_BEGIN:
        told = before.step in ("words", "more", "reason", "comment")
        return not turn.text or has("another_case", turn.text) or not told
    return turn.value("reference") is not None and before.step != "which" and turn.intent not in WISHES


def _in_between(reading: Reading, care: Care) -> Care:
    """Said in between, or not understood: the question is asked again."""
    answer_in_between(reading)
    return replace(care, answer="again")


def _which(reading: Reading, care: Care) -> Care | None:
    reference = reading.turn.value("reference")
    if reference:
        return replace(care, reference=reference, step=None)
    return replace(care, answer="no") if reading.turn.declines or reading.turn.intent in _NO else None


def _more(reading: Reading, care: Care) -> Care | None:
    """Words, files and places are added; that is all, or nothing of it."""
    turn = reading.turn
    files = files_of(turn)
    if files or turn.metadata.get("location"):
        return replace(care, words=words_of(turn), files=files)
    if turn.intent in _YES:
        return replace(care, answer="yes")
    if turn.intent in _NO or (turn.intent in _ENOUGH) or turn.declines:
        return replace(care, answer="no")
    if turn.intent in WISHES - {"add_information"} or not _tells(turn):
        return None
    told = details(turn, "add_information") if turn.intent == "add_information" else turn.text
    return replace(care, words=told or "", answer=None if told else "yes")


def _photo(reading: Reading, care: Care) -> Care | None:
    """Yes, or what is to be said with it; more files are asked about together."""
    turn = reading.turn
    if files := files_of(turn):
        return replace(care, files=(*care.files, *files), answer="again")
    if turn.intent in _YES | {"done", "add_information"}:
        tells = turn.words > _PLAIN_YES
        return replace(care, words=details(turn, "add_information") if tells else "", answer="yes")
    return replace(care, answer="no") if turn.intent in _NO else None


def _sure(reading: Reading, care: Care) -> Care | None:
    turn = reading.turn
    if turn.value("reference"):
        return None
    if turn.intent in _YES or turn.intent in ("done", "withdraw_case"):
        return replace(care, answer="yes")
    return replace(care, answer="no") if turn.intent in _NO else None


def _reason(reading: Reading, care: Care) -> Care | None:
    turn = reading.turn
    files = files_of(turn)
    if turn.intent in ("skip", "cancel", "go_back") or (turn.intent == "deny" and turn.declines and turn.words <= 1):
        return replace(care, answer="no")
    if not files and not _tells(turn):
        return None
    if turn.intent == "reopen_case" and not details(turn, "reopen_case"):
        return replace(care, words=turn.text)
    return replace(care, words=turn.text, files=(*care.files, *files))


def _reopen(reading: Reading, care: Care) -> Care | None:
    """Yes, no, or what is wrong."""
    turn = reading.turn
    if turn.intent == "reopen_case":
        return replace(care, words=details(turn, "reopen_case") or care.words, answer="yes")
    if turn.intent in _YES or turn.intent == "done":
        return replace(care, answer="yes")
    if turn.intent in _NO | _ENOUGH:
        return replace(care, answer="no")
    return replace(care, words=turn.text, answer=None) if _tells(turn) and care.rating is not None else None


def _comment(reading: Reading, care: Care) -> Care | None:
    turn = reading.turn
    if turn.intent in _NO | _ENOUGH or (turn.intent in _YES and turn.words <= 1):
        return replace(care, answer="no")
    return replace(care, words=turn.text) if _tells(turn) else None


def _tells(turn: Turn) -> bool:
    """Whether there are words that mean themselves: no command, and nothing asked or wanted in between."""
    return bool(turn.text) and not turn.is_command and not (turn.interrupts and turn.intent in IN_BETWEEN)


_STEPS: Mapping[str, Answer] = {
    STEP: _photo,
    "which": _which,
    "words": _more,
    "more": _more,
    "sure": _sure,
    "reason": _reason,
    "reopen": _reopen,
    "comment": _comment,
}
