"""`kg serve`: the SPARQL endpoint and the pages over a graph's folder; for this machine, and for reading.

Queries run in processes that are ended when they take too long; this module only starts the server.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import resource
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from kg.errors import StoreError
from kg.server.application import Application
from kg.server.safety import Hurried
from kg.server.workers import Limits
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["Limits", "serve"]

_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


def serve(  # noqa: PLR0913 - each is an option of the command
    folder: str | os.PathLike[str],
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    token: str | None = None,
    names: Collection[str] = (),
    limits: Limits | None = None,
    n_workers: int | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a graph until interrupted; `ready` is told the address, and what is open to whom.

    A host other than this machine needs a `token`, and `names` by which others call it.
    """
    is_here = _is_loopback(host)
    if not is_here and not token:
        mend = "give one: --token, and every reader must say it"
        raise StoreError(host, "other machines could read this graph without a token", mend)
    Store.open(folder).close()
    n_workers = n_workers or max(4, os.cpu_count() or 1)
    application = Application(Path(folder), limits or Limits(), n_workers)
    hosts = {*_HERE, host.lower(), *(name.lower() for name in names)}
    _allow_connections()
    _keep_log()
    config = uvicorn.Config(
        application.asgi(hosts, token),
        http=Hurried,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
    )
    with _bound(host, port) as bound:
        if ready is not None:
            shown = f"[{host}]" if ":" in host else host
            readers = "this machine" if is_here else "all who know the token"
            ready(f"http://{shown}:{bound.getsockname()[1]}/ (for reading, open to {readers})")
        uvicorn.Server(config).run(sockets=[bound])


def _bound(host: str, port: int) -> socket.socket:
    """Take the port before the server starts, so that its address is known and a taken one is told."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=4096)
        # asyncio does so only where it made the socket: without it each answer waits 40 ms.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        what = f"port {port} cannot be taken: {error.strerror}"
        raise StoreError(host, what, "choose another: --port") from None
    return bound


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _keep_log() -> None:
    """Write what is asked to the standard error output, unless the program has a log of its own."""
    log = logging.getLogger("kg.server")
    if not logging.root.handlers and not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)


def _allow_connections() -> None:
    """Take as many open files as the system grants: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except (ValueError, OSError):
        logging.getLogger("kg.server").debug("the limit of open files stays as it is")
