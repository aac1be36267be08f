from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError, StoreError
from kg.pipeline import add, build, reading, remove
from kg.pipeline.asking import decide, query, undo
from kg.resolution.decisions import Decision, Word

if TYPE_CHECKING:
    from pathlib import Path

    from kg.pipeline import Build

TALKS = "The minister Mario Rossi received the ambassador of Spain, Ana Gil, in Rome on 3 May 2024."
OTHER = "The minister Mario Rossi met the ambassador of France, Jean Petit, in Rome on 4 May 2024."


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def articles(folder: Path) -> list[str]:
    return sorted(row["article"].rpartition("/")[2] for row in query(folder, "articles"))


def test_the_folder_holds_the_graph(built: Build) -> None:
    names = {path.name for path in built.folder.iterdir()}

    assert {"graph.ttl", "graph.trig", "readings", "store"} <= names


def test_the_graph_is_one_line_away(built: Build) -> None:
    assert len(built.graph) > 1000


def test_the_build_counts_what_it_is_about(built: Build) -> None:
    assert built.n_articles == 5
    assert built.counts["meetings"] == len(built.knowledge.meetings) == 4


def test_articles_without_a_meeting_are_in_the_graph(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "The weather was fine in the whole of the country on Monday.")

    build([tmp_path / "a.txt"], tmp_path / "graph")
    assert articles(tmp_path / "graph") == ["a"]


def test_a_bad_article_stops_nothing(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt", TALKS)
    write(tmp_path / "news" / "b.txt", "")

    built = build([tmp_path / "news"], tmp_path / "graph")
    assert [failure.where for failure in built.failures] == [str(tmp_path / "news" / "b.txt")]
    assert articles(tmp_path / "graph") == ["a"]


def test_without_any_article_the_former_graph_stays(tmp_path: Path) -> None:
    build([write(tmp_path / "a.txt", TALKS)], tmp_path / "graph")

    built = build([tmp_path / "nowhere"], tmp_path / "graph")
    assert (built.n_articles, len(built.failures)) == (0, 1)
    assert articles(tmp_path / "graph") == ["a"]


def test_the_same_bytes_twice_are_one_article(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TALKS)

    built = build([path, path, tmp_path / "a.txt"], tmp_path / "graph")
    assert (built.n_articles, built.failures) == (1, ())


@pytest.mark.parametrize("names", [("x", "y"), ("y", "x")])
def test_of_two_articles_with_one_id_the_same_stays_in_any_order(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    write(tmp_path / "x" / "a.txt", TALKS)
    write(tmp_path / "y" / "a.txt", OTHER)

    built = build([tmp_path / name for name in names], tmp_path / "graph")
    [failure] = built.failures
    assert "has the same id: 'a' - rename one of the two" in str(failure)
    assert failure.where == str(tmp_path / "y" / "a.txt")


def test_only_changed_articles_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = tmp_path / "news"
    write(news / "a.txt", TALKS)
    write(news / "b.txt", OTHER)
    build([news], tmp_path / "graph")
    write(news / "b.txt", f"{OTHER} They parted.")
    read: list[str] = []
    parse = reading.parse
    monkeypatch.setattr(reading, "parse", lambda source: read.append(source.id) or parse(source))

    build([news], tmp_path / "graph")
    assert read == ["b"]


def test_nothing_is_written_where_nothing_has_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TALKS)
    build([path], tmp_path / "graph")
    before = (tmp_path / "graph" / "graph.ttl").stat().st_mtime_ns

    build([path], tmp_path / "graph")
    assert (tmp_path / "graph" / "graph.ttl").stat().st_mtime_ns == before


def test_no_former_store_stays_on_disk(tmp_path: Path) -> None:
    stores = tmp_path / "graph" / "store"
    build([write(tmp_path / "a.txt", TALKS)], tmp_path / "graph")
    build([write(tmp_path / "b.txt", OTHER)], tmp_path / "graph")
    rebuilt = [path for path in stores.iterdir() if path.is_dir()]
    for name in "cdef":
        add(tmp_path / "graph", [write(tmp_path / f"{name}.txt", TALKS)])
    grown = [path for path in stores.iterdir() if path.is_dir()]

    assert (len(rebuilt), len(grown)) == (1, 1)


def test_an_added_article_takes_the_place_of_its_former_version(tmp_path: Path) -> None:
    build([write(tmp_path / "a.txt", TALKS)], tmp_path / "graph")
    line = json.dumps({"id": "a", "text": OTHER})

    added = add(tmp_path / "graph", [write(tmp_path / "a.jsonl", line)])
    assert (added.n_articles, added.failures) == (1, ())
    assert [str(meeting.date) for meeting in added.knowledge.meetings] == ["2024-05-04"]


def test_an_unknown_article_cannot_be_removed(tmp_path: Path) -> None:
    build([write(tmp_path / "a.txt", TALKS)], tmp_path / "graph")

    with pytest.raises(KgError, match="b: no article of this id is in the graph"):
        remove(tmp_path / "graph", ["b"])


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TALKS)

    with pytest.raises(StoreError, match="this folder holds something else"):
        build([path], tmp_path)


def test_a_graph_must_be_built_before_it_grows(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph is here"):
        add(tmp_path / "graph", [write(tmp_path / "a.txt", TALKS)])


def test_a_graph_read_by_another_version_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([write(tmp_path / "a.txt", TALKS)], tmp_path / "graph")
    monkeypatch.setattr(reading, "reader", lambda: "another")

    added = add(tmp_path / "graph", [write(tmp_path / "b.txt", OTHER)])
    assert added.n_articles == 2


def test_an_article_that_breaks_the_reader_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        message = "so many words"
        raise RecursionError(message)

    monkeypatch.setattr(reading, "extract", broken)

    built = build([write(tmp_path / "a.txt", TALKS)], tmp_path / "graph")
    [failure] = built.failures
    assert "the reader fails on it: RecursionError: so many words" in str(failure)


def test_an_id_that_is_no_more_leads_to_its_heir(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TALKS)
    write(tmp_path / "b.txt", OTHER.replace("Mario Rossi", "Maryo Rossi"))
    build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "graph")
    assert not (tmp_path / "graph" / "moved.ttl").exists()

    different = Decision(Word.DIFFERENT, "article/a#char=13,24", "article/b#char=13,24")
    decide(tmp_path / "graph", different)
    undo(tmp_path / "graph", different.subject, different.object)
    [line] = (tmp_path / "graph" / "moved.ttl").read_text().splitlines()[-1:]
    assert "dcterms:isReplacedBy person:" in line


def test_a_change_loads_no_library_that_it_can_do_without(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TALKS)
    program = (
        "import sys; from kg import pipeline; from kg.cli import building\n"
        "pipeline.draw = lambda *_: None\n"
        "pipeline.build(sys.argv[1:2], sys.argv[2])\n"
        "print({*'rdflib pyshacl rich pyvis yaml simplemma multiprocessing'.split()} & set(sys.modules))"
    )

    def loaded(folder: str) -> str:
        command = [sys.executable, "-c", program, path, tmp_path / folder]
        environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
        ran = subprocess.run(command, capture_output=True, check=True, env=environment)
        return ran.stdout.decode().strip()

    assert [loaded("first"), loaded("second")] == ["{'simplemma'}", "set()"]
