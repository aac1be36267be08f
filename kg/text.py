"""Words and sentences with their offsets; folding is for look-up only and never alters an article."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# Writers use these letters in turn; Persian letters slip into Arabic from keyboards.
_VARIANTS = str.maketrans("أإآٱىؤئةکیپ’ʼ", "اااايويهكيب''")
_TATWEEL = "\u0640"
_LETTER = rf"[^\W\d_{_TATWEEL}]"
_MARK = r"\u0300-\u036f\u064b-\u0652\u0670"
_SIGNS = re.compile(rf"[{_TATWEEL}\u064b-\u0652\u0670]")
_TOKEN = re.compile(
    rf"""
      {_LETTER}[\w{_MARK}]++(?!['’ʼ.])                    # most words, which are known at once
    | (?:{_LETTER}\.){{2,}}                              # U.S.  H.E.  S.E.M.
    | \d+(?:[.,:/\-]\d+)*                                # 22-5-2024  1,500  12:30
    | ['’][sS](?!\w)                                     # the possessive
    | (?i:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['’](?=\w)   # an elided article or preposition
    | {_LETTER}[\w{_MARK}]*(?:['’ʼ](?![sS]\b)[\w{_MARK}]+)* # a word
    | (?<!\w){_TATWEEL}+(?!\w)                             # a dash made of tatweel
    | [^\w\s]
    """,
    re.VERBOSE,
)
_HYPHENS = frozenset("-\u2010\u2011")
_FINAL = frozenset(".!?؟…")
_LEADS_TO_ITEM = frozenset(":;؛")
_BULLETS = frozenset("-–•*")
_CLOSING = frozenset("\"'”’»)]")
# In tokens; what goes on longer is a table or a list, and is cut.
_LONGEST_SENTENCE = 400
_WORDS = 1 << 16


class Token(NamedTuple):
    """A word, number or mark; `glued` tells that nothing but a hyphen stands before it."""

    text: str
    start: int
    end: int
    folded: str
    glued: bool
    is_word: bool
    is_capital: bool


@lru_cache(maxsize=_WORDS)
def fold(text: str) -> str:
    """Take case, accents, vowel signs, tatweel, abbreviating dots and spelling variants away.

    >>> fold("Élodie"), fold("أحمـد") == fold("احمد"), fold("U.S.")
    ('elodie', True, 'us')
    """
    if text.isascii():
        folded = text.lower()
    else:
        spelled = text.translate(_VARIANTS).replace(_TATWEEL, "")
        decomposed = unicodedata.normalize("NFKD", spelled)
        letters = "".join([c for c in decomposed if not unicodedata.combining(c)])
        if not letters.isalpha():
            letters = "".join(str(unicodedata.digit(c, c)) for c in letters)
        folded = letters.casefold()
    return folded.replace(".", "") or folded


@lru_cache(maxsize=_WORDS)
def plain(text: str) -> str:
    """Take vowel signs and tatweel away, and nothing else, as dictionaries write words.

    >>> plain("مكثّف") == "مكثف"
    True
    """
    return _SIGNS.sub("", text)


def spoken(phrase: str) -> list[str]:
    """Split a phrase into what is said of it: its words, "&" and "'s"; other marks are left out.

    >>> spoken("vice-Premier ministre de l'Intérieur (a.i.)")
    ['vice', 'Premier', 'ministre', 'de', "l'", 'Intérieur', 'a.i.']
    """
    found: list[str] = _TOKEN.findall(phrase)
    return [word for word in found if word[0].isalnum() or word == "&" or word[1:] == "s"]


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into tokens; a hyphen inside a word is no token, it glues the next one."""
    tokens: list[Token] = []
    behind = -1  # where a token touches the one before
    after_hyphen = False
    for match in _TOKEN.finditer(text):
        word, (start, end) = match[0], match.span()
        folded, is_word, is_capital = _look(word)
        glued = False
        if start == behind:
            if word in _HYPHENS and tokens[-1].is_word and text[end : end + 1].isalpha():
                behind, after_hyphen = end, True
                continue
            glued = after_hyphen or (is_word and tokens[-1].text[-1] in "'’")
        tokens.append(Token(word, start, end, folded, glued, is_word, is_capital))
        behind, after_hyphen = end, False
    return tuple(tokens)


@lru_cache(maxsize=_WORDS)
def _look(word: str) -> tuple[str, bool, bool]:
    """Tell of a token its folded text, and whether it is a word and has a capital."""
    return fold(word), word[0].isalnum() and word[0] != _TATWEEL, word[0].isupper()


def sentences(
    text: str, tokens: Sequence[Token], *, abbreviations: Collection[str], joining: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Find the sentences, as ranges of tokens; a line that breaks after a joining word goes on.

    `abbreviations` and `joining` are folded words: a full stop after the first is no end.
    """
    first = 0
    for i, (before, after) in enumerate(pairwise(tokens), 1):
        gap = text[before.end : after.start]
        if i - first == _LONGEST_SENTENCE or (
            (not before.is_word or "\n" in gap) and _ends(tokens, i, gap, abbreviations, joining)
        ):
            yield first, i
            first = i
    if tokens:
        yield first, len(tokens)


def _ends(
    tokens: Sequence[Token],
    i: int,
    gap: str,
    abbreviations: Collection[str],
    joining: Collection[str],
) -> bool:
    before, after = tokens[i - 1], tokens[i]
    if before.text in _FINAL and after.text == '"' and gap:
        # A straight quote behind a space opens what is said next.
        return not (before.text == "." and tokens[i - 2].folded in abbreviations)
    if before.text in _CLOSING and i > 1:
        before = tokens[i - 2]
    if before.text in _FINAL and after.text not in _CLOSING:
        word = tokens[i - 2] if i > 1 else before
        # An initial ends a line no more than a sentence: "sur son compte X.".
        is_initial = len(word.text) == 1 and word.is_capital and "\n" not in gap
        if before.text == "." and (is_initial or word.folded in abbreviations):
            return False
        return bool(gap) and (not after.is_word or not after.text[0].islower())
    if "\n" not in gap:
        return False
    is_item = before.text in _LEADS_TO_ITEM and after.text in _BULLETS
    goes_on = after.text[0].islower() or before.folded in joining or before.text in ",،" or is_item
    return not goes_on
