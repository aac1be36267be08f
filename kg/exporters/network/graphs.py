"""A store as a networkx graph: people, organizations, countries and meetings, with the proof of each edge.

Nodes carry `type`, `label` and `labels`; meetings `kind`, `status`, `date` and place besides. An edge's key is
its `relation`: "participant" (who took part), "behalf" (for whom somebody spoke), "country" (where it was).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.exporters.network.evidence import Evidence
from kg.exporters.network.facts import Store, Value, facts, instances, reports
from kg.vocabulary import DIP

if TYPE_CHECKING:
    from kg.exporters.network.facts import Facts, Said

    Graph = nx.MultiDiGraph[str]

TYPES = {
    "person": DIP.Person,
    "organization": DIP.Organization,
    "country": DIP.Country,
    "meeting": DIP.Meeting,
}
CONCEPTS = (DIP.Office, DIP.Topic, DIP.Act, DIP.Place)
ARTICLE = ("title", "language", "publisher", "url", "published", "sha256")
TOLD = {
    "date": "date",
    "cityName": "city",
    "countryCode": "country",
    "kind": "kind",
    "status": "status",
}


def graph(store: Store) -> Graph:
    """Read a store as a networkx graph; `graph.graph` holds the articles, sentences and statements."""
    said = facts(store)
    evidence = Evidence(store)
    found: Graph = nx.MultiDiGraph()
    for type_, class_ in TYPES.items():
        for subject in sorted(instances(store, class_)):
            found.add_node(subject, type=type_, **_names(subject, said.get(subject, {})))
    participations: dict[str, list[str]] = {}
    for subject in sorted(instances(store, DIP.Participation)):
        participations.setdefault(_first(said[subject], "meeting") or "", []).append(subject)
    for meeting in sorted(instances(store, DIP.Meeting)):
        found.nodes[meeting].update(_meeting(said[meeting], said, evidence))
        _add_edges(
            found, meeting, [said[each] for each in participations.get(meeting, ())], evidence
        )
    concepts = sorted({subject for class_ in CONCEPTS for subject in instances(store, class_)})
    found.graph |= {
        "words": {concept: _labels(said.get(concept, {})) for concept in concepts},
        "articles": {
            article: {key: _first(said[article], key) for key in ARTICLE}
            for article in sorted(instances(store, DIP.Article))
        },
        "statements": [
            _statement(said[statement], evidence)
            for statement in sorted(instances(store, DIP.Statement))
        ],
        "sentences": evidence.sentences,
    }
    _add_disagreements(found, store)
    return found


def _names(subject: str, said: Said) -> dict[str, Any]:
    labels = _labels(said)
    label = labels.get("en") or next(iter(labels.values()), subject.rpartition("/")[2])
    aliases = {each.text for each in said.get("altLabel", ())} - set(labels.values())
    return {"label": label, "labels": labels, "aliases": tuple(sorted(aliases))}


def _labels(said: Said) -> dict[str, str]:
    return {each.language: each.text for each in sorted(said.get("label", ()), reverse=True)}


def _first(said: Said, key: str) -> str | None:
    return min((each.text for each in said.get(key, ())), default=None)


def _all(said: Said, key: str) -> tuple[str, ...]:
    return tuple(sorted({each.text for each in said.get(key, ())}))


def _meeting(said: Said, all_: Facts, evidence: Evidence) -> dict[str, Any]:
    city = _first(said, "city")
    country = _first(said, "country") or (_first(all_[city], "country") if city in all_ else None)
    return {
        "kind": _first(said, "kind") or "meeting",
        "status": _first(said, "status") or "held",
        "date": _first(said, "date"),
        "city": city,
        "country": country,
        "venue": _first(said, "venue"),
        "topics": _all(said, "topic"),
        "articles": _all(said, "reportedBy"),
        "evidence": evidence.of(said.get("evidence", ())),
    }


def _add_edges(found: Graph, meeting: str, participations: list[Said], evidence: Evidence) -> None:
    told = found.nodes[meeting]
    for said in participations:
        agent = _first(said, "agent") or ""
        if agent not in found:
            continue
        mentions = said.get("evidence", ())
        behalf = _all(said, "onBehalfOf")
        sentences = evidence.of(mentions)
        found.add_edge(
            agent,
            meeting,
            key="participant",
            relation="participant",
            side=_first(said, "side"),
            offices=_all(said, "office"),
            office_words=_words(said, "officeAsWritten"),
            title=_words(said, "title"),
            delegation=_words(said, "delegation"),
            behalf=behalf,
            accredited=_first(said, "accreditedTo"),
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


def _words(said: Said, key: str) -> tuple[Value, ...]:
    return tuple(sorted(set(said.get(key, ()))))


def _statement(said: Said, evidence: Evidence) -> dict[str, Any]:
    return {
        "speaker": _first(said, "speaker"),
        "act": _first(said, "act"),
        "words": _words(said, "words"),
        "topics": _all(said, "topic"),
        "meeting": _first(said, "meeting"),
        "article": _first(said, "article"),
        "evidence": evidence.of(said.get("evidence", ())),
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
            for value in said.get(predicate, ()):
                values = told_by.setdefault(meeting, {}).setdefault(name, {})
                values.setdefault(value.text, set()).add(article)
    for meeting, fields in told_by.items():
        found.nodes[meeting]["disagreements"] = {
            name: {value: tuple(sorted(by)) for value, by in sorted(values.items())}
            for name, values in sorted(fields.items())
            if len(values) > 1
        }
