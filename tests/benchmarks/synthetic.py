"""A graph of invented meetings in the shape of our own, for tests and benchmarks: the same seed, the same quads.

`python tests/benchmarks/synthetic.py 1000 out.trig` writes one.
"""

from __future__ import annotations

import datetime
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

    Pairs = list[tuple[str | ox.NamedNode, ox.NamedNode | ox.Literal]]

DIP = "https://w3id.org/dipkg/ontology#"
ID = "https://w3id.org/dipkg/id/"
PREFIXES = {
    "dip": DIP,
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_ALT = ox.NamedNode(PREFIXES["skos"] + "altLabel")
_TITLE = ox.NamedNode(PREFIXES["dcterms"] + "title")
_XSD = PREFIXES["xsd"]

# Code, English, French, Arabic, English demonym, capital.
COUNTRIES = (
    ("SA", "Saudi Arabia", "Arabie saoudite", "المملكة العربية السعودية", "Saudi", "Riyadh"),
    ("EG", "Egypt", "Égypte", "مصر", "Egyptian", "Cairo"),
    ("FR", "France", "France", "فرنسا", "French", "Paris"),
    ("US", "United States", "États-Unis", "الولايات المتحدة", "American", "Washington"),
    ("GB", "United Kingdom", "Royaume-Uni", "المملكة المتحدة", "British", "London"),
    ("MA", "Morocco", "Maroc", "المغرب", "Moroccan", "Rabat"),
    ("TN", "Tunisia", "Tunisie", "تونس", "Tunisian", "Tunis"),
    ("DZ", "Algeria", "Algérie", "الجزائر", "Algerian", "Algiers"),
    ("JO", "Jordan", "Jordanie", "الأردن", "Jordanian", "Amman"),
    ("IQ", "Iraq", "Irak", "العراق", "Iraqi", "Baghdad"),
    ("KW", "Kuwait", "Koweït", "الكويت", "Kuwaiti", "Kuwait City"),
    ("QA", "Qatar", "Qatar", "قطر", "Qatari", "Doha"),
    ("AE", "United Arab Emirates", "Émirats arabes unis", "الإمارات", "Emirati", "Abu Dhabi"),
    ("OM", "Oman", "Oman", "عمان", "Omani", "Muscat"),
    ("SN", "Senegal", "Sénégal", "السنغال", "Senegalese", "Dakar"),
    ("ML", "Mali", "Mali", "مالي", "Malian", "Bamako"),
    ("DE", "Germany", "Allemagne", "ألمانيا", "German", "Berlin"),
    ("IT", "Italy", "Italie", "إيطاليا", "Italian", "Rome"),
    ("TR", "Türkiye", "Turquie", "تركيا", "Turkish", "Ankara"),
    ("CN", "China", "Chine", "الصين", "Chinese", "Beijing"),
)
OFFICES = (
    ("president", "President", "président", "رئيس"),
    ("prime-minister", "Prime Minister", "Premier ministre", "رئيس الوزراء"),
    ("foreign-minister", "Foreign Minister", "ministre des Affaires étrangères", "وزير الخارجية"),
    ("ambassador", "Ambassador", "ambassadeur", "سفير"),
    ("secretary-general", "Secretary-General", "secrétaire général", "أمين عام"),
)
TOPICS = (
    ("counter-terrorism", "counter-terrorism", "lutte contre le terrorisme", "مكافحة الإرهاب"),
    ("trade", "trade", "commerce", "التجارة"),
    ("energy", "energy", "énergie", "الطاقة"),
    ("migration", "migration", "migration", "الهجرة"),
    ("education", "education", "éducation", "التعليم"),
)
ACTS = (("praise", "praise"), ("stress", "stress"), ("welcome", "welcome"), ("thank", "thank"))
_GIVEN = ("Karim", "Salma", "Rashid", "Leila", "Omar", "Huda", "Elias", "Nadia", "Pierre", "Vera")
_SYLLABLES = (
    "ba",
    "dar",
    "ma",
    "nou",
    "ri",
    "sa",
    "ta",
    "wan",
    "zor",
    "ki",
    "lu",
    "fen",
    "gha",
    "jo",
)
_KINDS = ("meeting",) * 6 + ("visit", "visit", "call", "signing", "summit")
_STATUSES = ("held",) * 18 + ("planned", "cancelled")


class Person(NamedTuple):
    """An invented participant."""

    iri: ox.NamedNode
    name: str
    country: int
    office: int


class _Story(NamedTuple):
    """What an article tells of a meeting."""

    people: tuple[Person, ...]
    capital: str
    code: str
    kind: str
    status: str
    date: ox.Literal | None
    topic: int


def stream(n_meetings: int, seed: int = 0) -> Iterator[ox.Quad]:
    """Invent meetings, each told by one to three articles; entities come before what points to them."""
    chance = random.Random(seed)  # noqa: S311 - chance must repeat here
    people = [_person(i, chance) for i in range(max(6, n_meetings // 4))]
    yield from _concepts()
    for person in people:
        yield from _describe(person)
    for number in range(n_meetings):
        yield from _meeting(number, people, chance)


def quads(n_meetings: int, seed: int = 0) -> list[ox.Quad]:
    """List what `stream` gives."""
    return list(stream(n_meetings, seed))


def _node(local: str) -> ox.NamedNode:
    return ox.NamedNode(ID + local)


def _dip(local: str) -> ox.NamedNode:
    return ox.NamedNode(DIP + local)


def _words(text: str, language: str = "en") -> ox.Literal:
    return ox.Literal(text, language=language)


def _typed(lexical: str, datatype: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=ox.NamedNode(_XSD + datatype))


def _about(
    subject: ox.NamedNode,
    kind: str,
    pairs: Pairs,
    graph: ox.NamedNode | ox.DefaultGraph = _DEFAULT,
) -> Iterator[ox.Quad]:
    yield ox.Quad(subject, _TYPE, _dip(kind), graph)
    for predicate, value in pairs:
        property_ = _dip(predicate) if isinstance(predicate, str) else predicate
        yield ox.Quad(subject, property_, value, graph)


def _labels(en: str, fr: str, ar: str) -> Pairs:
    return [(_LABEL, _words(text, code)) for text, code in ((en, "en"), (fr, "fr"), (ar, "ar"))]


def _concepts() -> Iterator[ox.Quad]:
    for code, en, fr, ar, _, capital in COUNTRIES:
        country = _node(f"country/{code}")
        yield from _about(country, "Country", [*_labels(en, fr, ar), ("isoCode", ox.Literal(code))])
        place = _node(f"place/{_slug(capital)}")
        yield from _about(place, "Place", [(_LABEL, _words(capital)), ("country", country)])
        council = _node(f"organization/council-{code.lower()}")
        names = _labels(f"Council of {en}", f"Conseil : {fr}", f"مجلس {ar}")
        yield from _about(council, "Organization", names)
    for family, kind, rows in (("office", "Office", OFFICES), ("topic", "Topic", TOPICS)):
        for local, en, fr, ar in rows:
            yield from _about(_node(f"{family}/{local}"), kind, _labels(en, fr, ar))
    for act, label in ACTS:
        yield from _about(_node(f"act/{act}"), "Act", [(_LABEL, _words(label))])


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def _person(number: int, chance: random.Random) -> Person:
    family = "".join(chance.choices(_SYLLABLES, k=3)).capitalize()
    name = f"{chance.choice(_GIVEN)} Al-{family}"
    iri = _node(f"person/{_slug(name)}-{number}")
    return Person(iri, name, chance.randrange(len(COUNTRIES)), chance.randrange(len(OFFICES)))


def _describe(person: Person) -> Iterator[ox.Quad]:
    names: Pairs = [
        (_LABEL, _words(person.name)),
        (_ALT, _words(person.name.replace("Al-", "El "))),
    ]
    yield from _about(person.iri, "Person", names)


def _date(chance: random.Random) -> ox.Literal:
    day = datetime.date(2010, 1, 1) + datetime.timedelta(days=chance.randrange(5400))
    match chance.randrange(20):
        case 0:
            return _typed(f"{day:%Y}", "gYear")
        case 1:
            return _typed(f"{day:%Y-%m}", "gYearMonth")
        case _:
            return _typed(day.isoformat(), "date")


def _meeting(number: int, people: list[Person], chance: random.Random) -> Iterator[ox.Quad]:
    meeting = _node(f"meeting/m{number}")
    host, *guests = chance.sample(people, chance.choice((2, 2, 2, 3)))
    code, _, _, _, _, capital = COUNTRIES[host.country]
    kind, status = chance.choice(_KINDS), chance.choice(_STATUSES)
    date = None if chance.randrange(25) == 0 else _date(chance)
    topic = chance.randrange(len(TOPICS))
    label = f"{host.name} and {guests[0].name}"
    shared: Pairs = [
        *_labels(label, label, label),
        ("kind", _dip(kind)),
        ("status", _dip(status)),
        ("city", _node(f"place/{_slug(capital)}")),
        ("country", _node(f"country/{code}")),
        ("topic", _node(f"topic/{TOPICS[topic][0]}")),
    ]
    if date is not None:
        shared.append(("date", date))
    yield from _about(meeting, "Meeting", shared)
    for told in range(chance.choice((1,) * 8 + (2, 3))):
        told_date = date if date is None or chance.randrange(30) else _date(chance)
        article = _Article(f"a{number}-{told}", meeting, chance)
        story = _Story((host, *guests), capital, code, kind, status, told_date, topic)
        yield from article.tell(story)
    for person in (host, *guests):
        side = "host" if person is host else "guest"
        yield from _participation(meeting, person, side, article)
        if side == "guest" and OFFICES[person.office][0] == "ambassador":
            yield ox.Quad(_part(meeting, person), _dip("accreditedTo"), _node(f"country/{code}"))
    if number % 20 == 0:
        party = ox.Literal("a delegation of three", language="en")
        yield ox.Quad(_part(meeting, guests[0]), _dip("delegation"), party)


def _participation(
    meeting: ox.NamedNode, person: Person, side: str, article: _Article
) -> Iterator[ox.Quad]:
    node = _part(meeting, person)
    code = COUNTRIES[person.country][0]
    behalf = f"country/{code}" if person.office < 4 else f"organization/council-{code.lower()}"
    yield ox.Quad(meeting, _dip("participation"), node, _DEFAULT)
    yield ox.Quad(meeting, _dip("participant"), person.iri, _DEFAULT)
    yield from _about(
        node,
        "Participation",
        [
            ("meeting", meeting),
            ("agent", person.iri),
            ("side", _dip(side)),
            ("office", _node(f"office/{OFFICES[person.office][0]}")),
            ("officeAsWritten", _words(OFFICES[person.office][1])),
            ("onBehalfOf", _node(behalf)),
            ("evidence", _node(f"article/{article.id}#{article.places[person.name]}")),
        ],
    )


def _part(meeting: ox.NamedNode, person: Person) -> ox.NamedNode:
    local = person.iri.value.rsplit("/", 1)[-1]
    return ox.NamedNode(f"{meeting.value}/participation/{local}")


class _Article:
    """One article of a meeting, written sentence by sentence so that every mention has its place."""

    def __init__(self, id_: str, meeting: ox.NamedNode, chance: random.Random) -> None:
        self.id, self.meeting, self.chance = id_, meeting, chance
        self.iri = _node(f"article/{id_}")
        self.text = ""
        self.places: dict[str, str] = {}
        self.mentions: list[tuple[str, int, int, ox.NamedNode | None]] = []

    def write(self, text: str, kind: str = "", entity: ox.NamedNode | None = None) -> ox.NamedNode:
        start = len(self.text)
        self.text += text
        place = f"char={start},{len(self.text)}"
        if kind:
            self.mentions.append((kind, start, len(self.text), entity))
            self.places[text] = place
        return ox.NamedNode(f"{self.iri.value}#{place}")

    def sentence(self, start: int) -> ox.NamedNode:
        self.mentions.append(("sentence", start, len(self.text), None))
        return ox.NamedNode(f"{self.iri.value}#char={start},{len(self.text)}")

    def tell(self, story: _Story) -> Iterator[ox.Quad]:
        people, capital, code, kind, status, date, topic = story
        when = self.write(date.value, "date") if date is not None else None
        self.write(", ")
        where = self.write(capital, "city", _node(f"place/{_slug(capital)}"))
        self.write(": ")
        start = len(self.text)
        spans = []
        for person in people:
            if person is people[1]:
                self.write(" ")
                trigger = self.write("received", "trigger")
            self.write(f" {COUNTRIES[person.country][4]} {OFFICES[person.office][1]} ")
            spans.append(self.write(person.name, "person", person.iri))
        self.write(f" to discuss {TOPICS[topic][1]}.")
        evidence = self.sentence(start)
        self.write(" ")
        start = len(self.text)
        said = f"the role of {COUNTRIES[people[1].country][1]} in {TOPICS[topic][1]}"
        self.write(f"{people[0].name} praised {said}.")
        quote = self.sentence(start)
        day = date.value if date is not None and len(date.value) == 10 else "2024-01-01"
        about: Pairs = [
            (_TITLE, _words(f"{people[0].name} receives {people[1].name}")),
            ("language", ox.Literal("en")),
            ("publisher", ox.Literal(f"Agency {self.chance.randrange(12)}")),
            ("url", _typed(f"https://example.org/{self.id}", "anyURI")),
            ("published", _typed(day, "date")),
            ("sha256", ox.Literal(f"{self.chance.getrandbits(256):064x}")),
        ]
        yield from _about(self.iri, "Article", about)
        yield from _about(self.iri, "Article", [*about, ("text", _words(self.text))], self.iri)
        for graph in (_DEFAULT, self.iri):
            yield from self._mentions(graph)
        yield ox.Quad(self.meeting, _dip("reportedBy"), self.iri, _DEFAULT)
        yield ox.Quad(self.meeting, _dip("evidence"), evidence, _DEFAULT)
        yield ox.Quad(self.meeting, _dip("evidence"), where, _DEFAULT)
        if when is not None:
            yield ox.Quad(self.meeting, _dip("evidence"), when, _DEFAULT)
        yield from _about(
            _node(f"statement/{self.id}-1"),
            "Statement",
            [
                ("speaker", people[0].iri),
                ("act", _node(f"act/{self.chance.choice(ACTS)[0]}")),
                ("words", _words(said)),
                ("topic", _node(f"topic/{TOPICS[topic][0]}")),
                ("meeting", self.meeting),
                ("article", self.iri),
                ("evidence", quote),
            ],
        )
        report = ox.NamedNode(f"{self.iri.value}#meeting-1")
        told: Pairs = [
            ("reports", self.meeting),
            ("kind", _dip(kind)),
            ("status", _dip(status)),
            ("trigger", trigger),
            ("rule", ox.Literal("en.receive")),
            ("cityName", ox.Literal(capital)),
            ("countryCode", ox.Literal(code)),
            ("cityMention", where),
            ("evidence", evidence),
        ]
        if date is not None and when is not None:
            told += [("date", date), ("dateMention", when)]
        yield from _about(report, "Report", told, self.iri)
        for k, (person, span) in enumerate(zip(people, spans, strict=True), 1):
            party = ox.NamedNode(f"{report.value}-party-{k}")
            yield ox.Quad(report, _dip("party"), party, self.iri)
            yield from _about(
                party,
                "Party",
                [
                    ("agent", person.iri),
                    ("name", _words(person.name)),
                    ("type", ox.Literal("person")),
                    ("officeAsWritten", _words(OFFICES[person.office][1])),
                    ("countryCode", ox.Literal(COUNTRIES[person.country][0])),
                    ("side", _dip("host" if k == 1 else "guest")),
                    ("mention", span),
                ],
                self.iri,
            )

    def _mentions(self, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
        for kind, start, end, entity in self.mentions:
            mention = ox.NamedNode(f"{self.iri.value}#char={start},{end}")
            about: Pairs = [
                ("article", self.iri),
                ("start", _typed(str(start), "integer")),
                ("end", _typed(str(end), "integer")),
                ("exact", _words(self.text[start:end])),
                ("mentionKind", ox.Literal(kind)),
            ]
            if entity is not None:
                about += [
                    ("refersTo", entity),
                    ("confidence", _typed("0.9", "decimal")),
                    ("because", _words("The names are alike.")),
                ]
            yield from _about(mention, "Mention", about, graph)


def main() -> None:
    """Write a graph of so many meetings into a file; its suffix says the format."""
    n_meetings, path = int(sys.argv[1]), Path(sys.argv[2])
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    ox.serialize(stream(n_meetings), str(path), form, prefixes=PREFIXES)


if __name__ == "__main__":
    main()
