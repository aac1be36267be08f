"""A finding of validation: what is wrong where, how grave it is, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.vocabulary import SH

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.model import Name
    from kg.terms import Node, Term

GRAVEST_FIRST = (SH.Violation, SH.Warning, SH.Info)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of SHACL; `article` and `sentence` say where the fault was read."""

    focus: Term
    shape: Node
    component: ox.NamedNode
    severity: Node
    path: Node | None = None
    value: Term | None = None
    messages: tuple[Name, ...] = ()
    constraint: Node | None = None
    article: str | None = None
    sentence: Name | None = None

    @property
    def level(self) -> str:
        """The severity in a word: Violation, Warning or Info."""
        return self.severity.value.replace("#", "/").rpartition("/")[2]

    @property
    def is_violation(self) -> bool:
        """Whether it keeps its focus node out of the published graph."""
        return self.severity not in {SH.Warning, SH.Info}

    @property
    def shape_name(self) -> str:
        """The shape's name in short: 'Meeting-date'."""
        return self.shape.value.replace("#", "/").rpartition("/")[2]

    def message(self, language: str) -> str:
        """Say what to mend in a language, in the first there is where it has none."""
        by_language = {each.language: each.text for each in self.messages}
        return by_language.get(language) or next(iter(by_language.values()), "")


def order(finding: Finding) -> tuple[str, ...]:
    """Sort findings: the gravest first, then by shape and by what they are about."""
    known = finding.severity in GRAVEST_FIRST
    rank = GRAVEST_FIRST.index(finding.severity) if known else 0
    parts = (finding.shape, finding.focus, finding.path, finding.value, finding.component)
    place = str(rank), finding.level, finding.shape_name
    return (*place, *map(str, parts), str(finding.messages), str(finding.constraint))
