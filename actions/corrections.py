"""What the person takes back or wants otherwise, at any question: «لا مو سترة، قصدي سند», «غير الاسم»."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from actions.answers.description import extend_description, propose_categories
from actions.draft import QUESTIONS, empty, kinds_named, needed
from actions.facts import take_place
from actions.person import own_name, own_phone
from actions.place_words import landmark
from actions.reading import Reading
from actions.summary import changed, replaced
from actions.word_lists import has
from bot.arabic import normalise

_WORDS_FILE = Path(__file__).with_name("field_words.yml")
_SURE_OF_SUBJECT = 0.4
_NEGATED = re.compile(r"(?:\bم[وب]|\bليس(?:ت)?|\bnot)\s+(?:an?\s+)?(?:ال)?\w+")


def correct(reading: Reading) -> None:
    """Take the new values from the words; else ask the named question again; else ask what to change."""
    turn = reading.turn
    field = turn.value("field")
    if field in QUESTIONS:
        reopen(reading, str(field))
    elif field == "none":
        reading.set(changing=False)
    elif turn.text and take_corrections(reading):
        reading.set(confirm=None, changing=False)
        if new := changed(turn.slots, reading.slots):
            said = "say_changed" if replaced(turn.slots, reading.slots) else "say_noted"
            reading.say(said, changed=new)
        elif not reading.said:
            reading.say("say_already_so")
    elif turn.text and (named := field_named(turn.text)):
        reopen(reading, named)
        if named == "category" and turn.category(_SURE_OF_SUBJECT):
            propose_categories(reading)
    elif turn.question == "confirm":
        reading.set(changing=True)
    else:
        go_back(reading)
    reading.answered()


def take_corrections(reading: Reading) -> bool:
    """Set what the words give anew: place, phone, kind of case or name, and what else they name; whether any."""
    turn = reading.turn
    taken = take_place(reading)
    words = landmark(turn, whole=False)
    if words:
        reading.set(address=words)
    phone, kind, name = own_phone(turn), _kind(turn.text), own_name(turn.text)
    new = {"contact_phone": phone, "case_type": kind, "contact_name": name}
    reading.set(**{field: value for field, value in new.items() if value})
    told = not words and has("named", turn.text)
    if told:
        extend_description(reading)
    return bool(taken or words or told or any(new.values()))


def field_named(text: str) -> str | None:
    """The field that a message names."""
    words = f" {normalise(text)} "
    return next((field for field, names in _field_words().items() if any(f" {name} " in words for name in names)), None)


def reopen(reading: Reading, field: str) -> None:
    """Ask a field again; what was kept for it is not lost until it is answered."""
    reading.reopen(field)
    reading.set(changing=False)
    if reading.turn.question == "confirm":
        reading.say("say_way_back")
    elif QUESTIONS.index(field) > QUESTIONS.index(reading.turn.question or field):
        reading.say("say_asked_later")
    if field == "category":
        reading.set(category_step="top" if reading.slots.get("category_options") else "sections")
    elif field == "area":
        reading.set(area_step="name", area_words=None)
    elif field == "attachments":
        files = reading.turn.slots.get("attachments") or []
        reading.set(files=files, file_count=len(files), has_files=bool(files))


def go_back(reading: Reading) -> None:
    """Ask the question before the open one again."""
    turn = reading.turn
    position = QUESTIONS.index(turn.question) if turn.question in QUESTIONS else 0
    for question in reversed(QUESTIONS[:position]):
        if question != "case_type" and needed(question, {**reading.slots, question: None}, turn):
            reopen(reading, question)
            break
    else:
        reading.say("say_first_question")
    reading.answered()


def empty_or_open(field: str) -> object:
    """What a field becomes that is emptied by hand: open where it has to be known, else left empty."""
    return None if field in ("description", "case_type", "category", "area") else empty(field)


def _kind(text: str) -> str | None:
    """The kind that is meant: not the one taken back («اقتراح مو شكوى»)."""
    found = kinds_named(_NEGATED.sub(" ", normalise(text)))
    taken_back = _NEGATED.search(normalise(text))
    return found[0] if len(found) == 1 and taken_back else None


@lru_cache(maxsize=1)
def _field_words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    return {field: [normalise(word) for word in names] for field, names in words.items()}
