"""What people say of an address they have given: that a number is wrong, and which is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.arabic.address_part import YEARS, AddressPart, apart, number_of, stands_before, value_of
from bot.arabic.address_words import LABEL, LABELLED
from bot.arabic.correction_words import (
    AFTER_NO,
    CHANGE,
    DENIED,
    NO_BEFORE,
    NOT_THIS_BEFORE,
    ONE_MORE,
    RATHER_BEFORE,
    SAID_BEFORE,
    SOMETHING_IS_WRONG,
    TAKES_BACK_NEXT,
)
from bot.arabic.normalise import normalise
from bot.arabic.numbers import InDigits

# In characters: between a number and its correction, and between a label without a number and the right one.
_NEAR, _FAR = 45, 90
_LEAST_SPOKEN = 10
_PAUSES = "،,.;؛-"
_DIGIT = re.compile("[0-9]")


def with_corrections(
    written: InDigits, labels: Sequence[re.Match[str]], named: Sequence[AddressPart]
) -> list[AddressPart]:
    """What is named, and the numbers without a label of their own that add to it or correct it."""
    text = written.text
    wrong = SOMETHING_IS_WRONG.search(text) is not None
    heads = apart([*named, *(_bare(label) for label in labels if wrong or DENIED.match(text, label.end()))])
    found: list[AddressPart] = []
    for head, following in zip_longest(heads, heads[1:]):
        limit = min(head.end + _FAR, following.start if following else len(text))
        found += [*_denied_before(text, head), *_chain(written, _judged(text, head), limit, wrong)]
    return _superseded(text, apart(found))


def is_taken_back(text: str, start: int) -> bool:
    """Whether `text` says right before `start` that what stands there is not meant: «36208841 مو 36208814»."""
    before = f"{normalise(text[max(0, start - _NEAR) : start])} "
    return TAKES_BACK_NEXT.search(before) is not None


def _bare(label: re.Match[str]) -> AddressPart:
    """A label that has no number beside it."""
    return AddressPart(label.lastgroup or "", "", *label.span())


def _denied_before(text: str, head: AddressPart) -> Iterator[AddressPart]:
    """«مو ٧٣٤، المجمع ٧٤٣»: the first is a block too."""
    match = stands_before(NOT_THIS_BEFORE, text, head.start) if head.value else None
    if match:
        start, end = match.start("number"), match.end("letter" if match["letter"] else "number")
        yield AddressPart(head.part, value_of(match), start, end, taken_back=True)


def _judged(text: str, head: AddressPart) -> AddressPart:
    """A labelled part with what the words before it say of it: «مو مجمع 302», «الصح مجمع 203»."""
    taken_back = bool(head.value) and stands_before(NO_BEFORE, text, head.start) is not None
    corrected = not taken_back and stands_before(RATHER_BEFORE, text, head.start) is not None
    return replace(head, taken_back=taken_back, corrected=corrected)


def _superseded(text: str, parts: Sequence[AddressPart]) -> list[AddressPart]:
    """Of «كتبت البيت رقم ١٢، بيتنا رقم ٢١», the first is taken back by the second."""
    judged: list[AddressPart] = []
    meant_later: set[str] = set()
    for part in reversed(parts):
        was_said = part.part in meant_later and stands_before(SAID_BEFORE, text, part.start) is not None
        judged.append(replace(part, taken_back=True) if was_said else part)
        if not part.taken_back:
            meant_later.add(part.part)
    return judged[::-1]


def _chain(written: InDigits, head: AddressPart, limit: int, wrong: bool) -> Iterator[AddressPart]:
    """A part, and the numbers up to `limit` that go with it, take it back, or that it is corrected to."""
    last = head
    if head.value:
        yield head
        more = ONE_MORE.match(written.text, head.end, limit)
        if more and _is_another(written.text, head, more):
            last = replace(head, value=value_of(more), start=more.start("number"), end=more.end())
            yield last
    while True:
        change = _change(written.text, last, limit)
        if not change or change.start() - last.end > (_NEAR if last.value else _FAR):
            return
        if _is_change(written, change, last, wrong):
            takes_back = _takes_back(written.text, change)
            last = AddressPart(
                head.part, value_of(change), change.start("number"), change.end(), takes_back, not takes_back
            )
            yield last
        else:
            last = replace(last, end=change.end(), taken_back=False)


def _change(text: str, last: AddressPart, limit: int) -> re.Match[str] | None:
    instead = AFTER_NO.match(text, last.end, limit) if last.taken_back else None
    return instead or CHANGE.search(text, last.end, limit)


def _is_another(text: str, head: AddressPart, more: re.Match[str]) -> bool:
    """«طريق 2144 و2146», not «مجمع 203 و 12 حاوية», «203 مجمع و312 طريق»."""
    label = LABEL.match(text, more.end() + 1)
    its_own = label is not None and LABELLED.match(text, label.end()) is None
    return len(more["number"]) == len(head.value) > 1 and not its_own


def _is_change(written: InDigits, change: re.Match[str], last: AddressPart, wrong: bool) -> bool:
    if change.span("number") in written.spoken and number_of(change) < _LEAST_SPOKEN:
        return False
    said = change.groupdict()
    by_itself = "no" not in said or said["no"] or said["waits"] or said["rather"]
    if last.value:
        return bool(by_itself) or (wrong and number_of(change) not in YEARS)
    if change.start() <= last.end + 1 and said["no"]:
        return True
    return wrong and number_of(change) not in YEARS and not _DIGIT.search(written.text, last.end, change.start())


def _takes_back(text: str, change: re.Match[str]) -> bool:
    """«٧٤٣ مو ٧٣٤», «٤٠٢ لا ٢٠٤», «كتبت ١٢»; but «٣٠٢، لا، ٢٠٣» corrects."""
    said = change.groupdict()
    if said.get("no") in ("لا", "no"):
        return text[max(0, change.start() - 2) : change.start()].rstrip()[-1:] not in (*_PAUSES, "")
    return bool(said.get("no") or said.get("said"))
