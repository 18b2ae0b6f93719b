"""Words, with their place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from camel_tools.tokenizers.word import simple_word_tokenize


@dataclass(frozen=True)
class Token:
    """One word, punctuation mark, symbol or emoji: `text` is `original[start:end]`."""

    text: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """The words of `text` in order, as camel-tools cuts them, on offsets in `text` itself."""
    tokens = []
    position = 0
    for word in simple_word_tokenize(text):
        start = text.index(word, position)
        position = start + len(word)
        tokens.append(Token(word, start, position))
    return tokens
