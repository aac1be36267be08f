"""The pieces into which a sentence is cut, and what each is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from kg.extractors.tags import Tag


class Part(Tag):
    """What a chunk is in its sentence."""

    TITLE: ClassVar[Part]
    NAME: ClassVar[Part]
    OFFICE: ClassVar[Part]
    ORGANIZATION: ClassVar[Part]
    COUNTRY: ClassVar[Part]
    CITY: ClassVar[Part]
    DEMONYM: ClassVar[Part]
    DATE: ClassVar[Part]
    DELEGATION: ClassVar[Part]
    GROUP: ClassVar[Part]
    COUNTERPART: ClassVar[Part]
    PRONOUN: ClassVar[Part]
    AND: ClassVar[Part]
    COMMA: ClassVar[Part]
    SEMICOLON: ClassVar[Part]
    OPEN: ClassVar[Part]
    CLOSE: ClassVar[Part]
    COMPANION: ClassVar[Part]
    LEADER: ClassVar[Part]
    PLACE: ClassVar[Part]
    TRIGGER: ClassVar[Part]
    ACT: ClassVar[Part]
    OTHER: ClassVar[Part]


ALONE = "his-excellency-alone"  # a title that stands for its bearer: "سموه"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of tokens and what it stands for; `skip` letters of the first are a clitic before it."""

    first: int
    last: int
    value: str | None = None
    skip: int = 0


@dataclass(slots=True)
class Chunk:
    """A stretch of a sentence that is one thing; an office carries whom it serves.

    `words` is the office as written without organization or country; `prefix` a clitic before it,
    `skip` letters long, and `joins` tells that it means "and"; `states` are what further holders serve.
    """

    part: Part
    first: int
    last: int
    value: str | None = None
    prefix: str = ""
    skip: int = 0
    joins: bool = False
    words: Span | None = None
    organizations: list[Span] = field(default_factory=list)
    country: Span | None = None
    accredited_to: Span | None = None
    states: list[Span] = field(default_factory=list)
