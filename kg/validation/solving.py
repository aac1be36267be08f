"""The query of a rule as a function in Python, which looks up what a node has, and plans nothing anew.

A query is read as far as rules are written; what is written otherwise, SPARQL answers. So it does where a
function raises UnsureError.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.validation import computing
from kg.validation.lines import TYPE, encoded
from kg.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.validation.lines import Said


@dataclass(frozen=True, slots=True)
class Solver:
    """Finds the rows of a query for a node, which may come twice; it finds none where the node lacks what is `needed`."""

    names: tuple[str, ...]
    rows: Callable[[bytes, Said, Callable[[bytes], Said]], list[tuple[bytes, ...]]]
    needed: frozenset[bytes]


class NotReadError(Exception):
    """A query is written in a way that is not read here."""


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<iri><[^<>\s]*>)|(?P<variable>[?$][A-Za-z]\w*)|(?P<text>"[^"\\\n]*")|(?P<number>\d+)
    |(?P<name>\w*:\w+)|(?P<word>\w+)|(?P<sign>&&|\|\||!=|<=|>=|[{}().;,=<>!+*/-])
    )""",
    re.VERBOSE | re.ASCII,
)


def solver(select: str, prefixes: Mapping[str, str]) -> Solver:
    """Give the function that lists the rows a query has for a node, or raise NotReadError.

    >>> query = 'SELECT $this ?it { $this dip:kind ?it . FILTER (?it != "x") }'
    >>> said = {b"<urn:kind>": [b'"x"', b'"y"']}
    >>> solver(query, {"dip": "urn:"}).rows(b"<urn:m>", said, {}.get)
    [(b'"y"',)]
    """
    return _Reader(select, prefixes).query()


class _Claim(str):
    """Python that gives True or False, and nothing else."""

    __slots__ = ()


class _Reader:
    """Reads a query token by token; what it gives is Python."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._tokens: list[tuple[str, str]] = []
        self._needed: set[bytes] = set()
        self._depth = 0
        self._at = at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if not found:
                raise NotReadError(text[at:])
            self._tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            at = found.end()
        self._tokens.append(("end", ""))

    def query(self) -> Solver:
        self._must("SELECT")
        self._may("DISTINCT")
        names = []
        while self._kind == "variable":
            names.append(self._next()[1:])
        self._may("WHERE")
        known = {"this"}
        loops = self._group(known)
        if self._kind != "end" or not known.issuperset(names):
            raise NotReadError(self._tokens)
        found = tuple(name for name in names if name != "this")
        row = "".join(f"v_{name}," for name in found)
        # It is made of names, signs and constants that this class has read.
        rows = eval(f"lambda v_this, of_this, said: [({row}) {loops}]", dict(computing.NAMES))  # noqa: S307
        return Solver(found, rows, frozenset(self._needed))

    def _group(self, known: set[str]) -> str:
        """Read a group as the loops of a comprehension; its filters see all that its patterns bind."""
        loops = ["for _ in (0,)"]
        filters = []
        self._must("{")
        while not self._may("}"):
            if self._may("FILTER"):
                filters.append(self._at)
                self._pass_over()
            else:
                loops += self._patterns(known)
            self._may(".")
        end = self._at
        for self._at in filters:
            loops.append(f"if {_claimed(self._condition(known))}")
        self._at = end
        return " ".join(loops)

    def _pass_over(self) -> None:
        """Leave a filter for when all patterns are read."""
        depth = None
        while depth != 0:
            token = self._next()
            if not token:
                raise NotReadError(self._tokens)
            if token in {"(", "{", ")", "}"}:
                depth = (depth or 0) + (1 if token in {"(", "{"} else -1)

    def _patterns(self, known: set[str]) -> Iterator[str]:
        """Read what is said of one subject; it must be known, and is looked up once."""
        subject = self._variable(known)
        is_this = subject == "v_this"
        said = "of_this" if is_this else f"said_{self._at}"
        if not is_this:
            yield f"for {said} in (said({subject}),)"
        while True:
            property_ = self._property()
            if is_this and self._depth == 0:
                self._needed.add(property_)
            values = f"{said}.get({property_!r}, ())"
            while True:
                if self._kind == "variable" and (name := self._peek[1:]) not in known:
                    known.add(name)
                    yield f"for {self._variable(known)} in {values}"
                else:
                    yield f"if {self._term(known)} in {values}"
                if not self._may(","):
                    break
            if not self._may(";"):
                return

    def _property(self) -> bytes:
        return TYPE if self._may("a") else self._iri()

    def _iri(self) -> bytes:
        kind, token = self._kind, self._next()
        if kind == "iri":
            return token.encode()
        prefix, _, name = token.partition(":")
        if kind != "name" or prefix not in self._prefixes:
            raise NotReadError(token)
        return f"<{self._prefixes[prefix]}{name}>".encode()

    def _term(self, known: set[str]) -> str:
        match self._kind:
            case "variable":
                return self._variable(known)
            case "text":
                return repr(self._next().encode())
            case _:
                return repr(self._iri())

    def _variable(self, known: set[str]) -> str:
        name = self._next()[1:]
        if name not in known:
            raise NotReadError(name)
        return f"v_{name}"

    def _condition(self, known: set[str]) -> str:
        """Read what a filter asks for."""
        is_not = self._may("NOT")
        if self._may("EXISTS"):
            self._depth += 1
            found = f"any(True {self._group(set(known))})"
            self._depth -= 1
            return _Claim(f"(not {found})" if is_not else found)
        return self._primary(known)

    def _expression(self, known: set[str]) -> str:
        either = [self._all(known)]
        while self._may("||"):
            either.append(self._all(known))
        return either[0] if len(either) == 1 else _joined(" or ", either)

    def _all(self, known: set[str]) -> str:
        parts = [self._relation(known)]
        while self._may("&&"):
            parts.append(self._relation(known))
        return parts[0] if len(parts) == 1 else _joined(" and ", parts)

    def _relation(self, known: set[str]) -> str:
        left = self._sum(known)
        if self._may("IN"):
            members = self._arguments(known)
            return _joined(" or ", [_Claim(f"same({left}, {each})") for each in members])
        if self._peek in computing.RELATIONS:
            return _Claim(computing.RELATIONS[self._next()].format(left, self._sum(known)))
        return left

    def _sum(self, known: set[str]) -> str:
        left = self._primary(known)
        while self._peek in {"+", "-"}:
            sign = self._next()
            left = f"(number({left}) {sign} number({self._primary(known)}))"
        return left

    def _primary(self, known: set[str]) -> str:
        if self._may("!"):
            return _Claim(f"(not {_claimed(self._primary(known))})")
        if self._may("("):
            inner = self._expression(known)
            self._must(")")
            return inner
        match self._kind:
            case "variable":
                return self._variable(known)
            case "number" | "text":
                return self._next()
            case "word":
                return self._call(known, self._next().upper())
            case _:
                iri = self._iri()
                is_cast = self._peek == "(" and iri == encoded(XSD.integer)
                return self._call(known, "XSD_INTEGER") if is_cast else repr(iri)

    def _call(self, known: set[str], name: str) -> str:
        if name not in computing.FUNCTIONS:
            raise NotReadError(name)
        call = f"{name}({', '.join(self._arguments(known))})"
        return _Claim(call) if name in computing.CLAIMS else call

    def _arguments(self, known: set[str]) -> list[str]:
        self._must("(")
        found = [self._expression(known)]
        while self._may(","):
            found.append(self._expression(known))
        self._must(")")
        return found

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def _peek(self) -> str:
        return self._tokens[self._at][1]

    def _next(self) -> str:
        token = self._peek
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _may(self, token: str) -> bool:
        """Pass over a word or a sign where it stands next."""
        found = self._kind in {"word", "sign"} and self._peek.upper() == token.upper()
        self._at += found
        return found

    def _must(self, token: str) -> None:
        if not self._may(token):
            raise NotReadError(self._peek)


def _joined(word: str, parts: list[str]) -> _Claim:
    """Join conditions: Python leaves the rest unread where SPARQL would not be told otherwise by it."""
    return _Claim(f"({word.join(map(_claimed, parts))})")


def _claimed(source: str) -> str:
    return source if isinstance(source, _Claim) else f"true({source})"
