"""What a format finds in its bytes, before the language is known."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_MARKUP = re.compile(r"^[#>*=\s]+|[#*=\s]+$")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's text and whatever its format says about it."""

    text: str
    id: str | None = None
    title: str | None = None
    language: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    publisher: str | None = None


def decode(data: bytes, where: str) -> str:
    """Turn bytes into text in whatever encoding they are; raises ArticleError for what is no text."""
    named = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(named)
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - 20 ms, for odd encodings alone

        best = from_bytes(data).best() if b"\0" not in data else None
        text = str(best) if best else "\0"
    if "\0" in text:
        raise ArticleError(where, "this is not text", "save it as UTF-8 text")
    return text


def heading(text: str) -> str:
    r"""Find the first line with words.

    >>> heading("\n\n## Talks in Riyadh \nThe minister ...")
    'Talks in Riyadh'
    """
    lines = (_MARKUP.sub("", line) for line in text.splitlines())
    return next((line for line in lines if any(c.isalnum() for c in line)), "")


def described(text: str, fields: Mapping[str, object], where: str) -> Draft:
    """Join a text and the fields that stand beside it, in a header or an object."""
    return Draft(
        text,
        id=_words(fields, "id", where),
        title=_words(fields, "title", where),
        language=_words(fields, "language", where) or _words(fields, "lang", where),
        published=_day(fields.get("published"), where),
        url=address(_words(fields, "url", where)),
        publisher=_words(fields, "publisher", where),
    )


def address(text: str | None) -> str | None:
    """Take an address of the web; whatever else collections note in its place leads nowhere."""
    return text if text and _ADDRESS.fullmatch(text) else None


def _words(fields: Mapping[str, object], name: str, where: str) -> str | None:
    value = fields.get(name)
    if isinstance(value, str | int | float | datetime.date | None):
        return None if value is None else str(value).strip() or None
    raise ArticleError(where, f"{name!r} is not a text: {value!r}", "write words")


def _day(value: object, where: str) -> datetime.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        # A time of day may follow.
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError:
        what = f"'published' is not a date: {value!r}"
        raise ArticleError(where, what, "write YYYY-MM-DD") from None
