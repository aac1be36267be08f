"""A store as a networkx graph: people, organizations, countries and meetings, with the proof of each edge.

Nodes carry `type`, `label` and `labels`; meetings `kind`, `status`, `date` and place besides. An edge's key is
its `relation`: "participant" (who took part), "behalf" (for whom somebody spoke), "country" (where it was).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.exporters.network.evidence import Evidence
from kg.exporters.network.facts import Facts, Store, needed, reports
from kg.exporters.network.standing import measure
from kg.garbage import without_collection
from kg.vocabulary import DIP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    Graph = nx.MultiDiGraph[str]

TYPES = {
    "person": DIP.Person,
    "organization": DIP.Organization,
    "country": DIP.Country,
    "meeting": DIP.Meeting,
}
CONCEPTS = (DIP.Office, DIP.Topic, DIP.Act, DIP.Place)
ARTICLE = {
    "title": "headline",
    "language": "language",
    "publisher": "publisher",
    "url": "url",
    "published": "published",
    "sha256": "sha256",
}
TOLD = {
    "date": "date",
    "cityName": "city",
    "countryCode": "country",
    "kind": "kind",
    "status": "status",
}


def graph(store: Store, *, knowledge: Iterable[Quad] | None = None) -> Graph:
    """Read a store as a networkx graph; `graph.graph` holds the articles, sentences and statements.

    `knowledge` is what its default graph says, if somebody has it at hand.
    """
    with without_collection():
        found = _read(store, Facts.of(needed(store) if knowledge is None else knowledge))
        measure(found)
    return found


def _read(store: Store, said: Facts) -> Graph:
    evidence = Evidence(said)
    found: Graph = nx.MultiDiGraph()
    for type_, class_ in TYPES.items():
        for subject in said.instances(class_):
            found.add_node(subject, type=type_, **_names(subject, said))
    participations: dict[str, list[str]] = {}
    for subject in said.instances(DIP.Participation):
        participations.setdefault(said.first(subject, "meeting") or "", []).append(subject)
    for meeting in said.instances(DIP.Meeting):
        found.nodes[meeting].update(_meeting(meeting, said, evidence))
        _add_edges(found, meeting, participations.get(meeting, []), said, evidence)
    found.graph |= {
        "words": {concept: _labels(concept, said) for concept in said.instances(*CONCEPTS)},
        "articles": {
            article: {key: said.first(article, name) for key, name in ARTICLE.items()}
            for article in said.instances(DIP.Article)
        },
        "statements": [
            _statement(statement, said, evidence) for statement in said.instances(DIP.Statement)
        ],
        "sentences": evidence.sentences,
    }
    _add_disagreements(found, store)
    return found


def _names(subject: str, said: Facts) -> dict[str, Any]:
    labels = _labels(subject, said)
    label = labels.get("en") or next(iter(labels.values()), subject.rpartition("/")[2])
    aliases = {each.text for each in said.values(subject, "altLabel")} - set(labels.values())
    return {"label": label, "labels": labels, "aliases": tuple(sorted(aliases))}


def _labels(subject: str, said: Facts) -> dict[str, str]:
    labels = sorted(said.values(subject, "label"), reverse=True)
    return {each.language: each.text for each in labels}


def _meeting(meeting: str, said: Facts, evidence: Evidence) -> dict[str, Any]:
    city = said.first(meeting, "city")
    country = said.first(meeting, "country") or (said.first(city, "country") if city else None)
    return {
        "kind": said.first(meeting, "kind") or "meeting",
        "status": said.first(meeting, "status") or "held",
        "date": said.first(meeting, "date"),
        "city": city,
        "country": country,
        "venue": said.first(meeting, "venue"),
        "topics": said.all(meeting, "topic"),
        "articles": said.all(meeting, "reportedBy"),
        "evidence": evidence.of(said.values(meeting, "evidence")),
    }


def _add_edges(
    found: Graph, meeting: str, participations: list[str], said: Facts, evidence: Evidence
) -> None:
    told = found.nodes[meeting]
    for each in participations:
        agent = said.first(each, "agent") or ""
        if agent not in found:
            continue
        mentions = said.values(each, "evidence")
        behalf = said.all(each, "onBehalfOf")
        sentences = evidence.of(mentions)
        found.add_edge(
            agent,
            meeting,
            key="participant",
            relation="participant",
            side=said.first(each, "side"),
            offices=said.all(each, "office"),
            office_words=said.words(each, "officeAsWritten"),
            title=said.words(each, "title"),
            delegation=said.words(each, "delegation"),
            behalf=behalf,
            accredited=said.first(each, "accreditedTo"),
            confidence=evidence.confidence(mentions),
            evidence=sentences,
        )
        for principal in behalf:
            if principal in found and principal != agent:
                _add_behalf(found, agent, principal, meeting, sentences)
    if told["country"] in found:
        found.add_edge(
            meeting, told["country"], key="country", relation="country", evidence=told["evidence"]
        )


def _add_behalf(
    found: Graph, agent: str, principal: str, meeting: str, sentences: tuple[int, ...]
) -> None:
    """Count one more meeting at which the agent spoke for the principal."""
    if not found.has_edge(agent, principal, "behalf"):
        found.add_edge(agent, principal, key="behalf", relation="behalf", meetings=(), evidence=())
    edge = found.edges[agent, principal, "behalf"]
    edge["meetings"] += (meeting,)
    edge["evidence"] = tuple(dict.fromkeys(edge["evidence"] + sentences))


def _statement(statement: str, said: Facts, evidence: Evidence) -> dict[str, Any]:
    return {
        "speaker": said.first(statement, "speaker"),
        "act": said.first(statement, "act"),
        "words": said.words(statement, "words"),
        "topics": said.all(statement, "topic"),
        "meeting": said.first(statement, "meeting"),
        "evidence": evidence.of(said.values(statement, "evidence")),
    }


def _add_disagreements(found: Graph, store: Store) -> None:
    """Note on each meeting what its articles tell differently: {"date": {"2024-05-22": (article, ...)}}."""
    doubtful = [
        node
        for node, told in found.nodes(data=True)
        if told["type"] == "meeting" and len(told["articles"]) > 1
    ]
    told_by: dict[str, dict[str, dict[str, set[str]]]] = {}
    for meeting, article, said in reports(store, doubtful):
        for predicate, name in TOLD.items():
            for value in said.values("", predicate):
                values = told_by.setdefault(meeting, {}).setdefault(name, {})
                values.setdefault(value.text, set()).add(article)
    for meeting, fields in told_by.items():
        found.nodes[meeting]["disagreements"] = {
            name: {value: tuple(sorted(by)) for value, by in sorted(values.items())}
            for name, values in sorted(fields.items())
            if len(values) > 1
        }
