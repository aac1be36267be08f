"""Servers in processes of their own, for tests and benchmarks: `kg serve`, and a SPARQL store by others."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
_PROGRAM = """
import logging, sys
from kg.server import Limits, serve

def main():
    logging.basicConfig(stream=sys.stderr, format="%(message)s")
    logging.getLogger("kg.server").setLevel(logging.INFO)
    options = eval(sys.argv[2])
    limits = Limits(**options.pop("limits", {}))
    serve(sys.argv[1], port=options.pop("port", 0), ready=lambda says: print(says, flush=True), limits=limits, **options)

if __name__ == "__main__":
    main()
"""


@contextlib.contextmanager
def served(folder: Path, **options: object) -> Iterator[str]:
    """Serve a graph's folder; gives the address, without a stroke at its end."""
    # Workers are spawned: they need a file to begin from, not `-c`.
    program = folder / "serve.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    log = folder / "serve.log"
    with (
        log.open("wb") as file,
        subprocess.Popen(
            [sys.executable, str(program), str(folder), repr(options)],
            stdout=subprocess.PIPE,
            stderr=file,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline().decode()
            assert line.startswith("http"), log.read_text(encoding="utf-8")
            yield line.split()[0].rstrip("/")
        finally:
            process.terminate()
            process.wait(10)


@contextlib.contextmanager
def oxigraph() -> Iterator[str]:
    """Start a real SPARQL server by others, empty, in memory."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "uv sync installs it"
    with socket.create_server(("127.0.0.1", 0)) as free:
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen(
        [program, "serve", "--bind", host], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        try:
            next(line for line in process.stderr if "http://" in line)
            yield f"http://{host}"
        finally:
            process.terminate()
