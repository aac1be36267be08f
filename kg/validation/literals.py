"""Literals as pySHACL reads and compares them: by rdflib, where no glance tells.

rdflib and pySHACL take 0.2 s each to import, and what is well formed needs neither.
"""

from __future__ import annotations

import datetime
import logging
import re
import warnings
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocabulary import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.terms import Term

_WRITTEN = {
    XSD.integer: r"[+-]?\d{1,18}",
    XSD.decimal: r"[+-]?\d{1,18}(\.\d{1,18})?",
    XSD.boolean: r"true|false",
    XSD.gYearMonth: r"[1-9]\d{3}-(0[1-9]|1[0-2])",
    XSD.gYear: r"[1-9]\d{3}",
}
_PYTHON_TYPES: dict[ox.NamedNode, type | tuple[type, ...]] = {
    XSD.string: (str, bytes),
    RDF.langString: (str, bytes),
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: datetime.date,
}


def is_well_formed(literal: ox.Literal) -> bool:
    """Tell whether a literal is what its datatype says."""
    is_text = literal.language or literal.datatype in {XSD.string, XSD.anyURI}
    if is_text or _is_plain(literal):
        return True
    import rdflib  # noqa: PLC0415 - see above

    from kg.rdflib_terms import term_to_rdflib  # noqa: PLC0415

    shown = term_to_rdflib(literal)
    assert isinstance(shown, rdflib.Literal)
    expected = _PYTHON_TYPES.get(literal.datatype, object)
    return not shown.ill_typed and isinstance(shown.value, expected)


def _is_plain(literal: ox.Literal) -> bool:
    """Tell whether a literal is written as nearly all of its datatype are."""
    if literal.datatype == XSD.date:
        try:
            return datetime.date.fromisoformat(literal.value).isoformat() == literal.value
        except ValueError:
            return False
    written = _WRITTEN.get(literal.datatype)
    return bool(written and re.fullmatch(written, literal.value, re.ASCII))


def compare(value: Term, bound: ox.Literal) -> int | None:
    """Give the order of a value and a number: below, at or above 0; None where they have none."""
    if (number := _number(value)) is not None and (other := _number(bound)) is not None:
        return (number > other) - (number < other)
    import rdflib  # noqa: PLC0415 - see above
    from pyshacl.rdfutil.compare import compare_literal  # noqa: PLC0415

    from kg.rdflib_terms import term_to_rdflib  # noqa: PLC0415

    literal = term_to_rdflib(value)
    if not isinstance(literal, rdflib.Literal) or isinstance(literal.value, str):
        return None
    try:
        return int(compare_literal(literal, term_to_rdflib(bound)))  # type: ignore[no-untyped-call]
    except (TypeError, NotImplementedError):
        return None


def is_less(one: Term, other: Term) -> bool:
    """Tell whether a value is less than another."""
    if (left := _whole(one)) is not None and (right := _whole(other)) is not None:
        return left < right
    import rdflib  # noqa: PLC0415 - see above

    a, b = _comparable(one), _comparable(other)
    if isinstance(a, rdflib.Literal) != isinstance(b, rdflib.Literal):
        return False
    return bool(a < b)  # type: ignore[operator] # rdflib orders all its literals


def _comparable(term: Term) -> object:
    """Give words as str and other literals as they are: pySHACL never compares one with the other."""
    import rdflib  # noqa: PLC0415 - see above

    from kg.rdflib_terms import term_to_rdflib  # noqa: PLC0415

    shown = term_to_rdflib(term)
    if isinstance(shown, rdflib.Literal):
        return shown.value if isinstance(shown.value, str) else shown
    return str(shown)


def _number(value: Term) -> Decimal | None:
    """Give a whole or decimal number that is written as one."""
    is_typed = isinstance(value, ox.Literal) and value.datatype in {XSD.integer, XSD.decimal}
    is_written = re.fullmatch(r"[+-]?\d+(\.\d+)?", value.value, re.ASCII) if is_typed else None
    return Decimal(value.value) if is_written else None


def _whole(value: Term) -> int | None:
    if not isinstance(value, ox.Literal) or value.datatype != XSD.integer:
        return None
    return int(value.value) if _is_plain(value) else None


@contextmanager
def ill_formed_literals() -> Iterator[None]:
    """Let rdflib take ill-formed literals: it would log a traceback for each, or warn of it."""
    log = logging.getLogger("rdflib.term")
    was_disabled, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = was_disabled
