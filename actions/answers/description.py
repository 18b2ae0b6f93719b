"""What happened, in the person's words; later messages may add to it."""

from actions.facts import take_place, take_type
from actions.reading import Reading
from actions.turn import Turn
from contact_center.agencies.catalogue import catalogue

_SURE = 0.5
_OPTIONS = 4
_FEW_WORDS = 3
_MAX = 20_000


def read(reading: Reading) -> None:
    """A description; a bare wish, a lone place and a few empty words bring the question again."""
    turn = reading.turn
    if turn.interrupts:
        return
    if turn.intent == "skip":
        reading.say("say_cannot_skip")
        reading.answered()
    elif describes(turn):
        take_description(reading)
    elif wishes(turn):
        take_type(reading)
        reading.say("say_description_bare")
        reading.answered()
    elif take_place(reading):
        reading.say("say_location_kept")
        reading.answered()


def describes(turn: Turn) -> bool:
    """Whether the words say what a case could be about."""
    if turn.is_command:
        return False
    if turn.category(_SURE):
        return turn.words >= _FEW_WORDS or turn.intent not in ("affirm", "deny", "done", "inform", "nlu_fallback")
    return turn.words >= _FEW_WORDS and not wishes(turn) and turn.intent not in ("affirm", "deny", "done")


def wishes(turn: Turn) -> bool:
    """Whether it is a wish without a description («ابي اشتكي»), or a button that says so."""
    code, confidence = next(iter(turn.categories), ("", 0.0))
    return not turn.text or (code == "none" and confidence >= _SURE)


def take_description(reading: Reading) -> None:
    """Set the description with all else that the words hold: kind of case, categories to propose, place."""
    reading.set(description=reading.turn.text.strip()[:_MAX])
    take_type(reading)
    propose_categories(reading)
    if reading.slots.get("lat") is None:  # a pin says better where it is than a place named in the story
        take_place(reading)


def extend_description(reading: Reading) -> None:
    """Add the words to the description."""
    known = reading.slots.get("description") or ""
    reading.set(description=f"{known}\n{reading.turn.text.strip()}".strip()[:_MAX])
    reading.say("say_description_extended")
    reading.answered()


def propose_categories(reading: Reading) -> None:
    """Have the router's best category proposed, its best few where it is not sure."""
    known = catalogue().categories
    options = [code for code, _ in reading.turn.categories if code in known][:_OPTIONS]
    step = "propose" if reading.turn.category(_SURE) else "top"
    reading.set(category_options=options, category_step=step if options else "sections")
