"""Files become articles, one by one; a bad one is handed on as an ArticleError and stops nothing.

The text of an article is never altered: every offset counts code points in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.articles import finding, html, jsonl, pdf, plain
from kg.articles.draft import heading
from kg.articles.finding import LONGEST, Source, too_long
from kg.errors import ArticleError
from kg.languages import codes, detect
from kg.model import Article
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORMATS = {
    ".txt": plain.read_text,
    ".md": plain.read_markdown,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".jsonl": jsonl.read,
}


def read(sources: Iterable[str | Path]) -> Iterator[Article | ArticleError]:
    """Read files and folders; whatever cannot be read comes as an error in its place."""
    for source in find(sources):
        try:
            yield source if isinstance(source, ArticleError) else parse(source)
        except ArticleError as error:
            yield error


def find(sources: Iterable[str | Path]) -> Iterator[Source | ArticleError]:
    """Find the articles in files and folders (sorted, with their subfolders), without reading them yet."""
    return finding.find(sources, FORMATS)


def size(sources: Iterable[str | Path]) -> int:
    """Count the bytes that `find` will hand out, nearly."""
    return finding.size(sources, FORMATS)


def parse(source: Source) -> Article:
    """Read one article and tell its language; raises ArticleError."""
    where = source.where
    draft = FORMATS[source.suffix](source.data, where)
    if not draft.text.strip():
        raise ArticleError(where, "it is empty", "write the article's text in it, or take it away")
    if len(draft.text) > LONGEST:
        raise too_long(where, len(draft.text), "characters", LONGEST)
    return Article(
        id=draft.id or source.id,
        text=draft.text,
        title=draft.title or heading(draft.text),
        language=_language(draft.text, draft.language, where),
        digest=source.digest,
        published=draft.published,
        url=draft.url,
        publisher=draft.publisher,
    )


def _language(text: str, named: str | None, where: str) -> str:
    if named is not None:
        code = named.lower().replace("_", "-").partition("-")[0]
        if code not in codes():
            what = f"its language is not known: {named!r}"
            raise ArticleError(where, what, f"kg reads {', '.join(codes())}")
        return code
    found = detect(Counter(token.folded for token in tokenize(text) if token.is_word))
    if found is None:
        what = "its language is not recognized"
        mend = f"kg reads {', '.join(codes())}; name it in the header of .md or in .jsonl"
        raise ArticleError(where, what, mend)
    return found
