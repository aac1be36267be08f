"""The terms of the graph, as Python names; no other module spells an IRI.

`DIP` is ontology/diplomacy.ttl term by term: a test holds the two together.
"""

# ruff: noqa: N815 - terms are spelled here as they are spelled in RDF
from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

ONTOLOGY: Final = "https://w3id.org/dipkg/ontology#"
SHAPES: Final = "https://w3id.org/dipkg/shapes#"
ID: Final = "https://w3id.org/dipkg/id/"

PREFIXES: Final = {
    "dip": ONTOLOGY,
    "shape": SHAPES,
    "act": f"{ID}act/",
    "country": f"{ID}country/",
    "office": f"{ID}office/",
    "organization": f"{ID}organization/",
    "person": f"{ID}person/",
    "place": f"{ID}place/",
    "statement": f"{ID}statement/",
    "topic": f"{ID}topic/",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class _Namespace:
    """A namespace, asked by the names of its terms."""

    def __init__(self, prefix: str) -> None:
        self.iri = PREFIXES[prefix]

    def __getitem__(self, name: str) -> NamedNode:
        return NamedNode(self.iri + name)


_dip, _prov, _rdfs, _sh, _skos, _xsd = map(_Namespace, ("dip", "prov", "rdfs", "sh", "skos", "xsd"))


class DIP:
    """Our own terms."""

    # Classes
    Act: Final = _dip["Act"]
    Article: Final = _dip["Article"]
    Country: Final = _dip["Country"]
    GivenName: Final = _dip["GivenName"]
    Kind: Final = _dip["Kind"]
    Meeting: Final = _dip["Meeting"]
    Mention: Final = _dip["Mention"]
    Office: Final = _dip["Office"]
    Organization: Final = _dip["Organization"]
    Participation: Final = _dip["Participation"]
    Party: Final = _dip["Party"]
    Person: Final = _dip["Person"]
    Place: Final = _dip["Place"]
    Report: Final = _dip["Report"]
    Side: Final = _dip["Side"]
    Statement: Final = _dip["Statement"]
    Status: Final = _dip["Status"]
    Topic: Final = _dip["Topic"]

    # Kinds (dip:meeting is a property too), statuses, sides
    call: Final = _dip["call"]
    cancelled: Final = _dip["cancelled"]
    guest: Final = _dip["guest"]
    held: Final = _dip["held"]
    host: Final = _dip["host"]
    meeting: Final = _dip["meeting"]
    planned: Final = _dip["planned"]
    signing: Final = _dip["signing"]
    summit: Final = _dip["summit"]
    visit: Final = _dip["visit"]

    # Properties
    accredited: Final = _dip["accredited"]
    accreditedTo: Final = _dip["accreditedTo"]
    act: Final = _dip["act"]
    agent: Final = _dip["agent"]
    ambiguous: Final = _dip["ambiguous"]
    article: Final = _dip["article"]
    because: Final = _dip["because"]
    capital: Final = _dip["capital"]
    city: Final = _dip["city"]
    cityMention: Final = _dip["cityMention"]
    cityName: Final = _dip["cityName"]
    confidence: Final = _dip["confidence"]
    country: Final = _dip["country"]
    countryCode: Final = _dip["countryCode"]
    countryMention: Final = _dip["countryMention"]
    date: Final = _dip["date"]
    dateMention: Final = _dip["dateMention"]
    delegation: Final = _dip["delegation"]
    demonym: Final = _dip["demonym"]
    end: Final = _dip["end"]
    evidence: Final = _dip["evidence"]
    exact: Final = _dip["exact"]
    isoAlpha3: Final = _dip["isoAlpha3"]
    isoCode: Final = _dip["isoCode"]
    kind: Final = _dip["kind"]
    language: Final = _dip["language"]
    member: Final = _dip["member"]
    mention: Final = _dip["mention"]
    mentionKind: Final = _dip["mentionKind"]
    name: Final = _dip["name"]
    office: Final = _dip["office"]
    officeAsWritten: Final = _dip["officeAsWritten"]
    onBehalfOf: Final = _dip["onBehalfOf"]
    organizationAsWritten: Final = _dip["organizationAsWritten"]
    participant: Final = _dip["participant"]
    participation: Final = _dip["participation"]
    party: Final = _dip["party"]
    published: Final = _dip["published"]
    publisher: Final = _dip["publisher"]
    refersTo: Final = _dip["refersTo"]
    reportedBy: Final = _dip["reportedBy"]
    reports: Final = _dip["reports"]
    rule: Final = _dip["rule"]
    seat: Final = _dip["seat"]
    sentence: Final = _dip["sentence"]
    sha256: Final = _dip["sha256"]
    side: Final = _dip["side"]
    speaker: Final = _dip["speaker"]
    start: Final = _dip["start"]
    status: Final = _dip["status"]
    text: Final = _dip["text"]
    title: Final = _dip["title"]
    topic: Final = _dip["topic"]
    trigger: Final = _dip["trigger"]
    type: Final = _dip["type"]
    url: Final = _dip["url"]
    venue: Final = _dip["venue"]
    venueMention: Final = _dip["venueMention"]
    words: Final = _dip["words"]


class PROV:
    """The terms of PROV-O that tell of a run."""

    Activity: Final = _prov["Activity"]
    Entity: Final = _prov["Entity"]
    SoftwareAgent: Final = _prov["SoftwareAgent"]
    endedAtTime: Final = _prov["endedAtTime"]
    used: Final = _prov["used"]
    wasAssociatedWith: Final = _prov["wasAssociatedWith"]
    wasGeneratedBy: Final = _prov["wasGeneratedBy"]


class RDF:
    """The terms of RDF that the graph uses."""

    first: Final = _Namespace("rdf")["first"]
    langString: Final = _Namespace("rdf")["langString"]
    nil: Final = _Namespace("rdf")["nil"]
    rest: Final = _Namespace("rdf")["rest"]
    type: Final = _Namespace("rdf")["type"]


class RDFS:
    """The terms of RDF Schema that the graph uses."""

    Class: Final = _rdfs["Class"]
    label: Final = _rdfs["label"]
    subClassOf: Final = _rdfs["subClassOf"]


class SH:
    """The terms of SHACL that validation knows."""

    BlankNode: Final = _sh["BlankNode"]
    BlankNodeOrIRI: Final = _sh["BlankNodeOrIRI"]
    BlankNodeOrLiteral: Final = _sh["BlankNodeOrLiteral"]
    ClassConstraintComponent: Final = _sh["ClassConstraintComponent"]
    DatatypeConstraintComponent: Final = _sh["DatatypeConstraintComponent"]
    IRI: Final = _sh["IRI"]
    IRIOrLiteral: Final = _sh["IRIOrLiteral"]
    InConstraintComponent: Final = _sh["InConstraintComponent"]
    Info: Final = _sh["Info"]
    LessThanConstraintComponent: Final = _sh["LessThanConstraintComponent"]
    Literal: Final = _sh["Literal"]
    MaxCountConstraintComponent: Final = _sh["MaxCountConstraintComponent"]
    MaxExclusiveConstraintComponent: Final = _sh["MaxExclusiveConstraintComponent"]
    MaxInclusiveConstraintComponent: Final = _sh["MaxInclusiveConstraintComponent"]
    MaxLengthConstraintComponent: Final = _sh["MaxLengthConstraintComponent"]
    MinCountConstraintComponent: Final = _sh["MinCountConstraintComponent"]
    MinExclusiveConstraintComponent: Final = _sh["MinExclusiveConstraintComponent"]
    MinInclusiveConstraintComponent: Final = _sh["MinInclusiveConstraintComponent"]
    MinLengthConstraintComponent: Final = _sh["MinLengthConstraintComponent"]
    NodeKindConstraintComponent: Final = _sh["NodeKindConstraintComponent"]
    NodeShape: Final = _sh["NodeShape"]
    OrConstraintComponent: Final = _sh["OrConstraintComponent"]
    PatternConstraintComponent: Final = _sh["PatternConstraintComponent"]
    PropertyShape: Final = _sh["PropertyShape"]
    SPARQLConstraintComponent: Final = _sh["SPARQLConstraintComponent"]
    UniqueLangConstraintComponent: Final = _sh["UniqueLangConstraintComponent"]
    ValidationReport: Final = _sh["ValidationReport"]
    ValidationResult: Final = _sh["ValidationResult"]
    Violation: Final = _sh["Violation"]
    Warning: Final = _sh["Warning"]
    class_: Final = _sh["class"]
    conforms: Final = _sh["conforms"]
    datatype: Final = _sh["datatype"]
    declare: Final = _sh["declare"]
    defaultValue: Final = _sh["defaultValue"]
    description: Final = _sh["description"]
    focusNode: Final = _sh["focusNode"]
    group: Final = _sh["group"]
    in_: Final = _sh["in"]
    lessThan: Final = _sh["lessThan"]
    maxCount: Final = _sh["maxCount"]
    maxExclusive: Final = _sh["maxExclusive"]
    maxInclusive: Final = _sh["maxInclusive"]
    maxLength: Final = _sh["maxLength"]
    message: Final = _sh["message"]
    minCount: Final = _sh["minCount"]
    minExclusive: Final = _sh["minExclusive"]
    minInclusive: Final = _sh["minInclusive"]
    minLength: Final = _sh["minLength"]
    name: Final = _sh["name"]
    namespace: Final = _sh["namespace"]
    nodeKind: Final = _sh["nodeKind"]
    or_: Final = _sh["or"]
    order: Final = _sh["order"]
    parameter: Final = _sh["parameter"]
    path: Final = _sh["path"]
    pattern: Final = _sh["pattern"]
    prefix: Final = _sh["prefix"]
    prefixes: Final = _sh["prefixes"]
    property: Final = _sh["property"]
    result: Final = _sh["result"]
    resultMessage: Final = _sh["resultMessage"]
    resultPath: Final = _sh["resultPath"]
    resultSeverity: Final = _sh["resultSeverity"]
    select: Final = _sh["select"]
    severity: Final = _sh["severity"]
    sourceConstraint: Final = _sh["sourceConstraint"]
    sourceConstraintComponent: Final = _sh["sourceConstraintComponent"]
    sourceShape: Final = _sh["sourceShape"]
    sparql: Final = _sh["sparql"]
    target: Final = _sh["target"]
    targetClass: Final = _sh["targetClass"]
    targetNode: Final = _sh["targetNode"]
    targetObjectsOf: Final = _sh["targetObjectsOf"]
    targetSubjectsOf: Final = _sh["targetSubjectsOf"]
    uniqueLang: Final = _sh["uniqueLang"]
    value: Final = _sh["value"]


class SKOS:
    """The terms of SKOS that the graph uses."""

    prefLabel: Final = _skos["prefLabel"]
    altLabel: Final = _skos["altLabel"]


class OWL:
    """The terms of OWL that the graph uses."""

    Class: Final = _Namespace("owl")["Class"]
    imports: Final = _Namespace("owl")["imports"]
    sameAs: Final = _Namespace("owl")["sameAs"]


class DCTERMS:
    """The terms of Dublin Core that the graph uses."""

    title: Final = _Namespace("dcterms")["title"]
    isReplacedBy: Final = _Namespace("dcterms")["isReplacedBy"]


class XSD:
    """The datatypes that the graph uses."""

    anyURI: Final = _xsd["anyURI"]
    boolean: Final = _xsd["boolean"]
    date: Final = _xsd["date"]
    dateTime: Final = _xsd["dateTime"]
    decimal: Final = _xsd["decimal"]
    gYear: Final = _xsd["gYear"]
    gYearMonth: Final = _xsd["gYearMonth"]
    integer: Final = _xsd["integer"]
    string: Final = _xsd["string"]


def node(local: str) -> NamedNode:
    """Give the IRI of a local id: 'person/mohammed-al-moghedi', 'country/SA'."""
    return NamedNode(ID + local)


def term(name: str) -> NamedNode:
    """Give the term of that name: the kinds, statuses and sides of the model are called as in RDF."""
    return NamedNode(ONTOLOGY + name)
