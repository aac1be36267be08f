"""The terminal: results go to standard output, everything else to standard error."""

from __future__ import annotations

import click


def say(line: str) -> None:
    """Tell a result in one line."""
    click.echo(line)


def complain(problem: object) -> None:
    """Tell a problem in one line of standard error."""
    click.secho(str(problem), fg="red", err=True)
