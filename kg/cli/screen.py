"""The terminal: results go to standard output, everything else to standard error."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

# A file has no width; a table in it may be wider than most terminals.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(problem: object) -> None:
    """Tell a problem in one line of standard error."""
    err.print(Text(str(problem), style="red"))
