"""A report of validation, and its four forms: words, Turtle, JSON and HTML."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.validation.findings import GRAVEST_FIRST, Finding, order
from kg.vocabulary import PREFIXES, RDF, SH, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import rdflib


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in a fixed order; `described` is what is said of shapes and paths without a name."""

    findings: tuple[Finding, ...]
    described: tuple[ox.Triple, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing violates a shape; warnings do not count."""
        return not any(finding.is_violation for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        found = Counter(finding.level for finding in self.findings)
        return {level: found[level] for level in levels(found)}

    @property
    def graph(self) -> rdflib.Graph:
        """The report as SHACL writes one."""
        from kg.rdflib_terms import to_rdflib_graph  # noqa: PLC0415 - rdflib takes 0.2 s to import

        return to_rdflib_graph(ox.Quad(*triple) for triple in self.triples())

    def triples(self) -> Iterator[ox.Triple]:
        """Write the report as SHACL does, in a fixed order."""
        yield from verdict(conforms=self.conforms)
        for finding, number in numbered(self.findings):
            yield from result(finding, number)
        yield from self.described

    def to_turtle(self, run: Iterable[ox.Triple] = ()) -> str:
        """Write the report as Turtle, after what is told of the run."""
        text = ox.serialize(
            chain(run, self.triples()), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES
        )
        assert text is not None
        return text.decode()

    def to_text(self, language: str = "en", *, limit: int | None = None) -> str:
        """Tell the findings in words, by shape, the gravest first; `limit` is how many of each shape."""
        parts = [summary(self.counts, conforms=self.conforms)]
        for level, shape, findings in self._by_shape():
            parts.append(heading(level, shape, len(findings)))
            shown = findings[:limit]
            parts += (in_words(finding, language) for finding in shown)
            if len(shown) < len(findings):
                parts.append(f"  ... and {len(findings) - len(shown)} more\n")
        return "".join(parts)

    def to_json(self) -> str:
        """Write the report as JSON, one object a finding."""
        found = {
            "conforms": self.conforms,
            "counts": self.counts,
            "findings": [_fields(finding) for finding in self.findings],
        }
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"

    def to_html(self, language: str = "en") -> str:
        """Write the report as one page that needs no other file."""
        parts = [
            f"<h2 class={escape(level)}>{escape(level)}: {escape(shape)} ({len(findings)})</h2>"
            f"<table>{''.join(_row(finding, language) for finding in findings)}</table>"
            for level, shape, findings in self._by_shape()
        ]
        verdict = "Conforms" if self.conforms else "Does not conform"
        counted = ", ".join(f"{level}: {n}" for level, n in self.counts.items())
        return _PAGE.format(
            language=language, verdict=verdict, counted=counted, body="\n".join(parts)
        )

    def _by_shape(self) -> Iterator[tuple[str, str, list[Finding]]]:
        by_shape = attrgetter("level", "shape_name")
        for (level, shape), group in groupby(sorted(self.findings, key=order), key=by_shape):
            yield level, shape, list(group)


_REPORT = ox.BlankNode("report")


def verdict(*, conforms: bool) -> Iterator[ox.Triple]:
    """Say as SHACL does whether a graph conforms."""
    said = ox.Literal("true" if conforms else "false", datatype=XSD.boolean)
    yield ox.Triple(_REPORT, RDF.type, SH.ValidationReport)
    yield ox.Triple(_REPORT, SH.conforms, said)


def numbered(findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
    """Tell of each finding how many like it came before: a fault of no single value may be there twice."""
    found: Counter[Finding] = Counter()
    for finding in findings:
        yield finding, found[finding]
        found[finding] += 1


def result(finding: Finding, number: int = 0) -> Iterator[ox.Triple]:
    """Say a finding as SHACL does; its node is named by what it says, whatever else is found."""
    digest = blake2b("\0".join(order(finding)).encode(), digest_size=8).hexdigest()
    node = ox.BlankNode(f"result-{digest}" + f"-{number}" * (number > 0))
    yield ox.Triple(_REPORT, SH.result, node)
    yield ox.Triple(node, RDF.type, SH.ValidationResult)
    for predicate, value in said_of(finding):
        yield ox.Triple(node, predicate, value)


def said_of(
    finding: Finding,
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    """Say a finding in the terms of SHACL."""
    yield SH.focusNode, finding.focus
    if finding.path is not None:
        yield SH.resultPath, finding.path
    if finding.value is not None:
        yield SH.value, finding.value
    for message in finding.messages:
        yield SH.resultMessage, ox.Literal(message.text, language=message.language or None)
    yield SH.resultSeverity, finding.severity
    yield SH.sourceConstraintComponent, finding.component
    if finding.constraint is not None:
        yield SH.sourceConstraint, finding.constraint
    yield SH.sourceShape, finding.shape


def levels(found: Iterable[str]) -> list[str]:
    """List the levels of severity that there are and those that are found, the gravest first."""
    known = [severity.value.rpartition("#")[2] for severity in GRAVEST_FIRST]
    return [*known, *sorted(set(found) - set(known))]


def summary(counts: Mapping[str, int], *, conforms: bool) -> str:
    """Tell in a line what is found."""
    counted = ", ".join(f"{n} {level.lower()}{'s' * (n != 1)}" for level, n in counts.items())
    return f"{'Conforms' if conforms else 'Does not conform'}: {counted}\n"


def heading(level: str, shape: str, n_findings: int) -> str:
    """Tell which shape the findings are of that follow."""
    return f"\n{level}: {shape} ({n_findings})\n"


def in_words(finding: Finding, language: str) -> str:
    """Tell a finding in two or three lines."""
    lines = [
        f"  {_short(finding.focus)}{_value(finding)}",
        f"    {finding.message(language)}",
    ]
    if finding.article:
        quote = f' "{_one_line(finding.sentence.text)}"' if finding.sentence else ""
        lines.append(f"    {_short(ox.NamedNode(finding.article))}{quote}")
    return "".join(f"{line}\n" for line in lines)


def _fields(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.level,
        "shape": finding.shape.value,
        "focus": finding.focus.value,
        "path": finding.path.value if finding.path else None,
        "value": finding.value.value if finding.value else None,
        "component": finding.component.value,
        "messages": {each.language: each.text for each in finding.messages},
        "article": finding.article,
        "sentence": finding.sentence.text if finding.sentence else None,
    }


def _row(finding: Finding, language: str) -> str:
    cells = [
        _short(finding.focus) + _value(finding),
        finding.message(language),
        _short(ox.NamedNode(finding.article)) if finding.article else "",
        finding.sentence.text if finding.sentence else "",
    ]
    return "<tr>" + "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in cells) + "</tr>"


def _value(finding: Finding) -> str:
    path = f" {_short(finding.path)}" if finding.path else ""
    if finding.value is None or finding.value == finding.focus:
        return path
    return f"{path} = {_one_line(_short(finding.value))}"


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    """Write a term in short: 'meeting/m1', 'dip:date', '"words"@en'."""
    if not isinstance(term, ox.NamedNode):
        return str(term)
    for prefix, namespace in _SHORT.items():
        if term.value.startswith(namespace):
            return f"{prefix}{term.value.removeprefix(namespace)}"
    return term.value


_SHORT = {"": "https://w3id.org/dipkg/id/"} | {f"{name}:": iri for name, iri in PREFIXES.items()}


def _one_line(text: str) -> str:
    return " ".join(text.split())


_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{verdict}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
td {{ border-top: 1px solid #ccc; padding: .3rem .6rem; vertical-align: top; overflow-wrap: anywhere }}
.Violation {{ color: #a40000 }} .Warning {{ color: #7a5200 }} .Info {{ color: #1f4e79 }}
</style>
<h1>{verdict}</h1>
<p>{counted}</p>
{body}
</html>
"""
