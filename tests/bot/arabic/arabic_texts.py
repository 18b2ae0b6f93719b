"""Texts to throw at the finders: any Unicode at all, and the kinds of pieces that citizens' messages are made of."""

from __future__ import annotations

from hypothesis import strategies as st

ANYTHING = st.text(st.characters(), max_size=80)  # lone surrogates included

_PIECES = (
    "سترة", "بالمحرق", "عالي", "وسند", "القرية", "مجمع", "٢٠٣", "طريق", "312", "مبنى 44أ", "block 203", "2604831729",
    "٢٦-٠٤٨٣-١٧٢٩", "36001234", "+973 1712 3456", "900312345", "الكهربا", "بلدية المحرق", "مئتين وثلاثة", "mojama3",
    "el majari 6af7a", "Hello", "😀", "ـــ", "َّ", "\u200f", "\n", "،", ".", "-", " ", "ﷺ", "ﻻ", "اااا", "ههههه", "A'ali",
)  # fmt: skip
MESSAGES = st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=12).map("".join)
SPACED_MESSAGES = st.lists(st.sampled_from(_PIECES), max_size=10).map(" ".join)

TEXTS = ANYTHING | MESSAGES | SPACED_MESSAGES
