"""Arabic written in Latin letters, put back into Arabic letters: one more thing for the classifiers to look at.

Frequent words come from a list; the rest goes letter by letter. It is a best guess, the same every time.
"""

from __future__ import annotations

import re

from bot.arabic.latin_words import ENGLISH
from bot.arabic.normalise import digits

_FREQUENT_PAIRS = """
3ala=على 3alaikum=عليكم 3an=عن 3ashan=عشان 3ind=عند 3indi=عندي 3ndi=عندي 3ndy=عندي 3ndna=عندنا 3indina=عندنا
3yal=عيال 7ad=حد 7ag=حق 7al=حل 7ar=حر 7awiya=حاوية 7ofra=حفرة 7afra=حفرة 7ufar=حفر 5ala9=خلاص 5alas=خلاص khalas=خلاص
khala9=خلاص 5arban=خربان 6afi=طافي 6afya=طافية 6af7a=طافحة 6areeg=طريق tareeg=طريق tariq=طريق 9a7=صح 9ar=صار sar=صار
9arlah=صارله sarlah=صارله 9ayer=صاير 9ora=صورة 9owar=صور a7ad=احد abi=ابي aby=ابي abee=ابي abgha=ابغى ahl=اهل
ahli=اهلي
alhin=الحين el7een=الحين elhin=الحين al7een=الحين allah=الله ams=امس ana=انا ani=اني asajil=اسجل assalam=السلام
bacher=باجر baladiya=بلدية baldiya=بلدية bas=بس bs=بس bayt=بيت bait=بيت beit=بيت bukra=بكرة chethi=جذي chithi=جذي
jethi=جذي cham=جم jam=جم dawam=دوام elli=اللي illi=اللي enta=انت inta=انت ey=اي fareej=فريج fi=في fil=في_ال bil=بال
fih=فيه feeh=فيه fiha=فيها flous=فلوس fulus=فلوس gabl=قبل gal=قال galo=قالو hatha=هذا hathi=هذي hal=هال hni=هني
hini=هني hina=هنا inshallah=ان_شاء_الله inshalla=ان_شاء_الله inzain=انزين jawaz=جواز jeeran=جيران
kahraba=كهرباء kahrba=كهرباء
kahrabaa=كهرباء kalam=كلام kam=كم kil=كل kull=كل kulish=كلش kilish=كلش la=لا laish=ليش leish=ليش lesh=ليش law=لو
leen=لين layn=لين ma=ما ma7ad=محد ma3=مع majari=مجاري makan=مكان maku=ماكو mako=ماكو mar7aba=مرحبا marhaba=مرحبا
mashkoor=مشكور mai=ماي may=ماي moya=ماي min=من mn=من minu=منو mino=منو mo=مو mob=مب mojama3=مجمع mujama3=مجمع
mushkila=مشكلة mushkla=مشكلة moshkila=مشكلة mustashfa=مستشفى nabi=نبي nas=ناس qabl=قبل ragam=رقم raqam=رقم ra7=راح
rad=رد radaw=ردو sa3a=ساعة sana=سنة saba7=صباح salam=سلام salaam=سلام sayara=سيارة sayarat=سيارات share3=شارع
shari3=شارع shakwa=شكوى shakwai=شكواي shay=شي shi=شي shinu=شنو shino=شنو shnu=شنو shno=شنو sh9ar=شصار shloon=شلون
shlon=شلون shlonak=شلونك shlonkum=شلونكم shukran=شكرا shokran=شكرا tamam=تمام ta3al=تعال w=و wa=و wain=وين wayn=وين
wein=وين wen=وين wajid=واجد wayed=وايد wayid=وايد waid=وايد wallah=والله walla=والله wala=ولا ya=يا yabi=يبي yom=يوم
yoom=يوم zain=زين zayn=زين zeen=زين zebala=زبالة zbala=زبالة zibala=زبالة za7ma=زحمة zahma=زحمة t9leeh=تصليح
"""
_FREQUENT = dict(pair.split("=") for pair in _FREQUENT_PAIRS.split())

_LETTERS = {
    "3'": "غ", "7'": "خ", "6'": "ظ", "9'": "ض", "sh": "ش", "ch": "چ", "kh": "خ", "gh": "غ", "th": "ث", "dh": "ذ",
    "aa": "ا", "ee": "ي", "oo": "و", "ou": "و", "ai": "ي", "ay": "ي", "ei": "ي", "au": "و", "aw": "و", "ow": "و",
    "2": "ء", "3": "ع", "5": "خ", "6": "ط", "7": "ح", "8": "ق", "9": "ص",
    "b": "ب", "c": "ك", "d": "د", "f": "ف", "g": "ق", "h": "ه", "j": "ج", "k": "ك", "l": "ل", "m": "م", "n": "ن",
    "p": "ب", "q": "ق", "r": "ر", "s": "س", "t": "ت", "v": "ف", "w": "و", "x": "كس", "y": "ي", "z": "ز", "'": "",
}  # fmt: skip
_OUTER_VOWELS = {"a": ("ا", "ة"), "e": ("ا", "ة"), "i": ("ا", "ي"), "o": ("ا", "و"), "u": ("ا", "و")}
_LAST_SYLLABLE = {"a": "ا", "i": "ي", "o": "و", "u": "و"}

_WORD = re.compile(r"[a-z0-9']*[a-z][a-z0-9']*")
_CODE = re.compile(r"[a-z]*\d{2,}[a-z]*$|\d(?:st|nd|rd|th|am|pm|g|k|m)$")  # blk203, 3rd, 5pm: not Arabizi
_ARTICLE = re.compile(r"\b(?:el|al|il)[ \-]+(?=[a-z2-9])")
_PIECE = re.compile("|".join(sorted(map(re.escape, (*_LETTERS, *_OUTER_VOWELS)), key=len, reverse=True)))


def to_arabic(text: str) -> str:
    """`text` with its Latin words in Arabic letters; numbers, Arabic and English words stay. Never raises."""
    lowered = _ARTICLE.sub("al", digits(text).lower().replace("’", "'"))
    return _WORD.sub(lambda match: _word(match[0]), lowered)


def _word(word: str) -> str:
    known = _FREQUENT.get(word)
    if known is not None:
        return known.replace("_", " ")
    if word in ENGLISH or _CODE.match(word):
        return word
    if word[:2] in ("al", "el", "il") and len(word) > 4:
        return "ال" + _word(word[2:])
    return _letters(re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", word))


def _letters(word: str) -> str:
    """Letter by letter. Short vowels inside a word are not written, save in its last closed syllable."""
    pieces = list(_PIECE.finditer(word))
    vowels = [match.start() for match in pieces if match[0] in _OUTER_VOWELS]
    written = []
    for index, match in enumerate(pieces):
        piece = match[0]
        if piece not in _OUTER_VOWELS:
            written.append(_LETTERS[piece])
        elif index == 0:
            written.append(_OUTER_VOWELS[piece][0])
        elif index == len(pieces) - 1:
            written.append(_OUTER_VOWELS[piece][1])
        elif len(vowels) > 1 and match.start() == vowels[-1]:
            written.append(_LAST_SYLLABLE.get(piece, ""))
    return "".join(written)
