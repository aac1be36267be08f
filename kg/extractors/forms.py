"""What a known form is, and what a match of it in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from kg.extractors.tags import Tag


class Label(Tag):
    """What a known form is."""

    OFFICE: ClassVar[Label]
    TITLE: ClassVar[Label]
    ORGANIZATION: ClassVar[Label]
    COUNTRY: ClassVar[Label]
    CITY: ClassVar[Label]
    DEMONYM: ClassVar[Label]
    TRIGGER: ClassVar[Label]
    ACT: ClassVar[Label]
    WORD: ClassVar[Label]
    GIVEN_NAME: ClassVar[Label]


class Form(NamedTuple):
    """A known form: its text as written in the lexicon, and what it stands for."""

    label: Label
    value: str
    text: str


# Made for every word of an article: a frozen one takes three times as long to make.
@dataclass(slots=True)
class Match:
    """A known form in a sentence, from token `first` up to `last`, not included.

    `prefix` is the clitic that was written onto its first word ("و", "لل").
    """

    form: Form
    first: int
    last: int
    prefix: str = ""

    # Not `__len__`, which Python would call wherever it is asked whether there is a match at all.
    @property
    def n_tokens(self) -> int:
        """Count the tokens."""
        return self.last - self.first
