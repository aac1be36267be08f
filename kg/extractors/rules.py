"""The reader by rules: chunk, label, assemble, frame; its knowledge is in languages/ and gazetteers/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors import meetings, statements
from kg.extractors.cast import Cast
from kg.extractors.document import Document
from kg.model import Reading

if TYPE_CHECKING:
    from kg.model import Article


def extract(article: Article) -> Reading:
    """Read the meetings and statements of an article."""
    document = Document(article)
    cast = Cast(document)
    found = meetings.read(document, cast)
    return Reading(article, found, statements.read(document, cast) if found else ())
