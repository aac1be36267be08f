"""The terminal: results go to standard output, everything else to standard error."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(problem: object) -> None:
    """Tell a problem in one line of standard error."""
    err.print(Text(str(problem), style="red"))
