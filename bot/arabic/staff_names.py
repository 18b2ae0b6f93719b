"""Members of staff whom a text names: «الموظف أحمد علي في المرور», "nurse Fatima". Rather none than a wrong one.

A name is one only after a word for staff, and begins with a known first name or a kunya; after a title in English any
name in capitals will do, since nurses come from everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.arabic.given_names import is_given_name
from bot.arabic.latin_words import ENGLISH
from bot.arabic.phrases import Word, words_of
from bot.arabic.places import area_named


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CALLINGS = "موظف|دكتور|ممرض|طبيب|مهندس|استاذ|معلم|مراقب|مفتش|مسعف|ضابط|محقق|مشرف|مسوول|مدير|سيد|سواق|عامل|مندوب|فني"
_STAFF = re.compile(
    rf"[وف]?(?:ال|بال|لل|ل|ب)?(?:(?:{_CALLINGS})(?:ه|ين|ات)?|اخ|اخت|اخوان|اخوات|شرطي|شرطيه|سايق|حارس|ملازم|نقيب|رقيب|سستر"
    r"|ست|د|دكاتره|اطباء)|[وف]?(?:ال|بال|لل)مدرس(?:ه|ين|ات)?"  # «مدرسة» without the article is a school
)
_TITLE = re.compile(r"(?:dr|doctor|mr|mrs|ms|miss|nurse|nurses|sister|sr|captain|cpt)")
_STAFF_LATIN = re.compile(
    r"(?:officer|employee|teacher|engineer|staff|clerk|driver|agent|inspector|policeman|lady|gentleman)s?"
)
_BETWEEN = _listed(
    "اسمه اسمها واسمه واسمها اسمهم المدعو المدعوه الفاضل الفاضله المحترم المحترمه العزيز العزيزه السيد السيده "
    "member members named called name is"
)
"""Words that may stand between the two."""
_KUNYA = _listed("ابو بو ام abu bu um umm")
_LINKS = _listed("بن بنت ال ولد عبد bin bint al el abdul")
"""Words within a name that take another one."""
_FAMILY = re.compile(r"ال\w{3,}ي")
_NO_FAMILY = _listed("المثالي الحالي التالي الماضي الصحي الطبي الرييسي الحكومي البحريني الاداري الثاني اللي الذي التي")
_ALSO_WORDS = _listed("علي سعيد كريم صالح حبيب ناصر امل ايمان حنان نجاح وفاء مني هدي عادل باسم رضا حامد جنان منصور")
"""First names that mean something else as well: a person's only if what follows lets them be."""
_AFTER_A_NAME = _listed(
    "في ب من اللي الي الذي التي عند عندكم كان كانت قام قامت ساعدني ساعدتني ساعدنا ما وما شكرا مشكور مشكوره و"
)
_MOST_WORDS = 4
_GAP = re.compile(r"[\s.]*")


def find_staff_names(text: str) -> list[str]:
    """The names as they are written, each once, in their order; [] where none is surely one."""
    words, found = words_of(text), list[str]()
    for number, word in enumerate(words):
        if _is_staff(word.text):
            found += _names_from(text, words, number + 1, english=_TITLE.fullmatch(word.text) is not None)
    return list(dict.fromkeys(found))


def _is_staff(word: str) -> bool:
    return any(staff.fullmatch(word) for staff in (_STAFF, _TITLE, _STAFF_LATIN))


def _names_from(text: str, words: Sequence[Word], start: int, *, english: bool) -> Iterator[str]:
    """The name that begins at a word, and those that «و» or "and" adds to it."""
    while start < len(words) and _adjacent(text, words, start) and words[start].text in _BETWEEN:
        start += 1
    while start < len(words):
        end = _end_of_name(text, words, start, english=english)
        if end == start:
            return
        yield text[words[start].start : words[end - 1].end].removeprefix("و" if _is_joined(words[start].text) else "")
        start = end + (end < len(words) and words[end].text in ("و", "and"))
        if start == end and not (start < len(words) and _is_joined(words[start].text)):
            return


def _end_of_name(text: str, words: Sequence[Word], start: int, *, english: bool) -> int:
    """The index behind the name that begins at `start`; `start` itself where none does."""
    if not _adjacent(text, words, start):
        return start
    first = words[start]
    joined = first.text.removeprefix("و") if _is_joined(first.text) else first.text
    if first.text in _KUNYA and start + 1 < len(words) and _adjacent(text, words, start + 1):
        end = start + 2
    elif is_given_name(joined) or (english and _in_capitals(text, first)):
        end = start + 1
    else:
        return start
    while end < min(len(words), start + _MOST_WORDS) and _adjacent(text, words, end) and _goes_on(text, words, end):
        end += 1
    if words[end - 1].text in _LINKS:
        end -= 1
    return start if end == start + 1 and _is_only_a_word(text, words, start) else end


def _goes_on(text: str, words: Sequence[Word], at: int) -> bool:
    word = words[at].text
    family = _FAMILY.fullmatch(word) is not None and word not in _NO_FAMILY
    after_link = words[at - 1].text in _LINKS and len(word) > 2
    latin = word.isascii() and _in_capitals(text, words[at])
    return (
        word in _LINKS
        or after_link
        or family
        or latin
        or (is_given_name(word) and not _is_preposition(text, words[at]))
    )


def _is_only_a_word(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether what could be a first name is rather a word of the sentence: «الموظف على تعاونه»."""
    word = words[at]
    if _is_preposition(text, word):
        return True
    if word.text == "مني":
        return False
    if word.text not in _ALSO_WORDS or at + 1 == len(words) or not _adjacent(text, words, at + 1):
        return False
    next_word = words[at + 1].text
    return next_word not in _AFTER_A_NAME and not next_word.startswith(("ب", "وال"))


def _is_preposition(text: str, word: Word) -> bool:
    """«على» is not Mr «علي», and «مني» ("from me") not Ms «منى»."""
    written = text[word.start : word.end]
    return (word.text == "علي" and written.endswith("ى")) or (word.text == "مني" and not written.endswith("ى"))


def _in_capitals(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    named = written[:1].isupper() and written.isascii() and len(written) > 2 and not written.isupper()
    return named and word.text not in ENGLISH and area_named(written) is None


def _is_joined(word: str) -> bool:
    """Whether «و» is written onto a first name: «وفاطمة»; not «وفاء»."""
    return word.startswith("و") and not is_given_name(word) and is_given_name(word[1:])


def _adjacent(text: str, words: Sequence[Word], at: int) -> bool:
    return at == 0 or _GAP.fullmatch(text[words[at - 1].end : words[at].start]) is not None
