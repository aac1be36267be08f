"""What the functions of SPARQL give for the values of a rule.

Only where all engines agree: any other value raises UnsureError, and is left to SPARQL itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

# A term as it stands in lines, or what was computed from one.
Value: TypeAlias = bytes | str | int

_WORDS = re.compile(rb'"([^"\\]*)"(@[A-Za-z0-9-]+)?')
# A literal without escapes, whatever its type.
_PLAIN = re.compile(rb'"([^"\\]*)"')
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")


class UnsureError(Exception):
    """A value is not as rules expect it."""


def true(value: object) -> bool:
    """Tell whether a condition holds."""
    if value is True or value is False:
        return value
    raise UnsureError


@lru_cache(maxsize=10_000)
def _whole(value: Value) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise UnsureError


def number(value: Value) -> int:
    """Give a number that was computed."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise UnsureError


def same(left: Value, right: Value) -> bool:
    """Compare: words with words, numbers with numbers, nodes with anything."""
    if isinstance(left, bytes) and isinstance(right, bytes):
        if left[:1] == right[:1] == b'"' and not (
            _WORDS.fullmatch(left) and _WORDS.fullmatch(right)
        ):
            raise UnsureError
        return left == right
    if type(left) is not type(right):
        left, right = _pair(left, right)
    return left == right


def less(left: Value, right: Value) -> bool:
    """Order text by its code points, and numbers."""
    left, right = _pair(left, right)
    return left < right  # type: ignore[operator] # of one type


def _pair(left: Value, right: Value) -> tuple[Value, Value]:
    """Give two texts or two numbers; words in a language do not compare with either."""
    left, right = _plain(left), _plain(right)
    if type(left) is not type(right) or isinstance(left, bool):
        raise UnsureError
    return left, right


def _plain(value: Value) -> str | int:
    if not isinstance(value, bytes):
        return value
    found = _WORDS.fullmatch(value)
    if not found or found[2]:
        raise UnsureError
    return found[1].decode()


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    raise UnsureError


def _str(value: Value) -> str:
    if not isinstance(value, bytes):
        return _text(value)
    return value[1:-1].decode() if value[:1] == b"<" else _lexical(value)


# Numbers and days come again and again.
@lru_cache(maxsize=10_000)
def _lexical(value: bytes) -> str:
    if found := _PLAIN.match(value):
        return found[1].decode()
    raise UnsureError


def _strlen(value: Value) -> int:
    if not isinstance(value, bytes):
        return len(_text(value))
    if found := _WORDS.fullmatch(value):
        return len(found[1].decode())
    raise UnsureError


def _substr(text: Value, start: Value, length: Value) -> str:
    first, size = number(start), number(length)
    if first < 1 or size < 0:
        raise UnsureError
    return _text(text)[first - 1 : first - 1 + size]


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "XSD_INTEGER": _whole,
    "ISLITERAL": lambda value: isinstance(value, bytes) and value[:1] == b'"',
    "ISIRI": lambda value: isinstance(value, bytes) and value[:1] == b"<",
    "STR": _str,
    "STRLEN": _strlen,
    "SUBSTR": _substr,
    "STRENDS": lambda text, end: _text(text).endswith(_text(end)),
    "CONCAT": lambda *texts: "".join(map(_text, texts)),
}
# Those that give True or False.
CLAIMS = {"ISLITERAL", "ISIRI", "STRENDS"}
RELATIONS = {
    "=": "same({0}, {1})",
    "!=": "(not same({0}, {1}))",
    "<": "less({0}, {1})",
    ">": "less({1}, {0})",
    "<=": "(not less({1}, {0}))",
    ">=": "(not less({0}, {1}))",
}
# What a rule in Python calls.
NAMES = {each.__name__: each for each in (true, number, same, less)} | FUNCTIONS
