"""The words that a language's dictionary knows: those of simplemma, which itself takes 0.3 s to load."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

_APOSTROPHES = "'’ʼ"  # simplemma takes one for the other


def is_known(code: str, word: str) -> bool:
    """Tell whether a dictionary has a word, which is written in small letters."""
    word = unicodedata.normalize("NFC", word)
    if any(map(unicodedata.combining, word)):  # simplemma takes some of them off first
        return _is_known(code, word)
    return word in _words(code)


@cache
def _words(code: str) -> compiled.Words:
    spec = find_spec("simplemma")
    assert spec
    assert spec.origin
    # What pip notes of each file that it installed: the version, and a hash of all.
    installed = Path(spec.origin).parents[1].glob("simplemma-*.dist-info/RECORD")
    sources = (*sorted(installed), Path(__file__), Path(compiled.__file__))
    return compiled.kept(f"dictionary-{code}", sources, lambda: dict.fromkeys(_all(code), ""))


def _all(code: str) -> Iterator[str]:
    from simplemma.strategies.dictionaries import dictionary_factory  # noqa: PLC0415 - see above

    for entry in dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary(code):
        word = entry.lower()
        marks = [mark for mark in _APOSTROPHES if mark in word]
        spelled = {word.replace(mark, other) for mark in marks for other in _APOSTROPHES}
        yield from (each for each in {word, *spelled} if _is_known(code, each))


def _is_known(code: str, word: str) -> bool:
    import simplemma  # noqa: PLC0415 - see above

    return bool(simplemma.is_known(word, code))
