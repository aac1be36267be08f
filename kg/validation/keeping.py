"""Findings as lines of JSON: kept beside a graph, so that a change of little is validated in little time."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.model import Name
from kg.validation.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

_TERMS = {"focus", "shape", "component", "severity", "path", "value", "constraint"}


def dump(findings: Iterable[Finding]) -> str:
    """Write findings, terms as N-Triples has them."""
    return json.dumps([_row(each) for each in findings], ensure_ascii=False)


def load(text: str) -> tuple[Finding, ...]:
    """Read what `dump` wrote."""
    return tuple(_finding(row) for row in json.loads(text))


def _row(finding: Finding) -> dict[str, Any]:
    row = {field.name: getattr(finding, field.name) for field in fields(finding)}
    row = {name: value for name, value in row.items() if value is not None}
    row |= {name: str(row[name]) for name in _TERMS & row.keys()}
    row["messages"] = [[each.text, each.language] for each in finding.messages]
    if finding.sentence:
        row["sentence"] = [finding.sentence.text, finding.sentence.language]
    return row


def _finding(row: dict[str, Any]) -> Finding:
    row |= {name: _term(row[name]) for name in _TERMS & row.keys()}
    row["messages"] = tuple(Name(*each) for each in row["messages"])
    if "sentence" in row:
        row["sentence"] = Name(*row["sentence"])
    return Finding(**row)


def _term(text: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    [quad] = ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    return quad.object
