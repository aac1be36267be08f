"""What looks alike is judged once: a node's look is all that the checks of SHACL Core see of it.

Its classes, how many values it has of each property, and of each value what the checks say of it, its kind and language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.validation.judging import judge
from kg.validation.lines import TYPE, encoded, term
from kg.validation.targets import is_target
from kg.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.terms import Term
    from kg.validation.constraints import ValueCheck
    from kg.validation.lines import Lines, Said
    from kg.validation.rules import Rule
    from kg.validation.shapes import Shape

Look: TypeAlias = tuple[object, ...]
_QUOTE = ord('"')
_IS_WHOLE = f'"^^{XSD.integer}'.encode()
# Values of which more are met are not all remembered: hashes, addresses.
_MOST = 50_000


class Verdict(NamedTuple):
    """The shapes that nodes of one look violate, and the rules that must be asked of each of them."""

    broken: tuple[Shape, ...]
    rules: tuple[tuple[Shape, Rule], ...]


@dataclass(slots=True)
class _Property:
    """How the values of a property look."""

    checks: tuple[ValueCheck, ...]
    sees_text: bool
    sees_classes: bool
    known: dict[object, object] = field(default_factory=dict)


class Looks:
    """Judges nodes by their looks, and remembers the verdicts; of shapes that see of a node itself its kind alone."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        """Prepare to judge by these shapes."""
        self._shapes = shapes
        parts = [part for shape in shapes for part in shape.properties]
        self._parts = parts
        self._compared = {
            (encoded(part.path), encoded(check.other), check)
            for part in parts
            for check in part.set_checks
            if part.path and check.other
        }
        self._properties: dict[bytes, _Property] = {}
        self._numbers: dict[Look, int] = {}
        self._verdicts: dict[Look, Verdict] = {}

    def verdict(self, node: bytes, said: Said, lines: Lines) -> Verdict:
        """Judge a node by its look."""
        look = self._look(node, said, lines)
        found = self._verdicts.get(look)
        if found is None:
            found = self._verdicts[look] = self._judged(term(node), said, lines)
        return found

    def _look(self, node: bytes, said: Said, lines: Lines) -> Look:
        look: list[object] = [node[:1]]
        for name, values in said.items():
            property_ = self._properties.get(name) or self._property(name)
            known = property_.known
            for value in values:
                key: object
                if property_.sees_text:
                    key = value
                elif value[0] == _QUOTE:
                    end = value.rindex(b'"')
                    key = value[end:] if end > 1 else value
                else:
                    key = value[:1]
                if property_.sees_classes and value[0] != _QUOTE:
                    key = (key, *lines.said(value).get(TYPE, ()))
                seen = known.get(key)
                if seen is None:
                    seen = self._seen(property_, name, value, lines)
                    if len(known) < _MOST:
                        known[key] = seen
                look.append(seen)
        for name, other, check in self._compared:
            if name in said and other in said and not _in_order(said[name], said[other]):
                faults = check.faults([*map(term, said[name])], [*map(term, said[other])])
                look.append((name, other, tuple(faults) != ()))
        return tuple(look)

    def _property(self, name: bytes) -> _Property:
        checks = tuple(
            dict.fromkeys(
                check
                for part in self._parts
                if part.path and encoded(part.path) == name
                for check in part.value_checks
            )
        )
        sees_text = name == TYPE or any(check.sees_text for check in checks)
        found = _Property(checks, sees_text, any(check.sees_classes for check in checks))
        return self._properties.setdefault(name, found)

    def _seen(self, property_: _Property, name: bytes, value: bytes, lines: Lines) -> int:
        """Give a number for what the checks see of a value."""
        kind = value[value.rindex(b'"') :] if value[0] == _QUOTE else value[:1]
        kind = value if name == TYPE else kind
        holds = tuple(check.holds(term(value), lines) for check in property_.checks)
        return self._numbers.setdefault((name, kind, holds), len(self._numbers))

    def _judged(self, node: Term, said: Said, lines: Lines) -> Verdict:
        meant = [shape for shape in self._shapes if is_target(lines, shape, node)]
        parts = (part for shape in meant for part in (shape, *shape.properties))
        rules = (
            (shape, rule)
            for shape in meant
            for rule in shape.rules
            if rule.solver is None or rule.solver.needed <= said.keys()
        )
        return Verdict(tuple(part for part in parts if any(judge(lines, part, node))), tuple(rules))


def _in_order(values: Sequence[bytes], others: Sequence[bytes]) -> bool:
    """Tell whether both are one whole number, and the first is less."""
    if len(values) != 1 or len(others) != 1:
        return False
    one, other = (each[1 : -len(_IS_WHOLE)] for each in (values[0], others[0]))
    are_whole = values[0].endswith(_IS_WHOLE) and others[0].endswith(_IS_WHOLE)
    return are_whole and one.isdigit() and other.isdigit() and int(one) < int(other)
