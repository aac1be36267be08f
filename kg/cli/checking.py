"""Whether a graph can be trusted: `kg validate`, `kg verify`, `kg rejected`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox

from kg.articles import read
from kg.cli.building import FOLDER
from kg.cli.screen import complain
from kg.cli.styled import out
from kg.errors import ArticleError, StoreError
from kg.model import Article
from kg.pipeline.publishing import REJECTED
from kg.store import Store
from kg.store.remote import fetch, is_endpoint
from kg.validation import rejections
from kg.validation import validate as judge
from kg.validation.report import Report
from kg.validation.verification import verify as check

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": Report.to_text,
    "ttl": Report.to_turtle,
    "json": Report.to_json,
    "html": Report.to_html,
}
_FORMAT = click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True
)


@click.command()
@click.argument("graphs", nargs=-1, required=True, metavar="GRAPH|FILE|URL...")
@_FORMAT
@click.option("--strict", is_flag=True, help="Exit with 1 where there are warnings, too.")
def validate(graphs: tuple[str, ...], form: str, *, strict: bool) -> int:
    """Check graphs, or files of RDF in our ontology, by the shapes.

    A violation exits with 1; warnings and infos are told and exit with 0.
    """
    reports = [_report(graph) for graph in graphs]
    for report in reports:
        out.print(FORMATS[form](report), markup=False, end="")
    warned = strict and any(report.counts["Warning"] for report in reports)
    return 1 if warned or not all(report.conforms for report in reports) else 0


@click.command()
@FOLDER
@_FORMAT
def rejected(folder: Path, form: str) -> int:
    """List what is not published, with the reason and the sentence; anything exits with 1."""
    Store.open(folder).close()
    path = folder / REJECTED
    findings = rejections(ox.parse(path=path)) if path.exists() else ()
    if not findings:
        out.print("Nothing is rejected.")
        return 0
    out.print(FORMATS[form](Report(findings)), markup=False, end="")
    return 1


@click.command()
@FOLDER
@click.option(
    "--articles",
    multiple=True,
    metavar="ARTICLES",
    help="Where the articles stand: they are read again and compared, hash by hash.",
)
def verify(folder: Path, articles: tuple[str, ...]) -> int:
    """Check that every quote stands where the graph says; each flaw is a line and exits with 1."""
    found = list(read(articles))
    for failure in found:
        if isinstance(failure, ArticleError):
            complain(failure)
    known = [article for article in found if isinstance(article, Article)] if articles else None
    with Store.open(folder) as store:
        flaws = check(store.quads, known)
    for flaw in flaws:
        out.print(str(flaw), markup=False)
    if not flaws:
        out.print("Every quote stands where the graph says.")
    return 1 if flaws or len(found) > len(known or ()) else 0


def _report(graph: str) -> Report:
    path = Path(graph)
    if is_endpoint(graph) or path.is_dir():
        store = fetch(graph)
        try:
            return judge(store.quads)
        except (OSError, RuntimeError) as error:  # what pyoxigraph makes of a broken file
            mend = f"build it again: kg build SOURCE -o {graph}"
            raise StoreError(path, f"it cannot be read: {error}", mend) from None
    try:
        return judge(path)
    except (OSError, SyntaxError, ValueError) as error:
        mend = "name a graph's folder, or a file of RDF (.ttl, .nt, .trig, .nq, .rdf, .jsonld)"
        raise StoreError(path, str(getattr(error, "strerror", None) or error), mend) from None
