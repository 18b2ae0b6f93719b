"""How people take back a part of an address and give another, as patterns over normalised text."""

from __future__ import annotations

import re

from bot.arabic.address_words import LINKS, MARKS, NUMBER, NUMBERED

_NOT = (
    r"و?م[وب]|و?موب|مهوب?|و?مش|و?ليست?|not|mo|mob|mub|mish|mush|muh|instead of|rather than|بدلا? (?:من|عن)|بدال|no|لا"
)
_RATHER = (
    r"[وف]?(?:ال)?صحيحه?|[وف]?(?:ال)?ا?صح|و?ا?قصد[يه]?|و?قصدنا|بل|عفوا|اسفه?|اعني|يعني|correct(?:ion|ed)?|i mean|"
    r"i meant|meant|"
    r"should(?: be)?|must be|actually|sorry|rather|(?:el|il)?[s9]a7\w{0,4}|[aq8g]*a?[s9]di?|a[gq8][s9]id"
)
_OR_ELSE = (
    r"[وف]?ه[وي]|هوه|الي|وا?نا قلت|قلت\w*|صار|صارت|خل[هيو]\w{0,2}|حط[هو]\w{0,2}|اكتب\w{0,2}|to|into|is|it's|its|"
    r"make it|put|"
    r"(?:w )?huwa|w?hwa|ila|khal\w{0,3}|7[eo]6\w{0,3}"
)
_SAID = (
    r"و?كتبت\w*|كتبتو|كاتب\w*|مكتوب\w*|ذكرت\w*|مسجل\w*|سجلت\w*|حطيت\w*|حاطين\w*|عطيت\w*|(?:من|"
    r"from)(?=\D{0,15}[0-9]+\W{0,3}(?:الي|ل|to|ila|lel)(?![^\W_]))|"
    r"wrote|written|typed|put|said|gave|entered|ktabt\w*|katabt\w*|maktoob\w*"
)
_TO_YOU = rf"(?:{NUMBERED}|لكم?|لي|له|انه|انها|عندكم|في|الملخص|غلط|خطا|as|it|in|at|you|lak|lek|elly)(?![^\W\d_]){MARKS}"
CHANGE = re.compile(
    rf"(?<![^\W_])(?:(?:(?P<no>{_NOT})|(?P<rather>{_RATHER})|(?P<or_else>{_OR_ELSE}))(?![^\W_]){MARKS}"
    rf"(?:(?:{NUMBERED}|{LINKS}|{_RATHER}|be|a|في)(?![^\W_]){MARKS}){{0,3}}"
    rf"|(?P<said>{_SAID})(?![^\W_]){MARKS}(?:{_TO_YOU}){{0,3}}){NUMBER}"
)
AFTER_NO = re.compile(rf"[\s،,.;\-]+(?:(?:but|بل|لكن|الا)\s)?{NUMBER}")
NO_BEFORE = re.compile(
    r"(?<![^\W_])(?:م[وب]|موب|مهوب?|ما ?ه[وي]|ماهوب|مش|ليست?|not|mo|mob|mub|mish|mush|muh|instead of|rather than)"
    r" (?:(?:في|ب|in|on|at|the|el|il|al) ?)?$"
)
SAID_BEFORE = re.compile(
    r"(?<![^\W_])(?:و?كتبت\w*|كاتب\w*|ذكرت|سجلت\w*|حطيت\w*|i (?:wrote|typed|put|said|gave)|wrong|غلط|ktabt\w*|"
    r"katabt\w*)"
    r"(?: (?:لكم?|لي|you|it|as|the|رقم|انه|في|lak|lek|el|il|مجمع|block|number))* ?$"
)
RATHER_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?:{_RATHER}|it is|it's|خلوه|حطوه)|(?:^|[،,.؛;-] ?)(?:لا|no|la))[ ،,:]*"
    r"(?:(?:لكم?|is|it's|the|in|رقم|هو|في|el|il|no|لا) ?)*$"
)
ONE_MORE = re.compile(rf" ?(?:و|(?:and|w|o)(?= )|&) ?{NUMBER}")
"""«طريق 2144 و2146»"""
SOMETHING_IS_WRONG = re.compile(
    r"(?<![^\W_])[وف]?(?:ال)?(?:غلط\w*|خطا\w*|عدل\w*|تعديل\w*|صحح\w*|تصحيح\w*|غير(?:وا?|ي|ه|ها|ت\w*| (?=ال|رقم|"
    r"لي))|تغير\w*|بدل\w*|تبدل\w*|مقلوب\w*|"
    r"انقلب\w*|لخبط\w*|ملخبط\w*|كتبت\w*|كاتب\w*|سهو\w*|wrong\w*|incorrect\w*|mistake\w*|mistyp\w*|typo|chang\w*|"
    r"correct\w*|fix|"
    r"edit|update|amend|swap\w*|wrote|ghal[ta6]\w*|gal[t6]an|3add?[ie]?l\w*|9a7\w*|ktabt\w*|katabt\w*)(?![^\W_])"
)
