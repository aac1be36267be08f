"""A sentence with all that the lexicon and the calendar know of its words: what the chunker reads."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from kg import languages
from kg.extractors import dictionary
from kg.extractors.forms import Label, Match
from kg.text import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.dates import Expression
    from kg.extractors.lexicon import Lexicon
    from kg.languages import Language
    from kg.text import Token

_ACRONYM = range(2, 11)
_SHORTEST_STEM = 3
_SHORTEST_WORD = 2
_LONG_LINE = 4  # words with a capital
_NAMELIKE = frozenset({"particle", "name_prefix", "name_suffix", "patronymic", "regnal"})


class Sentence:
    """A range of an article's tokens; every index is a token's, counted from the article's start."""

    def __init__(
        self,
        tokens: Sequence[Token],
        span: tuple[int, int],
        lexicon: Lexicon,
        dates: Mapping[int, Expression] | None = None,
    ) -> None:
        """Look up every word of `tokens[span[0]:span[1]]`; `dates` are by their first token."""
        self.tokens = tokens
        self.first, self.last = span
        self.lexicon = lexicon
        self.language: Language = lexicon.language
        self.dates = dates or {}
        self._matches = lexicon.all(tokens, self.first, self.last)
        self._known: dict[int, bool] = {}
        self._is_title_case: bool | None = None

    def best(self, i: int) -> Match | None:
        """Give the longest known form that begins at a token."""
        matches = self._matches.get(i)
        return matches[0] if matches else None

    def find(self, i: int, *labels: Label) -> Match | None:
        """Give the longest known form of these labels that begins at a token."""
        for match in self._matches.get(i, ()):
            if match.form.label in labels:
                return match
        return None

    def longest(self, i: int, *labels: Label) -> Match | None:
        """Give the known form of these labels that begins at a token, if no longer one begins there."""
        found = self._matches.get(i, [])
        for match in found:
            if match.form.label in labels:
                return match if match.last == found[0].last else None
        return None

    def all(self, i: int, label: Label) -> list[Match]:
        """Give every known form of a label that begins at a token."""
        return [m for m in self._matches.get(i, ()) if m.form.label is label]

    def each(self, label: Label) -> list[Match]:
        """List every known form of a label in the sentence, in its order."""
        return [m for found in self._matches.values() for m in found if m.form.label is label]

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        key = self.lexicon.key
        return tuple([key(token) for token in self.tokens[self.first : self.last]])

    def is_listed_only(self, i: int) -> bool:
        """Tell whether nothing but words of lists begins at a token: no office, name or verb."""
        return all(match.form.label is Label.WORD for match in self._matches[i])

    @cached_property
    def _key_set(self) -> frozenset[str]:
        return frozenset(self._keys)

    def has_keys(self, wanted: frozenset[str]) -> bool:
        """Tell whether all of these keys are some token's."""
        return wanted <= self._key_set

    def next_of(self, wanted: tuple[str, ...], first: int, last: int) -> Iterator[int]:
        """Give the tokens of a range from which on tokens have these keys, in order."""
        keys = self._keys
        with suppress(ValueError):
            while True:
                at = keys.index(wanted[0], first - self.first, last - self.first)
                first = at + self.first + 1
                if keys[at : at + len(wanted)] == wanted:
                    yield first - 1

    @cached_property
    def _parts(self) -> dict[str, list[int]]:
        parts: dict[str, list[int]] = defaultdict(list)
        for match in self.each(Label.WORD):
            parts[match.form.value].append(match.first)
        return parts

    def part(self, i: int, *parts: str) -> Match | None:
        """Give the longest phrase of these word lists that begins at a token."""
        for match in self._matches.get(i, ()):
            if match.form.value in parts and match.form.label is Label.WORD:
                return match
        return None

    def is_lone(self, i: int, part: str) -> bool:
        """Tell whether a token is a word of a list that other passes read as it is."""
        lone = self.lexicon.lone(part)
        return any(key in lone for key, _ in self.lexicon.keys(self.tokens[i]))

    def tells(self, part: str) -> bool:
        """Tell whether a phrase of a word list stands anywhere in the sentence."""
        return part in self._parts

    def where(self, *parts: str) -> list[int]:
        """List the tokens at which phrases of these word lists begin."""
        return [i for part in parts for i in self._parts.get(part, ())]

    def acts(self) -> list[int]:
        """List the tokens that are best read as words of saying."""
        return [i for i, found in self._matches.items() if found[0].form.label is Label.ACT]

    def text(self, first: int, last: int) -> str:
        """Join the words of a range, for look-up."""
        return " ".join(token.folded for token in self.tokens[first:last])

    def is_common(self, i: int) -> bool:
        """Tell whether a word is in the language's dictionary and is no given name."""
        if i not in self._known:
            token = self.tokens[i]
            self._known[i] = not self.find(i, Label.GIVEN_NAME) and _is_known(
                self.language.code, plain(token.text.lower())
            )
        return self._known[i]

    def is_plain(self, i: int) -> bool:
        """Tell whether a word is in the dictionary as it stands, with nothing written onto it."""
        return dictionary.is_known(self.language.code, plain(self.tokens[i].text.lower()))

    def is_title_case(self) -> bool:
        """Tell a headline whose words all have capitals, which there say nothing of names."""
        if self._is_title_case is None:
            words = [token.text for token in self.tokens[self.first : self.last] if token.is_word]
            small = {*self.language.words["soft"], *self.language.words["common"]}
            large = [word for word in words if word[0].isupper()]
            told = (word for word in words if word[0].islower())
            self._is_title_case = len(large) >= _LONG_LINE and all(word in small for word in told)
        return self._is_title_case

    def is_acronym(self, i: int) -> bool:
        """Tell whether a token is written in capitals only, as acronyms are."""
        word = self.tokens[i].text.replace(".", "")
        return word.isupper() and len(word) in _ACRONYM and word.isascii() and word.isalnum()


@lru_cache(maxsize=1 << 16)
def _is_known(code: str, word: str) -> bool:
    """Look a word up with and without what is written onto it: "لمكافحتها" is مكافحة."""
    language = languages.load(code)
    prefixes = ("", *language.definite, *language.clitics)
    stems = (word[len(p) :] for p in prefixes if word.startswith(p))
    words = (
        stem[: len(stem) - len(suffix)] + ending
        for stem in stems
        for suffix, ending in (("", ""), *language.suffixes)
        if stem.endswith(suffix)
        and len(stem) - len(suffix) >= (_SHORTEST_STEM if suffix else _SHORTEST_WORD)
    )
    accents = language.words.get("unaccented", ())
    accented = (a + word[1:] for a in accents if fold(a) == fold(word[:1]))
    own = _own_words(code)
    return any(w in own or dictionary.is_known(code, w) for w in (*words, *accented))


@cache
def _own_words(code: str) -> frozenset[str]:
    """List the lone words of a language's own lists, but for those that names are made of."""
    lists = languages.load(code).words.items()
    return frozenset(
        phrase
        for part, phrases in lists
        if part not in _NAMELIKE
        for phrase in phrases
        if " " not in phrase
    )
