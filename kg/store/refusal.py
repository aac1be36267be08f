"""No query may make this machine call another: SERVICE is refused before the engine sees it.

pyoxigraph hands out no parsed query, so the text is read here with suspicion: where `<` may be an IRI or
"less than", both are followed, and one way that reaches SERVICE is enough.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

_UPDATES = ("insert", "delete", "load", "clear", "create", "drop", "add", "move", "copy")
_UPDATE = re.compile(rf"\b(?:{'|'.join(_UPDATES)})\b", re.IGNORECASE)
_SUSPECTS = ("service", "\\u", *_UPDATES)
_READ = re.compile(r"\b(?:select|construct|ask|describe)\b", re.IGNORECASE)
_STOP = re.compile(r"[\"'<#]|service", re.IGNORECASE)
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'",
    re.DOTALL,
)
_IRI = re.compile(r'<[^\x00-\x20<>"{}|^`\\]*>')
_ADDRESS = re.compile(r"<[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
_LINE_END = re.compile(r"[\n\r]")
_ENDS_A_VALUE = re.compile(r"[\w)\"'>]\s*\Z")
_PART_OF_A_NAME = re.compile(r"(?:[?$]\w*|:(?:[\w%\\][\w.%\\-]*)?)\Z")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


def refuse(query: str) -> None:
    """Raise a QueryError if a query would change anything or call another server."""
    folded = query.casefold()
    # Most queries hold none of these, and need no second look.
    if not any(word in folded for word in _SUSPECTS):
        return
    for reading in {query, _ESCAPE.sub(_character, query)}:
        found = _visit(reading)
        if "service" in found:
            raise QueryError(
                "query",
                "SERVICE would call another server",
                "ask that server itself (a prefix of this name: give it another)",
            )
        if "update" in found:
            raise QueryError(
                "query", "this is an update", "ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
            )


def _character(escape: re.Match[str]) -> str:
    try:
        return chr(int(escape[1] or escape[2], 16))
    except (ValueError, OverflowError):
        return escape[0]


def _visit(text: str) -> set[str]:
    """Name what a text holds outside its strings, IRIs and comments, in any way to read it."""
    found: set[str] = set()
    words: list[str] = []
    seen: set[int] = set()
    ways = [0]
    while ways:
        at = ways.pop()
        if at in seen:
            continue
        seen.add(at)
        stop = _STOP.search(text, at)
        words.append(text[at : stop.start() if stop else len(text)])
        if stop is not None:
            if len(stop[0]) > 1 and not _is_part_of_a_name(text, stop.start()):
                found.add("service")
            ways += _ways_on(text, stop)
    prose = " ".join(words)
    if _UPDATE.search(prose) and not _READ.search(prose):
        found.add("update")
    return found


def _ways_on(text: str, stop: re.Match[str]) -> list[int]:
    start = stop.start()
    match stop[0]:
        case '"' | "'":
            string = _STRING.match(text, start)
            return [string.end() if string else start + 1]
        case "#":
            line = _LINE_END.search(text, start)
            return [line.end() if line else len(text)]
        case "<":
            iri = _IRI.match(text, start)
            if iri is None:
                return [start + 1]
            return [iri.end(), start + 1] if _may_compare(text, start) else [iri.end()]
        case _:
            return [stop.end()]


def _is_part_of_a_name(text: str, start: int) -> bool:
    return bool(_PART_OF_A_NAME.search(text[max(0, start - 200) : start]))


def _may_compare(text: str, start: int) -> bool:
    before = text[max(0, start - 200) : start]
    return bool(_ENDS_A_VALUE.search(before)) and not _ADDRESS.match(text, start)
