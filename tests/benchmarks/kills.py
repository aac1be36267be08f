"""Kill builds, additions and removals at random moments: the graph is the one before or the one after.

`python tests/benchmarks/kills.py [50]` on the seeds; prints where it was killed and what was found.
"""

from __future__ import annotations

import collections
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from kg.pipeline import build
from kg.store import Store

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
FEW, GONE = SEEDS[:3], SEEDS[3:]
PROGRAM = """
import sys
from pathlib import Path
from kg import pipeline

def main():
    work, folder, *names = sys.argv[1:]
    print("begun", flush=True)
    if work == "build":
        pipeline.build(names, folder)
    elif work == "add":
        pipeline.add(folder, names)
    else:
        pipeline.remove(folder, [Path(name).stem for name in names])

if __name__ == "__main__":
    main()
"""
Content = frozenset[object]


def main() -> None:
    """Kill so many times; exits 1 if any state was neither."""
    n_kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    chance = random.Random(0)  # noqa: S311 - chance must repeat here
    found: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder, program = Path(name) / "graph", Path(name) / "work.py"
        program.write_text(PROGRAM, encoding="utf-8")
        started = time.perf_counter()
        build(SEEDS, folder)
        seconds = time.perf_counter() - started
        whole = content(folder)
        build(FEW, folder)
        part = content(folder)
        for _ in range(n_kills):
            before = content(folder)
            names = GONE if before == part else []
            work, sources = chance.choice(
                [("add", names or GONE), ("remove", GONE), ("build", SEEDS), ("build", FEW)]
            )
            run_and_kill(
                program, [work, str(folder), *map(str, sources)], chance.uniform(0, seconds * 1.5)
            )
            after = content(folder)
            state = (
                "before" if after == before else "after" if after in {whole, part} else "NEITHER"
            )
            found[f"{work}: {state}"] += 1
    for state, n in sorted(found.items()):
        Console().print(f"{n:3} {state}")
    sys.exit(any("NEITHER" in state for state in found))


def run_and_kill(program: Path, arguments: list[str], moment: float) -> None:
    """Let a process begin, and kill it some moments later, if it is still there."""
    command = [sys.executable, str(program), *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        process.kill()


def content(folder: Path) -> Content:
    """Read all that a graph's folder holds."""
    with Store.open(folder) as store:
        return frozenset(store)


if __name__ == "__main__":
    main()
