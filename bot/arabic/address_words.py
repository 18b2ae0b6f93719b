"""The words of Bahraini addresses, as patterns over normalised text: labels, and what stands beside their numbers."""

from __future__ import annotations

import re

_OURS = "(?:نا|كم|ي|هم|ها|ك|ين|ان)?"

LABELS = {
    "block": rf"مجمع{_OURS}|مجمعات|بلو{{1,2}}ك|بلك|مج(?=[\s.:]*[0-9])|bl[ou]{{0,2}}c?ks?|bolck|blcok|"
    r"m[aeiou]?[jg][aeiou]?m{1,2}[aeiou]?[3'’]?h?|m[aeiou]?yamm?a3",
    "road": rf"طري[قجك]{_OURS}|طرق|شارع{_OURS}|شوارع|سكه|رو{{1,2}}د|ستريت|r(?:oa|ao|o)ds?|rds?|str(?:eet|t)?|st|"
    rf"ave(?:nue)?|"
    r"[t6][ae]{0,2}r[iey]{1,2}[qgjk8](?:na|i)?|sh[ae]{0,2}r[ie]{0,2}[3'’](?:na|i|kum)?|sikk?ah?|gali",
    "building": rf"مبن[ياه]|بنايه|بنايتنا|عماره|عمارتنا|منزل{_OURS}|بيت{_OURS}|في?ل{{1,2}}[اهي]|فيلتنا|فلتنا|"
    rf"بي?لدي?ن[قكجغ]|"
    r"b[ui]{1,2}ld[ie]?n?gs?|buil?i?ding|bldn?g?|blg|houses?|hous|hse|h\.? ?no|vill?a{1,2}s?|vella|"
    r"ma?bna|mabny|b[ae][iy]t(?:na|i|ee)?|beet(?:na|i)?|man[zs][ie]{1,2}l|3[ie]?ma{1,2}rah?|[ei]marah?|"
    r"b[ie]?na{1,2}y[ae]h?|makaa?n",
    "flat": r"شق(?:ه|تنا|تي|ه)|flats?|apt|app?artment|sha?[eg]?[qg8]{1,2}[ae]h?",
}
_CLITICS = r"(?:[وف]?(?:ب?ال|لل|عال|[بل])?|w?(?:[bf]?[ie]l|al|b)?[-'’]?)"
LABEL = re.compile(
    # glued to the number before only where that is no "3rd": «rd431blk305»
    rf"(?:(?<![^\W_])|(?<=[0-9]{{3}})){_CLITICS}(?:"
    + "|".join(f"(?P<{part}>{names})" for part, names in LABELS.items())
    + r")(?![^\W\d_])"
)

MARKS = r"[\s:.,،#/()\[\]\"«»*=\-–_]*"
NUMBERED = r"(?:ال)?رقم\w{0,2}|number|num|no|nr|nmbr|n|ra[qg8]am\w{0,3}|r[q8]m"
LINKS = (
    r"is|its|it's|the|my|our|one|correct|right|exact|new|"
    r"هو|هي|هوه|اسمه|(?:ال)?صح|(?:ال)?صحيحه?|(?:ال)?سكنيه?|(?:ال)?جديده?|(?:ال)?يديده?|مال\w{1,2}|حق\w{1,2}|"
    r"تبع\w{1,2}|"
    r"mal\w{1,3}|7ag\w{1,3}|huwa|hwa|el|il|al|(?:el|il)?9a7\w{0,3}"
)
_OTHER_NUMBERED = "بلاغ|شكو|طلب|تلفون|هاتف|موبايل|جوال|حساب|عداد|phone|mobile|ticket|case|complaint|ref|account|meter"
FILLER = (
    rf"{MARKS}(?:(?!\w*(?:{_OTHER_NUMBERED}))[^\W\d_]+\s+(?=(?:{NUMBERED})(?![^\W\d_])))?"
    rf"(?:(?:(?P<numbered>{NUMBERED})|{LINKS})(?![^\W\d_]){MARKS}){{0,4}}"
)
"""Between a label and its number: «مجمع رقم (٩٣٩)», "block no. 5", «بيت الإسكان رقم ٣١٨»."""

_MEASURES = (
    r"متر\w{0,2}|امتار|سم|كم|كيلو\w*|دينار\w{0,2}|دنانير|فلس|فلوس|ريال|الف|الاف|بالميه|لتر|طن|امبير|ميجا\w*|جيجا\w*|"
    r"m|m2|km|kg|k|sqm|met(?:er|re)s?|mi?t[ei]?r|b\.?h?d|bhd|dinars?|denar|fils|amps?|mbps|gb|mb|percent"
)
_COUNTED = (
    r"غرف\w*|سن[هي]ن?|سنوات|سنتين|يوم(?! ال)|ايام|دقيق\w*|دقايق|ساع\w*|شهر|شهور|اشهر|اسبوع|اسابيع|نفر\w*|انفار|"
    r"شخص\w*|"
    r"اشخاص|طابق|طوابق|ادوار|مر[هات]+|شقق|بيوت|فلل|محلات|سيار\w*|عامل|عمال|عائل\w*|عوا[يئ]ل|يهال|اولاد|عيال|"
    r"حمام\w*|قطط|كلاب|"
    r"الصبح|الفجر|الفير|الضحي|الظهر|العصر|المغرب|العشا\w*|الليل|بالليل|مساء|صباح\w*|ونص\w*|وربع|الا (?:ربع|ثلث)|"
    r"[صم](?! ?[0-9])|"
    r"rooms?|bed\w*|bath\w*|bhk|years?|yrs?|days?|hours?|hrs?|min(?:s|utes?)?(?! [0-9])|months?|weeks?|people|"
    r"persons?|pax|men|"
    r"workers?|labou?rs?|famil\w*|times?|floors?|stor\w{0,2}ys?|stories|cars?|kids|children|houses|villas|flats|"
    r"shops|cats|dogs|"
    r"am|pm|a\.m|p\.m|o['’]?clock|yo{1,2}u?m|ay+a{1,2}m|sa3\w*|dagay?\w*|da[qg8]i\w*|ghor\w*|ghur\w*|sha?har|"
    r"sh[ou]*hoo?r|"
    r"s[ae]na|s[ie]n[ie]{1,2}n|marr\w*|nafar\w*|anfar|6abeg|6awabeg|a?sh[ae]?[k5]h?\w{0,3}|"
    r"of|(?:شقه|flat)(?!\W{0,2}(?:no|number|رقم)?\W{0,2}[0-9])|محل|مكين\w*|براميل|طلاب|طالب\w*"
)
NUMBER = (
    r"(?![136-9][0-9]{3}[ \-][0-9]{4}(?![0-9]))"  # not the first half of a telephone number
    r"(?P<number>[0-9](?: [0-9]){2,3}(?! ?[0-9])|[0-9]{1,5})(?P<letter>-?[a-dابجد](?![^\W_]))?(?![0-9]| ?[%٪]|"
    r"[.:][0-9])"
    # three digits and more may run into the next label («blk338rd3803»); fewer do only in Arabizi words («bait 7ag»)
    r"(?:(?<=[0-9]{3})|(?![^\W\d_]))"
    # «شارع 12 متر», «بيت 5 غرف», "house 3 rooms", «البيت 7 الصبح»: a quantity or a time, not an address
    rf"(?! ?(?:{_MEASURES})(?![^\W\d_]))(?:(?<=[0-9]{{3}})|(?! ?(?:{_COUNTED})(?![^\W\d_])))"
)
PRICED = re.compile(
    r"(?<![^\W_])(?:و|ال|ب)?(?:ا?ي?جار\w*|قسط|اقساط|سعر|اسعار|فاتور[هت]\w*|فواتير|راتب|رسوم|قيمه|مساحه|عمر|"
    r"rents?|[ei]jar\w*|[qg8]e?sa?[t6]|si3r|prices?|bills?|fatoo?r\w*|area of|age of)"
    r"(?: (?:of|for|my|the|el|il|7ag|حق|مال))* ?$"
)
"""Right before a label: «قسط البيت 240» is money."""

# «3931 is the road», «٧٤٥ رقم المجمع», and without a word between: «٢٠٣ مجمع»
_NUMBER_BEFORE = rf"(?<![0-9])(?<![0-9][.,:/\-])(?<![^\W_]){NUMBER}"
NAMED_AFTER = re.compile(
    rf"{_NUMBER_BEFORE} ?(?:(?:is|it's|its|that's|as|هو|هي|هذا|هذي|رقم)(?![^\W_])[ ,]*)(?:(?:the|my|our|a|el|il|"
    rf"رقم)[ ]+)*$"
)
RIGHT_BEFORE = re.compile(rf"{_NUMBER_BEFORE}[ \-]*$")

# «م ٨١٥ ط ١٥٢٧ ب ٤٥»: a letter alone says nothing, two of them in a row, or one beside a label, are an address
INITIAL = re.compile(r"(?<![^\W_])(?P<initial>مج|[مطب])[\s.:/]*(?P<number>[0-9]{1,5})(?P<letter>[a-dابجد])?(?![^\W_])")
INITIALS = re.compile(r"(?<![^\W_])(?:(?:مج|[مطب])[\s.:/]*[0-9]{1,5}[a-dابجد]?(?![^\W_])[\s،,./\-]*)+")
