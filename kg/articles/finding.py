"""Where articles stand: in files and folders, of this machine or in shared storage, one a file or one a line."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.storage import Shared, place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

# A press release has some thousand characters, the longest speech some hundred thousand.
LONGEST = 1_000_000
_LARGEST_FILE = 4 * LONGEST
_BUILT = "graph.trig"
_LINES = ".jsonl"
# Files of shared storage that are on their way together: each takes as long as the way.
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one article and where they stand, not yet read; `digest` is their SHA-256."""

    where: str
    id: str
    suffix: str
    data: bytes
    digest: str


def find(sources: Iterable[str | Path], kinds: Collection[str]) -> Iterator[Source | ArticleError]:
    """Find the articles in files and folders (sorted, with their subfolders), without reading them yet."""
    return chain.from_iterable(_find(place(where), kinds) for where in sources)


def size(sources: Iterable[str | Path], kinds: Collection[str]) -> int:
    """Count the bytes that `find` will hand out, nearly."""
    found = 0
    for path in map(place, sources):
        if path.is_dir():
            found += sum(map(_size, _walk(path, kinds)))
        elif path.exists():
            found += _size(path)
    return found


def too_long(where: object, size: int, unit: str, limit: int) -> ArticleError:
    """Tell that an article is longer than any."""
    what = f"it is too long for one article: {size:,} {unit}"
    return ArticleError(where, what, f"split it into articles of {limit:,} {unit} at most")


def _find(path: Path | Shared, kinds: Collection[str]) -> Iterator[Source | ArticleError]:
    known = f"kinds known: {', '.join(kinds)}"
    if path.is_dir():
        paths = list(_walk(path, kinds))
        if not paths:
            yield ArticleError(path, "no article is in this folder", known)
        yield from _open_all(paths)
    elif not path.exists():
        yield ArticleError(path, "there is no such file or folder", "check the path")
    elif path.suffix.lower() not in kinds:
        yield ArticleError(path, "this is no kind of article", known)
    else:
        yield from _open(path)


def _walk(folder: Path | Shared, kinds: Collection[str]) -> Iterator[Path | Shared]:
    """List the articles below a folder; the folder of a graph holds pages and reports, but none."""
    if isinstance(folder, Shared):
        yield from _walk_shared(folder, kinds)
        return
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
            yield from _walk(path, kinds)
        elif path.suffix.lower() in kinds:
            yield path


def _walk_shared(folder: Shared, kinds: Collection[str]) -> Iterator[Shared]:
    """List them as above, of all files below, which storage gives in one list."""
    files = folder.files()
    graphs = tuple(str(file).removesuffix(_BUILT) for file in files if file.name == _BUILT)
    for file in files:
        is_hidden = "/." in str(file).removeprefix(str(folder))
        if file.suffix.lower() in kinds and not is_hidden and not str(file).startswith(graphs):
            yield file


def _open_all(paths: Iterable[Path | Shared]) -> Iterator[Source | ArticleError]:
    """Open one after the other; of the small ones in shared storage, many at once."""
    far = []
    for path in paths:
        if isinstance(path, Shared) and path.suffix.lower() != _LINES:
            far.append(path)
        else:
            yield from _open(path)
    rest = iter(far)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while group := list(islice(rest, _AT_ONCE)):
            for opened in pool.map(lambda path: list(_open(path)), group):
                yield from opened


def _open(path: Path | Shared) -> Iterator[Source | ArticleError]:
    suffix = path.suffix.lower()
    try:
        if suffix == _LINES:
            yield from _lines(path)
        elif suffix != ".pdf" and _size(path) > _LARGEST_FILE:
            yield too_long(path, _size(path), "bytes", _LARGEST_FILE)
        else:
            yield _source(str(path), path.stem, suffix, path.read_bytes())
    except OSError as error:
        what = f"it cannot be opened: {error.strerror or error}"
        yield ArticleError(path, what, "check its permissions")


def _size(path: Path | Shared) -> int:
    return path.size() if isinstance(path, Shared) else path.stat().st_size


def _lines(path: Path | Shared) -> Iterator[Source | ArticleError]:
    is_empty = True
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                is_empty = False
                yield _source(f"{path}:{number}", f"{path.stem}-{number}", _LINES, line.strip())
    if is_empty:
        yield ArticleError(path, "it is empty", "write one JSON object a line")


def _source(where: str, name: str, suffix: str, data: bytes) -> Source:
    return Source(where, name, suffix, data, hashlib.sha256(data).hexdigest())
