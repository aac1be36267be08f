"""A build on machines that are started by hand, as on a real cluster: here a scheduler and two workers of this one."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dask
import distributed
import pytest
import s3fs

from kg.engines import ENGINES, cluster
from kg.errors import KgError
from kg.pipeline import build, carrying, reading
from kg.resolution import weighing
from kg.store import Store
from kg.store.remote import Remote
from kg.store.sharding import Shards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from functools import partial

    Process = subprocess.Popen[bytes]

PEOPLE = ("Mario Rossi", "Maryo Rossi", "M. Rossi", "Ana Gil", "Anna Gil", "Jean Petit")
N_WORKERS = 2
ROOT = Path(__file__).parents[1]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(f"{json.dumps(article(n))}\n" for n in range(24)), encoding="utf-8")
    return path


def article(n: int) -> dict[str, str]:
    text = (
        f"The minister of Spain, {PEOPLE[n % 6]}, received the ambassador of Italy,"
        f" {PEOPLE[(n + 1 + n % 4) % 6]}, in Rome on {1 + n % 3} May 2024."
    )
    return {"id": f"a{n:02}", "text": text}


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    card = tmp_path_factory.mktemp("scheduler") / "card.json"
    with running("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", card):
        while not card.exists():
            time.sleep(0.05)
        address: str = json.loads(card.read_text(encoding="utf-8"))["address"]
        with dask.config.set({"scheduler-address": address}):
            yield address


@pytest.fixture
def workers(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Process]]:
    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(weighing, "BATCH", 5)
    with ExitStack() as stack, distributed.Client(scheduler) as client:
        command = ("worker", scheduler, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        processes = [stack.enter_context(running(*command)) for _ in range(N_WORKERS)]
        client.wait_for_workers(N_WORKERS)
        yield processes


@contextmanager
def running(*command: object) -> Iterator[Process]:
    program = Path(sys.executable).with_name("dask")
    process = subprocess.Popen([program, *map(str, command)], stderr=subprocess.DEVNULL)
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("work", ["_read_batch", "_weigh"])
def test_a_worker_that_dies_in_the_middle_costs_no_result(
    work: str, news: Path, workers: list[Process], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def carry(function: partial[Any], batches: Iterable[Any], *, jobs: int | None) -> Iterator[Any]:
        for n, result in enumerate(cluster.carry(function, batches, jobs=jobs)):
            if n == 1 and name_of(function) == work:
                workers[0].kill()
            yield result

    monkeypatch.setitem(ENGINES, "dask", carry)
    build([news], tmp_path / "there", engine="dask")
    build([news], tmp_path / "here", jobs=1)

    assert [worker.poll() is None for worker in workers] == [False, True]
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_worker_with_another_kg_is_told(
    news: Path, workers: list[Process], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "worker", lambda: "another")

    with pytest.raises(KgError, match="another version of kg - install the same"):
        build([news], tmp_path / "graph", engine="dask")
    assert workers


def test_a_cluster_without_workers_is_told(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 1)

    with pytest.raises(KgError, match=f"{scheduler}: the cluster has no workers - start some"):
        list(cluster.carry(abs, [-1, -2]))


def name_of(function: partial[Any]) -> str:
    """Name the work that `carrier` hands out."""
    work = function.args[1]  # after the version of kg
    return str(getattr(work, "func", work).__name__)


def contents(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in ("graph.ttl", "graph.trig")]


def test_the_page_on_clusters_is_right(
    s3: str, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    page = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    named = {"http://storage:9000": s3, "http://store:7878": elsewhere, "head": "127.0.0.1"}
    for name, found in (named | {"8786": port}).items():
        page = page.replace(name, found)
    install, scheduler, workers, commands = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    news = tmp_path / "news.jsonl"
    lines = (json.dumps(article(n)) for n in range(70))
    news.write_text("\n".join(lines), encoding="utf-8")
    s3fs.S3FileSystem().mkdir("news")
    s3fs.S3FileSystem().put_file(news, "news/articles/news.jsonl")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    assert "dipkg[cluster]" in install
    with shell(scheduler, tmp_path), shell(workers, tmp_path), shell(commands, tmp_path) as work:
        assert work.wait(120) == 0
    build([news], tmp_path / "here", jobs=1)
    with Store.open(tmp_path / "here") as store:
        found = Shards.find("s3://news/graph")
        assert found is not None
        assert found.mark == store.shard(tmp_path / "shards", 16).mark
        assert set(Remote(f"{elsewhere}/query").fetch()) == set(store)


@contextmanager
def shell(script: str, folder: Path) -> Iterator[Process]:
    """Run commands, and end with them all that they have started."""
    command = ["bash", "-ec", script]
    process = subprocess.Popen(command, cwd=folder, stderr=-3, stdout=-3, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
