"""Numbers, days and hours as they are said aloud. Pure."""

from datetime import datetime, time

from contact_center.clock import BAHRAIN
from contact_center.notifications.dates import weekday
from contact_center.telephone.words import words

_DIGITS = {
    "ar": ("صفر", "واحد", "اثنين", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_COMMA = {"ar": "، ", "en": ", "}
_GROUPS = {10: (2, 4, 4), 8: (4, 4)}
"""Reference numbers and Bahrain's telephone numbers are said in these groups; any other by threes."""
_PARTS_OF_THE_DAY = ((time(12), "morning"), (time(15), "noon"), (time(18), "afternoon"))
_OURS = "+973"


def digit_by_digit(digits: str, language: str) -> str:
    """«اثنين، ستة. واحد، اثنين، ثلاثة، أربعة. …»: each digit for itself, and a pause between the groups."""
    names = [_DIGITS[language][int(digit)] for digit in digits]
    groups = []
    for size in _GROUPS.get(len(names), (3,) * -(-len(names) // 3)):
        groups.append(_COMMA[language].join(names[:size]))
        names = names[size:]
    return ". ".join(groups)


def phone_aloud(phone: str, language: str) -> str:
    """A number in E.164, Bahrain's without the country's."""
    return digit_by_digit(phone.removeprefix(_OURS).removeprefix("+"), language)


def minutes(count: int, language: str) -> str:
    """So many minutes: 1, 2, 3 to 10, 11 and more, as Arabic has them."""
    form = {1: "one", 2: "two"}.get(count, "few" if 3 <= count % 100 <= 10 else "many")
    return words(f"minutes_{form}", language, count=count)


def opening(moment: datetime, language: str) -> str:
    """«يوم الأحد، الساعة 7 الصبح». `moment`: aware."""
    here = moment.astimezone(BAHRAIN)
    hour = f"{(here.hour - 1) % 12 + 1}" + (f":{here.minute:02}" if here.minute else "")
    part = next((name for until, name in _PARTS_OF_THE_DAY if here.time() < until), "evening")
    day = weekday(here.weekday(), language)
    return words("opening", language, day=day, hour=hour, part=words(part, language))
