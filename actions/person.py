"""The person's own name and number in a message: «اسمي فاطمة ورقمي 36001122», «سلمان احمد»."""

import re

from actions.place_words import names_place
from actions.turn import INTERRUPTIONS, Turn
from actions.word_lists import has
from bot.arabic import find_phones, is_taken_back, normalise, to_arabic
from bot.arabic.given_names import KUNYA, is_given_name
from bot.arabic.latin_words import ARABIZI, ENGLISH

_LEAD_IN = re.compile(
    r"^\W*(?:لا\s+)?(?:(?:غير|غيروا|بدل|عدل|صحح|change|correct)\s+)?"
    r"(?:[اأ]نا\s+|(?:[اأ]نا\s+)?(?:[اإ]سمي|ال[اإ]سم|باسم)(?:\s+(?:ه[وي]|[اإ]لى|الي))?\b\W*"
    r"|(?:the )?name(?: is| to)\b|my name(?: is| to)?\b|i am\b|i'm\b|it's\b|esmi\b|ismi\b)\W*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[،,;\n]|\bو?(?:ال)?رقم|\bو?تلفون|\bو?موبايل|\band\b|\bphone|\bnumber|\+?[\d٠-٩]{3,}).*$",
    re.IGNORECASE | re.DOTALL,
)
_TAKEN_BACK = re.compile(r"\s(?:مو|مب|مش|وليس|not)\s.*$")
_NAME = re.compile(r"[^\W\d_][^\d\n!?؟@#:;/\\<>{}\[\]]{1,79}")
_OWN_NAME = re.compile(r"(?:\bو?[اإ]سمي|\bال[اإ]سم|\bmy name|\bname (?:is|to)|\bismi|\besmi)\b", re.IGNORECASE)
_NO_NAME = re.compile(r"غلط|خط[أا]|wrong|مكتوب")
_ARABIZI_DIGIT = re.compile(r"(?<=[A-Za-z'])[2356789](?![\d])|(?<!\d)[2356789](?=[A-Za-z'])")
_MOST_WORDS_UNASKED = 4
_MOST_WORDS = 5
_A_STORY = 3
_SURE, _SURE_OF_MANY = 0.8, 0.6
_CONTROL = INTERRUPTIONS | {"affirm", "deny", "skip", "done", "go_back", "correct_information"}


def name_in(text: str) -> str | None:
    """The name that a text gives, without «اسمي», a number behind it and the like."""
    said = text.strip()
    said = said[1:] if said.startswith("و") and _LEAD_IN.match(said[1:]) else said  # «واسمي علي», not «وفاء»
    rest = _TAKEN_BACK.sub("", _AFTER.sub("", _LEAD_IN.sub("", said)))
    name = " ".join(rest.split()).strip(" .،,!")
    as_letters = _ARABIZI_DIGIT.sub("a", name)  # «3li 7asan»
    return name if _NAME.fullmatch(as_letters) and len(name.split()) <= _MOST_WORDS else None


def own_name(text: str) -> str | None:
    """The name behind «اسمي», «الاسم»; None where the text names nobody so."""
    named = (name_in(text[found.start() :]) for found in _OWN_NAME.finditer(text))
    return next((name for name in named if name and not _NO_NAME.search(name) and not has("no_name", name)), None)


def is_name(turn: Turn) -> bool:
    """Whether a message at the question for the name is one, whatever the model takes «Suresh» for."""
    name = name_in(turn.text) if turn.text else None
    if (
        name is None
        or has("no_name", name)
        or has("asking", name)
        or has("aside", name)
        or has("going_on", name)
        or has("small_talk", name)
        or _is_of_place(turn)
    ):
        return False
    if turn.intent == "emergency" and turn.words >= _A_STORY:
        return False
    words = normalise(name).split()
    foreign = all(word.isascii() and word not in ENGLISH | ARABIZI for word in words)
    surely = turn.confidence >= (_SURE_OF_MANY if turn.words >= _A_STORY else _SURE)
    return foreign or not (turn.intent in _CONTROL and surely)


def name_unasked(turn: Turn) -> str | None:
    """The name that a message is, nothing else, though another question was asked: known by its first name."""
    name = name_in(turn.text) if turn.text and is_name(turn) else None
    words = normalise(to_arabic(name) if name and _ARABIZI_DIGIT.search(name) else name or "").split()
    known = words and (is_given_name(words[0]) or KUNYA.match(" ".join(words)))
    return name if known and len(words) <= _MOST_WORDS_UNASKED else None


def own_phone(turn: Turn) -> str | None:
    """The number that is surely the person's: said to be, or with no company in the same breath."""
    phones = [phone for phone in find_phones(turn.text) if not is_taken_back(turn.text, phone.start)]
    theirs = has("own_phone", turn.text) or not has("named", turn.text)
    return phones[-1].value if phones and theirs else None


def _is_of_place(turn: Turn) -> bool:
    """Landmarks and numbers of streets; an area by itself may be a family's name."""
    without_area = tuple(found for found in turn.entities if found["entity"] != "area")
    return names_place(Turn(**{**turn.__dict__, "entities": without_area}))
