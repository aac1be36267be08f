"""Tables and styled words on the terminal, for commands that show such: rich takes 0.1 s to import."""

from __future__ import annotations

import sys

from rich.console import Console

# A file has no width; a table in it may be wider than most terminals.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)
err = Console(stderr=True, highlight=False, soft_wrap=True)
