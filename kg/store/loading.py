"""Text becomes quads of a store beside the Python that makes the text, for pyoxigraph needs none to load it."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from types import TracebackType

_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()).encode()
# Bytes that are loaded at once: more need memory in proportion, and are loaded little faster.
_LARGE = 5_000_000


class Loader:
    """Adds to a store what is written into it; all is there at the end of a with statement."""

    def __init__(self, store: ox.Store, *, n_threads: int = 1) -> None:
        """Load into a store; one on disk takes several loads at a time."""
        self._store = store
        self._n_threads = n_threads
        self._threads = ThreadPoolExecutor(n_threads)
        self._loading: deque[Future[None]] = deque()
        self._parts = [_HEAD]
        self._n_bytes = 0

    def write(self, text: bytes) -> None:
        """Add what a text in TriG says, which may use our prefixes."""
        self._parts.append(text)
        self._n_bytes += len(text)
        if self._n_bytes >= _LARGE:
            self._load()

    def _load(self) -> None:
        # The next text may wait for a thread, but not many texts.
        if len(self._loading) > self._n_threads:
            self._loading.popleft().result()
        text = b"".join(self._parts)
        self._loading.append(self._threads.submit(self._store.bulk_load, text, ox.RdfFormat.TRIG))
        self._parts, self._n_bytes = [_HEAD], 0

    def __enter__(self) -> Self:
        """Begin to load."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Load the rest, or after an error no more."""
        with self._threads:
            if kind is None:
                self._load()
                for each in self._loading:
                    each.result()
