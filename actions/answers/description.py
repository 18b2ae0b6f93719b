"""What happened, in the person's words; later messages may add to it."""

import re

from actions.asides import answer_aside, asks, is_aside, is_small_talk
from actions.draft import CASE_TYPES
from actions.facts import take_place, take_type
from actions.known import catalogue
from actions.other_matters import keep, keep_for_later
from actions.place_words import is_mostly_place, landmark
from actions.reading import Reading
from actions.turn import Turn
from actions.word_lists import has, only
from bot.arabic import normalise
from contact_center.agencies.entries import UNCLEAR

_CONTINUES = re.compile(
    r"و\s*(?:ال(?!له\b)\w|(?:بعد|حتي|في|من|علي|ما|محد|هو|هي|هم|كل|قبل|انا|احنا|عند|لما|لم|قد|لدي|ايضا|كذلك|نسيت|يا)\w*\b)"
    r"|(?:بعد|حتي|ايضا|كذلك)\s|(?:w|wa|wel|wil|wal)\s|wel(?!l\b)\w|(?:and|also|besides|plus)\b"
)
"""By its first word («والريحة …», "and …") a message goes on with what was told."""
_SURE = 0.5
_SURE_OF_ANOTHER = 0.85
_SURE_OF_STORY = 0.6
_PLAUSIBLE = 0.08
_LONGEST_ADDRESS = 300
_OPTIONS = 4
_FEW_WORDS = 3
MAX = 20_000


def read(reading: Reading) -> None:
    """A description; a bare wish, a lone place and a few empty words bring the question again."""
    turn = reading.turn
    if turn.interrupts and not tells_a_case(turn):
        return
    if turn.intent == "skip":
        reading.unusable("say_cannot_skip")
    elif is_small_talk(turn) or _asks_something_else(reading):
        answer_aside(reading)
    elif describes(turn):
        if turn.second:
            keep(reading, turn.second)
        take_description(reading)
    elif wishes(turn):
        take_type(reading)
        reading.unusable("say_description_bare")
    elif take_place(reading):
        reading.say("say_location_kept")
        reading.answered()


def _asks_something_else(reading: Reading) -> bool:
    """Whether it is a question, and not the one that is to be filed."""
    about = reading.turn.category(_SURE) not in (None, UNCLEAR)
    return asks(reading.turn) and not about and reading.slots.get("case_type") != "inquiry"


def tells_a_case(turn: Turn) -> bool:
    """Whether what sounds like words about an earlier case describes this one: «قالوا صلحوها وردت تطفح»."""
    earlier = turn.intent in ("add_information", "reopen_case") and turn.value("reference") is None
    return earlier and turn.question == "description" and turn.category(_SURE) is not None and describes(turn)


def describes(turn: Turn) -> bool:
    """Whether the words say what a case could be about."""
    if turn.is_command or only("wish", turn.text):
        return False
    if turn.category(_SURE):
        return turn.words >= _FEW_WORDS or turn.intent not in ("affirm", "deny", "done", "inform", "nlu_fallback")
    return turn.words >= _FEW_WORDS and not wishes(turn) and turn.intent not in ("affirm", "deny", "done")


def wishes(turn: Turn) -> bool:
    """Whether it is a wish without a description («ابي اشتكي»), or a button that says so."""
    code, confidence = next(iter(turn.categories), ("", 0.0))
    return not turn.text or (code == "none" and confidence >= _SURE) or only("wish", turn.text)


def take_description(reading: Reading) -> None:
    """Set the description with all else that the words hold: kind of case, categories to propose, place."""
    reading.set(description=reading.turn.text.strip()[:MAX])
    take_type(reading)
    propose_categories(reading)
    if reading.slots.get("lat") is None:  # a pin says better where it is than a place named in the story
        take_place(reading)


def extend_description(reading: Reading) -> None:
    """Add the words to the description, unless they are in it already."""
    known, words = reading.slots.get("description") or "", reading.turn.text.strip()
    if words in known:
        reading.say("say_already_so")
    else:
        reading.set(description=f"{known}\n{words}".strip()[:MAX])
        reading.say("say_description_extended")
    reading.answered()


def tells_more(turn: Turn) -> bool:
    """Whether a message at a later question goes on with the story («صار له اسبوع والريحة تذبح»)."""
    if turn.interrupts or turn.declines or turn.is_command or is_aside(turn) or turn.words < _FEW_WORDS:
        return False
    says_so = turn.intent in CASE_TYPES and turn.confidence >= _SURE_OF_STORY and turn.words > _FEW_WORDS
    return has("going_on", turn.text) or bool(says_so and turn.category(_SURE))


def take_more(reading: Reading) -> None:
    """What is told later: more of the story, where it is, or surely something else, which has to wait."""
    turn = reading.turn
    if is_mostly_place(turn):
        take_place(reading)
        if found := landmark(turn):
            reading.set(address=found[:_LONGEST_ADDRESS])
        reading.say("say_place_kept")
        reading.answered()
    elif _is_another_matter(reading):
        keep_for_later(reading)
    else:
        extend_description(reading)


def _is_another_matter(reading: Reading) -> bool:
    """Whether the words are surely about a category of another field than the one that was chosen."""
    other, known = reading.turn.category(_SURE_OF_ANOTHER), reading.slots.get("category")
    surely_one = reading.turn.intent in CASE_TYPES and reading.turn.confidence >= _SURE_OF_ANOTHER
    begins_one = surely_one and not _CONTINUES.match(normalise(reading.turn.text))
    return bool(other and other != UNCLEAR and known and begins_one and other.split(".")[0] != known.split(".")[0])


def propose_categories(reading: Reading) -> None:
    """Have the router's best category proposed, its best few where it is not sure."""
    offered = catalogue().offered
    plausible = (code for code, confidence in reading.turn.categories if confidence >= _PLAUSIBLE)
    options = [code for code in plausible if code in offered and code != UNCLEAR][:_OPTIONS]
    if options and reading.turn.category(_SURE) == options[0]:
        step = "propose"
    else:
        step = "top" if len(options) > 1 else "sections"
    reading.set(category_options=options, category_step=step)
