from __future__ import annotations

import contextlib
import datetime
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from test_triples import ARTICLE, KNOWLEDGE, READING, TEXT

from kg.triples import triplify
from kg.validation import provenance, validate, verify
from kg.vocabulary import DIP, PROV, node

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = TEXT.index("Karim Diallo")
KARIM = node(f"article/a%201#char={START},{START + 12}")
GRAPH = node("article/a%201")
DEFAULT = ox.DefaultGraph()
# Smaller tables hold what a store is opened by.
READ_AT_ONCE = 2000
# The words, three orders of the knowledge, six of what articles say.
N_TABLES = 10


def build() -> ox.Store:
    store = ox.Store()
    store.extend(triplify(KNOWLEDGE, [READING]))
    return store


def change(store: ox.Store, predicate: ox.NamedNode, value: ox.Literal, *graphs: object) -> None:
    for graph in graphs:
        for quad in list(store.quads_for_pattern(KARIM, predicate, None, graph)):
            store.remove(quad)
            store.add(ox.Quad(quad.subject, predicate, value, graph))


def shift(store: ox.Store) -> None:
    change(store, DIP.start, ox.Literal(START + 1), DEFAULT, GRAPH)


def misquote(store: ox.Store) -> None:
    change(store, DIP.exact, ox.Literal("Karim Diabate", language="en"), DEFAULT, GRAPH)


def retell(store: ox.Store) -> None:
    change(store, DIP.mentionKind, ox.Literal("country"), DEFAULT)


def forget(store: ox.Store) -> None:
    for quad in list(store.quads_for_pattern(KARIM, None, None)):
        store.remove(quad)


def test_a_graph_that_is_true_to_its_articles_has_no_flaw() -> None:
    assert verify(build(), [ARTICLE]) == []


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (shift, f"its offsets are {START + 1},{START + 12}, its name says otherwise"),
        (misquote, "the article reads 'Karim Diallo' there, not 'Karim Diabate'"),
        (retell, "its article's graph says otherwise, or nothing of it"),
        (forget, "this mention is missing"),
    ],
    ids=lambda spoil: getattr(spoil, "__name__", ""),
)
def test_a_spoilt_mention_is_found_on_one_line(
    spoil: Callable[[ox.Store], None], what: str
) -> None:
    store = build()
    spoil(store)

    assert list(map(str, verify(store))) == [f"{KARIM.value.partition('/id/')[2]}: {what}"]


def swap(store: ox.Store) -> None:
    change(store, DIP.exact, ox.Literal("Kamil Diarra", language="en"), DEFAULT, GRAPH)


@pytest.mark.parametrize(
    ("spoil", "shapes"),
    [
        (shift, {"Mention-quote-at-offsets", "Mention-quote-in-text"}),
        (misquote, {"Mention-quote-at-offsets", "Mention-quote-in-text"}),
        (swap, {"Mention-quote-in-text"}),
    ],
    ids=lambda spoil: getattr(spoil, "__name__", ""),
)
def test_the_shapes_find_a_false_quote_by_the_text_that_the_graph_keeps(
    spoil: Callable[[ox.Store], None], shapes: set[str]
) -> None:
    store = build()
    spoil(store)

    found = {each.shape_name for each in validate(store).findings if each.focus == KARIM}
    assert found == shapes


def test_a_text_that_is_missing_is_found() -> None:
    store = build()
    for quad in list(store.quads_for_pattern(None, DIP.text, None)):
        store.remove(quad)

    assert {flaw.what for flaw in verify(store)} == {"the text of its article is missing"}


@pytest.mark.parametrize(
    ("article", "what"),
    [
        (replace(ARTICLE, digest="1" * 64), "the article has changed: its hash is another"),
        (replace(ARTICLE, text="other"), "the text that the graph keeps is not the article's"),
        (replace(ARTICLE, id="b"), "the article is no longer there"),
    ],
    ids=["hash", "text", "gone"],
)
def test_an_article_that_changed_is_found_on_one_line(article: object, what: str) -> None:
    assert list(map(str, verify(build(), [article]))) == [f"article/a%201: {what}"]


def tables(folder: Path) -> list[Path]:
    """Put the graph into a store on disk, and give the files of its indexes."""
    store = ox.Store(folder)
    store.bulk_extend(triplify(KNOWLEDGE, [READING]))
    store.optimize()
    return sorted(path for path in folder.glob("*.sst") if path.stat().st_size > READ_AT_ONCE)


def test_a_broken_file_of_a_store_is_found_whichever_it_is(tmp_path: Path) -> None:
    for path in tables(tmp_path):
        whole = path.read_bytes()
        path.write_bytes(b"\0" * 16 + whole[16:])
        [flaw] = verify(ox.Store.read_only(str(tmp_path)))
        path.write_bytes(whole)

        assert str(flaw).startswith("store: it cannot be read: ")


def test_no_broken_file_keeps_the_shapes_from_an_end(tmp_path: Path) -> None:
    for path in tables(tmp_path):
        whole = path.read_bytes()
        path.write_bytes(b"\0" * 16 + whole[16:])
        with contextlib.suppress(OSError, RuntimeError):
            assert validate(ox.Store.read_only(str(tmp_path))).conforms
        path.write_bytes(whole)


def test_the_files_that_are_broken_are_all_of_a_store(tmp_path: Path) -> None:
    assert len(tables(tmp_path)) == N_TABLES


def test_the_run_is_told_by_version_and_hashes_without_a_time(tmp_path: Path) -> None:
    (path := tmp_path / "words.toml").write_text("x", encoding="utf-8")

    told = list(provenance("0.1.0", [path], home=tmp_path))
    source = node("source/words.toml")
    digest = ox.Literal(hashlib.sha256(b"x").hexdigest())
    assert ox.Triple(source, DIP.sha256, digest) in told
    assert PROV.endedAtTime not in {each.predicate for each in told}


def test_the_time_of_the_run_is_told_when_asked_for(tmp_path: Path) -> None:
    ended = datetime.datetime(2024, 5, 22, tzinfo=datetime.UTC)

    told = list(provenance("0.1.0", [], home=tmp_path, ended=ended))
    [time] = [each.object for each in told if each.predicate == PROV.endedAtTime]
    assert time.value == "2024-05-22T00:00:00+00:00"
