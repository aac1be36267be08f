"""Files become articles, one by one; a bad one is handed on as an ArticleError and stops nothing.

The text of an article is never altered: every offset counts code points in it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.articles import html, jsonl, pdf, plain
from kg.articles.draft import heading
from kg.errors import ArticleError
from kg.languages import codes, detect
from kg.model import Article
from kg.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMATS = {
    ".txt": plain.read_text,
    ".md": plain.read_markdown,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".jsonl": jsonl.read,
}

# A press release has some thousand characters, the longest speech some hundred thousand.
_LONGEST = 1_000_000
_LARGEST_FILE = 4 * _LONGEST
_BUILT = "graph.trig"


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one article and where they stand, not yet read; `digest` is their SHA-256."""

    where: str
    id: str
    suffix: str
    data: bytes
    digest: str


def read(sources: Iterable[str | Path]) -> Iterator[Article | ArticleError]:
    """Read files and folders; whatever cannot be read comes as an error in its place."""
    for source in find(sources):
        try:
            yield source if isinstance(source, ArticleError) else parse(source)
        except ArticleError as error:
            yield error


def find(sources: Iterable[str | Path]) -> Iterator[Source | ArticleError]:
    """Find the articles in files and folders (sorted, with their subfolders), without reading them yet."""
    return chain.from_iterable(_find(Path(path)) for path in sources)


def size(sources: Iterable[str | Path]) -> int:
    """Count the bytes that `find` will hand out, nearly."""
    paths = [Path(path) for path in sources]
    files = chain.from_iterable(_walk(path) if path.is_dir() else (path,) for path in paths)
    return sum(file.stat().st_size for file in files if file.is_file())


def parse(source: Source) -> Article:
    """Read one article and tell its language; raises ArticleError."""
    where = source.where
    draft = FORMATS[source.suffix](source.data, where)
    if not draft.text.strip():
        raise ArticleError(where, "it is empty", "write the article's text in it, or take it away")
    if len(draft.text) > _LONGEST:
        raise _too_long(where, len(draft.text), "characters", _LONGEST)
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


def _find(path: Path) -> Iterator[Source | ArticleError]:
    if path.is_dir():
        paths = list(_walk(path))
        if not paths:
            yield ArticleError(path, "no article is in this folder", f"kinds known: {_kinds()}")
        yield from chain.from_iterable(_open(file) for file in paths)
    elif not path.exists():
        yield ArticleError(path, "there is no such file or folder", "check the path")
    elif path.suffix.lower() not in FORMATS:
        yield ArticleError(path, "this is no kind of article", f"kinds known: {_kinds()}")
    else:
        yield from _open(path)


def _walk(folder: Path) -> Iterator[Path]:
    """List the articles below a folder; the folder of a graph holds pages and reports, but none."""
    try:
        paths = sorted(folder.iterdir())
    except PermissionError:
        return
    if any(path.name == _BUILT for path in paths):
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.suffix.lower() in FORMATS:
            yield path


def _open(path: Path) -> Iterator[Source | ArticleError]:
    suffix = path.suffix.lower()
    try:
        if suffix == ".jsonl":
            yield from _lines(path)
        elif suffix != ".pdf" and path.stat().st_size > _LARGEST_FILE:
            yield _too_long(path, path.stat().st_size, "bytes", _LARGEST_FILE)
        else:
            yield _source(path, path.stem, suffix, path.read_bytes())
    except OSError as error:
        yield ArticleError(path, f"it cannot be opened: {error.strerror}", "check its permissions")


def _lines(path: Path) -> Iterator[Source | ArticleError]:
    is_empty = True
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                is_empty = False
                yield _source(f"{path}:{number}", f"{path.stem}-{number}", ".jsonl", line.strip())
    if is_empty:
        yield ArticleError(path, "it is empty", "write one JSON object a line")


def _source(where: str | Path, name: str, suffix: str, data: bytes) -> Source:
    return Source(str(where), name, suffix, data, hashlib.sha256(data).hexdigest())


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


def _too_long(where: str | Path, size: int, unit: str, limit: int) -> ArticleError:
    what = f"it is too long for one article: {size:,} {unit}"
    return ArticleError(where, what, f"split it into articles of {limit:,} {unit} at most")


def _kinds() -> str:
    return ", ".join(FORMATS)
