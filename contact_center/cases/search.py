"""How a case is found by words: the words of each case in one spelling, and the terms that a query asks of them. Pure.

A term is the beginning of a word, so that an index serves it (PostgreSQL's own; the embedded server has no trigrams).
What is written together with a word in Arabic, and what comes before the part of a number by which people know it, is
therefore taken off when the words are kept.
"""

import re
from collections.abc import Iterator, Sequence

from bot.arabic import detect, normalise, to_arabic

LONGEST = 100
"""Letters of a word that are kept and compared."""

_ARTICLE = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل)(?=\w{3})")
"""The article, with what is written together with it: «والحفرة» is found by «حفرة», and the other way round."""
_PARTICLE = re.compile(r"^[وفبكل](?=\w{3})")
"""«وحفرة», «بحفرة»."""
_REFERENCE = re.compile(r"\d{10}")
_ABROAD = re.compile(r"973(?=\d{8}$)")
_SEPARATED_NUMBER = re.compile(r"\d[\d \-().]*\d")


def search_text(reference: str, *texts: str | None) -> str:
    """What is kept beside a case: the words of its reference and of all `texts`, each once in every way that it may be
    asked for; numbers without separators."""
    words = _words(" ".join([reference, *(text for text in texts if text)]))
    return " ".join(dict.fromkeys(way for word in words for way in _ways(word)))


def search_terms(query: str) -> list[str]:
    """With what words of a case must begin, each with one of them; empty for a query without letters or digits."""
    return [_ARTICLE.sub("", word) for word in _words(query)]


def search_ways(query: str) -> list[list[str]]:
    """The ways to read a query, each as `search_terms`: as it stands, and Arabic in Latin letters as Arabic too."""
    ways = [search_terms(query)]
    if detect(query) == "arabizi":
        ways.append(search_terms(to_arabic(query)))
    return [way for number, way in enumerate(ways) if way and way not in ways[:number]]


def _ways(word: str) -> Iterator[str]:
    """A word, and its parts by which people look for it: after the article, a particle, a country code; the ends of a
    reference number."""
    yield word
    yield _ARTICLE.sub("", word)
    yield _PARTICLE.sub("", word)
    yield _ABROAD.sub("", word)
    if _REFERENCE.fullmatch(word):
        yield word[2:]
        yield word[-4:]


def _words(text: str) -> Sequence[str]:
    joined = _SEPARATED_NUMBER.sub(lambda number: re.sub(r"\D", "", number[0]), normalise(text))
    return [word[:LONGEST] for word in re.findall(r"\w+", joined)]
