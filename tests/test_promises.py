"""What graph and folder promise, whatever the articles, their order, and who reads them."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.model import MentionKind
from kg.pipeline import add, build, reading, remove
from kg.pipeline.asking import query
from kg.resolution import weighing
from kg.store import Store
from kg.vocabulary import DIP

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.model import Article, Reading
    from kg.pipeline import Build

TALKS = "The minister Mario Rossi received the ambassador of Spain, Ana Gil, in Rome on 3 May 2024."
FILES = ("graph.ttl", "graph.trig")
slow = settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
orders = st.permutations(range(5))


@pytest.fixture(scope="module")
def lines(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The seeds, each a file of its own that may be given in any order."""
    folder = tmp_path_factory.mktemp("lines")
    paths = []
    for number, seed in enumerate(sorted(seeds.iterdir())):
        path = folder / f"{number}.jsonl"
        text = seed.read_bytes().decode()
        path.write_text(json.dumps({"id": seed.stem, "text": text}), encoding="utf-8")
        paths.append(path)
    return paths


def contents(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in FILES]


@pytest.fixture(scope="module")
def whole(lines: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("whole") / "graph"
    build(lines, folder)
    return contents(folder)


@slow
@given(order=orders)
def test_the_order_of_articles_leaves_no_trace(
    order: list[int],
    lines: list[Path],
    whole: list[bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("order") / "graph"
    build([lines[n] for n in order], folder)

    assert contents(folder) == whole


def test_the_number_of_processes_leaves_no_trace(
    lines: list[Path], whole: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 1)
    monkeypatch.setattr(weighing, "BATCH", 1)
    build(lines, tmp_path / "graph", jobs=3)

    assert contents(tmp_path / "graph") == whole


def test_the_engine_leaves_no_trace(
    lines: list[Path], whole: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 1)
    build(lines, tmp_path / "graph", engine="dask", jobs=2)

    assert contents(tmp_path / "graph") == whole


@slow
@given(order=orders, first=st.integers(1, 4))
def test_adding_articles_gives_what_one_build_gives(
    order: list[int],
    first: int,
    lines: list[Path],
    whole: list[bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("added") / "graph"
    paths = [lines[n] for n in order]
    build(paths[:first], folder)
    for path in paths[first:]:
        add(folder, [path])

    assert contents(folder) == whole


@slow
@given(gone=st.integers(0, 4))
def test_removing_an_article_gives_what_a_build_without_it_gives(
    gone: int, lines: list[Path], seeds: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("removed")
    build(lines, folder / "all")
    remove(folder / "all", [sorted(seeds.iterdir())[gone].stem])
    build([path for n, path in enumerate(lines) if n != gone], folder / "less")

    assert contents(folder / "all") == contents(folder / "less")


PEOPLE = ("Mario Rossi", "Maryo Rossi", "Ana Gil", "Jean Petit", "Omar Haddad", "Olga Ivanova")
STATES = ("Spain", "France", "Jordan", "Kenya")
CITIES = ("Rome", "Madrid", "Amman", "Nairobi")


def news(number: int, version: int) -> dict[str, str]:
    """Invent an article: who meets whom is another in each version."""
    n = number + 5 * version
    first, second = PEOPLE[n % 6], PEOPLE[(n + 1 + n % 4) % 6]
    text = (
        f"The minister of foreign affairs of {STATES[n % 4]}, {first}, received the ambassador of"
        f" {STATES[(n + 1) % 4]}, {second}, in {CITIES[n % 3]} on {1 + n % 9} May 2024. The ambassador"
        f" thanked {STATES[n % 4]} for its help. {first} met the president of Peru, Luis Paz, on Monday."
    )
    return {"id": f"a{number:02}", "text": text}


@settings(slow, max_examples=6)
@given(data=st.data())
def test_what_a_little_change_rewrites_is_what_a_whole_build_writes(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    told = {number: news(number, 0) for number in range(24)}
    build([written(folder, told.values())], folder / "graph")
    for _ in range(3):
        numbers = data.draw(st.lists(st.integers(0, 30), min_size=1, max_size=3, unique=True))
        version = data.draw(st.integers(0, 3))
        if version:
            new = {number: news(number, version) for number in numbers}
            add(folder / "graph", [written(folder, new.values())])
            told |= new
        elif gone := told.keys() & {*numbers}:
            remove(folder / "graph", [told.pop(number)["id"] for number in sorted(gone)])

    build([written(folder, told.values())], folder / "whole")
    assert everything(folder / "graph") == everything(folder / "whole")


def test_a_little_change_begins_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([written(tmp_path, [news(number, 0) for number in range(8)])], tmp_path / "graph")
    monkeypatch.delattr(pipeline, "publish")

    add(tmp_path / "graph", [written(tmp_path, [news(9, 1)])])
    remove(tmp_path / "graph", ["a03"])
    with Store.open(tmp_path / "graph") as store:
        articles = {quad.object.value for quad in store if quad.predicate == DIP.reportedBy}
    assert {article[-3:] for article in articles} == {f"a0{n}" for n in (0, 1, 2, 4, 5, 6, 7, 9)}


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig", "resolved"])
def test_what_somebody_changed_or_removed_is_written_anew(tmp_path: Path, name: str) -> None:
    build([written(tmp_path, [news(number, 0) for number in range(8)])], tmp_path / "graph")
    path = tmp_path / "graph" / name
    path.write_text("# mine\n", encoding="utf-8") if path.suffix else path.unlink()

    add(tmp_path / "graph", [written(tmp_path, [news(9, 1)])])
    articles = [*(news(number, 0) for number in range(8)), news(9, 1)]
    build([written(tmp_path, articles)], tmp_path / "whole")
    assert everything(tmp_path / "graph") == everything(tmp_path / "whole")


def test_the_page_of_a_large_graph_is_drawn_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([written(tmp_path, [news(number, 0) for number in range(8)])], tmp_path / "graph")
    page = tmp_path / "graph" / "network.html"
    drawn = page.exists()
    monkeypatch.setattr(pipeline, "_DRAWN", 5)

    add(tmp_path / "graph", [written(tmp_path, [news(9, 1)])])
    assert (drawn, page.exists()) == (True, False)


def written(folder: Path, articles: Iterable[dict[str, str]]) -> Path:
    path = folder / "news.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in articles), encoding="utf-8")
    return path


def everything(folder: Path) -> tuple[list[bytes], set[str]]:
    """Give all that a graph's folder tells but its page, where things stay near their last places."""
    names = (*FILES, "report.txt", "report.ttl")
    with Store.open(folder) as store:
        return [(folder / name).read_bytes() for name in names], set(map(str, store))


def test_every_mention_holds_its_exact_quote(built: Build) -> None:
    with Store.open(built.folder) as store:
        quads = list(store)
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        said[quad.subject.value][quad.predicate.value] = quad.object.value
    mentions = {iri: fields for iri, fields in said.items() if DIP.exact.value in fields}

    assert len(mentions) > 100
    for fields in mentions.values():
        text = said[fields[DIP.article.value]][DIP.text.value]
        start, end = int(fields[DIP.start.value]), int(fields[DIP.end.value])
        assert text[start:end] == fields[DIP.exact.value]


UNPROVED = {
    "meetings": "?it a dip:Meeting",
    "participations": "?it a dip:Participation",
    "statements": "?it a dip:Statement",
    "people": "?it a dip:Person",
}


@pytest.mark.parametrize("what", UNPROVED)
def test_nothing_is_asserted_without_evidence(built: Build, what: str, tmp_path: Path) -> None:
    proof = "?m dip:refersTo ?it" if what == "people" else "?it dip:evidence ?m"
    question = tmp_path / "unproved.rq"
    question.write_text(
        f"SELECT ?it {{ {UNPROVED[what]} FILTER NOT EXISTS {{ {proof} . ?m dip:exact ?quote }} }}",
        encoding="utf-8",
    )

    assert list(query(built.folder, question)) == []


@pytest.mark.parametrize(
    ("slot", "kinds"),
    [("date", "'date'"), ("city", "'city'"), ("country", "'country' 'city'"), ("venue", "'venue'")],
)
def test_every_date_and_place_of_a_meeting_has_its_words(
    built: Build, slot: str, kinds: str, tmp_path: Path
) -> None:
    question = tmp_path / "unproved.rq"
    question.write_text(
        f"SELECT ?it {{ ?it a dip:Meeting ; dip:{slot} ?value FILTER NOT EXISTS {{"
        f" VALUES ?kind {{ {kinds} }}"
        " ?it dip:evidence ?m . ?m dip:mentionKind ?kind ; dip:exact ?quote } }",
        encoding="utf-8",
    )

    assert list(query(built.folder, question)) == []


def test_every_link_says_why(built: Build, tmp_path: Path) -> None:
    question = tmp_path / "why.rq"
    question.write_text(
        "SELECT ?m { ?m dip:refersTo/a ?kind VALUES ?kind { dip:Person dip:Organization }"
        " FILTER NOT EXISTS { ?m dip:because ?why ; dip:confidence ?score } }",
        encoding="utf-8",
    )

    assert list(query(built.folder, question)) == []


def test_the_published_graph_conforms_to_its_shapes(built: Build) -> None:
    assert built.report.conforms
    assert not built.has_rejected


def test_what_a_shape_forbids_is_kept_apart_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps({"id": "a", "text": TALKS})
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    extract = reading.extract

    def in_no_country(article: Article) -> Reading:
        read = extract(article)
        [meeting] = read.meetings
        assert meeting.city is not None
        nowhere = replace(meeting.city, kind=MentionKind.COUNTRY, value="XX")
        return replace(read, meetings=(replace(meeting, country=nowhere),))

    monkeypatch.setattr(reading, "extract", in_no_country)
    built = build([tmp_path / "a.jsonl"], tmp_path / "graph")

    assert built.has_rejected
    assert built.report.conforms
    assert b"country:XX" in (built.folder / "rejected.trig").read_bytes()
    assert b"country:XX" not in (built.folder / "graph.ttl").read_bytes()
