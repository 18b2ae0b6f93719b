"""Words, with their place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from camel_tools.tokenizers.word import simple_word_tokenize

# What nearly all words here are made of. camel-tools cuts these the same way, but takes milliseconds for it on
# Python 3.10 (one alternative per symbol of Unicode); so it is asked only about the others: emojis, rare scripts.
_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏ\u0620-\u0669\u066e-\u06d3\u06f0-\u06fc"
_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~،؛؟٪«»“”‘’…–—")
_PLAIN = re.compile(f"[{_LETTER}{_PUNCTUATION}]+")
_PIECE = re.compile(f"[{_LETTER}]+|[{_PUNCTUATION}]")
_SPACED = re.compile(r"\S+")


@dataclass(frozen=True)
class Token:
    """One word, punctuation mark, symbol or emoji: `text` is `original[start:end]`."""

    text: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """The words of `text` in order, as camel-tools cuts them, on offsets in `text` itself."""
    tokens = []
    for spaced in _SPACED.finditer(text):
        word, position = spaced[0], 0
        for piece in _PIECE.findall(word) if _PLAIN.fullmatch(word) else _cut(word):
            start = word.index(piece, position)
            position = start + len(piece)
            tokens.append(Token(piece, spaced.start() + start, spaced.start() + position))
    return tokens


@lru_cache(maxsize=4096)
def _cut(word: str) -> tuple[str, ...]:
    return tuple(simple_word_tokenize(word))
