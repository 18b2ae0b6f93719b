"""Where a text may name places, and whether it does: the words around a name decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from bot.arabic.address_words import LABEL
from bot.arabic.gazetteer import Area, Gazetteer, Name, gazetteer
from bot.arabic.phrases import Word, readings_of, stems_of, words_of

_PLACED_BY = ("ب", "ل", "ع")  # written onto a name, these say «in» and «to»
_PLACED_BY_LATIN = ("b", "bil", "bel", "bal", "fil", "fel", "lil", "lel", "3al")
_SHORT = 2  # words: an answer to «where?»
_LATIN_ARTICLES = ("al", "el", "il")
_MARKS = "،,:؛;-–—.\n/("
_QUOTES = '«"“‘„'
_CLOSING = '»"”’'
_LONGEST_TITLE = 3  # words after the place: "Muharraq Pearl Sweets"


@dataclass(frozen=True)
class Mention:
    """A name that stands in `words[first:last]`, its prefix (و، ب، ل ...), and what it takes to believe it."""

    name: Name
    first: int
    last: int
    prefix: str
    doubt: str


@lru_cache(maxsize=32)  # asked for one message by several finders
def scene_of(text: str, places_file: Path | None = None) -> Scene:
    """The scene of a text, with the names in `places_file` (default: the project's own)."""
    return Scene(text, words_of(text), gazetteer(places_file))


@dataclass(frozen=True)
class Scene:
    """The text whose words are read, with the places' names."""

    text: str
    words: Sequence[Word]
    places: Gazetteer

    @cached_property
    def mentions(self) -> list[Mention]:
        """What may be names of places, in order; no two share a word, and the longer reading wins."""
        found = [
            Mention(match.payload, match.first, match.last, match.prefix, match.payload.doubt)
            for match in self.places.names.find(self.words)
        ]
        exact = {index for mention in found for index in range(mention.first, mention.last)}
        found += [*self._heard(), *self._slips(exact)]
        found.sort(key=lambda mention: mention.first - mention.last)  # stable: of equals, the exact one first
        taken: set[int] = set()
        kept = []
        for mention in map(self._with_article, found):
            own = range(mention.first, mention.last)
            if taken.isdisjoint(own):
                taken.update(own)
                kept.append(mention)
        return sorted((m for m in kept if self._is_possible(m)), key=lambda mention: mention.first)

    def is_announced(self, mention: Mention, nothing_else: bool) -> bool:
        """Whether a word before it, the punctuation, or that nothing else is said makes a doubtful name a place."""
        if mention.doubt == "none" or nothing_else:
            return True
        if mention.doubt != "alone" and (self._has_cue(mention) or self._opens(mention)):
            return True
        return mention.doubt == "weak" and self._stands_apart(mention)

    def says_nothing_but(self, mentions: Sequence[Mention]) -> bool:
        """Whether the text holds no more than these names and words that add nothing to them."""
        named = {index for mention in mentions for index in range(mention.first, mention.last)}
        return all(self.places.says_no_more(word.text) for index, word in enumerate(self.words) if index not in named)

    def district_beside(self, mention: Mention, other: Mention) -> Area | None:
        """The district that a mention is for standing beside its town: «سترة القرية»."""
        beside = other.first == mention.last or mention.first == other.last
        towns = {area.name for area in other.name.areas} if beside else set()
        return next((area for area in mention.name.areas if area.town in towns), None)

    def in_row(self, mention: Mention, other: Mention) -> bool:
        """Whether a mention is one more place in a row with another: «سترة وعالي», «المنامة النعيم»."""
        if mention.doubt != "weak" and not mention.prefix.startswith("و"):
            return False
        if mention.first == other.last:
            marked = self._gap(mention.first).strip() or mention.prefix.startswith("و")
        else:
            marked = self._gap(other.first).strip() or other.prefix.startswith("و")
        named = self.words[mention.first].text.startswith("ال")
        return (other.first == mention.last or mention.first == other.last) and bool(marked or named)

    def _heard(self) -> Iterator[Mention]:
        for heard in self.places.sounds.find(self.words):
            doubt = heard.payload.doubt
            if not heard.sure and doubt == "none":
                doubt = "weak"
            yield Mention(heard.payload, heard.first, heard.last, heard.prefix, doubt)

    def _slips(self, exact: set[int]) -> Iterator[Mention]:
        for index, word in enumerate(self.words):
            if index in exact or word.text.isascii():
                continue
            cue = self._expects_place(index)
            glued = self.words[index + 1].text if index + 1 < len(self.words) and index + 1 not in exact else ""
            for prefix, stem in readings_of(word.text):
                name, last = self.places.slips.sounding(stem), index + 1
                if name is None and (cue or (prefix[-1:] == "ب" and stem.startswith("ال"))):
                    name = self.places.slips.slipped(stem)
                if name is None and cue and glued:
                    name, last = self.places.slips.sounding(stem + glued), index + 2
                if name is not None:
                    yield Mention(name, index, last, prefix, "none")
                    break

    def _expects_place(self, index: int) -> bool:
        """Whether something besides its spelling says that the word at `index` is a place."""
        if len(self.words) <= _SHORT or (index > 0 and self._is_cue(index - 1, strong=False)):
            return True
        return index + 1 < len(self.words) and self.words[index + 1].text in self.places.cues.after

    def _with_article(self, mention: Mention) -> Mention:
        """With the Latin article in a word of its own before it: "el hidd"."""
        first = mention.first
        if first and self.words[first - 1].text in _LATIN_ARTICLES and self.words[first].text.isascii():
            return Mention(mention.name, first - 1, mention.last, mention.prefix, mention.doubt)
        return mention

    def _is_possible(self, mention: Mention) -> bool:
        """Not «الحد الأدنى», «يوم الخميس», «شارع البديع»: the neighbours do not make it something else."""
        name, cues = mention.name, self.places.cues
        if mention.last - mention.first == 1 and self.words[mention.first].text in self.places.look_alikes:
            return False
        before = self._stems_before(mention)
        after = self.words[mention.last].text if mention.last < len(self.words) else ""
        if after in name.not_before or not before.isdisjoint(name.not_after):
            return False
        if not self._gap(mention.first).strip() and not before.isdisjoint(cues.never_after):
            return False
        if after in cues.never_before and not self._gap(mention.last).strip() and not self._is_numbered(mention.last):
            return False
        if self._names_business(mention):
            return False
        return not name.not_with or not any(name.not_with & stems_of(word.text) for word in self.words)

    def _is_numbered(self, index: int) -> bool:
        """Whether the word there is the label of a number: "Hidd road 12"."""
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        own = not self._gap(index + 1).strip(" .#:") and LABEL.fullmatch(self.words[index].text) is not None
        return following.isdecimal() and own

    def _names_business(self, mention: Mention) -> bool:
        """Whether it belongs to the name of a business: «مطعم «المحرق الجديد»», "Muharraq Pearl Sweets"."""
        cues = self.places.cues
        before, after = self._gap(mention.first).strip()[-1:], self._gap(mention.last).strip()[:1]
        if before and before in _QUOTES and not (after and after in _CLOSING):
            return not self._stems_before(mention).isdisjoint(cues.shops)
        for index in range(mention.last, min(mention.last + _LONGEST_TITLE, len(self.words))):
            if self._gap(index).strip():
                return False
            word, between = self.words[index].text, self.words[mention.last : index]
            titled = all(self.text[each.start].isupper() for each in between)
            if word in cues.companies and (titled or len(between) == 1):
                return True
            if word in cues.shops and between and titled:
                return True
        return False

    def _has_cue(self, mention: Mention) -> bool:
        weak = mention.doubt == "weak"
        if weak and (mention.prefix[-1:] in _PLACED_BY or mention.prefix in _PLACED_BY_LATIN):
            return True
        return mention.first > 0 and self._is_cue(mention.first - 1, strong=not weak)

    def _is_cue(self, index: int, strong: bool) -> bool:
        cues = self.places.cues.strong if strong else self.places.cues.weak
        if not cues.isdisjoint(stems_of(self.words[index].text)):
            return True
        return index > 0 and f"{self.words[index - 1].text} {self.words[index].text}" in cues

    def _opens(self, mention: Mention) -> bool:
        """«سند قرب المدرسة ...» at the start."""
        last = mention.last
        return mention.first == 0 and last < len(self.words) and self.words[last].text in self.places.cues.after

    def _stands_apart(self, mention: Mention) -> bool:
        """«سند، الماي مقطوع» and «الماي مقطوع، سند»: set off by a mark at the start or the end."""
        before, after = self._gap(mention.first), self._gap(mention.last)
        opens = mention.first == 0 and any(mark in after for mark in _MARKS)
        closes = mention.last == len(self.words) and any(mark in before for mark in _MARKS)
        return opens or closes

    def _stems_before(self, mention: Mention) -> frozenset[str]:
        return stems_of(self.words[mention.first - 1].text) if mention.first else frozenset()

    def _gap(self, index: int) -> str:
        """What stands in the text before the word at `index`."""
        start = self.words[index - 1].end if index else 0
        end = self.words[index].start if index < len(self.words) else len(self.text)
        return self.text[start:end]
