from __future__ import annotations

import datetime
import random
from dataclasses import replace
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Article,
    Entity,
    EntityKind,
    Kind,
    Knowledge,
    Link,
    Meeting,
    MeetingMention,
    Mention,
    MentionKind,
    Name,
    PartialDate,
    Participant,
    Participation,
    Reading,
    Report,
    Said,
    Side,
    Statement,
    Status,
)
from kg.rdflib_terms import to_rdflib, to_rdflib_graph
from kg.triples import triplify
from kg.vocabulary import DCTERMS, DIP, RDF, RDFS, XSD, node

TEXT = "Riyadh, 22 May 2024: Minister Salma Haddad received Karim Diallo of Mali. She praised the talks."


def cut(kind: MentionKind, words: str, value: str | None = None) -> Mention:
    start = TEXT.index(words)
    return Mention(kind, words, start, start + len(words), value)


ARTICLE = Article(
    "a 1",
    TEXT,
    "A visit",
    "en",
    "0" * 64,
    datetime.date(2024, 5, 23),
    "https://example.org/1",
    "SPA",
)
SALMA = Participant(
    cut(MentionKind.PERSON, "Salma Haddad"),
    offices=(cut(MentionKind.OFFICE, "Minister", "minister"),),
    side=Side.HOST,
)
KARIM = Participant(
    cut(MentionKind.PERSON, "Karim Diallo"),
    country=cut(MentionKind.COUNTRY, "Mali", "ML"),
    side=Side.GUEST,
)
TOLD = MeetingMention(
    Kind.MEETING,
    Status.HELD,
    cut(MentionKind.TRIGGER, "received"),
    cut(MentionKind.SENTENCE, TEXT.partition(" She")[0]),
    "en.receive",
    (SALMA, KARIM),
    date=cut(MentionKind.DATE, "22 May 2024", "2024-05-22"),
    city=cut(MentionKind.CITY, "Riyadh", "riyadh"),
)
PRAISE = Statement(
    cut(MentionKind.ACT, "praised", "praise"),
    cut(MentionKind.WORDS, "the talks"),
    cut(MentionKind.SENTENCE, "She praised the talks."),
    "en.act",
    SALMA.mention,
)
READING = Reading(ARTICLE, (TOLD,), (PRAISE,))
MEETING = Meeting(
    "m1",
    Kind.MEETING,
    Status.HELD,
    (
        Participation(
            "person/salma-haddad",
            Side.HOST,
            office_words=(Name("Minister", "en"),),
            offices=("minister",),
        ),
        Participation("person/karim-diallo", Side.GUEST, on_behalf_of=("country/ML",)),
    ),
    (Report("a 1", TOLD, ("person/salma-haddad", "person/karim-diallo")),),
    date=PartialDate(2024, 5, 22),
    city="riyadh",
    country="SA",
)
KNOWLEDGE = Knowledge(
    (
        Entity("person/karim-diallo", EntityKind.PERSON, (Name("Karim Diallo", "en"),)),
        Entity(
            "person/salma-haddad",
            EntityKind.PERSON,
            (Name("Salma Haddad", "en"), Name("سلمى حداد", "ar")),
            (Name("Salma Hadad", "en"),),
        ),
    ),
    (MEETING,),
    (Said("s1", "a 1", PRAISE, "person/salma-haddad", "m1"),),
    (Link("a 1", SALMA.mention, "person/salma-haddad", 0.95, ("same name",)),),
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.extend(triplify(KNOWLEDGE, [READING]))
    return store


def values(
    store: ox.Store, local: str, predicate: ox.NamedNode, graph: ox.NamedNode | None = None
) -> set[str]:
    where = graph or ox.DefaultGraph()
    return {
        quad.object.value for quad in store.quads_for_pattern(node(local), predicate, None, where)
    }


def test_a_meeting_has_its_kind_status_place_and_date(store: ox.Store) -> None:
    found = [
        values(store, "meeting/m1", each).pop()
        for each in (DIP.kind, DIP.status, DIP.date, DIP.city, DIP.country)
    ]

    assert found == [
        DIP.meeting.value,
        DIP.held.value,
        "2024-05-22",
        node("place/riyadh").value,
        node("country/SA").value,
    ]


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        (PartialDate(2024), XSD.gYear),
        (PartialDate(2024, 5), XSD.gYearMonth),
        (PartialDate(2024, 5, 22), XSD.date),
    ],
)
def test_a_date_is_as_precise_as_the_article(date: PartialDate, datatype: ox.NamedNode) -> None:
    quads = triplify(replace(KNOWLEDGE, meetings=(replace(MEETING, date=date),)), [READING])

    [literal] = [
        q.object for q in quads if q.subject == node("meeting/m1") and q.predicate == DIP.date
    ]
    assert literal == ox.Literal(str(date), datatype=datatype)


def test_a_meeting_is_called_by_its_parties_host_first_and_its_date_in_three_languages(
    store: ox.Store,
) -> None:
    assert values(store, "meeting/m1", RDFS.label) == {
        "Meeting: Salma Haddad – Karim Diallo (2024-05-22)",
        "Rencontre: Salma Haddad – Karim Diallo (2024-05-22)",
        "لقاء: سلمى حداد – Karim Diallo (2024-05-22)",
    }


def test_a_participation_says_on_which_side_and_in_which_office(store: ox.Store) -> None:
    local = "meeting/m1/participation/person-salma-haddad"

    assert values(store, local, DIP.side) == {DIP.host.value}
    assert values(store, local, DIP.office) == {node("office/minister").value}
    assert values(store, local, DIP.officeAsWritten) == {"Minister"}


def test_the_shortcut_says_who_took_part(store: ox.Store) -> None:
    assert values(store, "meeting/m1", DIP.participant) == {
        node("person/salma-haddad").value,
        node("person/karim-diallo").value,
    }


def test_a_mention_points_into_the_text_and_says_whom_it_means_and_why(store: ox.Store) -> None:
    start = TEXT.index("Salma Haddad")
    local = f"article/a%201#char={start},{start + 12}"

    assert values(store, local, DIP.exact) == {"Salma Haddad"}
    assert values(store, local, DIP.refersTo) == {node("person/salma-haddad").value}
    assert values(store, local, DIP.confidence) == {"0.95"}
    assert values(store, local, DIP.because) == {"same name"}


def test_every_mention_holds_the_exact_quote_of_its_offsets(store: ox.Store) -> None:
    rows = store.query(
        f"SELECT ?s ?e ?x {{ ?m <{DIP.start.value}> ?s ; <{DIP.end.value}> ?e ; <{DIP.exact.value}> ?x }}"
    )

    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        assert TEXT[int(row["s"].value) : int(row["e"].value)] == row["x"].value


def test_all_evidence_is_a_mention_of_the_knowledge(store: ox.Store) -> None:
    evidence = {
        quad.object for quad in store.quads_for_pattern(None, DIP.evidence, None, ox.DefaultGraph())
    }
    mentions = {
        q.subject for q in store.quads_for_pattern(None, RDF.type, DIP.Mention, ox.DefaultGraph())
    }

    assert evidence <= mentions


def test_every_node_that_is_pointed_to_is_described(store: ox.Store) -> None:
    default = list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    described = {quad.subject for quad in default}
    pointed = {quad.object for quad in default if isinstance(quad.object, ox.NamedNode)}

    assert {each for each in pointed if each.value.startswith(node("").value)} <= described


def test_the_articles_graph_holds_its_text_and_what_it_tells(store: ox.Store) -> None:
    graph = node("article/a%201")

    assert values(store, "article/a%201", DIP.text, graph) == {TEXT}
    assert values(store, "article/a%201#meeting-1", DIP.reports, graph) == {
        node("meeting/m1").value
    }
    assert values(store, "article/a%201#meeting-1", DIP.cityName, graph) == {"Riyadh"}
    assert values(store, "article/a%201#meeting-1", DIP.countryCode, graph) == {"SA"}
    assert values(store, "article/a%201#meeting-1-party-2", DIP.countryCode, graph) == {"ML"}
    assert values(store, "article/a%201#meeting-1-party-1", DIP.name, graph) == {"Salma Haddad"}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_are_kept_as_they_are(text: str) -> None:
    article = replace(ARTICLE, id=text, title=text, publisher=text)

    quads = set(triplify(replace(KNOWLEDGE, meetings=(), statements=()), [Reading(article)]))
    graph = node(f"article/{quote(text, safe='')}")
    assert ox.Quad(graph, DCTERMS.title, ox.Literal(text, language="en"), graph) in quads
    assert ox.Quad(graph, DIP.publisher, ox.Literal(text)) in quads


@pytest.mark.parametrize("local", ["person/x.y", "person/-x", "organization/a b/c", "place/é'(1)"])
def test_any_id_has_its_iri(local: str) -> None:
    quads = triplify(Knowledge((Entity(local, EntityKind.PERSON, ()),), (), (), ()), [])

    assert {quad.subject for quad in quads} == {node(quote(local))}


def test_a_place_that_is_told_twice_is_one_mention() -> None:
    [mention] = [m for m in (TOLD.city,) if m]
    told = replace(TOLD, country=replace(mention, kind=MentionKind.COUNTRY, value="SA"))
    store = ox.Store()
    store.extend(triplify(KNOWLEDGE, [replace(READING, meetings=(told,))]))

    local = f"article/a%201#char={mention.start},{mention.end}"
    assert values(store, local, DIP.mentionKind) == {"city", "country"}
    assert values(store, local, DIP.refersTo) == {
        node("place/riyadh").value,
        node("country/SA").value,
    }


def test_a_statement_says_who_did_what_by_which_words(store: ox.Store) -> None:
    assert values(store, "statement/s1", DIP.speaker) == {node("person/salma-haddad").value}
    assert values(store, "statement/s1", DIP.act) == {node("act/praise").value}
    assert values(store, "act/praise", RDFS.label) == {"praises", "salue", "يشيد"}


def test_the_order_of_input_leaves_no_trace() -> None:
    chance = random.Random(7)  # noqa: S311
    shuffled = replace(
        KNOWLEDGE, entities=tuple(chance.sample(KNOWLEDGE.entities, len(KNOWLEDGE.entities)))
    )
    other = replace(READING, article=replace(ARTICLE, id="b"), meetings=(), statements=())

    assert triplify(KNOWLEDGE, [READING, other]) == triplify(shuffled, [other, READING])


def test_there_are_no_blank_nodes() -> None:
    quads = triplify(KNOWLEDGE, [READING])

    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in quad)


def test_the_store_keeps_every_literal_as_it_is_written(store: ox.Store) -> None:
    assert set(store) == set(triplify(KNOWLEDGE, [READING]))


def test_rdflib_sees_what_its_own_parser_would_read() -> None:
    quads = triplify(KNOWLEDGE, [READING])
    default = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
    text = ox.serialize([quad.triple for quad in default], format=ox.RdfFormat.N_TRIPLES)

    assert text is not None
    assert set(to_rdflib_graph(default)) == set(rdflib.Graph().parse(data=text, format="nt"))


def test_rdflib_sees_a_graph_an_article() -> None:
    dataset = to_rdflib(triplify(KNOWLEDGE, [READING]))

    graph = dataset.graph(rdflib.URIRef(node("article/a%201").value))
    assert len(graph) > 0
    assert len(dataset.default_graph) > 0
