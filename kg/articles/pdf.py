"""The text of a PDF, whose lines are broken by its layout and not by the writer."""

from __future__ import annotations

import io
import logging
import re
from itertools import chain, pairwise

from kg.articles.draft import Draft
from kg.errors import ArticleError

_BLANK = re.compile(r"[ \t\u00a0]+")

# It comments on every slip of the writing program; what matters comes as an error.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(data: bytes, where: str) -> Draft:
    """Read the text of all pages, its broken lines joined again."""
    if not data:
        raise ArticleError(where, "it is empty", "save the article in it, or take it away")
    from pypdf import PdfReader  # noqa: PLC0415 - a third of a second, for PDF alone
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        what = f"this PDF cannot be read: {error}"
        raise ArticleError(where, what, "save it anew, or its text as .txt") from None
    if not any(page.strip() for page in pages):
        what = "this PDF holds no text, perhaps only pictures of it"
        raise ArticleError(where, what, "save its text as .txt")
    return Draft(unwrap("\n".join(pages)))


def unwrap(text: str) -> str:
    r"""Join the lines that only the page's width has broken.

    >>> unwrap("Talks in Rome\n\nThe minister received Mr.\nRossi at the\nministry.")
    'Talks in Rome\n\nThe minister received Mr. Rossi at the\nministry.'
    """
    lines = [_BLANK.sub(" ", line).strip() for line in text.split("\n")]
    # Lines nearly as wide as the widest are full: the sentence goes on in the next.
    full = 0.7 * max(map(len, lines))
    ends = [
        " " if following and len(line) >= full else "\n"
        for line, following in pairwise([*lines, ""])
    ]
    return "".join(chain.from_iterable(zip(lines, ends, strict=True))).removesuffix("\n")
