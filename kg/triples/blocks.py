"""A graph in blocks: each thing, each meeting and each article is one, which is written and replaced as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from kg.triples.articles import tell
from kg.triples.entities import CLASSES, describe_thing, things
from kg.triples.meetings import describe_meeting
from kg.triples.parts import HEAD, KNOWLEDGE, article_iri, article_name, entity_iri
from kg.vocabulary import DIP, ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Entity, Knowledge, Reading
    from kg.triples.articles import Told

# In the order of files.
THING, MEETING, ARTICLE = "1 ", "2 ", "3 "


class Block(NamedTuple):
    """What is told of one thing, meeting or article, with our prefixes; the keys sort as the blocks stand in files."""

    key: str
    knowledge: str = ""
    graph: str = ""

    @property
    def texts(self) -> tuple[bytes, bytes]:
        """The block in Turtle, which has the knowledge alone, and in TriG."""
        turtle = self.knowledge.encode()
        return turtle, turtle + self.graph.encode()

    @property
    def quads(self) -> list[ox.Quad]:
        """What the text says."""
        return list(ox.parse(HEAD + self.knowledge + self.graph, ox.RdfFormat.TRIG))


def blocks(
    knowledge: Knowledge, readings: Iterable[Reading], world: Mapping[str, Entity] | None = None
) -> Iterator[Block]:
    """Write knowledge and readings in blocks, for a corpus that no memory holds: each quad stands in one of them.

    The readings are gone through twice, in the order of their articles' ids. `world` has all
    entities by their ids, where the knowledge is a part of more.
    """
    if world is None:
        world = {entity.id: entity for entity in knowledge.entities}
    for local in sorted(things(knowledge, readings)):
        yield thing(local, world)
    for meeting in knowledge.meetings:
        yield Block(MEETING + meeting.id, describe_meeting(meeting, world))
    for told in tell(knowledge, readings):
        yield Block(ARTICLE + told.article, told.knowledge, _graph(told))


def thing(local: str, world: Mapping[str, Entity]) -> Block:
    """Write an entity, a place or a concept."""
    return Block(THING + local, describe_thing(local, world.get(local)))


def _graph(told: Told) -> str:
    """Write the graph of an article as TriG does."""
    indented = told.own.strip().replace("\n", "\n\t")
    return f"{article_name(told.article)} {{\n\t{indented}\n}}\n"


def local_id(term: object) -> str | None:
    """Give the id that an IRI of ours stands for, with its folder: 'person/mohammed-al-moghedi'."""
    if not (isinstance(term, ox.NamedNode) and term.value.startswith(ID)):
        return None
    return unquote(term.value.removeprefix(ID))


def thing_of(term: object) -> str | None:
    """Give the id of an entity, place or concept; None for anything else."""
    local = local_id(term)
    return local if local and local.partition("/")[0] in CLASSES else None


def held(store: ox.Store, key: str) -> Iterator[ox.Quad]:
    """Find the quads of a block in a store."""
    local = key[len(THING) :]
    subjects: set[Any]  # no triple terms among them
    if key.startswith(THING):
        subjects = {entity_iri(local)}
    elif key.startswith(MEETING):
        iri = entity_iri(f"meeting/{local.removeprefix('meeting/')}")
        parts = store.quads_for_pattern(iri, DIP.participation, None, KNOWLEDGE)
        subjects = {iri, *(quad.object for quad in parts)}
    else:
        iri = article_iri(local)
        parts = store.quads_for_pattern(None, DIP.article, iri, KNOWLEDGE)
        subjects = {iri, *(quad.subject for quad in parts)}
        yield from store.quads_for_pattern(None, None, None, iri)
    for subject in subjects:
        yield from store.quads_for_pattern(subject, None, None, KNOWLEDGE)
