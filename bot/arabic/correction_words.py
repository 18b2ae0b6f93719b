"""How people take back a part of an address and give another, as patterns over normalised text."""

from __future__ import annotations

import re

from bot.arabic.address_words import LINKS, MARKS, NUMBER, NUMBER_BEFORE, NUMBERED, any_of

_NOT = any_of(
    r"و?م[وب] و?موب ما~?ه[وي]ب? مه[وي]?ب? و?مش و?ليست? not mo mob mub mish mush muh instead~of rather~than "
    r"بدا?ل(?:ا?~(?:من|عن))?"
)
_NO = "لا|no|la"
"""After a number it takes back what follows («٤٠٢ لا ٢٠٤»), after a pause what was said («٣٠٢، لا، ٢٠٣»)."""
_WAITS = any_of(r"[ا]?صبر\w{0,2} لحظ[هت]\w? دقيق[هت] خل\w{0,2}~اشوف wait hold~on hang~on oops la7[td]a 9abr\w? sabr\w?")
"""«لا لا صبر ٧٤٣»"""
_RATHER = any_of(
    r"[وف]?(?:ال)?صحيحه? [وف]?(?:ال)?ا?صح و?ا?قصد[يه]? و?قصدنا بل عفوا اسفه? اعني يعني و?صار و?صارت "
    r"correct(?:ion|ed)? "
    r"i~mean i~meant meant should(?:~be)? must~be actually sorry rather (?:el|il)?[s9]a7\w{0,4} [aq8g]*a?[s9]di? "
    r"a[gq8][s9]id"
)
_OR_ELSE = any_of(
    r"[وف]?ه[وي] هوه الي وا?نا~قلت وا?حنا قلت\w* خل[هيو]\w{0,2} حط[هو]\w{0,2} اكتب\w{0,2} "
    r"to into is it's its make~it put (?:w~)?huwa w?hwa ila khal\w{0,3} 7[eo]6\w{0,3}"
)
_SAID = any_of(
    r"و?كتبت\w* كتبتو كاتب\w* مكتوب\w* ذكرت\w* مسجل\w* سجلت\w* حطيت\w* حاطين\w* عطيت\w* wrote written typed put "
    r"said gave "
    r"entered ktabt\w* katabt\w* maktoob\w*"
)
_FROM_TO = r"(?:من|from)(?=\D{0,15}[0-9]+\W{0,3}(?:الي|ل|to|ila|lel)(?![^\W_]))"
_YOU = any_of("لكم? لي له انه انها عندكم في الملخص غلط خطا as it in at you lak lek elly")
_TO_YOU = rf"(?:{NUMBERED}|{_YOU})"
CHANGE = re.compile(
    rf"(?<![^\W_])(?:(?:(?P<waits>(?:(?:{_NO}) )*(?:{_WAITS})|(?:{_NO})(?: (?:{_NO}))+)|(?P<no>{_NOT}|{_NO})"
    rf"|(?P<rather>{_RATHER})|(?P<or_else>{_OR_ELSE}))(?![^\W_]){MARKS}"
    rf"(?:(?:{NUMBERED}|{LINKS}|{_RATHER}|{_NO}|{_WAITS}|a|في)(?![^\W_]){MARKS}){{0,3}}"
    rf"|(?P<said>{_SAID}|{_FROM_TO})(?![^\W_]){MARKS}(?:{_TO_YOU}(?![^\W\d_]){MARKS}){{0,3}}){NUMBER}"
)
AFTER_NO = re.compile(rf"[\s،,.;\-]+(?:(?:but|بل|لكن|الا|its|it's|it is|و?ه[وي]|انما|huwa)\s)?{NUMBER}")
"""Once one number is taken back, the next is the right one: «مو ٧٣٤، ٧٤٣»."""
DENIED = re.compile(rf"[\s،,]*(?:{_NOT})(?![^\W_]) ?{NUMBER}")
"""After a label without a number: «المجمع مو ٣٣٨»."""
ONE_MORE = re.compile(rf" ?(?:و|(?:and|w|o)(?= )|&) ?{NUMBER}")
"""«طريق 2144 و2146»"""

# What stands before a labelled number.
NO_BEFORE = re.compile(rf"(?<![^\W_])(?:{_NOT}) (?:(?:في|ب|in|on|at|the|el|il|al) ?)?$")
TAKES_BACK_NEXT = re.compile(
    rf"(?:(?<![^\W_])(?:{_NOT})|(?<=[0-9]) (?:{_NO})) (?:(?:{NUMBERED}|علي|on|the|el|il) ){{0,2}}$"
)
"""«36208841 not 36208814», «لا 36208814»: what follows is not meant."""
NOT_THIS_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?:{_NOT}|{_SAID})(?![^\W_]) ?(?:{_TO_YOU}(?![^\W\d_]) ?){{0,2}}){NUMBER_BEFORE}[\s،,.;\-]*"
    rf"(?:(?:{_RATHER}|{_OR_ELSE}|{LINKS}|but|and|لكن|و)(?![^\W_]) ?){{0,3}}$"
)
"""«مو ٧٣٤، المجمع ٧٤٣», "not 383, block is 338": a number of the part whose label follows."""
SAID_BEFORE = re.compile(
    r"(?<![^\W_])(?:"
    + any_of(
        r"و?كتبت\w* كاتب\w* ذكرت سجلت\w* حطيت\w* i~(?:wrote|typed|put|said|gave) wrong غلط بالغلط ktabt\w* katabt\w*"
    )
    + rf")(?: (?:{any_of('لكم? لي you it as the رقم انه في بالغلط lak lek el il مجمع block number')}))* ?$"
)
RATHER_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?:{_RATHER}|it is|it's|خلوه|حطوه)|(?:^|[،,.؛;-] ?)(?:{_NO}))[ ،,:]*"
    rf"(?:(?:لكم?|is|it's|the|in|رقم|هو|في|el|il|{_NO}) ?)*$"
)

SOMETHING_IS_WRONG = re.compile(
    r"(?<![^\W_])[وف]?(?:ال)?(?:"
    + any_of(
        r"غلط\w* خطا\w* عدل\w* تعديل\w* صحح\w* تصحيح\w* غير(?:وا?|ي|ه|ها|ت\w*) غير(?=~(?:ال|رقم|لي)) تغير\w* "
        r"بدل(?:وا?|ي|ه|ها|ت\w*) بدل(?=~(?:ال|رقم|لي)) "
        r"تبدل\w* مقلوب\w* انقلب\w* لخبط\w* ملخبط\w* كتبت\w* كاتب\w* سهو\w* عفوا اسفه? wrong\w* incorrect\w* "
        r"should~be(?=~[0-9]) mistake\w* "
        r"mistyp\w* typo chang\w* correct\w* fix edit update amend swap\w* wrote typed sorry ghal[ta6]\w* gal[t6]an "
        r"3add?[ie]?l\w* 9a7\w* ktabt\w* katabt\w*"
    )
    + r")(?![^\W_])"
)
"""Somewhere in a text: then «هو ٢١» and "to 21" correct, which elsewhere say nothing."""
