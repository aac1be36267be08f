"""Look at the reading of articles: `kg extract` shows it, `kg evaluate` scores it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import shorten
from typing import TYPE_CHECKING

import click
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kg import pipeline
from kg.articles import read
from kg.cli.screen import complain
from kg.cli.styled import out
from kg.errors import KgError
from kg.evaluation import evaluate as score
from kg.evaluation import read_labels
from kg.extractors import EXTRACTORS
from kg.extractors import extract as extract_article
from kg.model import Article, Mention, MentionKind, Participant
from kg.pipeline.asking import query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.evaluation import Evaluation, Miss
    from kg.model import MeetingMention, Reading, Statement

_STYLES = {
    MentionKind.PERSON: "bold cyan",
    MentionKind.ORGANIZATION: "bold blue",
    MentionKind.COUNTRY: "bold magenta",
    MentionKind.TITLE: "cyan",
    MentionKind.OFFICE: "yellow",
    MentionKind.DELEGATION: "blue",
    MentionKind.DATE: "green",
    MentionKind.CITY: "magenta",
    MentionKind.VENUE: "magenta",
    MentionKind.TOPIC: "bright_black",
    MentionKind.TRIGGER: "bold red",
    MentionKind.ACT: "red",
}


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--extractor", type=click.Choice(list(EXTRACTORS)), default="rules", show_default=True
)
def extract(sources: tuple[str, ...], extractor: str) -> int:
    """Show what is read in an article, and by which rule."""
    status = 0
    for article in read(sources):
        if isinstance(article, KgError):
            complain(article)
            status = 1
        else:
            _show(extract_article(article, extractor=extractor))
    return status


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("sources", nargs=-1, required=True, metavar="ARTICLES...")
@click.option("--misses", is_flag=True, help="Show each miss in its sentence.")
def evaluate(gold: Path, sources: tuple[str, ...], *, misses: bool) -> int:
    """Score what is read in articles against the labels in GOLD, a JSON object a line."""
    labels = list(read_labels(gold))
    with TemporaryDirectory() as folder:
        built = pipeline.build(sources, folder)
        for failure in built.failures:
            complain(failure)
        if not built.n_articles:
            return 2
        rows = [list(query(folder, name)) for name in ("meetings", "participants")]
    evaluation = score(labels, *rows)
    _show_figures(evaluation)
    if misses:
        articles = (found for found in read(sources) if isinstance(found, Article))
        texts = {article.id: article.text for article in articles}
        for miss in evaluation.misses:
            _show_miss(miss, texts.get(miss.article, ""))
    return 1 if built.failures else 0


def _show_figures(evaluation: Evaluation) -> None:
    table = Table("", box=None, header_style="bold")
    for language in evaluation.languages:
        for figure in (f"{language} P", "R", "F1"):
            table.add_column(figure, justify="right")
    table.add_column("gold", justify="right")
    for slot in dict.fromkeys(slot for _, slot in evaluation.tallies):
        tallies = [evaluation.tallies[language, slot] for language in evaluation.languages]
        figures = (f"{n:.3f}" for t in tallies for n in (t.precision, t.recall, t.f1))
        table.add_row(slot, *figures, str(tallies[-1].gold))
    out.print(table)


def _show_miss(miss: Miss, text: str) -> None:
    line = Text(f"{miss.article} {miss.slot}: ", style="bold")
    line.append(f"gold {miss.gold!r}, found {miss.found!r}", style="not bold")
    line.append(f" ({miss.near})" if miss.near else "", style="not bold")
    out.print(line)
    for words in (miss.near, miss.gold, miss.found):
        if words and words in text:
            start = text.index(words)
            left, right = max(0, start - 200), start + len(words) + 200
            context = Text("  ... " + " ".join(text[left:right].split()))
            context.highlight_words([words], "reverse")
            out.print(context)
            return


def _show(reading: Reading) -> None:
    article = reading.article
    records = (*reading.meetings, *reading.statements)
    text = Text(article.text)
    for _, mention in chain.from_iterable(map(_slots, records)):
        text.stylize(_STYLES.get(mention.kind, ""), mention.start, mention.end)
    out.rule(escape(f"{article.id} ({article.language})"), align="left")
    out.print(text)
    for meeting in reading.meetings:
        out.print(f"\n{meeting.status} {meeting.kind}, read by {meeting.rule}", style="bold")
        _show_slots(meeting)
    for statement in reading.statements:
        out.print(f"\nstatement, read by {statement.rule}", style="bold")
        _show_slots(statement)
    if not records:
        out.print("\nNo meeting and no statement is read in this article.")


def _show_slots(record: MeetingMention | Statement) -> None:
    for slot, mention in _slots(record):
        words = shorten(mention.text, 100, placeholder=" ...")
        line = Text(f"  {slot:22} {mention.start:>6} {mention.end:>6}  ")
        line.append(words, _STYLES.get(mention.kind))
        line.append(f" = {mention.value}" if mention.value else "")
        out.print(line)


def _slots(record: object, name: str = "") -> Iterator[tuple[str, Mention]]:
    """Name every mention of a record by the field that it stands in."""
    if isinstance(record, Mention):
        yield name, record
    elif isinstance(record, tuple):
        for part in record:
            yield from _slots(part, name)
    elif is_dataclass(record):
        if isinstance(record, Participant):
            name = f"{record.side or 'party'}: "
        for field in fields(record):
            part = getattr(record, field.name)
            label = field.name.replace("_", " ").replace("mention", "name")
            yield from _slots(part, f"{name}{label}")
