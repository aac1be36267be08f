"""SPARQL inside the page: the triples, the questions and Oxigraph's WebAssembly, as parts of the file."""

from __future__ import annotations

import base64
import gzip
import io
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.exporters.network.html import BUILT
from kg.exporters.network.payload import LANGUAGES, pack
from kg.resources import QUERIES

if TYPE_CHECKING:
    from kg.exporters.network.facts import Store

# Beyond so many the page holds what is known, and leaves who said what to the store.
_MOST = 250_000


def sparql_parts(store: Store) -> dict[str, str]:
    """Give the parts that let the page answer SPARQL by itself."""
    whole = len(store.quads) <= _MOST
    triples = io.BytesIO()
    store.quads.dump(
        triples,
        ox.RdfFormat.N_QUADS if whole else ox.RdfFormat.N_TRIPLES,
        from_graph=None if whole else ox.DefaultGraph(),
    )
    return {
        "oxigraph": _written((BUILT / "oxigraph.wasm.gz").read_bytes()),
        "worker": _packed((BUILT / "worker.js").read_bytes()),
        "triples": _packed(triples.getvalue()),
        "questions": pack(
            [each for each in _questions() if whole or "GRAPH" not in str(each["text"])]
        ),
    }


def _questions() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for path in sorted(QUERIES.glob("*.rq")):
        text = path.read_text(encoding="utf-8").strip()
        heads = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ")]
        words = dict(zip(_ORDER, heads, strict=False))
        found.append({"name": path.stem, "words": words, "text": text})
    return found


# The first lines of a question are the question in words, in the languages of the ontology's labels.
_ORDER = ("en", "fr", "ar")
assert set(_ORDER) == set(LANGUAGES)


def _packed(content: bytes) -> str:
    return _written(gzip.compress(content, 9, mtime=0))


def _written(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
