"""The main text of a web page, without its menus and footers, and what its head says of it."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from kg.articles.draft import Draft, address
from kg.errors import ArticleError

# It reports each page without a main text; ours is the error that the user reads.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read(data: bytes, where: str) -> Draft:
    """Read a page; where the main text lacks the headline, it is put on top."""
    found = _extract(data)
    if found is None or not found.text:
        what = "no article's text is found in this page"
        raise ArticleError(where, what, "save the article itself, or its text as .txt")
    title, text = found.title or None, found.text
    return Draft(
        text=f"{title}\n\n{text}" if title and title not in text else text,
        title=title,
        published=datetime.date.fromisoformat(found.date) if found.date else None,
        url=address(found.url),
        publisher=found.sitename or None,
    )


def _extract(data: bytes) -> Any:  # noqa: ANN401 - trafilatura has no types
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second, for pages alone

    # A guess from the page's looks is no date of publication: only what its head says counts.
    dates = {"extensive_search": False, "original_date": True}
    return bare_extraction(
        data,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=dates,
    )
