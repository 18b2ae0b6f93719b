"""Said at a question of the form without answering it, though no intent says so: questions, «لحظة», the weather."""

from actions.opening_hours import working_hours
from actions.reading import Reading
from actions.turn import Turn
from actions.word_lists import has, opens_with
from contact_center.agencies.entries import UNCLEAR

_ANSWERS = {
    "faq_attachments": "utter_faq_attachments",
    "faq_cost": "utter_cost",
    "faq_privacy": "utter_privacy",
    "faq_response_time": "utter_response_time",
    "faq_what_is_this": "utter_what_is_this",
    "faq_working_hours": "utter_working_hours",
    "complain_about_assistant": "utter_sorry",
    "goodbye": "utter_goodbye_in_form",
}
IN_BETWEEN = {
    "ask_bot": "utter_bot",
    "ask_help": "utter_help",
    "complain_about_assistant": "utter_sorry",
    "faq_attachments": "utter_faq_attachments",
    "faq_cost": "utter_cost",
    "faq_privacy": "utter_privacy",
    "faq_response_time": "utter_response_time",
    "faq_what_is_this": "utter_what_is_this",
    "faq_working_hours": "utter_working_hours",
    "greet": "utter_greet_in_form",
    "switch_language": "utter_language",
}
"""What is answered, by intent, where a question outside the form stays open."""

_SUSPECTED = 0.35
_SURE_OF_SUBJECT = 0.5
_A_MOMENT = 4
_FEW_WORDS = 6
_A_SENTENCE = 9
_WHY = ("ليش", "لماذا", "ليه", "لشنو", "why", "laish", "leish")


def asks(turn: Turn) -> bool:
    """Whether it is a question."""
    ends_so = turn.text.rstrip().endswith(("?", "؟")) and any(map(str.isalpha, turn.text))
    return ends_so or opens_with("asking", turn.text.replace("يعني", "")) or has("lost_number", turn.text)


def is_small_talk(turn: Turn) -> bool:
    """Whether it is of the weather and the like, and of nothing that a case could be about."""
    friendly = turn.words <= _A_SENTENCE and has("small_talk", turn.text)
    return friendly and turn.category(_SURE_OF_SUBJECT) in (None, UNCLEAR)


def is_waiting(turn: Turn) -> bool:
    """Whether it only asks for a moment: «لحظة شوي», "hold on please"."""
    alone = turn.words <= _A_MOMENT and not turn.entities and not turn.interrupts
    return alone and turn.intent != "correct_information" and opens_with("waiting", turn.text)


def is_aside(turn: Turn) -> bool:
    """Whether it is a question, or something short that answers nothing."""
    return asks(turn) or (has("aside", turn.text) and turn.words <= _FEW_WORDS) or is_small_talk(turn)


def answer_in_between(reading: Reading) -> bool:
    """Answer what surely came in between; whether there was such. The open question is for the caller to ask again."""
    response = IN_BETWEEN.get(reading.turn.intent) if reading.turn.interrupts else None
    if response:
        reading.say(response, working_hours=working_hours(reading.slots))
    return bool(response)


def answer_aside(reading: Reading) -> None:
    """A short answer where there is one; the open question then stands again, and nothing is written down."""
    turn = reading.turn
    known = _ANSWERS.get(turn.intent) if turn.confidence >= _SUSPECTED else None
    if is_small_talk(turn):
        reading.say("say_small_talk")
    elif asks(turn) and any(word in turn.text.lower() for word in _WHY):
        reading.say("say_why_asked")
    elif has("lost_number", turn.text):
        reading.say("say_numbers_later")
    else:
        response = known or ("say_question_later" if asks(turn) else "say_at_ease")
        reading.say(response, working_hours=working_hours(reading.slots))
    reading.answered()
