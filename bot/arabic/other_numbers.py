"""Numbers that are said to be those of a thing: an account, a meter, a plate, a flight, a file at court."""

from __future__ import annotations

import re

from bot.arabic.address_words import any_of

_BEFORE = 45
_THINGS = any_of(
    r"عداد\w* لوح[هت]\w* نمر[هت]\w* سجل\w* فاتور[هت]\w* حساب\w* عقد عقود رحل[هت]\w* قضي[هت]\w* دعو[يه]\w* جواز\w* "
    r"ايصال\w* وصل\w* معامل[هت]\w* طلبي[هت]\w* طلب\w* رخص[هت]\w* وثيق[هت]\w* شيك\w* تذكر[هت]\w* شحن[هت]\w* مركب[هت]\w* "
    r"meter plate account acct? cr invoice contract flight passport receipt voucher order application "
    r"licen[cs]e policy cheque tracking vehicle serial iban 3addad\w* 7isab\w* 7sab\w* loo?7a\w* fatoo?ra\w* ji?wa+z\w*"
)
_SAID = any_of(
    r"رقم\w{0,3} number no num nr # raqam\w{0,3} ragam\w{0,3} الكهرباء? الماء? السيار[هت] سيار[هت]\w* التجاري البنكي "
    r"البنك السفر المحكم[هت] هو هي is was"
)
_SAID_TO_BE = re.compile(
    rf"(?<![^\W_])[وب]?(?:ال|لل)?(?:{_THINGS})(?![^\W_])[\s:.#(=-]*(?:(?:{_SAID})[\s:.#(=-]*){{0,3}}$"
)


def is_of_a_thing(text: str, start: int) -> bool:
    """Whether a normalised text says right before `start` that what stands there is the number of a thing."""
    return _SAID_TO_BE.search(text, max(0, start - _BEFORE), start) is not None
