"""The person's name, where the channel gives none; nobody has to give one."""

import re

from actions.reading import Reading

_LEAD_IN = re.compile(
    r"^\W*(?:[اأ]نا\s+)?(?:[اإ]سمي|ال[اإ]سم|باسم)(?:\s+ه[وي])?\b\W*|^\W*(?:my name is|i am|i'm|it's|esmi|ismi)\b\W*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^\d\n!?؟@#:;/\\<>{}\[\]]{1,79}")
_MOST_WORDS = 7


def read(reading: Reading) -> None:
    """A name in letters, or none."""
    turn = reading.turn
    if turn.declines:
        reading.set(contact_name="")
    elif turn.interrupts or turn.intent == "go_back":
        return
    elif turn.intent != "affirm" and (name := name_in(turn.text)):
        reading.set(contact_name=name)
    else:
        reading.unusable()
        reading.say("say_name_wrong")


def name_in(text: str) -> str | None:
    """The name that a message gives, without «اسمي» and the like."""
    name = " ".join(_LEAD_IN.sub("", text).split()).strip(" .،,!")
    return name if _NAME.fullmatch(name) and len(name.split()) <= _MOST_WORDS else None
