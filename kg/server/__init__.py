"""`kg serve`: the SPARQL endpoint and the pages over a graph's folder; for this machine, and for reading.

Queries run in processes that are ended when they take too long; this module only starts the server.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import resource
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
    config = uvicorn.Config(
        application.asgi(hosts, token),
        host=host,
        port=port,
        http=Hurried,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=None,
        backlog=4096,
        ws="none",
        interface="asgi3",
    )
    server = _Server(config, ready, "this machine" if is_here else "all who know the token")
    server.run()


class _Server(uvicorn.Server):
    """A server that says when it is there."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[str], None] | None, readers: str
    ) -> None:
        super().__init__(config)
        self._ready, self._readers = ready, readers

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # list is invariant
        await super().startup(sockets)  # type: ignore[arg-type]  # as above
        if not self.started:
            raise StoreError(self.config.port, "this port is taken", "choose another: --port")
        if self._ready is not None:
            [port, *_] = [s.getsockname()[1] for each in self.servers for s in each.sockets]
            host = f"[{self.config.host}]" if ":" in self.config.host else self.config.host
            self._ready(f"http://{host}:{port}/ (for reading, open to {self._readers})")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _allow_connections() -> None:
    """Take as many open files as the system grants: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except (ValueError, OSError):
        logging.getLogger("kg.server").debug("the limit of open files stays as it is")
