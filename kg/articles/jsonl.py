"""One JSON object a line, one line an article; only its `text` is required."""

from __future__ import annotations

import json

from kg.articles.draft import Draft, decode, described
from kg.errors import ArticleError


def read(data: bytes, where: str) -> Draft:
    """Read one line."""
    try:
        fields = json.loads(decode(data, where))
    except json.JSONDecodeError as error:
        what = f"this line is not JSON: {error.msg} at character {error.pos + 1}"
        raise ArticleError(where, what, "write one JSON object a line") from None
    if not isinstance(fields, dict):
        raise ArticleError(where, "this line is no object", 'write {"text": "..."}')
    text = fields.get("text")
    if not isinstance(text, str):
        what = "'text' is missing" if text is None else f"'text' is not a text: {text!r}"
        raise ArticleError(where, what, 'write {"text": "..."}')
    return described(text, fields, where)
