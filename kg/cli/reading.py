"""Look at the reading of articles: `kg extract` shows it, `kg evaluate` scores it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from itertools import chain
from textwrap import shorten
from typing import TYPE_CHECKING

import click
from rich.markup import escape
from rich.text import Text

from kg.articles import read
from kg.cli.screen import complain, out
from kg.errors import KgError
from kg.extractors import EXTRACTORS
from kg.extractors import extract as extract_article
from kg.model import Mention, MentionKind, Participant

if TYPE_CHECKING:
    from collections.abc import Iterator

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
