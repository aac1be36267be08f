"""A graph that is judged part by part has the report that it has as a whole."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import synthetic
from mutations import spoil

from kg import validation
from kg.validation import apart, parts, telling, validate
from kg.validation.lines import END
from kg.vocabulary import DIP, RDF, RDFS, node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.validation import Report

RIYADH = node("place/riyadh")
SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a graph of some kilobytes for a large one."""
    monkeypatch.setattr(validation, "_LARGE", 0)
    monkeypatch.setattr(telling, "_LINES", 50_000)
    monkeypatch.setattr(telling, "_TURTLE", 20_000)
    monkeypatch.setattr(parts, "_PART", 30_000)


def knowledge(n_meetings: int = 12) -> list[ox.Quad]:
    quads = synthetic.stream(n_meetings, seed=3)
    return [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]


def spoilt(seed: int) -> list[ox.Quad]:
    """Spoil meetings, people, places, articles, whatever chance falls on."""
    chance = random.Random(seed)  # noqa: S311
    quads = knowledge()
    for _ in range(6):
        quads = spoil(quads, chance)
    return quads


def whole(quads: Iterable[ox.Quad]) -> Report:
    return validate(list(quads), focus={quad.subject for quad in quads})


def written(quads: Iterable[ox.Quad], path: Path) -> Path:
    ox.serialize((quad.triple for quad in quads), path, prefixes={"dip": synthetic.DIP})
    return path


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("suffix", [".nt", ".ttl", ".rdf"])
@pytest.mark.parametrize("seed", range(4))
def test_a_file_is_judged_in_parts_as_it_is_as_a_whole(
    seed: int, suffix: str, tmp_path: Path
) -> None:
    quads = spoilt(seed)

    assert validate(written(quads, tmp_path / f"graph{suffix}")) == whole(quads)


@pytest.mark.usefixtures("_small")
def test_a_graph_is_cut_into_many_parts(tmp_path: Path) -> None:
    pieces = telling.in_lines(knowledge(), tmp_path)

    found = parts.cut([parts.survey(piece.lines()) for piece in pieces])
    assert found is not None
    assert len(pieces) > 2
    assert len(found.parts) > 3


@pytest.mark.usefixtures("_small")
def test_every_line_is_in_one_part_or_said_of_a_thing(tmp_path: Path) -> None:
    pieces = telling.in_lines(spoilt(7), tmp_path)
    surveys = [parts.survey(piece.lines()) for piece in pieces]
    for piece, survey in zip(pieces, surveys, strict=True):
        survey.runs[:, 1] += piece.start

    found = parts.cut(surveys)
    assert found is not None
    files = [piece.path for piece in pieces]
    texts = [text for rows in (found.things, *found.parts) for text in apart.texts(files, rows)]
    lines = [line for text in texts for line in text.split(END)[:-1]]
    assert sorted(lines) == sorted((tmp_path / "told.nt").read_bytes().split(END)[:-1])


@pytest.mark.usefixtures("_small")
def test_a_finding_about_a_thing_names_an_article_that_speaks_of_it() -> None:
    quads = knowledge()
    person = next(quad.subject for quad in quads if quad.object == DIP.Person)
    kept = [quad for quad in quads if (quad.subject, quad.predicate) != (person, RDFS.label)]

    report = validate(kept)
    assert report == whole(kept)
    [finding] = [each for each in report.findings if each.focus == person]
    assert finding.article is not None


@pytest.mark.usefixtures("_small")
def test_a_thing_that_points_to_a_meeting_is_judged_beside_it() -> None:
    quads = knowledge()
    meeting = next(quad.subject for quad in quads if quad.object == DIP.Meeting)
    pointing = [*quads, ox.Quad(RIYADH, DIP.country, meeting)]

    assert RIYADH in {finding.focus for finding in validate(pointing).findings}
    assert validate(pointing) == whole(pointing)


@pytest.mark.usefixtures("_small")
def test_where_classes_have_subclasses_nothing_is_cut() -> None:
    quads = [
        ox.Quad(quad.subject, RDF.type, node("class/city")) if quad.object == DIP.Place else quad
        for quad in knowledge()
    ]

    assert not validate(quads).conforms
    assert validate([*quads, ox.Quad(node("class/city"), SUBCLASS, DIP.Place)]).conforms


def odd() -> Iterator[str]:
    """Turtle that no one may cut where a line ends."""
    head = f"@prefix dip: <{synthetic.DIP}> .\n@prefix x: <https://x.example/> .\n"
    meeting = "<https://x.example/m> a dip:Meeting ; dip:status dip:held"
    yield f'{head}{meeting} ; dip:venue """a\n .\n<b> .\n"""@en .\n'
    yield f"{head}{meeting} .\n@prefix x: <{synthetic.DIP}> .\nx:m a x:Meeting .\n"
    yield f"{head}{meeting} ; dip:topic [ a dip:Topic ] .\nx:n a dip:Meeting .\n"


@pytest.mark.parametrize("text", list(odd()), ids=["string", "prefix", "bracket"])
def test_turtle_that_cannot_be_cut_is_judged_as_a_whole(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path := tmp_path / "odd.ttl").write_text(text)
    expected = len(validate(path).findings)
    monkeypatch.setattr(validation, "_LARGE", 0)
    monkeypatch.setattr(telling, "_TURTLE", 100)

    assert expected > 0
    assert len(validate(path).findings) == expected
