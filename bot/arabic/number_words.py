"""Words that say numbers, in Arabic of all kinds, Arabizi and English, and what each is worth.

Every dialect and every hand spells them otherwise (خمسة عشر، خمستعش، خمسطعش، خمستاشر; arba3a, arb3ah), so they are
patterns of normalised words rather than lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["unit", "teen", "tens", "english_tens", "hundreds", "thousands", "times", "plural", "pair"]


@dataclass(frozen=True)
class NumberWord:
    """What a word is worth, and how it joins with others.

    A `hundreds` of 100 and a `thousands` of 1000 multiply what stands before them; `times` says how often the next
    digit comes ("double five"), `plural` is a digit that comes as often as the one before it says («ثلاث خمسات»), and
    a `pair` one that comes twice («صفرين»).
    """

    kind: Kind
    value: int


_LONGEST = 16
_TEEN = "(?:[تطه]{0,2}ا?ع?[تط]?ا?عشره?|[تطه]{0,2}ا?ع?[تط]?ا?عش|[تطه]{0,2}اشر|[تط]{1,2}شر)"
_HUNDRED = "(?:ميه|مايه|ماه|ميت|ميا)"
_LATIN_TEEN = "(?:[ae]?[t6]{1,2}[ae]?[3']?[ae]?sh(?:a?r)?|[ae]?[3'][t6]?[ae]?[3']?[ae]?shr?)"
_LATIN_HUNDRED = "a?m[iey]+(?:a|at|yeh|ye)?h?"
_EEN = "(?:een|in|ein|ien)"

# root: digit, Arabic, Arabic in short («ثلطعش», «سطعش»), Latin
_ROOTS = (
    (3, "[تث]لا?[تث]", "|[تث]ل", "(?:th|t)[aeu]?l[ae]{0,2}(?:th|t)"),
    (4, "اربع", "", "[ae]?rb[ae]?[3']?[ae]?"),
    (5, "خمس", "", "(?:kh|5|7')[aeu]ms"),
    (6, "ست", "|س", "s[ie]tt?"),
    (7, "سبع", "", "s[aei]b[ae]?[3']?"),
    (8, "[تث]ما?ن", "", "(?:th|t)[aei]?m[aei]{0,2}n"),
    (9, "تسع", "", "t[ei]s[ae]?[3']?"),
)
_IRREGULAR: tuple[tuple[Kind, int, str], ...] = (
    ("unit", 0, "صفر|زيرو|zero|oh|[s9][ie]f[ie]?r"),
    ("unit", 1, "واحده?|وحده|احدي|one|wa+[7h][ae]?[ie]?da?|wi[7h]da"),
    ("unit", 2, "ا?[ثت]ني?[يا]ن|ا?[ثت]نت[يا]ن|ا?ثنا|اثني|اثنتا|اثنتي|two|[aei]?(?:th|t)n[ae]*i?n|ethnayn"),
    ("unit", 3, "[تث]لا[تث]ه?|three|(?:th|t)[ae]?l[ae]{1,2}(?:th|t)[ae]h?|thal[ae]{1,2}th"),
    ("unit", 4, "اربعه?|four|[ae]?rb[ae]?[3'][ae]?h?|arbaa?h?"),
    ("unit", 5, "خمسه?|five|(?:kh|5|7')[ae]ms[ae]?h?"),
    ("unit", 6, "سته?|six|s[ie]tt[ae]h?"),
    ("unit", 7, "سبعه?|seven|s[aei]b[ae]?[3'][ae]?h?"),
    ("unit", 8, "[تث]مان(?:ي|يه|ه)?|[تث]منيه|eight|(?:th|t)[ae]?m[ae]{0,2}n(?:y|i|iy)[ae]h?|thaman"),
    ("unit", 9, "تسعه?|nine|t[ei]s[ae]?[3'][ae]?h?"),
    ("teen", 10, "عشره?|ten|[3'][ae]?sh[ae]?ra?h?"),
    ("teen", 11, "[اهي]{0,2}حدا?عشره?|[اهي]{0,2}حدا?عش|ا?حدا?شر|eleven|[aei]?[7h]d[ae]{0,2}[3']?[ae]?shr?"),
    ("teen", 12, "ا?[طثت]نا?عشره?|ا?[طثت]نا?عش|ا?[طثت]ناشر|twelve|[aei]?(?:th|t|6)n[ae]{0,2}[3'][ae]?shr?"),
    ("tens", 20, "عشر(?:ين|ون)|[3'][ie]?shr" + _EEN),
    ("hundreds", 100, "ميه|مايه|m[iey]{1,2}ya?h?|hundred"),
    ("hundreds", 200, "ما?ي?ت(?:ين|ان|يين)|m[ie]{1,2}t[ae]?(?:in|en|een)"),
    ("thousands", 1000, "ا?لاف|الف|alf|[ae]{1,2}laf|thousand"),
    ("thousands", 2000, "الف(?:ين|ان)|alf(?:ain|en|ein|een)"),
    ("times", 2, "دبل|دوبل|double"),
    ("times", 3, "تربل|triple|treble"),
    ("plural", 0, "اصفار"),
    ("pair", 0, "صفرين"),
    ("pair", 1, "واحدين"),
)
_ENGLISH_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ENGLISH_TENS = "twenty thirty fou?rty fifty sixty seventy eighty ninety"


def _rows() -> list[tuple[Kind, int, str]]:
    rows = list(_IRREGULAR)
    for digit, arabic, short, latin in _ROOTS:
        rows.append(("teen", 10 + digit, f"(?:{arabic}{short}){_TEEN}|{latin}{_LATIN_TEEN}"))
        rows.append(("tens", 10 * digit, f"{arabic}(?:ين|ون)|{latin}{_EEN}"))
        rows.append(("hundreds", 100 * digit, f"(?:{arabic}{short}){_HUNDRED}|{latin}{_LATIN_HUNDRED}"))
        rows.append(("plural", digit, f"{arabic}ي?ات"))
        rows.append(("pair", digit, f"{arabic}ي?تين"))
    rows += [("teen", value, word) for value, word in enumerate(_ENGLISH_TEENS.split(), start=13)]
    rows += [("english_tens", 10 * tens, word) for tens, word in enumerate(_ENGLISH_TENS.split(), start=2)]
    return rows


# Most words are not looked at twice: no number begins with their first letter.
_FIRST_LETTERS = frozenset("صزواثتطخسعمدحهيzosw3579'tfeaikhmnd6")
_NUMBER_WORDS = [NumberWord(kind, value) for kind, value, _ in _rows()]
_ANY = re.compile("|".join(f"({pattern})" for _, _, pattern in _rows()))


@lru_cache(maxsize=8192)
def number_word(word: str) -> NumberWord | None:
    """What a normalised word is worth as a number, without clitics; None for any other word."""
    match = _ANY.fullmatch(word) if len(word) <= _LONGEST and word[:1] in _FIRST_LETTERS else None
    return _NUMBER_WORDS[match.lastindex - 1] if match and match.lastindex else None
