"""What a stranger may send: it is refused or limited, and the others are served."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from kg.server.tasks import Refusal
from kg.server.workers import Limits, Pool
from kg.store import Store

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "benchmarks")]
import synthetic  # noqa: E402 - tests are no package
from served import served  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

LIGHT = {"query": "ASK { ?m a dip:Meeting }"}
ENDLESS = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}
# Sorting keeps every row in memory.
GREEDY = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"}
LARGE = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    Store.create(folder, synthetic.quads(60)).close()
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    limits = {"seconds": 2.0, "memory": 300_000_000, "answer": 2_000_000, "waiting": 3.0}
    with served(folder, n_workers=3, limits=limits) as address:
        httpx.get(f"{address}/health", timeout=20)
        yield address


def ask(server: str, query: dict[str, str], **options: object) -> httpx.Response:
    return httpx.get(f"{server}/sparql", params=query, timeout=30, **options)  # type: ignore[arg-type]  # httpx's options


def connected(server: str) -> socket.socket:
    host, port = server.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def test_a_query_that_never_ends_is_ended_and_the_others_go_on(server: str) -> None:
    answers: list[httpx.Response] = []
    endless = [threading.Thread(target=lambda: answers.append(ask(server, ENDLESS))) for _ in "ab"]
    started = time.perf_counter()
    for thread in endless:
        thread.start()
    time.sleep(0.3)

    light = ask(server, {"query": "ASK { ?s a dip:Person }"})
    seconds = time.perf_counter() - started

    assert (light.status_code, seconds < 1.5) == (200, True)
    for thread in endless:
        thread.join()
    assert time.perf_counter() - started < 6
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "stopped after 2 seconds" in answers[0].text
    assert ask(server, LIGHT).status_code == 200


def test_a_query_that_wants_too_much_memory_is_ended(server: str) -> None:
    answer = ask(server, GREEDY)

    assert answer.status_code == 503
    assert "stopped" in answer.text
    assert ask(server, LIGHT).status_code == 200


def test_a_fault_of_ours_is_not_laid_on_memory(folder: Path) -> None:
    async def fail() -> Refusal:
        pool = Pool(folder, Limits(), 1)
        pool.start()
        try:
            with pytest.raises(Refusal) as refused:
                await pool.do("a task that is not there", {})
        finally:
            pool.stop()
        return refused.value

    refusal = asyncio.run(fail())

    assert (refusal.status, "memory" in refusal.what, "MB" in refusal.what) == (500, False, False)


def test_an_answer_that_is_too_large_is_refused_not_cut(server: str) -> None:
    answer = ask(server, LARGE)

    assert (answer.status_code, "add LIMIT" in answer.text) == (413, True)


def test_no_other_server_is_called(server: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.3)
        url = f"http://127.0.0.1:{other.getsockname()[1]}/"
        answers = [
            ask(server, {"query": f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"}),
            ask(server, {"query": f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}"}),
            ask(server, {"query": f"ASK FROM <{url}> {{ ?s ?p ?o }}"}),
            ask(server, {"query": "ASK {}", "default-graph-uri": url}),
            ask(server, {"query": f"LOAD <{url}>"}),
        ]
        with pytest.raises(TimeoutError):
            other.accept()

    assert [answer.status_code for answer in answers] == [400, 400, 200, 200, 400]


@pytest.mark.parametrize(
    ("method", "content", "headers", "status"),
    [
        ("POST", b"update=CLEAR+ALL", {"content-type": "application/x-www-form-urlencoded"}, 403),
        ("POST", b"CLEAR ALL", {"content-type": "application/sparql-update"}, 403),
        ("POST", b"ASK {}", {"content-type": "text/plain"}, 415),
        ("POST", b"ASK {}", {}, 415),
        ("POST", b"ASK { \xff }", {"content-type": "application/sparql-query"}, 400),
        ("POST", b"query=%FF", {"content-type": "application/x-www-form-urlencoded"}, 400),
        ("POST", b"query=ASK", {"content-type": "application/x-www-form-urlencoded"}, 400),
        ("PUT", b"ASK {}", {"content-type": "application/sparql-query"}, 405),
        ("DELETE", b"", {}, 405),
    ],
)
def test_what_is_no_query_is_refused(
    server: str, method: str, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = httpx.request(method, f"{server}/sparql", content=content, headers=headers)

    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("query", ["query=ASK%20%7B%7D&query=ASK%20%7B%7D", "query=%FF", "query=a"])
def test_what_is_no_query_is_refused_in_an_address(server: str, query: str) -> None:
    assert httpx.get(f"{server}/sparql?{query}").status_code == 400


def test_a_query_of_50_megabytes_is_refused(server: str) -> None:
    headers = {"content-type": "application/sparql-query"}
    try:
        answer = httpx.post(f"{server}/sparql", content=b"#" * 50_000_000, headers=headers)
        assert answer.status_code == 413
    except httpx.WriteError:
        # The server has hung up before it heard all.
        pass

    assert ask(server, LIGHT).status_code == 200


@pytest.mark.parametrize("start", [b"GET /?q=", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "])
def test_an_address_or_a_header_without_end_is_cut_off(server: str, start: bytes) -> None:
    with connected(server) as line, contextlib.suppress(ConnectionError):
        line.sendall(start + b"a" * 5_000_000)
        assert not line.recv(100)

    assert ask(server, LIGHT).status_code == 200


def test_deep_nesting_does_no_harm(server: str) -> None:
    deep = "{" * 20_000 + "}" * 20_000
    headers = {"content-type": "application/sparql-query"}

    answer = httpx.post(f"{server}/sparql", content=f"SELECT * {deep}", headers=headers, timeout=30)

    assert answer.status_code in {400, 503}
    assert ask(server, LIGHT).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../workers.py", "/static/%2e%2e/workers.py", "/static/..%2fworkers.py"),
        *("/id/../../etc/passwd", "/id/%2e%2e/%2e%2e/etc/passwd", "/questions/..%2f..%2fREADME"),
        *("/id/a%00b", '/id/a b<>"{}', "/../../etc/passwd", "/questions/x.rq"),
    ],
)
def test_no_path_leads_out(server: str, path: str) -> None:
    with connected(server) as line:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        line.sendall(head.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))

    assert re.match(rb"HTTP/1.1 (404|400) ", answer)
    assert b"root:" not in answer
    assert b"import" not in answer


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", ""])
def test_a_forged_host_is_refused(server: str, host: str) -> None:
    assert httpx.get(f"{server}/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "LOCALHOST:8000", "[::1]:80"])
def test_the_names_of_this_machine_are_known(server: str, host: str) -> None:
    assert httpx.get(f"{server}/", headers={"host": host}).status_code == 200


def test_a_thousand_half_open_connections_keep_nobody_out(server: str) -> None:
    lines = [connected(server) for _ in range(1000)]
    try:
        for line in lines:
            line.sendall(b"GET / HT")
        started = time.perf_counter()

        assert ask(server, LIGHT).status_code == 200
        assert time.perf_counter() - started < 2
    finally:
        for line in lines:
            line.close()


def test_the_log_is_one_line_a_request(server: str, folder: Path) -> None:
    ask(server, {"query": "ASK {\n # forged\r\nGET / 200 }"})

    lines = (folder / "serve.log").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in lines if "forged" in line]
    assert re.match(r"GET /sparql 400 \d+ ms \d+ B ASK \{ # forged GET / 200 \}$", line)
