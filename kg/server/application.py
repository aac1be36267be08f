"""The web application: paths to tasks. It does no work of its own, so that it answers while others work."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.queries import questions
from kg.resources import ONTOLOGY, PACKAGE
from kg.server import pages, protocol
from kg.server.memory import Memory
from kg.server.metrics import Metrics
from kg.server.negotiation import GRAPHS, HTML, choose
from kg.server.openapi import openapi
from kg.server.safety import Guard
from kg.server.tasks import FORMATS, Answer, Refusal
from kg.server.terms import terms
from kg.server.workers import Limits, Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp

    Handler = Callable[["Application", Request], Awaitable[Response]]


class Application:
    """The application over the graph of a folder."""

    def __init__(self, folder: Path, limits: Limits, n_workers: int) -> None:
        """Prepare; the workers start with the server."""
        self.folder = folder
        self.pool = Pool(folder, limits, n_workers)
        self.metrics = Metrics()
        self._memory = Memory()

    def asgi(self, hosts: Collection[str], token: str | None) -> ASGIApp:
        """Give the application as ASGI servers take it."""
        starlette = Starlette(
            routes=[
                *(
                    Route(path, self._safely(handler), methods=methods)
                    for path, handler, methods in _ROUTES
                ),
                Mount("/static", StaticFiles(directory=PACKAGE / "server" / "static")),
            ],
            lifespan=self._lifespan,
        )
        return Guard(starlette, hosts, token, self.metrics)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self.pool.start()
        try:
            yield
        finally:
            self.pool.stop()

    def _safely(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            try:
                return await handler(self, request)
            except Refusal as refusal:
                text = f"{refusal.what}\n"
                headers = {"retry-after": "5"} if refusal.status == 503 else None  # noqa: PLR2004
                return PlainTextResponse(text, refusal.status, headers)

        return handle

    async def do(self, request: Request, task: str, **values: Any) -> Response:  # noqa: ANN401 - of the task
        """Have a task done, or give the answer that is known already."""
        self.pool.refresh()
        key = (self.pool.generation, task, json.dumps(values, sort_keys=True))
        answer = self._memory.get(key)
        if answer is None:
            answer = await self.pool.do(task, values)
            self._memory.put(key, answer)
        else:
            self.metrics.n_remembered += 1
        return _respond(request, answer)


def _respond(request: Request, answer: Answer) -> Response:
    headers = {"vary": "Accept, Accept-Language, Cookie"}
    response = Response(answer.body, answer.status, headers, answer.media_type)
    if wanted := request.query_params.get("lang"):
        response.set_cookie(
            "lang", wanted if wanted in pages.LANGUAGES else "en", samesite="strict"
        )
    return response


def _language(request: Request) -> str:
    wished = [request.query_params.get("lang", ""), request.cookies.get("lang", "")]
    wished += [part.strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((code for code in wished if code in pages.LANGUAGES), "en")


def _accept(request: Request) -> str:
    asked = request.query_params.get("format")
    return FORMATS.get(asked, "") if asked else request.headers.get("accept", "*/*")


async def home(app: Application, request: Request) -> Response:
    """Show the overview."""
    return await app.do(request, "home", language=_language(request))


async def search(app: Application, request: Request) -> Response:
    """Find by name."""
    text = request.query_params.get("q", "")[:200]
    return await app.do(request, "search", text=text, language=_language(request))


async def question_list(app: Application, request: Request) -> Response:  # noqa: ARG001 - all handlers are alike
    """List the questions."""
    return Response(pages.question_list(_language(request)), media_type=HTML)


async def ask(app: Application, request: Request) -> Response:
    """Ask a question by its name."""
    name = request.path_params["name"]
    if name not in questions():
        raise Refusal(404, "no question has this name")
    known = {parameter.name for parameter in questions()[name].parameters}
    given = {key: text for key, text in request.query_params.items() if key in known and text}
    form = request.query_params.get("format", "html")
    return await app.do(
        request, "ask", name=name, values=given, form=form, language=_language(request)
    )


async def sparql(app: Application, request: Request) -> Response:
    """Answer by the SPARQL 1.1 Protocol; without a query, show the editor or describe the service."""
    asked = await protocol.operation(request)
    accept = _accept(request)
    is_page = choose(accept, (*GRAPHS, "application/sparql-results+json", HTML)) == HTML
    if asked is None:
        if is_page:
            return await app.do(request, "rows", query="", language=_language(request))
        turtle = protocol.description(str(request.url.replace(query="")))
        return Response(turtle, media_type="text/turtle")
    request.state.asked = asked.query
    if is_page and asked.default_graphs is None:
        return await app.do(request, "rows", query=asked.query, language=_language(request))
    return await app.do(request, "sparql", accept=accept, **asked._asdict())


async def graph(app: Application, request: Request) -> Response:
    """Give a graph by the Graph Store Protocol."""
    name = protocol.graph_name(request)
    return await app.do(request, "graph", name=name, accept=_accept(request))


async def entity(app: Application, request: Request) -> Response:
    """Tell what is known of an IRI: a page for people, RDF for programs."""
    local = quote(request.path_params["local"], safe="/~()'!*,;:@&=+$.-_")
    accept = _accept(request)
    return await app.do(request, "entity", local=local, accept=accept, language=_language(request))


async def ontology(app: Application, request: Request) -> Response:  # noqa: ARG001 - all handlers are alike
    """Give the ontology."""
    return FileResponse(ONTOLOGY / "diplomacy.ttl", media_type="text/turtle")


async def network(app: Application, request: Request) -> Response:  # noqa: ARG001 - all handlers are alike
    """Give the page of the network that the build wrote; it brings its own policy."""
    path = app.folder / "network.html"
    if not path.is_file():
        raise Refusal(404, "this graph has no page: kg export GRAPH network.html")
    return FileResponse(path, media_type=HTML, headers={"content-security-policy": _PAGE_POLICY})


async def health(app: Application, request: Request) -> Response:
    """Say whether queries are answered."""
    answer = await app.pool.do(
        "sparql",
        {"query": "ASK {}", "accept": "*/*", "default_graphs": None, "named_graphs": None},
    )
    return _respond(
        request, Answer(b'{"status": "ok"}\n' if answer.body else b"", "application/json")
    )


async def metrics(app: Application, request: Request) -> Response:  # noqa: ARG001 - all handlers are alike
    """Give what was counted, for Prometheus."""
    text = app.metrics.text(app.pool.n_ended)
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


async def api(app: Application, request: Request) -> Response:  # noqa: ARG001 - all handlers are alike
    """Describe what is not SPARQL, in OpenAPI."""
    return Response(json.dumps(openapi(), ensure_ascii=False), media_type="application/json")


async def completions(app: Application, request: Request) -> Response:  # noqa: ARG001 - all handlers are alike
    """Give the terms that the editor completes."""
    text = json.dumps(terms(_language(request)), ensure_ascii=False)
    return Response(text, media_type="application/json")


async def names(app: Application, request: Request) -> Response:
    """Give those whose names begin as is written in the editor."""
    return await app.do(request, "names", text=request.query_params.get("q", "")[:200])


async def icon(app: Application, request: Request) -> Response:  # noqa: ARG001 - all handlers are alike
    """Have no icon, without an error in the browser."""
    return Response(status_code=204)


# The page of the network runs its own scripts and asks nothing of anybody.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; "
    "style-src 'unsafe-inline'; img-src data: blob:; frame-ancestors 'none'"
)
_GET = ("GET",)
_ROUTES: tuple[tuple[str, Handler, tuple[str, ...]], ...] = (
    ("/", home, _GET),
    ("/search", search, _GET),
    ("/questions", question_list, _GET),
    ("/questions/{name}", ask, _GET),
    ("/sparql", sparql, ("GET", "POST")),
    ("/data", graph, _GET),
    ("/id/{local:path}", entity, _GET),
    ("/ontology", ontology, _GET),
    ("/network", network, _GET),
    ("/health", health, _GET),
    ("/metrics", metrics, _GET),
    ("/openapi.json", api, _GET),
    ("/terms.json", completions, _GET),
    ("/names.json", names, _GET),
    ("/favicon.ico", icon, _GET),
)
