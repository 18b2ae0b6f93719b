"""Agencies named in a message as such: «رحت المرور», not «تمنع المرور»; `nlu_data/agency_names.yml` lists both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, dropwhile, islice, takewhile
from pathlib import Path

from bot.arabic.agency_names import AGENCY_NAMES_FILE, AgencyName, Cues, agency_names
from bot.arabic.found import Found
from bot.arabic.phrases import Match, Word, words_of

__all__ = ["AGENCY_NAMES_FILE", "find_agencies"]

_CLAUSE_END = re.compile(r"[.!?؟،,;؛:\n]")
_SENTENCE_END = re.compile(r"[.!?؟\n]")
_FAR = 6  # words to either side that may say what a name means
_STAFF_NEAR = 3  # words
_SHORT = 12  # words: a sentence of as many says more than a name
_ACRONYM = 5  # letters
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل")


def find_agencies(text: str, names_file: Path | None = None) -> list[Found]:
    """Agencies named in `text`, in order; `value` is the code in the catalogue.

    A name that several agencies share («البلدية») is left out: it settles nothing. A name that is also a thing
    (الكهرباء، المرور، الإسكان) counts only where its neighbours say that a body is meant, one that does something, is
    spoken to, or stands in a choice of bodies, or where the sentence says nothing else.
    """
    known = agency_names(names_file)
    words = words_of(text)
    matches = list(known.names.find(words))
    if not matches:
        return []
    message = _Message(text, words, matches, known.cues)
    return [
        Found(match.payload.code, words[match.first].start, words[match.last - 1].end)
        for match in matches
        if match.payload.code and message.means(match)
    ]


class _Message:
    """A text with the names in it, and what the words around a name say."""

    def __init__(self, text: str, words: Sequence[Word], matches: Sequence[Match[AgencyName]], cues: Cues) -> None:
        self._text = text
        self._words = words
        self._vocabulary = {word.text for word in words}
        self._cues = cues
        self._named = {index for match in matches for index in range(match.first, match.last)}

    def means(self, match: Match[AgencyName]) -> bool:
        """Whether the agency is meant, not a thing of that name nor the agency as a landmark."""
        name, before, after = match.payload, self._before(match), self._after(match)
        owner = before[1:] if before and before[0] in self._cues.through else ()
        if any(said in name.not_after for said in (*_said(before), *_said(owner))):
            return False
        if any(said in name.not_before for said in _first(after)):
            return False
        if any(said in self._cues.landmarks for said in _said(before)):
            return False
        return (
            name.doubt == "none"
            or self._is_chosen(match)
            or self._is_alone(match)
            or self._is_acronym(match)
            or (name.doubt != "choice" and self._acts(name, before, after))
            or any(word in name.beside for word in self._vocabulary)
        )

    def _acts(self, name: AgencyName, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether somebody speaks to it or for it, or it does something itself."""
        cues, weak = self._cues, name.doubt == "weak"
        behind = list(dropwhile(cues.links.__contains__, before))
        said = (*_said(before), *_said(behind))
        if any(one in cues.strong_before or (weak and one in cues.weak_before) for one in said):
            return True
        near = behind[: _STAFF_NEAR if len(behind) < len(before) else 1]
        if any(one in cues.staff for word in near for one in (word, *_without_clitics(word))):
            return True
        then = list(dropwhile(cues.fillers.__contains__, after))
        verbs = [verb for one in _first(then) for verb in (one, one.removeprefix("ما"))]
        if any(verb in cues.not_actors for verb in verbs):
            return False
        return any(verb in cues.strong_after or (weak and verb in cues.weak_after) for verb in verbs)

    def _is_chosen(self, match: Match[AgencyName]) -> bool:
        """One of several: «البلدية لو الأشغال», «عند المرور ولا عند الأشغال»."""
        return self._offers_another(range(match.first - 1, -1, -1)) or self._offers_another(
            range(match.last, len(self._words))
        )

    def _offers_another(self, indexes: Sequence[int]) -> bool:
        """Whether a choice, and behind it another body, is what these words come to first, links aside."""
        chosen = False
        for index in islice(indexes, _FAR):
            word = self._words[index].text
            if index in self._named or any(body in self._cues.bodies for body in (word, *_without_clitics(word))):
                return chosen
            if word in self._cues.choices:
                chosen = True
            elif word not in self._cues.links:
                return False
        return False

    def _is_alone(self, match: Match[AgencyName]) -> bool:
        """Whether its sentence names bodies and says no more."""
        back = takewhile(lambda index: not self._ends(_SENTENCE_END, index + 1), range(match.first - 1, -1, -1))
        on = takewhile(lambda index: not self._ends(_SENTENCE_END, index), range(match.last, len(self._words)))
        others = list(islice(chain(back, on), _SHORT))
        return len(others) < _SHORT and all(
            index in self._named or self._words[index].text in self._cues.alone for index in others
        )

    def _is_acronym(self, match: Match[AgencyName]) -> bool:
        written = self._text[self._words[match.first].start : self._words[match.last - 1].end]
        return len(written) <= _ACRONYM and written.isascii() and written.isupper() and not self._text.isupper()

    def _before(self, match: Match[AgencyName]) -> list[str]:
        """The words before it in its clause, the nearest first; a clitic of its own is one of them."""
        return [*reversed(match.prefix), *islice(self._back_from(match.first), _FAR)]

    def _back_from(self, index: int) -> Iterator[str]:
        while index and not self._ends(_CLAUSE_END, index):
            index -= 1
            if self._words[index].text not in self._cues.articles:
                yield self._words[index].text

    def _after(self, match: Match[AgencyName]) -> list[str]:
        """The words after it in its clause."""
        end = match.last
        while end < len(self._words) and end - match.last < _FAR and not self._ends(_CLAUSE_END, end):
            end += 1
        return [word.text for word in self._words[match.last : end]]

    def _ends(self, stop: re.Pattern[str], index: int) -> bool:
        """Whether something ends right before the word at `index`."""
        start = self._words[index - 1].end if index else 0
        return stop.search(self._text, start, self._words[index].start) is not None


def _first(words: Sequence[str]) -> list[str]:
    """The first word and the first two as one."""
    return [words[0], " ".join(words[:2])] if words else []


def _said(before: Sequence[str]) -> list[str]:
    """Of words with the nearest first: the nearest, the nearest two as one, and the nearest without its clitics."""
    return [before[0], " ".join(before[1::-1]), *_without_clitics(before[0])] if before else []


def _without_clitics(word: str) -> Iterator[str]:
    for clitics in (_CONJUNCTIONS, _PREPOSITIONS):
        if len(word) > 3 and word.startswith(clitics):
            word = word[1:]
            yield word
