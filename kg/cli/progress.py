"""How far the work is, on a terminal and where it takes long."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.pipeline import Watch

# What is done in less has no need of a bar, nor of the time that it takes to load one.
_LONG = 0.5  # seconds


@contextmanager
def progress() -> Iterator[Watch]:
    """Watch over some work."""
    started = time.monotonic()
    with ExitStack() as shown:

        @cache
        def bar() -> Callable[..., None]:
            return shown.enter_context(_bar())

        def watch(stage: str, n_articles: int, share: float) -> None:
            seconds = time.monotonic() - started
            if seconds < _LONG or not sys.stderr.isatty():
                return
            told = f"{n_articles:,} articles, {n_articles / seconds:,.0f}/s"
            is_counted = stage == "reading"
            bar()(
                description=stage,
                total=1.0 if is_counted else None,
                completed=share,
                told=told if is_counted else "",
            )

        yield watch


@contextmanager
def _bar() -> Iterator[Callable[..., None]]:
    from rich import progress as rich  # noqa: PLC0415 - 0.1 s

    from kg.cli.styled import err  # noqa: PLC0415

    columns = (
        rich.SpinnerColumn(),
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.TextColumn("{task.fields[told]}"),
        rich.TimeRemainingColumn(),
    )
    with rich.Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task("reading", total=1.0, told="")
        yield lambda **fields: shown.update(task, **fields)
