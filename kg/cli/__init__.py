"""The verbs of the library as commands. Only here is anything printed.

Exit status: 0 fine, 1 findings (articles not read, violations, differences), 2 misuse.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import NoReturn

import click

from kg.cli.screen import complain
from kg.errors import KgError

# In the order of work, each with the module that holds it: a command loads no other's libraries.
COMMANDS = {
    "build": "building",
    "add": "building",
    "remove": "building",
    "query": "asking",
    "export": "asking",
    "validate": "checking",
    "verify": "checking",
    "rejected": "checking",
    "explain": "deciding",
    "review": "deciding",
    "serve": "serving",
    "load": "serving",
    "extract": "reading",
    "evaluate": "reading",
}
MISUSE = 2
INTERRUPTED = 130
_GARBAGE = 200_000  # objects


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"kg.cli.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dipkg")
def kg() -> None:
    """Build and ask a knowledge graph of diplomatic meetings, read from press releases."""


def main() -> NoReturn:
    """Run the command line; whatever a user can mend is told in one line."""
    # Known names are a hundred thousand objects that stay: to look through them for garbage, as
    # often as Python does, takes a quarter of a short run.
    gc.set_threshold(_GARBAGE)
    try:
        status = kg.main(prog_name="kg", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        status = exit_.exit_code
    except click.ClickException as misuse:
        misuse.show()
        status = MISUSE
    except KgError as error:
        complain(error)
        status = MISUSE
    except (KeyboardInterrupt, click.Abort):
        complain("interrupted")
        status = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has closed it, as `head` does: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)
