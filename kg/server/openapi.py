"""What is not SPARQL, described for programs: OpenAPI 3.1, made from the questions themselves."""

from __future__ import annotations

from typing import Any

from kg.queries import Parameter, Question, questions
from kg.queries.parameters import TYPES

_FORMATS = ["html", "json", "csv", "tsv", "xml", "ttl", "nt", "rdf", "jsonld"]


def openapi() -> dict[str, Any]:
    """Describe the questions, the search and the pages of entities."""
    text = {"200": {"description": "The answer"}}
    paths: dict[str, Any] = {
        f"/questions/{name}": {"get": _operation(asked)} for name, asked in questions().items()
    }
    paths["/search"] = {
        "get": {
            "summary": "Find by name, in any script and spelling",
            "parameters": [_parameter("q", "a name", required=True)],
            "responses": text,
        }
    }
    paths["/id/{local}"] = {
        "get": {
            "summary": "What is known of an IRI, as HTML, Turtle, JSON-LD, N-Triples or RDF/XML",
            "parameters": [
                {**_parameter("local", "person/some-name", required=True), "in": "path"},
                _format(["ttl", "jsonld", "nt", "rdf"]),
            ],
            "responses": text | {"404": {"description": "Nothing is known of it"}},
        }
    }
    for path, summary in (("/health", "Whether queries are answered"), ("/metrics", "Counters")):
        paths[path] = {"get": {"summary": summary, "responses": text}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Diplomatic meetings", "version": "1"},
        "paths": paths,
    }


def _operation(asked: Question) -> dict[str, Any]:
    return {
        "summary": asked.words.get("en", asked.name),
        "operationId": asked.name,
        "parameters": [*map(_of, asked.parameters), _format(_FORMATS)],
        "responses": {
            "200": {"description": "The answer"},
            "400": {"description": "What is wrong, and how to mend it"},
        },
    }


def _of(parameter: Parameter) -> dict[str, Any]:
    words = TYPES[parameter.type].example
    required = not parameter.optional and parameter.default is None
    return _parameter(parameter.name, words, required=required)


def _parameter(name: str, words: str, *, required: bool) -> dict[str, Any]:
    schema = {"type": "string"}
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": words,
        "schema": schema,
    }


def _format(forms: list[str]) -> dict[str, Any]:
    schema = {"type": "string", "enum": forms}
    return {"name": "format", "in": "query", "required": False, "schema": schema}
