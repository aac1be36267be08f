"""The pages, as bytes: what the graph knows of something is told by the questions that are asked of its kind.

Templates escape everything; a quotation carries its language, so that each runs in its own direction.
"""

from __future__ import annotations

import itertools
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.errors import QueryError
from kg.queries import Names, Result, answer, questions
from kg.queries import question as by_name
from kg.queries.results import named, short
from kg.resources import PACKAGE
from kg.server.marking import marked
from kg.vocabulary import DCTERMS, DIP, ID, OWL, PREFIXES, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.queries import Question
    from kg.queries.results import Term
    from kg.store import Store

LANGUAGES = ("en", "fr", "ar")
# Enough for a reader; whoever wants more takes the data.
MOST_ROWS = 500
_SECTION_ROWS = 100
_KNOWLEDGE = ox.DefaultGraph()

# What is asked of an entity, by its kind: the question and the parameter that it is.
SECTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "person": (
        ("meetings-of-person", "person"),
        ("co-participants", "person"),
        ("offices-of-person", "person"),
        ("organizations-of-person", "person"),
        ("statements-of-person", "person"),
        ("articles-of-person", "person"),
    ),
    "organization": (
        ("meetings-of-organization", "organization"),
        ("speaks-for-organization", "organization"),
        ("received-by-organization", "organization"),
        ("articles-of-person", "person"),
    ),
    "country": (
        ("speaks-for-country", "country"),
        ("topics-of-country", "country"),
        ("meetings-of-country", "country"),
        ("received-by-country", "country"),
        ("visits-abroad", "from"),
        ("ambassadors", "country"),
    ),
    "meeting": (
        ("participants-of-meeting", "meeting"),
        ("tellings-of-meeting", "meeting"),
        ("statements-of-meeting", "meeting"),
        ("evidence", "meeting"),
    ),
    "article": (("meetings-of-article", "article"),),
    "place": (("meetings-in-city", "city"),),
    "topic": (("meetings-of-topic", "topic"),),
    "office": (("holders-of-office", "office"),),
    "act": (("statements-of-act", "act"),),
}
NAMED = (DIP.Person, DIP.Organization, DIP.Country, DIP.Place, DIP.Topic, DIP.Office)
_COUNTED = {
    "meetings": DIP.Meeting,
    "people": DIP.Person,
    "organizations": DIP.Organization,
    "countries": DIP.Country,
    "articles": DIP.Article,
    "statements": DIP.Statement,
}
_LATEST = """
SELECT ?date ?meeting ?city ?country {
  {
    SELECT ?date ?meeting { ?meeting dip:date ?d BIND(STR(?d) AS ?date) }
    ORDER BY DESC(?date) ?meeting LIMIT 10
  }
  OPTIONAL { ?meeting dip:city ?city }
  OPTIONAL { ?meeting dip:country ?country }
} ORDER BY DESC(?date) ?meeting
"""


class Section(NamedTuple):
    """A question on a page, with its answer."""

    question: Question
    link: str
    result: Result


def home(store: Store, language: str) -> bytes:
    """Show what the graph is made of, and where to go from here."""
    counts = {word: _count(store, class_) for word, class_ in _COUNTED.items()}
    latest = _labelled(store, Result.of(store.query(_LATEST)), language)
    return _page("home.html", language, counts=counts, latest=latest, questions=questions())


def _count(store: Store, class_: ox.NamedNode) -> int:
    [row] = Result.of(store.query(f"SELECT (COUNT(*) AS ?n) {{ ?each a {class_} }}"))
    return int(row["n"] or 0)


def question_list(language: str) -> bytes:
    """Show all questions."""
    return _page("questions.html", language, questions=questions())


def search(names: Names, text: str, language: str) -> bytes:
    """Show what a text may mean."""
    found, wrong = [], ""
    if text.strip():
        try:
            found = names.find(text.strip(), NAMED)
        except QueryError as error:
            wrong = error.mend
    return _page("search.html", language, sought=text, found=found, wrong=wrong)


def question(
    asked: Question, values: Mapping[str, str], result: Result | None, wrong: str, language: str
) -> bytes:
    """Show a question as a form, and its answer."""
    link = f"/questions/{asked.name}?{urlencode(dict(values))}"
    return _page(
        "question.html",
        language,
        question=asked,
        values=values,
        result=result,
        wrong=wrong,
        link=link,
        most=MOST_ROWS,
    )


def editor(store: Store, query: str, result: Result | None, wrong: str, language: str) -> bytes:
    """Show the editor of SPARQL, and an answer."""
    shown = _labelled(store, result, language) if result else None
    start = (
        query
        or "SELECT ?meeting ?date\nWHERE { ?meeting a dip:Meeting ; dip:date ?date }\nLIMIT 20"
    )
    link = f"/sparql?{urlencode({'query': query})}"
    return _page("editor.html", language, query=start, result=shown, wrong=wrong, link=link)


def knows(store: Store, iri: ox.NamedNode) -> bool:
    """Tell whether the knowledge says anything of an IRI."""
    return any(True for _ in store.quads_for_pattern(iri, None, None, _KNOWLEDGE))


def about(store: Store, iri: ox.NamedNode) -> list[ox.Triple]:
    """Give what the knowledge says of an IRI, and of the parts that only it has."""
    triples = [quad.triple for quad in store.quads_for_pattern(iri, None, None, _KNOWLEDGE)]
    for part in (DIP.participation, DIP.evidence):
        for quad in store.quads_for_pattern(iri, part, None, _KNOWLEDGE):
            if isinstance(quad.object, ox.NamedNode):
                inner = store.quads_for_pattern(quad.object, None, None, _KNOWLEDGE)
                triples += (each.triple for each in inner)
    return sorted(set(triples), key=str)


def entity(store: Store, iri: ox.NamedNode, language: str) -> bytes:
    """Show what the graph knows of something."""
    kind, _, local = iri.value.removeprefix(ID).partition("/")
    sections = list(_sections(store, kind, local))
    facts = _facts(store, iri)
    # All names of a page are read at once: a query each would take longer than the rest of it.
    shown = itertools.chain(*facts.values(), *(section.result.terms for section in sections))
    labels = named(store, shown, language)
    return _page(
        "entity.html",
        language,
        kind=kind,
        iri=iri.value,
        label=_label(store, iri, language),
        facts=facts,
        labels=labels,
        sections=[each._replace(result=each.result.with_labels(labels)) for each in sections],
        text=marked(store, iri, language) if kind == "article" else Markup(),
    )


def _sections(store: Store, kind: str, local: str) -> Iterator[Section]:
    names = Names(store)
    for name, parameter in SECTIONS.get(kind, ()):
        asked = by_name(name)
        values = {parameter: f"{kind}/{local}"}
        result = answer(asked, values, names, language=None, most=_SECTION_ROWS + 1)
        if len(result):
            yield Section(asked, f"/questions/{name}?{urlencode(values)}", result)


def _label(store: Store, iri: ox.NamedNode, language: str) -> ox.Literal:
    quads = itertools.chain.from_iterable(
        store.quads_for_pattern(iri, each, None, _KNOWLEDGE) for each in (RDFS.label, DCTERMS.title)
    )
    labels = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
    rank = {language: 0, "en": 1}
    unnamed = ox.Literal(iri.value.removeprefix(ID))
    return min(
        labels, key=lambda each: (rank.get(each.language or "", 2), each.value), default=unnamed
    )


def _facts(store: Store, iri: ox.NamedNode) -> dict[str, list[Term]]:
    """List what stands beside the label, each value once."""
    wanted = {
        "spellings": (RDFS.label, SKOS.altLabel),
        "kind": (DIP.kind,),
        "status": (DIP.status,),
        "date": (DIP.date,),
        "venue": (DIP.venue,),
        "city": (DIP.city,),
        "country": (DIP.country,),
        "topic": (DIP.topic,),
        "published": (DIP.published,),
        "publisher": (DIP.publisher,),
        "language": (DIP.language,),
        "url": (DIP.url,),
        "same": (OWL.sameAs,),
    }
    found: dict[str, list[Term]] = {}
    for word, predicates in wanted.items():
        terms: list[Term] = [
            quad.object
            for predicate in predicates
            for quad in store.quads_for_pattern(iri, predicate, None, _KNOWLEDGE)
        ]
        if terms and not (word == "spellings" and iri.value.startswith(f"{ID}meeting/")):
            found[word] = sorted(set(terms), key=str)
    return found


def _labelled(store: Store, result: Result, language: str) -> Result:
    return result.with_labels(named(store, result.terms, language))


def _page(template: str, language: str, **values: Any) -> bytes:  # noqa: ANN401 - whatever a template shows
    words = _words()[language]
    page = _environment().get_template(template)
    return page.render(words=words, language=language, **values).encode()


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((PACKAGE / "server" / "words.toml").read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "languages": {code: _words()[code]["name"] for code in LANGUAGES},
        "prefixes": PREFIXES,
    }
    environment.filters |= {"place": place, "safe_link": _safe_link, "short": short}
    return environment


def place(iri: str) -> str:
    """Give the page of an IRI of ours, on this server; the empty string for any other."""
    if not iri.startswith(ID):
        return ""
    local, _, fragment = iri.removeprefix(ID).partition("#")
    return f"/id/{quote(local, safe='/%~')}" + (
        f"#{quote(fragment, safe='=,~')}" if fragment else ""
    )


def _safe_link(url: str) -> str:
    """Let only addresses of the web be followed: an article may say javascript:."""
    return url if url.startswith(("https://", "http://")) else ""
