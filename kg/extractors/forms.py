"""What a known form is, and what a match of it in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """What a known form is."""

    OFFICE = "office"
    TITLE = "title"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    CITY = "city"
    DEMONYM = "demonym"
    TRIGGER = "trigger"
    ACT = "act"
    WORD = "word"
    GIVEN_NAME = "given-name"


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

    def __len__(self) -> int:
        """Count the tokens."""
        return self.last - self.first
