"""Numbers said in words: «مئتين وثلاثة», «ثلاثمية واثنعش», «اثنين صفر ثلاثة»."""

from __future__ import annotations

from collections.abc import Sequence

from bot.arabic.normalise import normalise

_UNITS = (
    "صفر", "واحد واحده وحده", "اثنين اثنان ثنين اثنتين", "ثلاثه ثلاث", "اربعه اربع", "خمسه خمس", "سته ست",
    "سبعه سبع", "ثمانيه ثمان ثماني", "تسعه تسع", "عشره عشر",
    "احدعش احدعشر حدعش حداعش", "اثنعش اثناعش اثناعشر اثنعشر", "ثلاثتعش ثلتعش ثلاثتعشر", "اربعتعش اربعتعشر",
    "خمستعش خمستعشر", "ستعش ستتعش ستعشر", "سبعتعش سبعتعشر", "ثمنتعش ثمانتعش ثمنتعشر", "تسعتعش تسعتعشر",
)  # fmt: skip
_TENS = "عشرين ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين"
_HUNDREDS = (
    "ميه مايه", "ميتين مايتين ميتان", "ثلاثميه ثلاثمايه", "اربعميه اربعمايه", "خمسميه خمسمايه", "ستميه ستمايه",
    "سبعميه سبعمايه", "ثمانميه ثمنميه ثمانمايه", "تسعميه تسعمايه",
)  # fmt: skip


def _words() -> dict[str, int]:
    values = {word: value for value, words in enumerate(_UNITS) for word in words.split()}
    values |= {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
    # the nominative (عشرون) and the spoken (عشرين) differ only in the ending
    values |= {word[:-2] + "ون": value for word, value in values.items() if value in range(20, 100, 10)}
    values |= {word: 100 * value for value, words in enumerate(_HUNDREDS, start=1) for word in words.split()}
    values |= {"الف": 1000, "الفين": 2000}
    return {normalise(word): value for word, value in values.items()}


_VALUES = _words()


def read_number(words: Sequence[str]) -> tuple[int, int] | None:
    """The number that the normalised `words` begin with, and how many of them say it; None where none does.

    Digits said one by one («اثنين صفر ثلاثة») are put side by side; the rest is added up.
    """
    parts: list[int] = []
    joined = False
    for word in words:
        value = _VALUES.get(word)
        if value is None and parts and word.startswith("و"):
            value = _VALUES.get(word[1:])
            joined = joined or value is not None
        if value is None:
            break
        parts.append(value)
    if not parts:
        return None
    if len(parts) > 1 and not joined and max(parts) < 10:
        return int("".join(map(str, parts))), len(parts)
    return _sum(parts), len(parts)


def _sum(parts: Sequence[int]) -> int:
    total = 0
    for part in parts:
        multiplies = part in (100, 1000) and 0 < total < 10  # «ثلاث مية»
        total = total * part if multiplies else total + part
    return total
