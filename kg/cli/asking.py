"""Ask a graph and write it elsewhere: `kg query`, `kg export`."""

from __future__ import annotations

import sys

import click
from rich.table import Table

from kg.cli.styled import err, out
from kg.errors import QueryError
from kg.exporters import EXPORTERS
from kg.exporters import export as write
from kg.pipeline.asking import query as answer
from kg.queries import questions
from kg.store.remote import fetch, reach

_FORMATS = ("table", "json", "csv", "tsv", "xml", "ttl", "nt", "rdf", "jsonld")
_GRAPH = click.argument("graph", metavar="GRAPH|URL")


@click.command()
@_GRAPH
@click.argument("question", required=False, metavar="[QUESTION]")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("--language", default="en", show_default=True, help="Of the names in tables.")
def query(
    graph: str, question: str | None, values: tuple[str, ...], form: str, language: str
) -> None:
    """Answer a question by its name, or the SPARQL of a .rq file; without either, list the questions."""
    if question is None:
        with reach(graph):
            pass
        _list_questions(language)
        return
    answered = answer(graph, question, language=language, **_pairs(question, values))
    if form == "table":
        out.print(answered.table())
        err.print(answered.explanation(), end="\n" if answered.explanation() else "")
    else:
        sys.stdout.buffer.write(answered.serialize(form))
        sys.stdout.buffer.flush()


@click.command(help=f"Write a graph into a file; its suffix says how: {' '.join(EXPORTERS)}.")
@_GRAPH
@click.argument("file", metavar="FILE|FOLDER")
@click.option(
    "--sparql", is_flag=True, help="Let the page answer SPARQL by itself, offline (.html)."
)
@click.option(
    "--shards",
    type=click.IntRange(1, 9999),
    help="Write a folder of so many files of N-Quads, on this machine or like s3://bucket/graph.",
)
def export(graph: str, file: str, *, sparql: bool, shards: int | None) -> None:
    """Write a graph into a file, or into a folder of many."""
    with fetch(graph) as store:
        write(store, file, sparql=sparql, shards=shards)
    out.print(f"{file} is written.")


def _pairs(question: str, values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if "=" not in value:
            raise QueryError(question, f"{value!r} names no parameter", "write NAME=VALUE")
    return dict(value.split("=", 1) for value in values)


def _list_questions(language: str) -> None:
    table = Table("question", "asks", "with", header_style="bold")
    for name, question in questions().items():
        taken = (f"[{p.name}]" if p.optional or p.default else p.name for p in question.parameters)
        asks = question.words.get(language) or question.words["en"]
        table.add_row(name, asks, " ".join(taken).replace("[", r"\["))
    out.print(table)
