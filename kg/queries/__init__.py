"""The questions of queries/, by name. To add one: its file, and its answer on the seeds in tests/answers/."""

from __future__ import annotations

import difflib
import itertools
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.queries.names import Names
from kg.queries.parameters import TYPES, value
from kg.queries.questions import Parameter, Question
from kg.queries.results import Result, named
from kg.resources import QUERIES

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from kg.queries.names import Askable, Matcher

__all__ = ["Names", "Parameter", "Question", "Result", "ask", "question", "questions"]


@cache
def questions() -> dict[str, Question]:
    """Read all questions, by name."""
    return {path.stem: Question.read(path) for path in sorted(QUERIES.glob("*.rq"))}


def question(name: str | os.PathLike[str]) -> Question:
    """Give a question by its name, or read one from a .rq file."""
    path = Path(name)
    if path.suffix == ".rq":
        return Question.read(path)
    known = questions()
    if str(name) not in known:
        close = difflib.get_close_matches(str(name), known, n=3) or list(known)
        raise QueryError(name, "no question has this name", f"ask one of: {', '.join(close)}")
    return known[str(name)]


def ask(
    store: Askable,
    name: str | os.PathLike[str],
    values: Mapping[str, str] | None = None,
    *,
    language: str = "en",
    matcher: Matcher | None = None,
) -> Result:
    """Answer a question by name or file; `values` are as a user writes them, names in any script.

    `matcher` judges from 0 to 1 whether two names can be one person's. Names in tables are in `language`.
    """
    return answer(question(name), values or {}, Names(store, matcher), language=language)


def answer(
    asked: Question,
    values: Mapping[str, str],
    names: Names,
    *,
    language: str | None = "en",
    most: int | None = None,
) -> Result:
    """Answer a question, with the names of a store that are read already; of `most` rows.

    Without a `language`, nothing in it is named: programs need no names.
    """
    known = {parameter.name: parameter for parameter in asked.parameters}
    for name in values:
        if name not in known:
            mend = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(asked.name, f"it has no parameter {name!r}", mend)
    bound = {}
    for parameter in asked.parameters:
        text = values.get(parameter.name) or parameter.default
        if text:
            where = f"{asked.name} {parameter.name}"
            bound[parameter.name] = value(text, parameter.type, where, names)
        elif not parameter.optional:
            mend = f"say {parameter.name}=..., {example(parameter)}"
            raise QueryError(asked.name, f"which {parameter.name}?", mend)
    result = Result.of(names.store.query(asked.bind(bound)), most=most)
    if language is None:
        return result
    taken = itertools.chain.from_iterable(bound.values())
    say = result.with_labels(named(names.store, itertools.chain(result.terms, taken), language))
    given = {name: tuple(map(say.words, bound[name])) for name in values if name in bound}
    # Who wrote a name as we do knows for whom it is taken.
    return replace(say, given={k: taken for k, taken in given.items() if values[k] not in taken})


def example(parameter: Parameter) -> str:
    """Say what a value of a parameter looks like."""
    known = TYPES.get(parameter.type)
    return f"for example {known.example}" if known else parameter.type
