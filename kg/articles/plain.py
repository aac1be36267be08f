"""Text as it stands, and Markdown, whose YAML header tells title, language, published, url and publisher."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.articles.draft import Draft, decode, described
from kg.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def read_text(data: bytes, where: str) -> Draft:
    """Read a text; its first line with words is the title."""
    return Draft(decode(data, where))


def read_markdown(data: bytes, where: str) -> Draft:
    """Read Markdown; the article's text begins after the header."""
    text = decode(data, where)
    header = _HEADER.match(text)
    if header is None:
        return Draft(text)
    return described(text[header.end() :], _fields(header[1], where), where)


def _fields(header: str, where: str) -> Mapping[str, object]:
    import yaml  # noqa: PLC0415 - 30 ms, for headers alone

    try:
        fields = yaml.safe_load(header) or {}
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        what = f"its header is not YAML: {getattr(error, 'problem', error)}"
        raise ArticleError(f"{where}:{line}", what, "write 'name: value' lines") from None
    if not isinstance(fields, dict):
        raise ArticleError(f"{where}:2", "its header names nothing", "write 'name: value' lines")
    return fields
