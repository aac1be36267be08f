"""Who is who: `kg explain` says why, `kg review` asks where it is unsure and obeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from kg.cli.building import FOLDER, conclude
from kg.cli.screen import complain
from kg.cli.styled import out
from kg.pipeline import asking
from kg.resolution.decisions import Decision, Word, local

if TYPE_CHECKING:
    from pathlib import Path

    from kg.resolution.explain import Explanation, Told
    from kg.resolution.review import Sight, Uncertain

_UNDO = "undo"
_KEYS = {"s": Word.SAME, "d": Word.DIFFERENT}


@click.command()
@FOLDER
@click.argument("name", metavar="NAME|ID")
def explain(folder: Path, name: str) -> int:
    """Tell why a person, an organization or a meeting is one: every mention, its reasons, its sentence."""
    found = asking.explain(folder, name)
    if not found:
        complain(
            f"{name}: nobody and nothing in the graph has this name or id - see: kg query {folder}"
        )
    for explanation in found:
        _show(explanation)
    return 0 if found else 1


@click.command()
@FOLDER
@click.argument(
    "decision", required=False, type=click.Choice([*(word.value for word in Word), _UNDO])
)
@click.argument("subject", required=False)
@click.argument("object_", required=False, metavar="[OBJECT]")
@click.option("--language", default="", help="Of a name that you decide.")
@click.option("--limit", default=20, show_default=True, help="How many pairs to list.")
@click.option("--ask", is_flag=True, help="Go through the pairs and decide each by a key.")
def review(  # noqa: PLR0913 - each is what a user types
    folder: Path,
    decision: str | None,
    subject: str | None,
    object_: str | None,
    *,
    language: str,
    limit: int,
    ask: bool,
) -> int:
    """List the pairs that are least sure, or decide: same A B, different A B, name A WORDS, id A WORD, undo A B.

    A and B are names, ids or mentions, as the list shows them. Decisions stand in decisions.csv in the
    graph's folder, and every later build obeys them.
    """
    if decision is None:
        pairs = asking.review(folder)[:limit]
        made = _ask(pairs) if ask else []
        if not ask:
            _list(pairs)
        return conclude(asking.decide(folder, *made)) if made else 0
    if not (subject and object_):
        what = f"{decision} needs a subject and an object"
        raise click.UsageError(what)
    if decision == _UNDO:
        return conclude(asking.undo(folder, local(subject), local(object_)))
    made = [Decision(Word(decision), local(subject), local(object_), language)]
    return conclude(asking.decide(folder, *made))


def _show(explanation: Explanation) -> None:
    thing = explanation.of
    names = getattr(thing, "names", ())
    called = ", ".join(name.text for name in names)
    out.print(Text(f"{thing.id}  {called}".rstrip(), style="bold"))
    for told in explanation.told:
        _show_told(told)


def _show_told(told: Told) -> None:
    link = told.link
    start, end = link.mention.start, link.mention.end
    out.print(Text(f"\n  {link.mention.text}  {link.score:.2f}  {link.article} {start}-{end}"))
    for reason in link.because:
        out.print(Text(f"    {reason}", style="cyan"))
    sentence = Text(f"    {' '.join(told.sentence.split())}", style="bright_black")
    sentence.highlight_words([link.mention.text], "bold")
    out.print(sentence)


def _list(pairs: tuple[Uncertain, ...]) -> None:
    for pair in pairs:
        _show_pair(pair)
    if not pairs:
        out.print("No pair is unsure.")


def _ask(pairs: tuple[Uncertain, ...]) -> list[Decision]:
    """Let the user decide pair by pair; what was decided before quitting counts."""
    made = []
    for pair in pairs:
        _show_pair(pair)
        prompt = "[s]ame, [d]ifferent, [n]ext, [q]uit"
        key = click.prompt(prompt, type=click.Choice("sdnq"), show_choices=False)
        if key == "q":
            break
        if key in _KEYS:
            made.append(pair.decide(_KEYS[key]))
    return made


def _show_pair(pair: Uncertain) -> None:
    taken = "one now" if pair.is_merged else "two now"
    out.print(Text(f"{pair.score:.2f}  {pair.a.name}  ~  {pair.b.name}  ({taken})", style="bold"))
    for sight in (pair.a, pair.b):
        _show_sight(sight)
    for reason in pair.because:
        out.print(Text(f"    {reason}", style="cyan"))
    out.print()


def _show_sight(sight: Sight) -> None:
    out.print(Text(f"  {sight.mention}  {sight.entity}"))
    sentence = Text(f"    {' '.join(sight.sentence.split())}", style="bright_black")
    sentence.highlight_words([sight.name], "bold")
    out.print(sentence)
