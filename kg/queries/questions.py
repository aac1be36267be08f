"""A question is a SPARQL file of its own right: any tool can run it as it stands, for every value of its parameters.

Lines 1 to 3 ask it in English, French and Arabic. A parameter is a comment and a place in the query:

    # param person: person        who asks must say it
    # param from: date?           or may
    # param least: integer = 2    or changes it
    ... VALUES ?from { UNDEF } ...

A value takes the place of what VALUES holds, as RDF terms that pyoxigraph has written: never as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Literal, NamedNode

_PARAMETER = re.compile(
    r"#\s*param\s+(?P<name>\w+):\s*(?P<type>[\w-]+)(?P<optional>\?)?(?:\s*=\s*(?P<default>.+?))?\s*$"
)
_LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question asks for; `type` is a row of `parameters.TYPES`."""

    name: str
    type: str
    optional: bool
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with its question in words, by language."""

    name: str
    words: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    @classmethod
    def read(cls, path: Path) -> Question:
        """Read a .rq file; raises QueryError where it is not as it should be."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            what = getattr(error, "strerror", None) or "not a text in UTF-8"
            raise QueryError(path, what, "name a file of SPARQL") from error
        lines = text.splitlines()
        comments = [line for line in lines if line.startswith("#")]
        words = [line for line in comments if not _PARAMETER.match(line)]
        return cls(
            path.stem,
            {code: line.lstrip("# ") for code, line in zip(_LANGUAGES, words, strict=False)},
            tuple(
                Parameter(found["name"], found["type"], bool(found["optional"]), found["default"])
                for found in map(_PARAMETER.match, comments)
                if found
            ),
            text,
        )

    def bind(self, values: Mapping[str, Sequence[NamedNode | Literal]]) -> str:
        """Write the query with its values in place; what is not given restricts nothing."""
        text = self.text
        for parameter in self.parameters:
            place = _place(parameter.name)
            if len(place.findall(text)) != 1:
                mend = f"write VALUES ?{parameter.name} {{ UNDEF }} once"
                raise QueryError(self.name, f"no place for {parameter.name!r}", mend)
            terms = " ".join(map(str, values.get(parameter.name, ())))
            clause = f"VALUES ?{parameter.name} {{ {terms} }}" if terms else ""
            text = place.sub(lambda _, clause=clause: clause, text)  # type: ignore[misc]  # a default argument
        return text


def _place(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{[^{{}}]*\}}")
