"""The words of Bahraini addresses, as patterns over normalised text: labels, and what stands beside their numbers."""

from __future__ import annotations

import re


def any_of(patterns: str) -> str:
    """One pattern for any of those listed; white space stands between them, and ~ for a space inside one."""
    return "|".join(patterns.split()).replace("~", " ")


_OURS = "(?:نا|كم|ي|هم|ها|ك|ين|ان|ه)?"
LABELS = {
    "block": any_of(
        rf"مجمع{_OURS} مجمعات بلو{{1,2}}ك بلك مج(?=[\s.:]*[0-9]) bl[ou]{{0,2}}c?ks? bolck blcok "
        r"m[aeiou]?[jg][aeiou]?m{1,2}[aeiou]?[3'’]?h? m[aeiou]?yamm?a3"
    ),
    "road": any_of(
        rf"طري[قجك](?!ه){_OURS} طرق شارع{_OURS} شوارع سكه رو{{1,2}}د ستريت r(?:oa|ao|o)ds? rds? str(?:eet|t)? st "
        rf"ave(?:nue)? "
        r"[t6][ae]{0,2}r[iey]{1,2}[qgjk8](?:na|i)? sh[ae]{0,2}r[ie]{0,2}[3'’](?:na|i|kum)? sikk?ah? gali"
    ),
    "building": any_of(
        rf"مبن[ياه] بنايه بنايت(?:نا|هم?|ي) عماره عمارت(?:نا|هم?|ي) برج منزل{_OURS} بيت{_OURS} "
        r"في?ل{1,2}[اهي] فيلتنا فلتنا بي?لدي?ن[قكجغ] "
        r"b[ui]{1,2}ld[ie]?n?gs? buil?i?ding bldn?g? blg houses? hous hse h\.?~?no vill?a{1,2}s? vella "
        r"towers? b[ou]rj "
        r"ma?bna mabny b[ae][iy]t(?:na|i|ee)? beet(?:na|i)? man[zs][ie]{1,2}l 3[ie]?ma{1,2}rah? [ei]marah? "
        r"b[ie]?na{1,2}y[ae]h? makaa?n"
    ),
    "flat": any_of("شقه شقتنا شقتي flats? apt app?artment sha?[eg]?[qg8]{1,2}[ae]h?"),
}
# The ل of «ال» is not heard before some letters, nor written in Latin ones: "e6areeq", "ash share3".
_SUN = r"[ea][t6]?(?=[t6][ae]{0,2}r)|[ea](?:sh?)?(?=sh)"
_CLITICS = rf"(?:[وف]?(?:ب?ال|لل|عال|[بل])?|w?(?:[bf]?[ie]l|al|b|[bf]?(?:{_SUN}))?[-'’]?)"
LABEL = re.compile(
    # glued to the number before only where that is no "3rd": «rd431blk305»
    rf"(?:(?<![^\W_])|(?<=[0-9]{{3}})){_CLITICS}(?:"
    + "|".join(f"(?P<{part}>{names})" for part, names in LABELS.items())
    + r")(?![^\W\d_])"
)

MARKS = r"[\s:.,،#/()\[\]\"«»*=\-–_]*"
NUMBERED = any_of(r"(?:ال)?رقم\w{0,2} number num no nr nmbr n ra[qg8]am\w{0,3} r[q8]m")
LINKS = any_of(
    r"is be should it's its the my our one correct right exact new huwa hwa el il al "
    r"(?:el|il)?9a7\w{0,3} "
    r"هو هي هوه كان كانت اسمه (?:ال)?صح (?:ال)?صحيحه? (?:ال)?سكنيه? (?:ال)?جديده? (?:ال)?يديده? نفس\w{0,3} same still "
    r"مال\w{1,2} حق\w{1,2} "
    r"تبع\w{1,2} mal\w{1,3} 7ag\w{1,3}"
)
_OTHER_NUMBERED = any_of(
    "بلاغ شكو طلب تلفون هاتف موبايل جوال حساب عداد phone mobile ticket case complaint ref account meter"
)
FILLER = (
    rf"{MARKS}(?:(?!\w*(?:{_OTHER_NUMBERED}))[^\W\d_]+\s+(?=(?:{NUMBERED})(?![^\W\d_])))?"
    rf"(?:(?:(?P<numbered>{NUMBERED})|{LINKS})(?![^\W\d_]){MARKS}){{0,4}}"
)
"""Between a label and its number: «مجمع رقم (٩٣٩)», "block no. 5", «بيت الإسكان رقم ٣١٨»."""

_MEASURES = any_of(
    r"متر\w{0,2} امتار سم كم كيلو\w* دينار\w{0,2} دنانير فلس فلوس ريال الف الاف بالميه لتر طن امبير ميجا\w* جيجا\w* "
    r"m m2 km kg k sqm met(?:er|re)s? mi?t[ei]?r b\.?h?d dinars? denar fils amps? mbps "
    r"k?v volts? فولت gb mb percent"
)
_COUNTED = any_of(
    r"غرف\w* سن[هي]ن? سنوات سنتين يوم(?!~ال) ايام دقيق\w* دقايق ساع\w* شهر شهور اشهر اسبوع اسابيع نفر\w* انفار شخص\w* "
    r"اشخاص طابق طوابق ادوار مر[هات]+ شقق بيوت فلل محل محلات سيار\w* عامل عمال عائل\w* عوا[يئ]ل يهال اولاد عيال "
    r"وحد[هت]\w{0,3} وحدات وجب\w* حال[هت] حالات طلب\w{0,2} مشترك\w{0,2} صفحه "
    r"حمام\w* قطط كلاب مكين\w* براميل حاوي\w* طلاب طالب\w* "
    r"rooms? bed\w* bath\w* bhk years? yrs? days? hours? hrs? min(?:s|utes?)?(?!~[0-9]) months? weeks? people "
    r"persons? "
    r"pax men workers? labou?rs? famil\w* times? floors? stor\w{0,2}ys? stories cars? kids children houses "
    r"villas flats "
    r"shops roads lanes streets numbers cats dogs of "
    r"yo{1,2}u?m ay+a{1,2}m sa3\w* dagay?\w* da[qg8]i\w* ghor\w* ghur\w* sha?har sh[ou]*hoo?r s[ae]na "
    r"s[ie]n[ie]{1,2}n "
    r"marr\w* adwar 6wabeg k[ie]l{1,2}o\w* plus nafar\w* anfar 6abeg 6awabeg a?sh[ae]?[k5]h?\w{0,3} "
    r"(?:شقه|flat)(?!\W{0,2}(?:no|number|رقم)?\W{0,2}[0-9])"
)
_TIME = any_of(
    r"الصبح الفجر الفير الضحي الظهر العصر المغرب العشا\w* الليل بالليل مساء صباح\w* ونص\w* وربع الا~(?:ربع|ثلث) "
    r"[صم](?!~?[0-9]) يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر رمضان "
    r"am pm a\.m p\.m o['’]?clock (?:janu|febru)ary march april may june july august (?:sept|nov|dec)ember october"
)
_LETTER = r"(?P<letter>-?[a-dابجد](?![^\W_]))?"
_IS_NO_QUANTITY = (
    r"(?![0-9]|~?[%٪]|[.:][0-9]|/[0-9]{1,2}/)".replace("~", " ")
    # three digits and more may run into the next label («blk338rd3803»); fewer do only in Arabizi words («bait 7ag»)
    + r"(?:(?<=[0-9]{3})|(?![^\W\d_]))"
    # «شارع 12 متر»
    + rf"(?! ?(?:{_MEASURES})(?![^\W\d_]))"
)
_COUNTS_NOTHING = rf"(?! ?(?:{_COUNTED})(?![^\W\d_]))"  # «بيت 5 غرف», "house 3 rooms"
_IS_NOT_TIMED = rf"(?! ?(?:{_TIME})(?![^\W\d_]))"
_IS_NO_TIME = rf"(?:(?<=[3-9][0-9])|{_IS_NOT_TIMED})"  # «البيت 7 الصبح», but «مبنى 83 مساء»
_LONG = "(?<=[0-9]{3})"  # as nothing is counted after an address
_ENDS = f"{_IS_NO_QUANTITY}(?:{_LONG}|{_COUNTS_NOTHING}{_IS_NO_TIME})"
_DIGITS = (
    r"(?![136-9][0-9]{3}[ \-][0-9]{4}(?![0-9]))"  # not the first half of a telephone number
    rf"(?P<number>[0-9](?: [0-9]){{2,3}}(?! ?[0-9])|[0-9]{{1,5}}){_LETTER}"
)
NUMBER = _DIGITS + _ENDS
LABELLED = re.compile(f"{FILLER}{_DIGITS}{_IS_NO_QUANTITY}(?(numbered)|(?:{_LONG}|{_COUNTS_NOTHING}{_IS_NO_TIME}))")
"""What follows a label whose number stands after it; what is said to be a number counts nothing («رقم 12 العصر»)."""
LABELLED_IN_PAIRS = re.compile(rf"{FILLER}(?P<number>[0-9]{{2}}[ \-][0-9]{{2}}){_LETTER}(?![ .:/\-]?[0-9]){_ENDS}")
"""«طريق 28 17»"""

_PRICE = (
    r"(?<![^\W_])[وب]?(?:ال)?(?:"
    + any_of(
        r"ا?ي?جار\w* قسط اقساط سعر اسعار فاتور[هت]\w* فواتير راتب رسوم قيمه مساحه عمر rents? [ei]jar\w* "
        r"[qg8]e?sa?[t6] si3r prices? bills? fatoo?r\w* area~of age~of"
    )
    + r")(?![^\W_])"
)
_OF = "(?: (?:of|for|on|in|my|the|el|il|fi|7ag|حق|مال|في|علي))* ?$"
PRICED = re.compile(_PRICE + _OF)
"""Right before a label: «قسط البيت 240» is money."""
DRIVEN = re.compile(r"(?<![^\W_])[وب]?(?:ال)?(?:سرع[هت]\w{0,2}|speed(?: limit)?|sor3a\w{0,3})(?![^\W_])" + _OF)
"""«السرعة في الشارع 80»"""

# «3931 is the road», «٧٤٥ رقم المجمع», and without a word between: «٢٠٣ مجمع»
NUMBER_BEFORE = rf"(?<![0-9])(?<![0-9][.,:/\-])(?<![^\W_و]){NUMBER}"
_IS = any_of("is it's its that's as هو هي هذا هذي رقم")
NAMED_AFTER = re.compile(
    rf"{NUMBER_BEFORE} ?(?:{_IS})(?![^\W_])[ ,]*"
    r"(?:(?:the|my|our|a|el|il|رقم) +)*$"
)
RIGHT_BEFORE = re.compile(rf"{NUMBER_BEFORE}[ \-]*(?:(?:[ei]l|al|the) )?$")

# «م ٨١٥ ط ١٥٢٧ ب ٤٥», "B 945 R 4532": a letter alone says nothing, two of them in a row, or one beside a label, are an
# address. In Latin letters they are words of Arabizi too (b 20 dinar), so theirs are as long as the number of a block.
_INITIAL = (
    r"(?<![^\W_])(?P<initial>مج|[مطب]|[br](?=[\s.:/\-]*[0-9]{3,4}(?![0-9]))|[hf](?=[\s.:/\-]*[0-9]))[\s.:/\-]*"
    rf"(?P<number>[0-9]{{1,5}}){_LETTER}{_ENDS}"
)
INITIAL = re.compile(_INITIAL)
INITIALS = re.compile(f"(?:{re.sub('[?]P<[a-z]+>', '?:', _INITIAL)}[\\s،,./\\-]*)+")

# Numbers that no label stands beside.
THREE_DIGITS = re.compile("[0-9]{3}")
_NO_PLURAL = r"(?! (?!has|was|this|always|is)[a-z]{2,}[^\Ws]s(?![^\W_]))"  # "Sitra 612 tankers"
AFTER_AREA = re.compile(rf"[\s:(،,\-–]{{1,4}}(?=[0-9]{{3}}){NUMBER}{_COUNTS_NOTHING}{_IS_NOT_TIMED}{_NO_PLURAL}")
"""«سلماباد ٧٠٦», "(Tubli, 711)": what follows the name of an area."""
BEFORE_AREA = re.compile(rf"{NUMBER_BEFORE}[\s،,:/\-–]{{1,3}}$")
PRICED_FAR = re.compile(_PRICE + r"[^،,.؛;\n]{0,40}$")
"""«ايجار شقة في الحورة ٣٢٠»"""
NEXT_NUMBER = re.compile(rf"(?P<gap> ?[/،,\-–] ?| ){NUMBER}")
AFTER_COMMA = re.compile(rf" ?[،,] ?{NUMBER} ?")
HOUSE_BEFORE = re.compile(rf"(?:^|[\n:(]) ?{NUMBER} ?[،,/\-] ?$")
"""«٧٧، طريق ٣٨٠٣، مجمع ٣٣٨»: the number before, at the beginning."""

_APART = r"(?: ?[/،,|\-–] ?(?:و|and )?| (?:و|and |w )?)"
LISTED_NUMBER = re.compile(rf"(?P<number>[0-9]{{1,5}}){_LETTER}")
_NUMBERS = rf"(?P<numbers>[0-9]{{1,5}}[a-d]?(?:{_APART}[0-9]{{1,5}}[a-d]?){{1,3}})(?![0-9])"
NUMBERS_LISTED = re.compile(rf"[\s:=()\-–]{{1,3}}{_NUMBERS}")
NUMBERS_LISTED_BEFORE = re.compile(rf"(?<![0-9])(?<![0-9][./:\-]){_NUMBERS}[\s:=()،,\-–]{{0,3}}$")
BETWEEN_LABELS = re.compile(rf"{_APART}(?:ثم |then )?")
"""«1452/3627/436 بناية، طريق، مجمع»"""
