"""Article -> what it says of meetings; each extractor is one line of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors import rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Article, Reading

EXTRACTORS: dict[str, Callable[[Article], Reading]] = {"rules": rules.extract}


def extract(article: Article, *, extractor: str = "rules") -> Reading:
    """Read one article; a pure function, which may run in any process and order."""
    return EXTRACTORS[extractor](article)
