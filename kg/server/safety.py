"""What surrounds every request: who may ask, how long they may take, what a page may do, and a line in the log."""

from __future__ import annotations

import hmac
import logging
import time
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.server.metrics import Metrics

LOG = logging.getLogger("kg.server")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_MOST_WORDS = 300


class Guard:
    """Let through whom the host and the token allow; add the policy to what goes out; write the log."""

    def __init__(
        self, app: ASGIApp, hosts: Collection[str], token: str | None, metrics: Metrics
    ) -> None:
        """Surround an application; an empty `hosts` allows any."""
        self._app, self._hosts, self._token, self._metrics = app, frozenset(hosts), token, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, seen = time.perf_counter(), {"status": 500, "bytes": 0}

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                known = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (n.encode(), v.encode())
                        for n, v in _HEADERS.items()
                        if n.encode() not in known
                    ),
                ]
            else:
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        try:
            if not self._is_for_us(headers):
                await _say(watched, 421, "this server does not answer for that host")
            elif not self._may(headers):
                await _say(watched, 401, "say the token: Authorization: Bearer ...")
            else:
                await self._app(scope, receive, watched)
        finally:
            seconds = time.perf_counter() - started
            self._metrics.count(seen["status"], seconds)
            LOG.info("%s", _line(scope, seen, seconds))

    def _is_for_us(self, headers: dict[str, str]) -> bool:
        """Refuse a page elsewhere that has its own name point at this machine."""
        host = headers.get("host", "")
        name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
        return not self._hosts or name.lower() in self._hosts

    def _may(self, headers: dict[str, str]) -> bool:
        if self._token is None:
            return True
        said = headers.get("authorization", "").removeprefix("Bearer ")
        cookie = SimpleCookie(headers.get("cookie", "")).get("token")
        return any(
            hmac.compare_digest(each.encode(), self._token.encode())
            for each in (said, cookie.value if cookie else "")
        )


async def _say(send: Send, status: int, what: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{what}\n".encode()})


def _line(scope: Scope, seen: dict[str, int], seconds: float) -> str:
    query = unquote_plus(scope["query_string"].decode("latin-1"))
    asked = scope.get("state", {}).get("asked") or query
    # A line of the log is one line, whatever was asked.
    words = " ".join("".join(c if c.isprintable() else " " for c in asked).split())[:_MOST_WORDS]
    path = "".join(c if c.isprintable() else "?" for c in scope["path"])[:_MOST_WORDS]
    milliseconds = f"{seconds * 1000:.0f} ms"
    return f"{scope['method']} {path} {seen['status']} {milliseconds} {seen['bytes']} B {words}"


class Hurried(HttpToolsProtocol):
    """A connection that must begin to ask within seconds: a thousand that never do cost nothing."""

    SECONDS = 10.0
    MOST_BYTES = 300_000
    _asked = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's own signature
        """Start the clock."""
        super().connection_made(transport)
        self.loop.call_later(self.SECONDS, self._hurry)

    def data_received(self, data: bytes) -> None:
        """Hang up on an address and headers without end: httptools would keep them all."""
        if self.cycle is None or self.cycle.response_complete:
            self._asked += len(data)
            if self._asked > self.MOST_BYTES:
                self.transport.close()
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Begin to count anew."""
        self._asked = 0
        super().on_headers_complete()

    def _hurry(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()
